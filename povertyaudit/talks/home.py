"""What talks hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, counted, first
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


def search(user: Any, words: str) -> list[Entry]:
    """Talks whose number, person or unit holds the words."""
    rows = Talk.objects.visible_to(user)
    for word in words.split():
        rows = rows.filter(number__icontains=word) | rows.filter(name__icontains=word) | rows.filter(
            unit__name__icontains=word
        )  # fmt: skip
    return [Entry.of(row) for row in rows.select_related("unit").order_by("-pk")[:LIMIT]]
