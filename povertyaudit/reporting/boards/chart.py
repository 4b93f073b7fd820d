"""One chart as data. The table is the figure; the drawing is read from the table, so that they cannot differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from funds.spans import Span
from povertyaudit.core.views import BoardLine, Figure
from povertyaudit.reporting import figures
from povertyaudit.reporting.indicators import Indicator, Mark

BARS, STACK, COLUMNS = "bars", "stack", "columns"
MOST = 12  # lines drawn and listed; the rest is said in one line
# Four parts in order of weight, told apart in grey too; more than four are not drawn.
OTHERS = "其余"


@dataclass(frozen=True)
class Chart:
    """`finding`: the title, in words; `question`: what is asked; `meaning`: codes of the catalogue it draws on."""

    key: str
    question: str
    finding: str
    kind: str
    first_head: str
    heads: Sequence[str]
    lines: Sequence[BoardLine]
    meaning: Sequence[Indicator] = ()
    unit: str = "件"
    note: str = ""
    drawn: int = 9  # how many of the columns are drawn
    more: tuple[str, str] = ("", "")  # (label, address) of where there is more

    @property
    def is_empty(self) -> bool:
        return not any(figure.value for line in self.lines for figure in line.figures)


def ranked(one: Indicator, marks: Sequence[Mark]) -> list[BoardLine]:
    """The most first; what comes after the twelfth in one line that opens nothing."""
    lines = [BoardLine(mark.label, (figures.part(one, mark),)) for mark in marks[:MOST]]
    if rest := marks[MOST:]:
        value = sum(mark.value for mark in rest)
        lines.append(BoardLine(f"{OTHERS} {len(rest)} 项", (Figure(value, "", figures.words(one, value)),)))
    return lines


def compared(
    wanted: Iterable[Indicator], found: dict[tuple[str, str], int], spans: Sequence[Span]
) -> list[BoardLine]:
    """One line an indicator, one figure a period, each with its rows."""
    return [
        BoardLine(
            f"{one.name}（{'万元' if one.is_money else one.unit}）",
            [_plain(one, found[one.code, span.key], span) for span in spans],
        )
        for one in wanted
    ]


def _plain(one: Indicator, value: int, span: Span) -> Figure:
    text = figures.words(one, value).removesuffix(" 万元")
    return Figure(value, one.address(span), text)


def most(marks: Sequence[Mark], unit: str, words: str, none: str) -> str:
    """The finding of a ranking: who is first."""
    if not marks:
        return none
    first, whole = marks[0], sum(mark.value for mark in marks)
    return f"{first.label}{words}最多，{first.value:,} {unit}，占 {first.value / whole:.0%}"


def versus(now: int, then: int, unit: str, past: str) -> str:
    """比 2026 年第 2 季度多 12 件."""
    if now == then:
        return f"与 {past}持平"
    return f"比 {past}{'多' if now > then else '少'} {abs(now - then):,} {unit}"
