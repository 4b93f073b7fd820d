"""The few figures each post looks at, on its page 我的工作: this period beside the one before and the year before.

All of the catalogue, within what the reader may see; every mark leads to the list of exactly its rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from funds.spans import Span
from povertyaudit.core.models import Role, User
from povertyaudit.core.views import BoardLine
from povertyaudit.reporting.boards import chart
from povertyaudit.reporting.boards.chart import BARS, Chart
from povertyaudit.reporting.boards.leader import Board
from povertyaudit.reporting.indicators import CATALOGUE, Indicator, values

LEADING = ("leads_received", "cases_filed", "persons_sanctioned", "leads_open", "items_late", "money_open")
LEADS = ("leads_received", "leads_concluded", "leads_on_time", "leads_open", "cases_filed")
UNITS = ("items_issued", "items_closed", "items_open", "items_late")
WANTED: dict[str, Sequence[str]] = {
    Role.SECRETARY: LEADING,
    Role.DEPUTY: LEADING,
    Role.COUNTY_LEADER: UNITS,
    Role.CASE_MANAGER: ("leads_received", "leads_dispatched", "leads_concluded", "leads_open", "cases_filed", "items_late"),
    Role.PETITION: ("petitions", "petitions_done", "leads_received", "leads_style"),
    Role.SUPERVISION: (*LEADS, "items_late"),
    Role.INVESTIGATION: LEADS,
    Role.ADJUDICATION: ("cases_filed", "persons_sanctioned", "sanctions", "transferred"),
    Role.PATROL_OFFICE: ("findings", "opinions", "opinions_accepted", "immediate_notices", "items_open", "items_late"),
    Role.PATROL_TEAM: ("findings", "opinions", "opinions_accepted", "immediate_notices"),
    Role.FINANCE: ("misuses", "misuse_money", "money_owed", "money_taken", "money_returned", "money_open"),
    Role.SECTOR: UNITS,
    Role.LIAISON: UNITS,
    Role.UNIT_HEAD: UNITS,
}  # fmt: skip
READERS = frozenset(WANTED)


def wanted_by(user: User) -> list[Indicator]:
    """The figures of all his posts, each once, in the order of the posts."""
    codes = [code for role, codes in WANTED.items() if role in user.roles for code in codes]
    return [CATALOGUE[code] for code in dict.fromkeys(codes)]


@dataclass
class SmallBoard:
    """Two tables for one reader, numbers and sums: a line a figure, a column a period."""

    user: User
    span: Span

    @cached_property
    def board(self) -> Board:
        return Board(self.user, self.span)

    @cached_property
    def wanted(self) -> list[Indicator]:
        return wanted_by(self.user)

    def charts(self) -> list[Chart]:
        """Numbers, and sums apart from them: drawn and exported as the charts of the large board are."""
        spans = self.board.spans
        found = values(self.wanted, self.board.sight, spans)
        groups = [[one for one in self.wanted if one.is_money is money] for money in (False, True)]
        return [self._chart(group, chart.compared(group, found, spans)) for group in groups if group]

    def _chart(self, group: list[Indicator], lines: list[BoardLine]) -> Chart:
        first, now, past = group[0], lines[0].figures, self.board.past
        unit = "万元" if first.is_money else first.unit
        words = f"{self.span.words}{first.name} {now[0].words} {unit}"
        if past and not first.is_money:
            words += f"，{chart.versus(now[0].value, now[1].value, unit, past[0].words)}"
        return Chart(
            "mine-money" if first.is_money else "mine", "金额" if first.is_money else "件数和人数", words, BARS, "指标",
            self.board.heads, lines, group, unit="万元" if first.is_money else "",
            note="各按自己的日期计；期末一类的按期间最后一天。",
        )  # fmt: skip
