"""万元 typed as 元, or the reverse: a sum far off those of its kind is asked about once, and taken when it is confirmed."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import cache
from statistics import median
from typing import Any

from funds.services import rules
from povertyaudit.core import render
from povertyaudit.core.errors import RuleBroken

FEW = 3  # with fewer neighbours nothing is usual
MOST = 200  # neighbours looked at
TEN_THOUSAND = 10_000  # 元 in a 万元
SURE = "确认无误的，请勾选“金额核对无误”后再提交。"


def asked(
    fen: int, neighbours: Iterable[int], *, verb: str = "sum", field: str,
    times_of: Callable[[], int] = lambda: rules.amount("slip_times"),
) -> RuleBroken | None:  # fmt: skip
    """What to ask about a sum (分) that is so many times the usual of its neighbours, or so small a part of it: how many
    is a dated rule (FundRule slip_times). One query, and only where something is usual."""
    known = [one for one in neighbours if one]
    if len(known) < FEW:
        return None
    usual, times = int(median(known)), times_of()
    if usual * times > fen and fen * times > usual:
        return None
    size = f"{times} 倍以上" if fen > usual else f"{times} 分之一以下"
    text = f"填写的是 {render.yuan(fen)} 元，是同类金额中位数 {render.yuan(usual)} 元的{size}，请核对是元还是万元。{SURE}"
    return RuleBroken(f"{verb}.slip", text, field=field)


def ask(fen: int, neighbours: Iterable[int], *, checked: bool, field: str) -> None:
    """Raise RuleBroken where there is something to ask about `fen` (分), unless it was `checked`."""
    if not checked and (refused := asked(fen, neighbours, field=field)) is not None:
        raise refused


class Near:
    """The neighbours of many sums, for one run: the latest of each group are read once, and a sum that is taken is the
    next one's neighbour, as if it had been written. `read`: group → sums (分), the newest first."""

    def __init__(self, read: Callable[[Any], Iterable[int]]) -> None:
        self._read = read
        self._known: dict[Any, deque[int]] = {}
        self.times = cache(lambda: rules.amount("slip_times"))

    def of(self, group: Any) -> Iterable[int]:
        if group not in self._known:
            self._known[group] = deque(self._read(group), MOST)
        return self._known[group]

    def asked(self, fen: int, group: Any, *, verb: str = "sum", field: str) -> RuleBroken | None:
        """What to ask about a sum of the group."""
        return asked(fen, self.of(group), verb=verb, field=field, times_of=self.times)

    def take(self, group: Any, fen: int) -> None:
        self.of(group)
        self._known[group].appendleft(fen)


def part_unlike_rest(verb: str, fen: int, left: int) -> RuleBroken | None:
    """What to ask about a settlement (分) that is exactly a 10,000th of what is open: no limit, the very slip itself."""
    if fen * TEN_THOUSAND != left:
        return None
    text = f"本次 {render.yuan(fen)} 元，未结 {render.yuan(left)} 元，正好相差 1 万倍，请核对是元还是万元。{SURE}"
    return RuleBroken(f"{verb}.unusual", text, field="confirmed")
