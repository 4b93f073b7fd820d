"""The clock opens the report each item at work owes for the period that is over. Batches, each one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from inspections.models import RoundRhythm
from inspections.models.rhythms import INHERIT
from povertyaudit.core import jobs, moment, numbering, rows
from povertyaudit.core.clock_batches import ClockBatch
from rectification.models import Item, ItemRhythm, PeriodReport, ReportRhythm, Source
from rectification.models.period_days import over
from rectification.services.telling import addressees
from rectification.workflow import WORKING

AFTER = time(6, 0)  # before the morning's reminders
BATCH = 500  # items looked at in one transaction
FEWEST = 3  # days a report is about; fewer are told of in the next one
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
    eve = day - timedelta(days=1)
    general = {rhythm.kind: rhythm for rhythm in ReportRhythm.objects.on(eve)}
    own = ItemRhythm.objects.filter(item__in=ids, valid_from__lte=eve).order_by("valid_from")
    set_for = {rhythm.item_id: rhythm for rhythm in own}  # the latest stands; 按轮次或来源的规定 is none
    rounds = RoundRhythm.objects.filter(round__findings__items__in=ids, valid_from__lte=eve)
    of_round = {rhythm.round_id: rhythm for rhythm in rounds.order_by("valid_from")}
    latest = PeriodReport.objects.filter(item=OuterRef("pk")).order_by("-last_day").values("last_day")[:1]
    items = Item._base_manager.filter(pk__in=ids, state__in=WORKING).annotate(told_to=Subquery(latest))
    found = {}
    columns: Any = items.values_list("pk", "source", "finding__round", "at_work_since", "told_to")
    for pk, source, round_, since, told_to in columns:
        usual = general.get("finding" if source == Source.FINDING else "other")
        rhythm: Any = next(filter(says_how_often, (set_for.get(pk), of_round.get(round_))), usual)
        days = over(rhythm.cadence, day) if rhythm else None
        if days is None or (rhythm.valid_from is not None and rhythm.valid_from > days[1]):
            continue
        first = _first(days[0], since, told_to)
        if first + timedelta(days=FEWEST - 1) <= days[1]:
            found[pk] = Owed(rhythm.cadence, first, days[1])
    return found


def in_force(item: Item, day: date) -> tuple[str, str]:
    """How often the item is reported on, in words, and who said so; both empty where nothing is said."""
    own = item.rhythms.filter(valid_from__lte=day).order_by("valid_from").last()
    said = RoundRhythm.objects.filter(round__findings=item.finding_id, valid_from__lte=day)
    of_round = said.order_by("valid_from").last() if item.finding_id else None
    for rhythm, whose in ((own, "本事项"), (of_round, "巡察轮次")):
        if rhythm is not None and says_how_often(rhythm):
            return rhythm.get_cadence_display(), f"{whose}，{rhythm.valid_from} 起"
    kind = "finding" if item.source == Source.FINDING else "other"
    usual = ReportRhythm.objects.on(day).filter(kind=kind).first()
    return (usual.get_cadence_display(), "按来源的规定") if usual else ("", "")


def says_how_often(rhythm: Any) -> bool:
    """Whether this rhythm is there and does not leave it to what holds above it."""
    return rhythm is not None and rhythm.cadence != INHERIT


def _first(begins: date, since: date, told_to: date | None) -> date:
    """The first day a report is about: the day after the last report; without one, that of the period.

    An item that came too late to be told of in the period before begins with its own first day.
    """
    if told_to is not None:
        return max(since, told_to + timedelta(days=1))
    came_late = since > begins - timedelta(days=FEWEST)
    return since if came_late else begins


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
