"""支出进度周报: frozen each Monday, county by county; townships ranked by what they spent of what they were given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from funds.models import Payment, ProgressLine, ProgressWeek, Project, ProjectKind, Spending
from povertyaudit.core import jobs, moment
from povertyaudit.core.models import Region

AFTER = time(6, 0)
LAST = 3  # 后三名
BY = ProgressLine.By


@dataclass
class Sums:
    """One township or kind of a county: sums in 分."""

    key: str
    projects: int
    funded: int
    paid: int = 0
    spent: int = 0

    @property
    def rate(self) -> Fraction:
        return Fraction(self.spent, self.funded) if self.funded else Fraction(0)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def standing(projects: Any, by: str, through: date) -> dict[tuple[str, str], Sums]:
    """(county of 6 digits, key) → sums of the year's approved projects among `projects`, as the days of approval, payment and
    spending say they stood when `through` was over. Three questions."""
    begun = projects.filter(~Q(state="cancelled"), approved_on__lte=through, year=through.year).order_by()
    key = Concat(Substr("region_id", 1, 9), Value("000")) if by == BY.TOWN else F("kind__code")
    grouped = begun.annotate(county=Substr("region_id", 1, 6), key=key).values("county", "key")
    found = {
        (row["county"], row["key"]): Sums(row["key"], row["n"], int(row["funded"] or 0))
        for row in grouped.annotate(n=Count("pk"), funded=Sum("funded_fen"))
    }
    paid = Payment.objects.filter(project__in=begun.values("pk"), state="paid", paid_on__lte=through)
    spent: Any = Spending.objects.standing().filter(payment__in=paid.values("pk"), spent_on__lte=through)
    for rows, path, name in ((paid, "project__", "paid"), (spent, "payment__project__", "spent")):
        place = f"{path}region_id"
        key = Concat(Substr(place, 1, 9), Value("000")) if by == BY.TOWN else F(f"{path}kind__code")
        sums = rows.order_by().annotate(county=Substr(place, 1, 6), group=key).values("county", "group")
        for row in sums.annotate(fen=Sum("amount_fen")):
            setattr(found[row["county"], row["group"]], name, int(row["fen"]))
    return found


def ranked(rows: Iterable[Sums]) -> list[tuple[int | None, Sums]]:
    """`[(place, row)]`, the highest rate of spending first; equal ones share a place; without money none, at the end."""
    kept = list(rows)
    taking = sorted((row for row in kept if row.funded), key=lambda row: (-row.rate, row.key))
    found: list[tuple[int | None, Sums]] = []
    place = 0
    for number, row in enumerate(taking, 1):
        if number == 1 or row.rate != taking[number - 2].rate:
            place = number
        found.append((place, row))
    return [*found, *((None, row) for row in kept if not row.funded)]


def last_of(places: Iterable[tuple[int | None, Sums]]) -> set[str]:
    """后三名: those at one of the three lowest places, if more than three take part; nobody who has spent everything."""
    taking = [(place, row) for place, row in places if place is not None]
    if len(taking) <= LAST:
        return set()
    lowest = taking[-LAST][0] or 0
    return {row.key for place, row in taking if place >= lowest and row.spent < row.funded}


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to: the week's figures, from Monday morning on; a missed Monday is made up for."""
    first = monday(day)
    if day == first and timezone.localtime(now).time() < AFTER:
        return []
    return [(f"progress-week:{first}", "progress_week", {"day": first.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler; run again it makes what is missing and changes nothing."""
    made = freeze(date.fromisoformat(payload["day"]))
    lease.renew()
    return {"counties": made}


def freeze(day: date) -> int:
    """Keep the figures of the Monday `day` for every county with approved projects; returns how many were made now."""
    through = day - timedelta(days=1)
    everything: Any = Project._base_manager.all()
    counties: dict[str, dict[str, list[Sums]]] = {}
    for by in BY.values:
        for (county, _), row in standing(everything, by, through).items():
            counties.setdefault(county.ljust(12, "0"), {}).setdefault(by, []).append(row)
    regions = Region.objects.in_bulk(list(counties))
    names = labels(row.key for groups in counties.values() for rows in groups.values() for row in rows)
    return sum(_keep(regions[code], day, counties[code], names) for code in sorted(regions))


def labels(keys: Iterable[str]) -> dict[str, str]:
    """Code of a region or a kind → its name. Two questions."""
    wanted = set(keys)
    names = {code: name for code, name in ProjectKind.objects.codes() if code in wanted}
    return names | dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))


def _keep(region: Region, day: date, groups: dict[str, list[Sums]], names: dict[str, str]) -> bool:
    """The week of one county, whole or not at all; the first who begins it is the one who makes it."""
    places = ranked(groups.get(BY.TOWN, ()))
    last, before = last_of(places), _weeks_before(region, day)
    lines: list[tuple[str, int | None, Sums, int]] = [
        (BY.TOWN, place, row, before.get(row.key, 0) + 1 if row.key in last else 0) for place, row in places
    ]
    lines += [(BY.KIND, None, row, 0) for row in sorted(groups.get(BY.KIND, ()), key=lambda row: row.rate)]
    try:
        with transaction.atomic():
            week = ProgressWeek.objects.create(
                region=region, day=day, through=day - timedelta(days=1), made_at=moment.now()
            )
            ProgressLine.objects.bulk_create(
                ProgressLine(
                    week=week, by=by, key=row.key, label=names.get(row.key, row.key)[:100], projects=row.projects,
                    funded_fen=row.funded, paid_fen=row.paid, spent_fen=row.spent, place=place, weeks_last=weeks,
                )
                for by, place, row, weeks in lines
            )  # fmt: skip
    except IntegrityError:
        if ProgressWeek.objects.filter(region=region, day=day).exists():
            return False
        raise
    return True


def _weeks_before(region: Region, day: date) -> dict[str, int]:
    """Township → for how many weeks on end it was among the last three until the week before."""
    week = ProgressLine.objects.filter(week__region=region, week__day=day - timedelta(days=7), by=BY.TOWN)
    return dict(week.filter(weeks_last__gt=0).values_list("key", "weeks_last"))
