"""What suspicions hand to the rail, the home page and the search."""

from typing import Any

from funds.models import Suspicion
from funds.suspicion_querysets import CHECKERS, REGION_WIDE, VISITING
from funds.workflow.suspicions import SUSPICION
from povertyaudit.core import clocks
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

READERS = (REGION_WIDE | VISITING) - {Role.SERVICE}
RAIL = RailEntry("suspicions", "疑点核查", "/suspicions/", READERS)


def waiting(user: Any) -> Section | None:
    """待我核查的疑点, the oldest first; with the date of the visit."""
    if not user.roles & (CHECKERS | VISITING):
        return None
    rows = Suspicion.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "number")
    if not found:
        return None
    due = clocks.due_many(found)
    entries = [Entry.of(row, what=_next(row, user), clock=due.get(row.pk)) for row in found]
    return Section("待我核查的疑点", "/suspicions/?tab=mine", entries, counted(rows, found))


def _next(row: Suspicion, user: Any) -> str:
    step = next((step for step in SUSPICION.offered(row, user) if step.primary), None)
    return step.label if step else "处理"


# Names are not searched.
FOUND = Kind(Suspicion, ("number",), joins=("match_list__rule",))
