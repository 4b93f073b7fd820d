"""How figures are taken apart, each way with the conditions of the list that holds exactly the rows of a part."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from povertyaudit.core.models import Region, Unit
from povertyaudit.core.scope import prefix_of
from povertyaudit.reporting.indicators.base import Way

TOWN = 9  # digits of a region code that name a township
LEVELS = {2: "1", 4: "2", 6: "3", 9: "4"}  # significant digits of a code -> level of the region


def chosen(key: str, label: str, choices: Any, by: str = "") -> Way:
    """By a column with choices; the list has a condition of the same name."""
    known = dict(choices)
    return Way(key, label, F(by or key), lambda part: {key: str(part)}, lambda parts: known)


def termed(key: str, label: str, codes: Callable[[], Iterable[tuple[str, str]]], by: str = "") -> Way:
    """By a term of a list that officers keep, by its code."""
    return Way(
        key, label, F(f"{by or key}__code"), lambda part: {key: str(part)}, lambda parts: dict(codes())
    )


def named(key: str, label: str, model: Any, by: str = "", name: str = "name") -> Way:
    """By another record, by its opaque id."""

    def words(parts: Iterable[Any]) -> Mapping[Any, str]:
        return dict(model._default_manager.filter(public_id__in=list(parts)).values_list("public_id", name))

    return Way(key, label, F(f"{by or key}__public_id"), lambda part: {key: str(part)}, words)


def town(path: str = "region_id") -> Way:
    """By township with what lies below it; what is named no closer than a county has a line of its own."""

    def asked(part: Any) -> dict[str, str]:
        level = LEVELS[len(prefix_of(part))]
        return {"region": part} | ({} if level == "4" else {"region_level": level})

    def words(parts: Iterable[Any]) -> Mapping[Any, str]:
        found = Region.objects.in_bulk([str(part) for part in parts])
        return {
            code: one.name if LEVELS[len(prefix_of(code))] == "4" else f"{one.name}（未具体到乡镇）"
            for code, one in found.items()
        }

    return Way("town", "按乡镇", Concat(Substr(path, 1, TOWN), Value("000")), asked, words)


def unit(key: str, label: str, by: str) -> Way:
    return named(key, label, Unit, by=by)
