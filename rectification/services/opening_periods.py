"""The clock opens the report each item at work owes for the period that is over. Batches, each one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from povertyaudit.core import jobs, moment, numbering, rows
from povertyaudit.core.clock_batches import ClockBatch
from rectification.models import Item, PeriodReport
from rectification.models.period_days import over
from rectification.services.rhythms import Rhythms
from rectification.services.telling import addressees
from rectification.workflow import WORKING

AFTER = time(6, 0)  # before the morning's reminders
BATCH = 500  # items looked at in one transaction
FEWEST = 3  # days a report is about; fewer are told of in the next one
LEFT_OUT = 3  # periods whose days the first report may make up for
RULE = "item.period_report"


@dataclass(frozen=True)
class Owed:
    """What an item owes: 旬报 or another, and the days it is about."""

    cadence: str
    first: date
    last: date


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload)."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"period-reports:{day}", "period_reports", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler. Killed in the middle, the next run opens those that are missing; run twice, it opens nothing twice."""
    day, made = max(date.fromisoformat(payload["day"]), moment.today()), 0
    for ids in _batches():
        made += open_batch(ids, day)
        lease.renew()
    return {"opened": made}


def _batches() -> Iterator[list[int]]:
    last = 0
    while True:
        at_work = Item._base_manager.filter(state__in=WORKING, pk__gt=last).order_by("pk")
        ids = list(at_work.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        yield ids
        last = ids[-1]


@transaction.atomic
def open_batch(ids: Sequence[int], day: date) -> int:
    """Open what these items owe on `day` for the last period that was over; returns how many.

    Nothing is owed for days the item was not in the unit's hands, twice for one day, or for a period that ended before
    the rhythm in force began. A report that would be late at birth is not asked for: the next one tells of its days.
    """
    asked = _asked(ids, day)
    if not asked:
        return 0
    locked = _locked(list(asked))
    # Asked again under the lock: another worker may have opened some meanwhile.
    asked = _asked([item.pk for item in locked], day)
    clocks = ClockBatch(RULE)
    owing = [
        item
        for item in locked
        if item.pk in asked and item.main_unit is not None
        and clocks.of(item.region_id, asked[item.pk].last).due_on >= day
    ]  # fmt: skip
    made = [_report(item, asked[item.pk], clocks) for item in owing]
    _number(made)
    rows.create_many(made, verb="periodreport.open", by=None)
    _start(made, clocks)
    return len(made)


def _report(item: Item, of: Owed, clocks: ClockBatch) -> PeriodReport:
    return PeriodReport(
        region=item.region, item=item, unit=item.main_unit, cadence=of.cadence, first_day=of.first, last_day=of.last,
        due_on=clocks.of(item.region_id, of.last).due_on,
    )  # fmt: skip


def _start(made: list[PeriodReport], clocks: ClockBatch) -> None:
    """The clocks of new reports; who is reminded is asked for once per unit and leader."""
    circles: dict[tuple[Any, ...], dict[str, Any]] = {}
    pairs = []
    for row in made:
        circle = row.unit_id, row.item.leading_leader_id, row.item.body_unit_id
        if circle not in circles:
            circles[circle] = addressees(row.item)
        pairs.append((row, clocks.of(row.region_id, row.last_day), circles[circle]))
    clocks.start(pairs)


def _locked(ids: list[int]) -> list[Item]:
    """The items still at work, locked in their order: nobody applies for close-out meanwhile."""
    found = Item.objects.select_for_update(of=("self",)).filter(pk__in=ids, state__in=WORKING).order_by("pk")
    related = found.select_related("region", "leading_leader", "body_unit")
    return list(related.prefetch_related("units__unit"))


def _asked(ids: Sequence[int], day: date) -> dict[int, Owed]:
    """Which of these items owe a report on the day, and of what.

    By the rhythm of the day before: one that begins on the first day of a period leaves the period before to the old.
    """
    latest = PeriodReport.objects.filter(item=OuterRef("pk")).order_by("-last_day").values("last_day")[:1]
    items = Item.objects.filter(pk__in=ids, state__in=WORKING).in_hand().annotate(told_to=Subquery(latest))
    columns: Any = items.values_list("pk", "source", "finding__round", "in_hand_since", "told_to")
    read = list(columns)
    said = Rhythms([(pk, source, round_) for pk, source, round_, *_ in read])
    found = {}
    for pk, _, _, since, told_to in read:
        rhythm = said.on(pk, day - timedelta(days=1))
        days = over(rhythm.cadence, day) if rhythm else None
        if rhythm is None or days is None or (rhythm.valid_from is not None and rhythm.valid_from > days[1]):
            continue
        first = _first(rhythm.cadence, days[0], since, told_to)
        if first < days[0]:  # days that nobody asked about are not told of later
            first = max(first, min(said.asked_since(pk, days[0]) or first, days[0]))
        if first + timedelta(days=FEWEST - 1) <= days[1]:
            found[pk] = Owed(rhythm.cadence, first, days[1])
    return found


def _first(cadence: str, begins: date, since: date, told_to: date | None) -> date:
    """The first day a report is about: the day after the last report; without one, the first day of the item.

    That lies a few periods back where the first reports were left out, being late at birth. Further back the item is
    older than these reports: nobody is asked to tell of years.
    """
    if told_to is not None:
        return max(since, told_to + timedelta(days=1))
    earliest = begins
    for _ in range(LEFT_OUT):
        before = over(cadence, earliest)
        earliest = before[0] if before else earliest
    return since if since >= earliest else begins


def _number(made: list[PeriodReport]) -> None:
    """Register numbers, county by county in one order, so that two workers cannot wait for each other."""
    counties: dict[str, list[PeriodReport]] = {}
    for row in made:
        counties.setdefault(row.region.county_code(), []).append(row)
    for code in sorted(counties):
        mine = counties[code]
        for row, number in zip(
            mine, numbering.take_many("period_report", mine[0].region, len(mine)), strict=True
        ):
            row.number = number
