"""Register numbers: gap-free and never reused, because the counter row is locked and written in the same transaction."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from povertyaudit.core import moment
from povertyaudit.core.models import Counter, NumberScheme, Region


def take(scheme: str, region: Region, office: str = "") -> str:
    """The next number of `scheme` for the county of `region`, `office` and this year. Call inside the verb's transaction.

    Raises NumberScheme.DoesNotExist for an unknown scheme: that is a mistake in the code, not in the input.
    """
    rule, key = _counted(scheme, region, office)
    counter, _ = Counter.objects.get_or_create(**key)
    counter = Counter.objects.select_for_update().get(pk=counter.pk)
    Counter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    return _written(rule, key, counter.last + 1)


def take_many(scheme: str, region: Region, count: int, office: str = "") -> list[str]:
    """The next `count` numbers at once, as `take` would give them one by one."""
    rule, key = _counted(scheme, region, office)
    counter, _ = Counter.objects.get_or_create(**key)
    counter = Counter.objects.select_for_update().get(pk=counter.pk)
    Counter.objects.filter(pk=counter.pk).update(last=F("last") + count)
    return [_written(rule, key, counter.last + place) for place in range(1, count + 1)]


def number_each(scheme: str, rows: Sequence[Any], office: str = "") -> None:
    """Give new dossiers their numbers, in their order."""
    by_county: dict[str, list[Any]] = {}
    for row in rows:
        by_county.setdefault(row.region.county_code(), []).append(row)
    for mine in by_county.values():
        numbers = take_many(scheme, mine[0].region, len(mine), office)
        for row, number in zip(mine, numbers, strict=True):
            row.number = number


def peek(scheme: str, region: Region, office: str = "") -> str:
    """The number `take` would give now. Takes none and promises none: another desk may be first."""
    rule, key = _counted(scheme, region, office)
    counter = Counter.objects.filter(**key).first()
    return _written(rule, key, (counter.last if counter else 0) + 1)


def _counted(scheme: str, region: Region, office: str) -> tuple[NumberScheme, dict[str, Any]]:
    """The scheme, and which counter: one for all offices where the number does not name the office."""
    rule = NumberScheme.objects.get(code=scheme)
    office = office if "{office}" in rule.pattern else ""
    year = moment.today().year
    return rule, {"scheme": rule, "county_id": region.county_code(), "office": office, "year": year}


def _written(rule: NumberScheme, key: dict[str, Any], number: int) -> str:
    parts = rule.pattern.format(
        county=key["county_id"][:6], office=key["office"], year=key["year"], seq=str(number).zfill(rule.width)
    )
    return parts.replace("--", "-")
