"""From what was counted to points: one line between full and nothing, or so many off for each case."""

from decimal import ROUND_HALF_UP, Decimal

from povertyaudit.assessment.counting.catalogue import CATALOGUE, Counted
from povertyaudit.assessment.models import Indicator

CENT = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def points_for(indicator: Indicator, counted: Counted) -> Decimal:
    """Never below nothing, never above the weight. Where nothing was owed nothing is taken off."""
    weight = Decimal(indicator.weight)
    if counted.among is not None and not counted.among:
        return rounded(weight)
    if indicator.off is not None:
        cases = counted.hits if counted.among is None else counted.among - counted.hits
        return rounded(max(Decimal(0), weight - indicator.off * cases))
    value = Decimal(counted.hits)
    if counted.among is not None:
        value = value * 100 / counted.among
    full, zero = Decimal(indicator.full_at), Decimal(indicator.zero_at)
    share = (value - zero) / (full - zero)
    return rounded(weight * min(Decimal(1), max(Decimal(0), share)))


def as_words(measure: str, hits: int | None, among: int | None) -> str:
    """12/15（80%）, 3 件; sums of money in 万元."""
    if hits is None or measure not in CATALOGUE:
        return ""
    if not CATALOGUE[measure].is_share:
        return f"{hits:,}"
    if not among:
        return "没有应办的"
    share = f"{hits * 100 / among:.1f} %"
    return share if measure == "spending" else f"{hits:,}/{among:,}（{share}）"
