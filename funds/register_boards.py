"""Yearly marks by village or township: how many households have what, and what changed. Counted in scope, in one query."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Value
from django.db.models.functions import Concat, Substr

from funds.models import HouseholdMark, Register
from funds.models.marks import NEEDS
from povertyaudit.core.models import Region
from povertyaudit.core.views import BoardLine, Figure

HEADS = (
    "户数", "吃", "穿", "教育", "医疗", "住房", "饮水", "未脱贫", "脱贫", "稳定", "返贫", "减少", "变化",
)  # fmt: skip
FIGURES: dict[str, tuple[Q, dict[str, str]]] = {
    "all": (Q(), {}),
    **{need: (Q(**{need: True}), {need: "yes"}) for need in NEEDS},
    **{one.value: (Q(exit=one.value), {"exit": one.value}) for one in HouseholdMark.Exit},
    "lost": (Q(lost=True), {"lost": "true"}),
    "changed": (Q(changed=True), {"changed": "true"}),
}
COUNTS: dict[str, Any] = {name: Count("pk", filter=rule) for name, (rule, _) in FIGURES.items()}


def years(user: Any) -> list[int]:
    """Years with marks that count, the newest first."""
    found = Register.objects.visible_to(user).standing().exclude(marks_year=None)
    return sorted(set(found.values_list("marks_year", flat=True)), reverse=True)


def grouped(user: Any, year: int, town: str, by_village: bool) -> list[dict[str, Any]]:
    """Counts per village, or per township of the county; `town` narrows to one."""
    rows = HouseholdMark.objects.counted().visible_to(user).filter(year=year)
    if town:
        rows = rows.filter(region_id__startswith=town[:9])
    if not by_village:
        rows = rows.annotate(place=Concat(Substr("region_id", 1, 9), Value("000")))
        return list(rows.values("place").annotate(**COUNTS).order_by("place"))
    return list(rows.values("region_id").annotate(**COUNTS).order_by("region_id"))


def lines(groups: Sequence[dict[str, Any]], year: int) -> Iterator[BoardLine]:
    codes = [group.get("place") or group["region_id"] for group in groups]
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    for code, group in zip(codes, groups, strict=True):
        yield BoardLine(names.get(code, code), figures(group, {"year": year, "region": code}))


def figures(group: dict[str, Any], asked: dict[str, Any]) -> list[Figure]:
    """Each with the list that holds exactly its rows."""
    return [
        Figure(group[name], f"/household-marks/?{urlencode({**asked, **more})}" if group[name] else "")
        for name, (_, more) in FIGURES.items()
    ]


def whole(groups: Sequence[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(group[name] for group in groups) for name in FIGURES}
