"""Register numbers: gap-free and never reused, because the counter row is locked and written in the same transaction."""

from typing import Any

from django.db.models import F

from povertyaudit.core import moment
from povertyaudit.core.models import Counter, NumberScheme, Region


def take(scheme: str, region: Region, office: str = "") -> str:
    """The next number of `scheme` for the county of `region`, `office` and this year. Call inside the verb's transaction.

    Raises NumberScheme.DoesNotExist for an unknown scheme: that is a mistake in the code, not in the input.
    """
    rule = NumberScheme.objects.get(code=scheme)
    year = moment.today().year
    office = (
        office if "{office}" in rule.pattern else ""
    )  # one counter where the number does not name the office
    key: dict[str, Any] = {"scheme": rule, "county_id": region.county_code(), "office": office, "year": year}
    counter, _ = Counter.objects.get_or_create(**key)
    counter = Counter.objects.select_for_update().get(pk=counter.pk)
    Counter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    seq = str(counter.last + 1).zfill(rule.width)
    parts = rule.pattern.format(county=region.code[:6], office=office, year=year, seq=seq)
    return parts.replace("--", "-")
