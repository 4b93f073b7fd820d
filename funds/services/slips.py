"""万元 typed as 元, or the reverse: a sum far off those of its kind is asked about once, and taken when it is confirmed."""

from collections.abc import Iterable
from statistics import median

from povertyaudit.core import render
from povertyaudit.core.errors import RuleBroken

FAR = 1000  # times: sums of one kind differ by a hundred, a slip of 万 by ten thousand
FEW = 3  # with fewer neighbours nothing is usual
MOST = 200  # neighbours looked at


def ask(fen: int, neighbours: Iterable[int], *, checked: bool, field: str) -> None:
    """Raise RuleBroken where `fen` is a thousand times the usual sum or less than a thousandth of it, unless `checked`."""
    known = [one for one in neighbours if one]
    if checked or len(known) < FEW:
        return
    usual = int(median(known))
    if usual * FAR > fen and fen * FAR > usual:
        return
    more = fen > usual
    text = (
        f"填写的是 {render.yuan(fen)} 元，同类一般在 {render.yuan(usual)} 元上下，"
        f"请核对是不是把{'元当成了万元' if more else '万元当成了元'}；确实无误的，请勾选“金额已核对”。"
    )
    raise RuleBroken("sum.slip", text, field=field)
