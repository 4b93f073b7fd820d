"""What summaries hand to the rail, the home page and the search."""

from typing import Any

from cases.models import WorkSummary
from cases.models.summaries import READERS
from cases.workflow.summaries import SENDERS, SUMMARY
from povertyaudit.core.filters import WordsFilter
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, counted, first

RAIL = RailEntry(
    "summaries",
    "工作汇总",
    "/summaries/",
    SENDERS | READERS,
    count=lambda user: counted(WorkSummary.objects.visible_to(user).waiting()),
)


def to_send(user: Any) -> Section | None:
    """Drafts the registry has not sent; nothing where there is none."""
    rows = WorkSummary.objects.visible_to(user).waiting()
    number = counted(rows) if user.roles & SENDERS else 0
    if not number:
        return None
    label = SUMMARY.transitions["send"].label
    entries = [Entry.of(row, what=label) for row in first(rows.for_list(), "-last_day")]
    return Section("待报送的工作汇总", "/summaries/?tab=draft", entries, number)


def search(user: Any, words: str) -> list[Entry]:
    """Summaries by number or text."""
    found = WordsFilter(fields=("number", "text")).filter(WorkSummary.objects.visible_to(user), words)
    return [Entry.of(row) for row in found.order_by("-pk")[:LIMIT]]
