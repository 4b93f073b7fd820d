"""单位销号率排名: frozen each Monday, county by county, set by set; what a round still secret found is not counted."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Substr
from django.utils import timezone

from povertyaudit.core import jobs, moment
from povertyaudit.core.models import Region
from rectification import standing
from rectification.models import BoardRule, Item, RankedUnit, UnitRanking

AFTER = time(6, 0)
LAST = 3  # 后三名
COUNTED = ("issued", "closed", "ever_late")
Counts = Mapping[str, Any]


def amount(code: str, day: date | None = None) -> int:
    """The figure of the rule in force on the day (today)."""
    rule = BoardRule.objects.on(day).filter(code=code).first()
    return int(rule.amount) if rule else 1


def ranked(rows: Iterable[Counts], least: int) -> list[tuple[int | None, Counts]]:
    """`[(place, row)]`, the best first: by the share closed, then by the smaller share late; equal ones share a place.

    Rows are {"n_issued", "n_closed", "n_ever_late", …}; those with fewer than `least` have no place and come last.
    """
    kept = list(rows)
    taking = sorted((row for row in kept if row["n_issued"] >= least), key=_merit)
    found: list[tuple[int | None, Counts]] = []
    place = 0
    for number, row in enumerate(taking, 1):
        if number == 1 or _merit(row) != _merit(taking[number - 2]):
            place = number
        found.append((place, row))
    rest = sorted((row for row in kept if row["n_issued"] < least), key=_merit)
    return [*found, *((None, row) for row in rest)]


def _merit(row: Counts) -> tuple[Fraction, Fraction]:
    return -Fraction(row["n_closed"], row["n_issued"]), Fraction(row["n_ever_late"], row["n_issued"])


def last_of(places: Iterable[tuple[int | None, Counts]]) -> set[Any]:
    """后三名: units at one of the three lowest places, if more than three take part; nobody who has closed everything."""
    taking = [(place, row) for place, row in places if place is not None]
    if len(taking) <= LAST:
        return set()
    lowest = taking[-LAST][0] or 0
    return {row["unit"] for place, row in taking if place >= lowest and row["n_closed"] < row["n_issued"]}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to: the week's ranking, from Monday morning on; a missed Monday is made up for."""
    first = monday(day)
    if day == first and timezone.localtime(now).time() < AFTER:
        return []
    return [(f"unit-ranking:{first}", "unit_ranking", {"day": first.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler; run again it makes what is missing and changes nothing."""
    made = freeze(date.fromisoformat(payload["day"]))
    lease.renew()
    return {"counties": made}


def freeze(day: date) -> int:
    """Keep the ranking of the Monday `day` for every county that has items; returns how many were made now.

    Counted as the rows stood when Sunday was over: one grouped question for all counties.
    """
    through = day - timedelta(days=1)
    mains: Any = Item._base_manager.filter(standing.NOT_SECRET, units__is_main=True).order_by()
    grouped = mains.values(county=Substr("region_id", 1, 6), unit=F("units__unit"))
    found = grouped.annotate(**standing.counts(*COUNTED, through=through)).filter(n_issued__gt=0)
    counties: dict[str, list[Counts]] = {}
    for row in found:
        counties.setdefault(row["county"].ljust(12, "0"), []).append(row)
    regions = Region.objects.in_bulk(list(counties))
    return sum(_keep(regions[code], day, counties[code]) for code in sorted(regions))


def _keep(region: Region, day: date, rows: list[Counts]) -> bool:
    """The ranking of one county, whole or not at all; the first who begins it is the one who makes it."""
    least = amount("rank_least", day)
    try:
        with transaction.atomic():
            kept = UnitRanking.objects.create(region=region, day=day, least=least, made_at=moment.now())
            places = ranked(rows, least)
            last, before = last_of(places), _weeks_before(region, day)
            RankedUnit.objects.bulk_create(
                RankedUnit(
                    ranking=kept, unit_id=row["unit"], place=place, issued=row["n_issued"], closed=row["n_closed"],
                    late=row["n_ever_late"], weeks_last=before.get(row["unit"], 0) + 1 if row["unit"] in last else 0,
                )
                for place, row in places
            )  # fmt: skip
    except IntegrityError:
        if UnitRanking.objects.filter(region=region, day=day).exists():
            return False
        raise
    return True


def _weeks_before(region: Region, day: date) -> dict[int, int]:
    """Unit → for how many weeks on end it was among the last three until the week before."""
    week = RankedUnit.objects.filter(ranking__region=region, ranking__day=day - timedelta(days=7))
    return dict(week.filter(weeks_last__gt=0).values_list("unit", "weeks_last"))
