"""How a round is called: 第十二届县委第八轮巡察."""

from inspections.models import Round
from povertyaudit.core.models import Region
from povertyaudit.core.models.places import Level

_DIGITS = "零一二三四五六七八九"
_COMMITTEES: dict[int, str] = {
    Level.PROVINCE: "省委",
    Level.CITY: "市委",
    Level.TOWNSHIP: "乡镇党委",
    Level.VILLAGE: "村党组织",
}
# Kinds whose name is not 巡察.
_DEEDS: dict[str, str] = {
    Round.Kind.SUPERVISE: "督查", Round.Kind.COVERT: "明察暗访", Round.Kind.CHECK: "专项检查",
    Round.Kind.RECHECK: "再监督再检查",
}  # fmt: skip


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def committee(region: Region) -> str:
    """The party committee of a region: 县委, 区委, of a county-level city 市委."""
    if region.level != Level.COUNTY:
        return _COMMITTEES[region.level]
    return f"{region.name[-1]}委" if region.name[-1:] in {"区", "市", "旗"} else "县委"


def round_name(region: Region, session: int, ordinal: int, kind: str) -> str:
    """第N届县委第M轮巡察."""
    deed = _DEEDS.get(kind, "巡察")
    return f"第{numeral(session)}届{committee(region)}第{numeral(ordinal)}轮{deed}"
