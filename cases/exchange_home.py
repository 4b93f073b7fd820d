"""What the registry's own books hand to the rail, the home page and the search."""

from typing import Any

from cases.models import Batch
from povertyaudit.core import moment
from povertyaudit.core.filters import WordsFilter
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, counted, first
from povertyaudit.core.models import Role

READERS = frozenset({Role.CASE_MANAGER, Role.SECRETARY, Role.PETITION})
RAIL = RailEntry("exchange", "交办批次", "/batches/", READERS)


def batches_due(user: Any) -> Section | None:
    """未结清的交办批次 whose date has passed, for the registry."""
    if Role.CASE_MANAGER not in user.roles:
        return None
    rows = Batch.objects.visible_to(user).open().for_list().filter(due_on__lt=moment.today())
    found = first(rows, "due_on")
    entries = [Entry.of(row, what="督促办结", clock=row.due_on) for row in found]
    return Section("已超期的交办批次", "/batches/?due=overdue", entries, counted(rows), urgent=True)


def search(user: Any, words: str) -> list[Entry]:
    """Batches whose number, name or sender holds the words."""
    named = WordsFilter(fields=("number", "title", "sender", "sender_number"))
    found = named.filter(Batch.objects.visible_to(user), words)
    return [Entry.of(row) for row in found.order_by("-pk")[:LIMIT]]
