"""Counting a report: figures of now with the keys of the rows behind them."""

from collections.abc import Sequence

from funds.spans import ALL, Span
from povertyaudit.reporting import spanning
from povertyaudit.reporting.indicators import CATALOGUE, County, Indicator, Sight, values
from povertyaudit.reporting.indicators.of_round import OfRound
from povertyaudit.reporting.models import Report, ReportFigure, ReportKind


def sight_of(row: Report) -> Sight:
    return OfRound(row.round) if row.round is not None else County(row.region)


def periods(row: Report) -> tuple[Span, Span | None, Span | None]:
    """The period itself, the one before, the year up to its end; of a round all there is."""
    if row.kind == ReportKind.ROUND:
        return Span(ALL.key, ALL.words, None, None), None, None
    span = row.span
    year = spanning.to_date(span) if row.kind != ReportKind.YEAR else None
    return span, previous_span(row), year


def previous_span(row: Report) -> Span | None:
    """The whole period before, of the same kind."""
    keys = {
        ReportKind.TEN_DAYS: spanning.ten_days(row.first_day).key,
        ReportKind.MONTH: f"{row.first_day:%Y-%m}",
        ReportKind.QUARTER: f"{row.first_day.year}Q{(row.first_day.month + 2) // 3}",
        ReportKind.YEAR: f"{row.first_day.year}",
    }
    key = keys.get(ReportKind(row.kind))
    return spanning.before(Span(key, "", row.first_day, row.last_day)) if key else None


def counted(row: Report, codes: Sequence[str]) -> list[ReportFigure]:
    """The figures of the report in the order of `codes`, not yet saved."""
    sight, (span, past, year) = sight_of(row), periods(row)
    wanted = [CATALOGUE[code] for code in codes]
    asked = [one for one in (span, past, year) if one is not None]
    found = values(wanted, sight, asked)

    def value(one: Indicator, at: Span | None) -> int | None:
        return None if at is None else found[one.code, at.key]

    return [
        ReportFigure(
            report=row, place=place, code=one.code, name=one.name, unit=one.unit, counts=f"{one.counts}{one.period}。",
            value=found[one.code, span.key], past_value=value(one, past),
            year_value=None if one.standing else value(one, year), ids=ids(one, sight, span),
        )
        for place, one in enumerate(wanted, 1)
    ]  # fmt: skip


def ids(one: Indicator, sight: Sight, span: Span) -> list[int]:
    """The keys of the rows of a figure, in order."""
    return list(one.rows(sight, span).order_by("pk").values_list("pk", flat=True).distinct())


def worded(row: Report, figures: Sequence[ReportFigure]) -> str:
    """The figures in sentences, as a first text; units as the guard reads them."""
    at = {one.code: one for one in figures}
    said = [f"{one.name} {number(one)}" for one in figures if one.value][:12]
    first = f"{row.period_words}，{'，'.join(said)}。" if said else f"{row.period_words}没有发生的事项。"
    left = [f"{at[code].name} {number(at[code])}" for code in ("leads_open", "items_late") if code in at]
    return "\n".join([first, *([f"需要关注：{'，'.join(left)}。"] if left else [])])


def number(one: ReportFigure) -> str:
    """12 件; money in 万元."""
    return f"{written(one.unit, one.value)} {'万元' if one.unit == '元' else one.unit}"


def written(unit: str, value: int | None) -> str:
    """The number as the table writes it."""
    if value is None:
        return ""
    return f"{value / 1_000_000:,.2f}" if unit == "元" else f"{value:,}"


def now(row: Report) -> dict[str, int]:
    """What each figure would be if it were counted now: corrections stand beside, never instead."""
    sight, (span, *_) = sight_of(row), periods(row)
    wanted = [CATALOGUE[one.code] for one in row.figures.all() if one.code in CATALOGUE]
    return {code: value for (code, _), value in values(wanted, sight, [span]).items()}
