"""What items hand to the rail, the home page, the phone bar and the search."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role
from rectification.models import Item, Measure, State
from rectification.querysets import BODY_ROLES
from rectification.workflow import ITEM, UNIT

READERS = (BODY_ROLES - {Role.SERVICE}) | UNIT | {
    Role.PATROL_OFFICE, Role.PATROL_TEAM, Role.SECTOR, Role.FINANCE, Role.COUNTY_LEADER,
}  # fmt: skip
RAIL = RailEntry(
    "items",
    "整改事项",
    "/items/",
    READERS,
    count=lambda user: counted(Item.objects.unfinished_of(user).waiting_for(user)),
)
REPORTING = RailEntry("reporting", "拍照填报", "/items/report/", UNIT)


def waiting(user: Any) -> Section | None:
    """待我办理的整改事项, the first due first."""
    if not user.roles & READERS:
        return None
    number, rows = RAIL.number(user), Item.objects.unfinished_of(user)
    found = first(rows.waiting_for(user).for_list(), "due_on") if number else []
    entries = [Entry.of(row, what=_next_word(row, user), clock=row.light) for row in found]
    return Section("待我办理的整改事项", "/items/?tab=mine", entries, number)


def overdue(user: Any) -> Section | None:
    """已超期的整改事项 of everybody the user answers for."""
    if not user.roles & READERS:
        return None
    rows = Item.objects.unfinished_of(user).overdue(moment.today())
    found = first(rows.for_light(), "due_on")
    if not found:
        return None
    entries = [Entry.of(row, clock=row.light) for row in found]
    return Section("已超期的整改事项", "/items/?tab=overdue", entries, counted(rows, found), urgent=True)


def elsewhere(user: Any) -> Section | None:
    """待他人办理的整改事项: with the unit that leads and the state it is in."""
    if not user.roles & READERS:
        return None
    rows = Item.objects.unfinished_of(user).elsewhere(user)
    found = first(rows.for_light().select_related("lead_unit"), "due_on")
    entries = [
        Entry.of(row, what=row.lead_unit.name if row.lead_unit else "", clock=row.light) for row in found
    ]
    return Section("待他人办理的整改事项", "/items/?tab=elsewhere", entries, counted(rows, found))


def _next_word(item: Item, user: Any) -> str:
    offered = ITEM.offered(item, user)
    names = {step.name: step.label for step in offered}
    wanted = ("decide_extension", "verify", "review", "issue", "accept", "report_stage")
    found = next((names[name] for name in wanted if name in names), None)
    if found is None and item.state in {State.ACCEPTED, State.RECTIFYING}:
        return "整改并报告进展"
    return found or (offered[0].label if offered else "")


FOUND = Kind(
    Item, ("number", "problem"), parts=((Measure, "item", ("text",)),), rows=lambda rows: rows.not_voided(),
)  # fmt: skip
