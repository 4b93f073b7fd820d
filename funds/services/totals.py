"""Totals of the books in scope, grouped one way: sums (分) of entries, so that each figure is exactly its rows."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, When
from django.db.models.functions import Substr, TruncMonth, TruncYear

from funds.models import LedgerEntry, MisuseKind, MisuseNature, Recovery
from funds.querysets import BY_UNIT, REGION_WIDE, totals
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User

MOST = 200  # lines of one page
NONE = "未区分"
# ?by= → (words of the way, head of the first column)
WAYS = {
    "kind": ("按问题类型", "问题类型"), "nature": ("按性质", "问题性质"), "way": ("按处理方式", "处理方式"),
    "unit": ("按责任单位", "责任单位"), "town": ("按乡镇", "乡镇"), "misuse": ("按件", "违规资金"),
    "year": ("按年", "年"), "month": ("按月", "月"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One group: its words, its sums, and the conditions under which the list of entries shows exactly its rows."""

    label: str
    sums: dict[str, int]
    narrow: str


@dataclass(frozen=True)
class Grouped:
    lines: list[Line]
    whole: dict[str, int]
    cut: bool


def grouped(user: User, by: str) -> Grouped:
    """Sums of the entries the user may see: one grouped question, and one for the whole. Raises NotAllowed, RuleBroken."""
    if not user.roles & (REGION_WIDE | BY_UNIT):
        raise NotAllowed("totals.role", "您的岗位不能查看追缴退还合计。")
    if by not in WAYS:
        raise RuleBroken("totals.by", f"没有这种合计方式，请从 {'、'.join(WAYS)} 中选择。", field="by")
    rows = LedgerEntry.objects.visible_to(user).order_by()
    keys = _KEYS[by]
    counted = list(rows.annotate(**keys).values(*keys).annotate(**totals()))
    whole = rows.aggregate(**totals())
    if by in {"year", "month"}:
        counted.sort(key=lambda one: one["key"], reverse=True)
    else:
        counted.sort(key=lambda one: (-one["open"], -one["owed"], str(one["key"])))
    kept = counted[:MOST]
    words = _LABELS[by](kept)
    lines = []
    for one in kept:
        label, narrow = words(one)
        lines.append(Line(label, {name: one[name] for name in whole}, narrow))
    return Grouped(lines, whole, len(counted) > MOST)


_KEYS: dict[str, dict[str, Any]] = {
    "kind": {"key": F("misuse__kind__code")},
    "nature": {"key": F("misuse__nature__code")},
    "way": {"key": Case(When(debit="open", then=F("credit")), default=F("debit"))},
    "unit": {"key": F("misuse__responsible_unit__public_id"), "name": F("misuse__responsible_unit__name")},
    "town": {"key": Substr("misuse__region_id", 1, 9)},
    "misuse": {"key": F("misuse__public_id"), "name": F("misuse__number"), "title": F("misuse__title")},
    "year": {"key": TruncYear("booked_on")},
    "month": {"key": TruncMonth("booked_on")},
}
Words = Callable[[dict[str, Any]], tuple[str, str]]


def _terms(model: Any, name: str) -> Callable[[list[dict[str, Any]]], Words]:
    def of(_: list[dict[str, Any]]) -> Words:
        names: dict[str, str] = dict(model.objects.codes())
        return lambda one: (
            str(names.get(one["key"], NONE)),
            f"{name}={one['key']}" if one["key"] else "without=nature",
        )

    return of


def _way(_: list[dict[str, Any]]) -> Words:
    names = {"owed": "应追缴", **dict(Recovery.Kind.choices)}
    return lambda one: (str(names[one["key"]]), f"account={one['key']}")


def _unit(_: list[dict[str, Any]]) -> Words:
    return lambda one: (one["name"], f"unit={one['key']}")


def _misuse(_: list[dict[str, Any]]) -> Words:
    return lambda one: (f"{one['name']} {one['title']}", f"misuse={one['key']}")


def _town(found: list[dict[str, Any]]) -> Words:
    codes = [one["key"] + "000" for one in found]
    names: dict[str, str] = {
        code[:9]: str(name)
        for code, name in Region.objects.filter(code__in=codes).values_list("code", "name")
    }
    return lambda one: (names.get(str(one["key"]), str(one["key"])), f"town={one['key']}")


def _year(_: list[dict[str, Any]]) -> Words:
    return lambda one: (
        f"{one['key'].year} 年", f"booked_from={one['key'].year}-01-01&booked_to={one['key'].year}-12-31"
    )  # fmt: skip


def _month(_: list[dict[str, Any]]) -> Words:
    def words(one: dict[str, Any]) -> tuple[str, str]:
        first = one["key"]
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return f"{first:%Y-%m}", f"booked_from={first}&booked_to={last}"

    return words


_LABELS: dict[str, Callable[[list[dict[str, Any]]], Words]] = {
    "kind": _terms(MisuseKind, "kind"), "nature": _terms(MisuseNature, "nature"), "way": _way, "unit": _unit,
    "town": _town, "misuse": _misuse, "year": _year, "month": _month,
}  # fmt: skip
