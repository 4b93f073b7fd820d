"""A report as a paper: text and table, out of what is stored. The same report gives the same bytes."""

from django.utils import timezone

from povertyaudit.core import papers
from povertyaudit.reporting.models import Report, ReportKind
from povertyaudit.reporting.services.counting import written


def paper_of(row: Report) -> papers.Paper:
    """The report as a paper."""
    day = timezone.localtime(row.counted_at).date()
    blocks: list[papers.Block] = [
        papers.Text(row.text), grid(row),
        papers.Text(f"以上数据统计于 {papers.day_words(day)}；以后的更正在系统中另列，不改动本表。"),
    ]  # fmt: skip
    if row.explained:
        blocks.append(papers.Text(f"说明：{row.explained}"))
    return papers.Paper(
        title=row.title, number=row.number or "", addressee="委领导", blocks=tuple(blocks),
        signed=f"{row.region.name}纪律检查委员会", dated=row.signed_on or day,
    )  # fmt: skip


def grid(row: Report) -> papers.Grid:
    figures = list(row.figures.all())
    if row.kind == ReportKind.ROUND:
        heads: tuple[str, ...] = ("指标", "单位", "数")
        return papers.Grid(
            heads, [(one.name, unit(one.unit), written(one.unit, one.value)) for one in figures]
        )
    heads = ("指标", "单位", "本期", "上期", "本年累计")
    return papers.Grid(heads, [
        (one.name, unit(one.unit), *(written(one.unit, value) for value in (one.value, one.past_value, one.year_value)))
        for one in figures
    ])  # fmt: skip


def unit(said: str) -> str:
    return "万元" if said == "元" else said
