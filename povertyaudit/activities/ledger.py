"""Ledgers of activities, commendations and regulations: one line each."""

from povertyaudit.activities.models import Activity, ActivityLevel, Commendation, Group, Regulation
from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.core.ledger_columns import of_fields

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
COMMENDATION_COLUMNS = (
    *common_columns(Commendation._meta.get_field("state").choices or ()),
    *of_fields(
        Commendation,
        "kind unit person_name honour body level document awarded_on valid_until reason revoked_on revoke_reason",
    ),
)
REGULATION_COLUMNS = (
    *common_columns(Regulation._meta.get_field("state").choices or ()),
    *of_fields(
        Regulation,
        "kind title document issuer unit level valid_from valid_to parent replaces summary reviewed_on",
    ),
)
