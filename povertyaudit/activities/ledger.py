"""The ledger of activities: one line an activity."""

from povertyaudit.activities.models import Activity, ActivityLevel, Group
from povertyaudit.core.ledger import Column, common_columns

ACTIVITY_COLUMNS = (
    *common_columns(Activity._meta.get_field("state").choices or ()),
    Column("title", "名称"),
    Column("group", "大类", "kind__group", choices=list(Group.choices)),
    Column("kind", "类别代码", "kind__code"),
    Column("kind_display", "类别", "kind__name"),
    Column("unit", "举办单位", "unit__name"),
    Column("level", "级别", choices=list(ActivityLevel.choices)),
    Column("starts_on", "开始日期"),
    Column("ends_on", "结束日期"),
    Column("place", "地点"),
    Column("host", "主持人、主讲人"),
    Column("sessions", "场次"),
    Column("times", "人次"),
    Column("persons", "人数"),
    Column("leaflets", "发放资料（份）"),
    Column("cost_fen", "经费（分）"),
    Column("topics", "主要内容"),
)
