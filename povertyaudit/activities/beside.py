"""What activities show on records of apps below: the trainings and meetings that carry out the measures of an item."""

from typing import Any

from django.utils.html import format_html

from povertyaudit.activities.models import Activity, Decision, Fulfilment, Regulation
from povertyaudit.activities.querysets import GONE
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Table
from rectification.models import Item

COLUMNS = (
    Column("no", "措施序号", kind="number", phone="side"),
    Column("activity", "活动", kind="html", value=lambda row: _link(row.activity), phone="main"),
    Column("days", "日期", value=lambda row: row.activity.days, phone="sub"),
    Column("unit", "举办单位", value=lambda row: row.activity.unit.name, phone="hide"),
    Column("sessions", "场次", kind="number", value=lambda row: row.activity.sessions, phone="hide"),
    Column("times", "人次", kind="number", value=lambda row: row.activity.times, phone="hide"),
    Column("persons", "人数", kind="number", value=lambda row: row.activity.persons, phone="hide"),
    Column("state", "状态", value=lambda row: row.activity.get_state_display(), phone="last"),
)


def _link(row: Activity) -> Any:
    return format_html('<a href="{}">{} {}</a>', row.get_absolute_url(), row.number, row.title)


DECIDED_COLUMNS = (
    Column("meeting", "会议", kind="html", value=lambda row: row.shown_meeting, phone="main"),
    Column("days", "日期", value=lambda row: row.activity.days, phone="side"),
    Column("unit", "举办单位", value=lambda row: row.activity.unit.name, phone="sub"),
    Column("no", "议定事项", kind="number", phone="hide"),
)
LAID_DOWN_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "名称", phone="main"),
    Column("document", "文号", phone="sub"),
    Column("valid_from", "施行日期", kind="date", phone="side"),
    Column("force", "施行情况", phone="last"),
)


def of_item(item: Item, user: User) -> list[Table]:
    """The meeting that decided it, what carries out its measures, the rules that were laid down because of it."""
    return [*_decided(item, user), *_carried_out(item, user), *_laid_down(item, user)]


def _decided(item: Item, user: User) -> list[Table]:
    """Everybody who sees the item may know which meeting decided it; its page opens to those who see that."""
    if item.source != "meeting":
        return []
    rows = list(Decision.objects.filter(item=item).select_related("activity__unit"))
    seen = set(
        Activity.objects.visible_to(user)
        .filter(pk__in=[one.activity_id for one in rows])
        .values_list("pk", flat=True)
    )
    for one in rows:
        known = one.activity_id in seen
        one.shown_meeting = _link(one.activity) if known else one.activity.title
    return [Table("议定这一事项的会议", DECIDED_COLUMNS, rows, key="meeting")] if rows else []


def _laid_down(item: Item, user: User) -> list[Table]:
    if not Regulation.objects.filter(item=item).exists():
        return []
    rows = list(
        Regulation.objects.visible_to(user).filter(item=item).exclude(state="voided").order_by("valid_from")
    )
    return [Table("整改建立的制度", LAID_DOWN_COLUMNS, rows, key="regulations")] if rows else []


def _carried_out(item: Item, user: User) -> list[Table]:
    """In the order of the measures; cancelled ones carry nothing out."""
    rows = Fulfilment.objects.filter(item=item).exclude(activity__state__in=GONE)
    if not rows.exists():
        return []
    seen = rows.visible_to(user).select_related("activity__unit").order_by("no", "activity__starts_on", "pk")
    found = list(seen)
    return [Table("落实措施的活动", COLUMNS, found, key="activities")] if found else []
