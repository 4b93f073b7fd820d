"""What summaries hand to the rail, the home page and the search."""

from typing import Any

from cases.models import WorkSummary
from cases.models.summaries import READERS, TELLERS
from cases.workflow.summaries import SENDERS, SUMMARY
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

RAIL = RailEntry(
    "summaries",
    "工作汇总",
    "/summaries/",
    SENDERS | READERS | TELLERS | {Role.PETITION},
    count=lambda user: counted(WorkSummary.objects.visible_to(user).waiting_for(user)),
)


def to_send(user: Any) -> Section | None:
    """Drafts the registry, or an office, has not sent; nothing where there is none."""
    number = RAIL.number(user) if user.roles & (SENDERS | TELLERS) else 0
    if not number:
        return None
    rows = WorkSummary.objects.visible_to(user).waiting_for(user)
    verbs = {
        row: SUMMARY.transitions["tell" if row.unit_id else "send"]
        for row in first(rows.for_list(), "-last_day")
    }
    entries = [Entry.of(row, what=verb.label, clock=row.due_on) for row, verb in verbs.items()]
    return Section("待报送的工作汇总", "/summaries/?tab=draft", entries, number)


FOUND = Kind(WorkSummary, ("number", "text"))
