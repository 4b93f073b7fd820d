"""What the rhythm of inspections hands to the rail, the home page and the search."""

from typing import Any

from povertyaudit.assessment.models.duties import InspectionDuty
from povertyaudit.assessment.roles import OVERSEERS, READERS, SCORERS
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

RAIL = RailEntry(
    "inspection_duties", "督查安排", "/inspection-duties/", OVERSEERS | READERS | {Role.PATROL_OFFICE}
)


def waiting(user: Any) -> Section | None:
    """待开展的督查: what the offices of the user owe, the first due first."""
    if not user.roles & SCORERS:
        return None
    rows = InspectionDuty.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "due_on")
    if not found:
        return None
    entries = [Entry.of(row, what="登记完成", clock=row.due_on) for row in found]
    return Section("待开展的督查", "/inspection-duties/?tab=mine", entries, counted(rows))


FOUND = Kind(InspectionDuty, ("number",), {"rule": ("name",)}, joins=("rule",))
