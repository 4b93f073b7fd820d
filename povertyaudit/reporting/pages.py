"""What the page of a report shows: the figures as they were counted, what they are now, and what the guard finds."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from povertyaudit.core import render
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table
from povertyaudit.reporting.indicators import CATALOGUE
from povertyaudit.reporting.models import Report, ReportFigure, ReportKind, ReportState
from povertyaudit.reporting.services import counting, guard
from povertyaudit.reporting.services.report_papers import unit


@dataclass(frozen=True)
class Line:
    """A figure, and the same counted now where it differs."""

    figure: ReportFigure
    now: int | None

    @property
    def label(self) -> SafeString:
        one = self.figure
        return format_html('<span title="{}">{}</span>', one.counts, f"{one.name}（{unit(one.unit)}）")

    @property
    def value(self) -> SafeString | str:
        one = self.figure
        said = counting.written(one.unit, one.value)
        if not one.ids:
            return said
        return format_html('<a href="{}rows/{}/">{}</a>', one.report.get_absolute_url(), one.code, said)

    @property
    def past(self) -> str:
        return counting.written(self.figure.unit, self.figure.past_value) or "—"

    @property
    def year(self) -> str:
        return counting.written(self.figure.unit, self.figure.year_value) or "—"

    @property
    def more(self) -> str:
        one = self.figure
        if one.past_value is None:
            return "—"
        more = one.value - one.past_value
        return ("+" if more > 0 else "−") + counting.written(one.unit, abs(more)) if more else "持平"

    @property
    def since(self) -> SafeString | str:
        """What a correction made of it: beside, never instead."""
        if self.now is None or self.now == self.figure.value:
            return "未变"
        address = f"{self.figure.report.get_absolute_url()}rows/{self.figure.code}/"
        said = counting.written(self.figure.unit, self.now)
        return format_html('<a href="{}">现为 {}</a>', address, said)


PERIOD = (
    Column("past", "上期", kind="number", phone="more"),
    Column("more", "比上期", kind="number", phone="more"),
    Column("year", "本年累计", kind="number", phone="more"),
)


def columns(row: Report) -> tuple[Column, ...]:
    return (
        Column("label", "指标", kind="html", phone="main"),
        Column("value", "数" if row.kind == ReportKind.ROUND else "本期", kind="number", phone="side"),
        *(() if row.kind == ReportKind.ROUND else PERIOD),
        Column("since", "统计以后", kind="html", phone="last"),
    )


def figures(row: Report) -> Table:
    now = counting.now(row)
    lines = [Line(one, now.get(one.code)) for one in row.figures.all()]
    return Table("数据", columns(row), lines, key="figures")


def facts(row: Report) -> list[Facts]:
    signed = row.signed_by and row.signed_by.display_name
    return [Facts("基本情况", [
        Fact("类型", row.get_kind_display()), Fact("期间", row.period_words),
        *([Fact("轮次", format_html('<a href="{}">{}</a>', row.round.get_absolute_url(), row.round.name))] if row.round else []),
        Fact("统计时间", row.counted_at, "moment"),
        Fact("核对", row.checked_by and f"{row.checked_by.display_name}（{render.date(row.checked_on)}）"),
        Fact("签发", signed and f"{signed}（{render.date(row.signed_on)}）"),
        Fact("文字说明", row.text, wide=True),
        *([Fact("对提示的说明", row.explained, wide=True)] if row.explained else []),
    ])]  # fmt: skip


def missing(row: Report) -> list[Missing]:
    """Findings of the guard, each with the place to look at; once signed they stand in the explanation."""
    if row.state == ReportState.SIGNED:
        return []
    return [Missing(one.words, _place(row, one.code)) for one in guard.findings(row)]


def _place(row: Report, code: str) -> str:
    if code and row.figures.filter(code=code).exists():
        return f"{row.get_absolute_url()}rows/{code}/"
    return f"{row.get_absolute_url()}amend/"


def kept_file(row: Report, user: User) -> Attachment | None:
    """The paper that was kept when the report was signed."""
    found: Attachment | None = (
        Attachment.objects.visible_to(user)
        .filter(target_label=row._meta.label_lower, target_id=row.pk, kind="paper")
        .order_by("pk")
        .last()
    )
    return found


@dataclass(frozen=True)
class RowLine:
    """One row behind a figure."""

    row: Any
    standing: str

    @property
    def label(self) -> SafeString:
        number = getattr(self.row, "number", "") or str(self.row)
        return format_html('<a href="{}">{}</a>', self.row.get_absolute_url(), number)

    @property
    def title(self) -> str:
        return str(getattr(self.row, "title", "") or self.row)


ROW_COLUMNS = (
    Column("label", "编号", kind="html", phone="first"),
    Column("title", "事项", phone="main"),
    Column("standing", "与本表相比", phone="last"),
)
MOST = 500  # lines of one page
STAND, GONE, NEW = "在内", "统计后移出", "统计后新增"


def rows_behind(figure: ReportFigure, user: User) -> dict[str, Any]:
    """The rows behind a figure the reader may see, and those that came or went since and explain what it is now."""
    one = CATALOGUE[figure.code]
    report = figure.report
    now = set(counting.ids(one, counting.sight_of(report), counting.periods(report)[0]))
    then = set(figure.ids)
    keys = [*sorted(then ^ now), *sorted(then & now)]
    rows = one.model._default_manager.visible_to(user)
    shown = {row.pk: row for row in rows.filter(pk__in=keys[:MOST])}
    lines = [
        RowLine(shown[key], STAND if key in then and key in now else GONE if key in then else NEW)
        for key in keys[:MOST]
        if key in shown
    ]
    return {
        "lines": lines,
        "gone": len(then - now),
        "new": len(now - then),
        "all": len(then),
        "cut": len(keys) > MOST,
    }


def against_past(figure: ReportFigure) -> tuple[int, int] | None:
    """As against the signed report before: how many rows are new in this one, and how many of that one are not in it."""
    report = figure.report
    past = counting.previous_span(report)
    if past is None or past.first is None:
        return None
    before = ReportFigure.objects.filter(
        code=figure.code, report__region=report.region, report__kind=report.kind, report__first_day=past.first
    ).first()
    if before is None:
        return None
    now, then = set(figure.ids), set(before.ids)
    return len(now - then), len(then - now)
