"""What 整改定期报告 hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, counted, first
from rectification.home import READERS
from rectification.models import PeriodReport
from rectification.workflow import DECIDERS, REGISTRARS, UNIT, VERIFIERS

RAIL = RailEntry(
    "period_reports", "整改定期报告", "/period-reports/", UNIT | VERIFIERS | REGISTRARS,
    count=lambda user: counted(_mine(user)),
)  # fmt: skip


def _mine(user: Any) -> Any:
    """What the unit owes this week; for who supervises what is missing."""
    rows = PeriodReport.objects.visible_to(user)
    if user.roles & UNIT:
        return rows.waiting_for(user).this_week(moment.today())
    return rows.missed_for(user, moment.today())


def missed(user: Any) -> Section | None:
    """未报 for who supervises."""
    if not user.roles & DECIDERS or not (user.roles & UNIT or RAIL.number(user)):
        return None
    rows = PeriodReport.objects.visible_to(user).missed_for(user, moment.today())
    entries = [
        Entry.of(row, title=f"{row.unit.name} {row.title}", clock=row.light)
        for row in first(rows.for_list(), "due_on")
    ]
    if not entries:
        return None
    return Section(
        "未报的整改定期报告", "/period-reports/?tab=missed", entries, counted(rows, entries), urgent=True
    )


def search(user: Any, words: str) -> list[Entry]:
    """Reports whose number, or that of their item, holds the words."""
    if not user.roles & READERS:
        return []
    rows = PeriodReport.objects.visible_to(user)
    for word in words.split():
        rows = rows.filter(number__icontains=word) | rows.filter(item__number__icontains=word)
    return [Entry.of(row) for row in rows.for_list().order_by("-pk")[:LIMIT]]
