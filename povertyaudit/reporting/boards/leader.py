"""监督看板: what came in, what became of it, whether clocks are kept, where the money is, how far rectification is.

A few grouped questions a chart, all within what the reader may see. A period is set beside the one before and the same
days of the year before.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases import worklists
from cases.models import Form, Outcome
from cases.pages.backlog import FIGURES as AGES
from cases.pages.backlog import line as age_line
from cases.pages.backlog import seen
from funds import spans
from funds.spans import Span
from povertyaudit.core import moment, render
from povertyaudit.core.models import User
from povertyaudit.core.views import BoardLine, Figure
from povertyaudit.reporting import figures, spanning
from povertyaudit.reporting.boards import chart, work
from povertyaudit.reporting.boards.chart import BARS, COLUMNS, STACK, Chart
from povertyaudit.reporting.indicators import (
    Indicator,
    Mark,
    Reader,
    filing,
    leads,
    money,
    parted,
    rounds,
    values,
)

FUNNEL = (rounds.FINDINGS, leads.RECEIVED, filing.CASES, filing.SANCTIONED, filing.TRANSFERRED)
MONEY = (money.OWED, money.TAKEN, money.RETURNED, money.OTHERWISE)
RANKED = {
    "sources": (leads.RECEIVED, "channel"),
    "towns": (leads.RECEIVED, "town"),
    "styles": (leads.STYLE, "style"),
}
QUARTERS = 5


@dataclass
class Board:
    """The charts of one period for one reader."""

    user: User
    span: Span

    @cached_property
    def sight(self) -> Reader:
        return Reader(self.user)

    @cached_property
    def past(self) -> list[Span]:
        """The period before and the same days of the year before, where the period has days."""
        today = moment.today()
        found = (spans.before(self.span, today), spanning.year_before(self.span, today))
        before, year = found
        same = before is not None and year is not None and before.first == year.first
        return [one for one in ((before,) if same else found) if one is not None]

    @cached_property
    def spans(self) -> list[Span]:
        return [self.span, *self.past]

    @cached_property
    def heads(self) -> list[str]:
        return [self.span.words, *(one.words for one in self.past)]

    @cached_property
    def quarters(self) -> list[Span]:
        """The last five that have begun by the end of the period, the earliest first."""
        last = min(self.span.last or moment.today(), moment.today())
        number = last.year * 4 + (last.month - 1) // 3
        return [spans.of_quarter((number - n) // 4, (number - n) % 4 + 1) for n in reversed(range(QUARTERS))]

    @cached_property
    def found(self) -> dict[tuple[str, str], int]:
        """The figures of the funnel."""
        came = leads.RECEIVED
        found = values([one for one in FUNNEL if one is not came], self.sight, self.spans)
        whole = sum(self.parted[0].values())  # the pass over this period has counted them
        return found | values([came], self.sight, self.past) | {(came.code, self.span.key): whole}

    @cached_property
    def parted(self) -> list[dict[Any, int]]:
        """What came in, by where from, where and which style: one pass over the leads."""
        return parted(leads.RECEIVED, self.sight, self.span, [one.way(way) for one, way in RANKED.values()])

    def marks(self, key: str) -> list[Mark]:
        one, way = RANKED[key]
        return one.marks(self.span, one.way(way), self.parted[list(RANKED).index(key)])

    def now(self, one: Indicator) -> int:
        return self.found[one.code, self.span.key]

    @cached_property
    def first(self) -> list[Chart]:
        """What came in and what became of it."""
        return _filled(self.funnel(), self.forms(), self.sources(), self.towns(), self.styles())

    @cached_property
    def rest(self) -> list[Chart]:
        """Ages and clocks, money, rectification: the page does not wait for them."""
        return _filled(self.ages(), self.on_time(), self.money(), *work.charts(self.sight, self.span))

    def charts(self) -> list[Chart]:
        return [*self.first, *self.rest]

    def funnel(self) -> Chart:
        came, filed = self.now(leads.RECEIVED), self.now(filing.CASES)
        words = f"受理线索 {came:,} 件，立案 {filed:,} 件，移送 {self.now(filing.TRANSFERRED):,} 项"
        if self.past:
            then = self.found[leads.RECEIVED.code, self.past[0].key]
            words += f"；受理{chart.versus(came, then, '件', self.past[0].words)}"
        return Chart(
            "funnel", "发现的问题走到了哪一步", words, BARS, "环节", self.heads,
            chart.compared(FUNNEL, self.found, self.spans), FUNNEL, unit="",
            note="各环节各按自己的日期计，不是同一批线索的去向。",
        )  # fmt: skip

    def forms(self) -> Chart:
        """As the national format has them: persons by quarter, each once in a quarter at the heaviest."""
        first, last = self.quarters[0].first, self.quarters[-1].last
        rows = Outcome.objects.visible_to(self.user).filter(decided_on__range=(first, last))
        found = {period["first"]: period["forms"] for period in rows.by_period() if "季度" in period["name"]}
        lines = [
            BoardLine(
                span.words,
                [
                    Figure(found.get(span.first, {}).get(one.once, 0), one.address(span))
                    for one in filing.FORMS
                ],
            )
            for span in self.quarters
        ]
        whole = sum(figure.value for line in lines for figure in line.figures)
        lightest = sum(line.figures[0].value for line in lines)
        words = f"近 {QUARTERS} 个季度处理 {whole:,} 人次，第一种形态 {figures.share(lightest, whole)}"
        return Chart(
            "forms", "四种形态各多少人", words, STACK, "季度", [str(form.label) for form in Form if form], lines,
            filing.FORMS, unit="人", note="每季度每人只计一次，取最重的一项；各季度相加可以多于全年。",
        )  # fmt: skip

    def _ranking(self, key: str, question: str, words: str, head: str) -> Chart:
        one, marks = RANKED[key][0], self.marks(key)
        return Chart(
            key, question, chart.most(marks, one.unit, words, ""), BARS, head, [one.unit], chart.ranked(one, marks),
            (one,), unit=one.unit,
        )  # fmt: skip

    def sources(self) -> Chart:
        return self._ranking("sources", "线索从哪里来", "的线索", "来源")

    def towns(self) -> Chart:
        return self._ranking("towns", "哪里的线索最多", "的线索", "地区")

    def styles(self) -> Chart:
        return self._ranking("styles", "反映哪些作风问题", "问题", "作风问题")

    def ages(self) -> Chart:
        """Open now, whatever the period: how old."""
        counts = worklists.figures(seen(self.user))
        whole = age_line("", counts).figures
        bands = [place for place, (name, _, _) in enumerate(AGES) if name not in {"n_all", "n_held"}]
        lines = [BoardLine(label, (whole[place],)) for place in bands for _, label, _ in (AGES[place],)]
        old = counts[f"n_{worklists.BANDS[-1].key}"]
        words = f"现在未办结 {counts['n_all']:,} 件，其中 {worklists.BANDS[-1].label} {old:,} 件，已超期 {counts['n_overdue']:,} 件"
        return Chart(
            "ages", "未办结的线索多久了", words, BARS, "受理至今", ["件"], lines, (leads.OPEN,),
            note="按现在的情况，不随期间变化。", more=("清零看板", "/leads/backlog/"),
        )  # fmt: skip

    def on_time(self) -> Chart:
        """Concluded with every step in time, and not, by quarter."""
        found = values((leads.CONCLUDED, leads.ON_TIME), self.sight, self.quarters)
        lines = []
        for span in self.quarters:
            kept, whole = found[leads.ON_TIME.code, span.key], found[leads.CONCLUDED.code, span.key]
            late = leads.CONCLUDED.address(span, ever_late="true")
            lines.append(
                BoardLine(span.words, (Figure(kept, leads.ON_TIME.address(span)), Figure(whole - kept, late)))
            )
        kept, whole = (
            sum(found[one.code, span.key] for span in self.quarters)
            for one in (leads.ON_TIME, leads.CONCLUDED)
        )
        return Chart(
            "on_time", "期限守住了吗", f"近 {QUARTERS} 个季度办结的线索，各步都没有超期的 {figures.share(kept, whole)}", STACK,
            "季度", ["期限内办结", "曾超期"], lines, (leads.ON_TIME, leads.CONCLUDED),
        )  # fmt: skip

    def money(self) -> Chart:
        shown = (*MONEY, money.LEFT)
        found = values(shown, self.sight, self.spans)
        owed, taken, back, _, left = (found[one.code, self.span.key] for one in shown)
        words = (
            f"应追缴 {render.wan(owed)} 万元，追缴 {render.wan(taken)} 万元，退还群众 {render.wan(back)} 万元；"
            f"期末未结 {render.wan(left)} 万元"
        )
        return Chart(
            "money", "该收的收了多少，该退的退了多少", words, COLUMNS, "项目", self.heads,
            chart.compared(shown, found, self.spans), shown, unit="万元",
            note="各按记账日期计；追缴和退还群众不能相加。", more=("违规资金分析", "/fund-boards/misuses/"),
        )  # fmt: skip


def _filled(*made: Chart) -> list[Chart]:
    return [one for one in made if not one.is_empty]
