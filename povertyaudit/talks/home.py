"""What talks hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.talks.models import Talk
from povertyaudit.talks.querysets import ANSWERING, OPENERS
from povertyaudit.talks.workflow import TALK

RAIL = RailEntry("talks", "约谈", "/talks/", OPENERS | ANSWERING)


def waiting(user: Any) -> Section | None:
    """待我办理的约谈: whoever holds them, and whoever they are held with; the first due first."""
    rows = Talk.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "due_on")
    if not found:
        return None
    entries = [Entry.of(row, what=_next(row, user), clock=row.due_on) for row in found]
    return Section("待我办理的约谈", "/talks/?tab=mine", entries, counted(rows))


def _next(row: Talk, user: Any) -> str:
    offered = TALK.offered(row, user)
    return offered[0].label if offered else "查看"


FOUND = Kind(Talk, ("number", "name"), {"unit": ("name",)}, joins=("unit",))
