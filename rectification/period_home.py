"""What 整改定期报告 hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
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


FOUND = Kind(
    PeriodReport, ("number",), {"item": ("number",)}, roles=frozenset(READERS),
    rows=lambda rows: rows.for_list(),
)  # fmt: skip
