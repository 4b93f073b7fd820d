"""数据检查 before a report is checked and signed: what cannot be, what jumps, and what the text says that no row says.

Each finding is one sentence with the place to look at. Pure but for the report before, which it is compared with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.reporting.models import Report, ReportFigure
from povertyaudit.reporting.services.counting import previous_span, written

# part ≤ whole, each by code: what is done of what there is
WITHIN = (
    ("petitions_done", "petitions"), ("leads_on_time", "leads_concluded"), ("opinions_accepted", "opinions"),
    ("immediate_closed", "immediate_notices"), ("items_all_closed", "items_all"), ("items_late", "items_open"),
    ("look_backs_relapsed", "look_backs"), ("bulletins", "bulletin_cases"), ("bulletin_cases", "bulletin_persons"),
)  # fmt: skip
PERSONS = (("persons_sanctioned", "sanctions"),)  # 人数 never exceeds 项数
JUMP = 1000  # 元 written as 万元, or the other way, is ten thousand times as much
NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
UNITS = r"(万元|元|件|人次|人|个|项|条|起|期|轮)"
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
COUNT = re.compile(r"\d[\d,]*(?!\s*[年月日.\d%])")
BREAK = re.compile(r"[。；;\n]")


@dataclass(frozen=True)
class Finding:
    """`code`: the figure it is about, where it is about one."""

    words: str
    code: str = ""


def findings(row: Report) -> list[Finding]:
    """Everything that does not fit, in the order of the table and then of the text."""
    figures = list(row.figures.all())
    at = {one.code: one for one in figures}
    return [*_within(at), *_money(at), *_jumps(figures), *_grows(row, at), *text(row.text, figures)]


def _within(at: dict[str, ReportFigure]) -> Iterator[Finding]:
    for part, whole in (*WITHIN, *PERSONS):
        if part in at and whole in at and at[part].value > at[whole].value:
            less, more = at[part], at[whole]
            yield Finding(
                f"“{less.name}”{less.value:,} {less.unit}多于“{more.name}”{more.value:,} {more.unit}，请核对。",
                part,
            )


def _money(at: dict[str, ReportFigure]) -> Iterator[Finding]:
    """What was settled of the year is never more than what was owed by then; nothing is left below nought."""
    left = at.get("money_open")
    if left is not None and left.value < 0:
        yield Finding(
            f"期末未结 {written('元', left.value)} 万元，追缴和退还多于应追缴，请核对资金台账。", "money_open"
        )
    for one in at.values():
        if one.value < 0 and one.code != "money_open":
            yield Finding(f"“{one.name}”是负数，期间内冲正多于入账，请核对。", one.code)


def _jumps(figures: Sequence[ReportFigure]) -> Iterator[Finding]:
    for one in figures:
        if one.unit == "元" and one.past_value and one.value:
            high, low = max(one.value, one.past_value), min(one.value, one.past_value)
            if low > 0 and high >= low * JUMP:
                yield Finding(
                    f"“{one.name}”本期 {written('元', one.value)} 万元，上期 {written('元', one.past_value)} 万元，"
                    "相差千倍以上，请核对是否把元填成了万元。", one.code,
                )  # fmt: skip


def _grows(row: Report, at: dict[str, ReportFigure]) -> Iterator[Finding]:
    """本年累计 of one year only grows, as against the report before as it was signed."""
    past = previous_span(row)
    if past is None or past.first is None or past.last is None or past.last.year != row.last_day.year:
        return
    before = Report.objects.filter(
        region=row.region, kind=row.kind, first_day=past.first, state="signed"
    ).first()
    for then in before.figures.all() if before else ():
        one = at.get(then.code)
        if (
            one
            and one.year_value is not None
            and then.year_value is not None
            and one.year_value < then.year_value
        ):
            yield Finding(
                f"“{one.name}”本年累计 {written(one.unit, one.year_value)}，少于上期签发的 "
                f"{written(one.unit, then.year_value)}，请核对是否有更正。", one.code,
            )  # fmt: skip


def text(words: str, figures: Sequence[ReportFigure] = ()) -> list[Finding]:
    """Shares and figures in the narrative, compared with their parts and with the rows."""
    said = to_halfwidth(words)
    return [*_shares(said), *_named(said, figures)]


def _shares(words: str) -> Iterator[Finding]:
    """93 个村中 35 个更换，占 37.5%: a share beside two numbers is one of the other."""
    for sentence in BREAK.split(words):
        for percent in PERCENT.finditer(sentence):
            before = sentence[: percent.start()]
            numbers = [int(one.group().replace(",", "")) for one in COUNT.finditer(before)][-2:]
            if len(numbers) < 2 or not all(numbers):
                continue
            part, whole = sorted(numbers)
            told, places = percent[1], len(percent[1].partition(".")[2])
            right = (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if right != Decimal(told):
                yield Finding(f"正文中 {part:,} 占 {whole:,} 写成 {told}%，按这两个数算是 {right}%，请核对。")


def _named(words: str, figures: Sequence[ReportFigure]) -> Iterator[Finding]:
    """受理问题线索 12 件: a number straight after the name of a figure is that figure."""
    for one in sorted(figures, key=lambda figure: -len(figure.name)):
        for found in re.finditer(
            re.escape(one.name) + r"(?:共|为|是)?\s*" + NUMBER + r"\s*" + UNITS + "?", words
        ):
            unit = found[2] or ("万元" if one.unit == "元" else one.unit)
            given = Decimal(found[1].replace(",", ""))
            if one.unit == "元":
                right = Decimal(one.value) / (1_000_000 if unit == "万元" else 100)
                same = abs(given - right) < Decimal("0.01")
            else:
                right, same = Decimal(one.value), given == one.value
            if unit != one.unit and not (one.unit == "元" and unit == "万元"):
                yield Finding(
                    f"正文中“{one.name}”写成 {found[1]} {unit}，本表按“{one.unit}”计，请核对。", one.code
                )
            elif not same:
                yield Finding(
                    f"正文中“{one.name}”写成 {found[1]} {unit}，按行统计是 {right.normalize():,f} {unit}，请核对。",
                    one.code,
                )
        words = words.replace(
            one.name, "·" * len(one.name)
        )  # a shorter name inside a longer one is not meant
