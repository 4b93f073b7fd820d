"""Figures as pages show them: money in 万元, shares with both their numbers, each with the list of its rows."""

from funds.spans import Span
from povertyaudit.core import render
from povertyaudit.core.views import Figure
from povertyaudit.reporting.indicators import Indicator, Mark, Rate


def words(one: Indicator, value: int) -> str:
    """The number as it is read: 万元 for money, else plain."""
    return f"{render.wan(value)} 万元" if one.is_money else f"{value:,}"


def of(one: Indicator, value: int, span: Span) -> Figure:
    return Figure(value, one.address(span), words(one, value))


def part(one: Indicator, mark: Mark) -> Figure:
    return Figure(mark.value, mark.url, words(one, mark.value))


def share(hits: int, whole: int) -> str:
    """12/15（80%）; of nothing there is no share."""
    return f"{hits:,}/{whole:,}（{hits / whole:.1%}）".replace(".0%", "%") if whole else "—"


def rate(one: Rate, hits: int, whole: int, span: Span) -> Figure:
    """A share; its link leads to the rows of its numerator."""
    return Figure(hits, one.part.address(span), share(hits, whole))


def difference(now: int, then: int, one: Indicator) -> str:
    """+3, −2, 持平; of money in 万元."""
    more = now - then
    if not more:
        return "持平"
    said = render.wan(abs(more)) if one.is_money else f"{abs(more):,}"
    return f"{'+' if more > 0 else '−'}{said}"
