"""万元 taken for 元: a sum ten thousand times another is asked about once before it is believed."""

from statistics import median

from funds.models import Misuse
from povertyaudit.core import render
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region
from povertyaudit.core.scope import region_under

TIMES = 10_000
NEIGHBOURS, FEWEST = 50, 5  # the last so many of the county; of fewer nothing is said
SURE = "确认无误的，请勾选“金额核对无误”后再提交。"


def amount_unlike_neighbours(verb: str, place: Region, fen: int) -> RuleBroken | None:
    """What to ask about a sum (分) that is 10,000 times the usual of its county, or a 10,000th of it."""
    near = Misuse.objects.filter(region_under("region_id", place.county_code())).order_by("-pk")
    sums = list(near.values_list("amount_fen", flat=True)[:NEIGHBOURS])
    if len(sums) < FEWEST:
        return None
    usual = int(median(sums))
    if fen < usual * TIMES and fen * TIMES > usual:
        return None
    size = "1 万倍以上" if fen > usual else "万分之一以下"
    text = (
        f"涉及金额 {render.yuan(fen)} 元，是本县近来登记金额中位数 {render.yuan(usual)} 元的{size}，"
        f"请核对是元还是万元。{SURE}"
    )
    return RuleBroken(f"{verb}.unusual", text, field="confirmed")


def part_unlike_rest(verb: str, fen: int, left: int) -> RuleBroken | None:
    """What to ask about a settlement (分) that is exactly a 10,000th of what is open."""
    if fen * TIMES != left:
        return None
    text = f"本次 {render.yuan(fen)} 元，未结 {render.yuan(left)} 元，正好相差 1 万倍，请核对是元还是万元。{SURE}"
    return RuleBroken(f"{verb}.unusual", text, field="confirmed")
