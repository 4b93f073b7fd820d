"""How terms stand today: the months that count, and the days a month asks for."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from inspections.services.quotas import amount as visit_amount
from povertyaudit.answering.models import Responsibility
from povertyaudit.answering.services.rules import amount
from povertyaudit.core.models import Level, RegionAttribute


def months_back(today: date) -> list[date]:
    """First days of the last whole months, as many as the rule looks at."""
    found, first = [], today.replace(day=1)
    for _ in range(amount("short_months", today)):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found


def wanted_days(today: date) -> int:
    """Days of a month a village person is to be there."""
    return visit_amount("village_days", today)


def with_team(regions: Any) -> Any:
    """Villages that are to have a team: marked in some year, or with a team at some time."""
    marked = RegionAttribute.objects.filter(region_id=OuterRef("pk"))
    had = Responsibility.objects.standing().teams().filter(region_id=OuterRef("pk"))
    villages = regions.current().filter(level=Level.VILLAGE)
    return villages.filter(Exists(marked) | Exists(had))


def without_first_secretary(regions: Any, today: date) -> Any:
    """Of those the villages where nobody is first secretary today."""
    there = Responsibility.objects.on(today).filter(code="first_secretary", region_id=OuterRef("pk"))
    return with_team(regions).filter(~Exists(there))
