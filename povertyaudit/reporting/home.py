"""What reports hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role
from povertyaudit.reporting.models import Report
from povertyaudit.reporting.querysets import CHECKERS, LEADERS
from povertyaudit.reporting.roles import READERS
from povertyaudit.reporting.workflow import REPORT

BOARD_RAIL = RailEntry("board", "监督看板", "/reports/board/", READERS)
REPORTS_RAIL = RailEntry(
    "reports", "报表", "/reports/", CHECKERS | LEADERS | {Role.COUNTY_LEADER},
    count=lambda user: counted(Report.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip
INDICATORS_RAIL = RailEntry("indicators", "指标目录", "/reports/indicators/", READERS)
RAIL = (BOARD_RAIL, REPORTS_RAIL, INDICATORS_RAIL)


def waiting(user: Any) -> Section | None:
    """Drafts to check and reports to sign; nothing where there is none."""
    number = REPORTS_RAIL.number(user) if user.roles & (CHECKERS | LEADERS) else 0
    if not number:
        return None
    rows = first(Report.objects.visible_to(user).waiting_for(user).for_list(), "-last_day")
    entries = [Entry.of(row, what=_next(row, user)) for row in rows]
    return Section("待我办理的报表", "/reports/?tab=mine", entries, number)


def _next(row: Report, user: Any) -> str:
    offered = REPORT.offered(row, user)
    return offered[0].label if offered else "查看"


FOUND = Kind(Report, ("number", "text"), {"round": ("name",)}, joins=("round",))
