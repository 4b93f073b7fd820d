"""The clock opens the sheet of the month for every village that has a township to answer for it. Batches, each one
transaction; killed in the middle, the next run opens those that are missing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from funds.models import VillageSheet
from funds.project_querysets import OWNERS
from funds.services.village_duties import last_day, local, national
from funds.village_querysets import TOWN_DIGITS
from povertyaudit.core import jobs, moment, numbering, rows
from povertyaudit.core.clock_batches import ClockBatch
from povertyaudit.core.models import Level, Post, Region, Role, Unit, UnitKind
from povertyaudit.core.scope import prefix_of

AFTER = time(6, 0)  # before the morning's reminders
BATCH = 500  # villages in one transaction
RULE = "village.sheet"


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload). Every day, for villages set up within the month."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"village-sheets:{day}", "village_sheets", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: the sheets of the month of the day (a job that waited: of the month it is now)."""
    month, made = max(date.fromisoformat(payload["day"]), moment.today()).replace(day=1), 0
    for codes in batches(month):
        made += open_batch(codes, month)
        lease.renew()
    return {"opened": made}


def batches(month: date) -> Iterator[list[str]]:
    """Codes of villages without a sheet of the month, in their order."""
    last = ""
    while True:
        codes = list(_without(month).filter(code__gt=last).values_list("code", flat=True)[:BATCH])
        if not codes:
            return
        yield codes
        last = codes[-1]


def _without(month: date) -> Any:
    there = VillageSheet._base_manager.filter(region=OuterRef("pk"), month=month)
    villages = Region.objects.current().filter(level=Level.VILLAGE)
    return villages.filter(~Exists(there)).order_by("code")


@transaction.atomic
def open_batch(codes: Sequence[str], month: date) -> int:
    """Open the sheets of these villages; returns how many. None where nothing is to be published in the month."""
    # Of two workers the second waits here and then finds them opened.
    list(Region.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("code"))
    villages = list(_without(month).filter(code__in=codes))
    answering, clocks = Answering(villages), ClockBatch(RULE)
    everywhere, here = national(month), local(month, [one.code for one in villages])
    made = [
        sheet_of(village, month, unit, clocks)
        for village in villages
        if (unit := answering.unit_of(village.code)) and (everywhere or here[village.code])
    ]
    number(made)
    rows.create_many(made, verb="villagesheet.open", by=None)
    start(made, answering, clocks)
    return len(made)


def sheet_of(village: Region, month: date, unit: Unit, clocks: ClockBatch) -> VillageSheet:
    """An unsaved sheet with the day it is due."""
    due = clocks.of(village.code, last_day(month)).due_on
    return VillageSheet(region=village, month=month, unit=unit, due_on=due)


def start(made: Sequence[VillageSheet], answering: "Answering", clocks: ClockBatch) -> None:
    """The clocks of new sheets that are owed: the ladder reminds the township, then 监督检查室."""
    clocks.start(
        (row, clocks.of(row.region_id, last_day(row.month)), answering.addressees(row.region_id, row.unit))
        for row in made
    )


def number(made: Sequence[VillageSheet]) -> None:
    """Register numbers, county by county in one order, so that two workers cannot wait for each other."""
    counties: dict[str, list[VillageSheet]] = {}
    for row in made:
        counties.setdefault(row.region.county_code(), []).append(row)
    for code in sorted(counties):
        mine = counties[code]
        taken = numbering.take_many("village_sheet", mine[0].region, len(mine))
        for row, text in zip(mine, taken, strict=True):
            row.number = text


class Answering:
    """Who answers for villages: their township, its people, the 监督检查室 over it. Asked for once for many."""

    def __init__(self, villages: Sequence[Region], *, also: Sequence[Unit] = ()) -> None:
        towns = {one.code[:TOWN_DIGITS].ljust(12, "0") for one in villages}
        units = Unit.objects.filter(kind=UnitKind.TOWNSHIP, region__in=towns).order_by("-pk")
        self.units = {unit.region_id: _of_today(unit) for unit in units}
        answering = {*self.units.values(), *also}
        posts = Post.objects.current().filter(user__is_active=True, user__is_service=False)
        named = posts.filter(unit__in=answering, role__in=OWNERS).order_by("-pk")
        self.people = {(post.unit_id, post.role): post.user for post in named.select_related("user")}
        rooms = posts.filter(role=Role.SUPERVISION).order_by("-pk").select_related("unit")
        self.rooms = {prefix_of(post.region_id): post.unit for post in rooms}

    def unit_of(self, village: str) -> Unit | None:
        return self.units.get(village[:TOWN_DIGITS].ljust(12, "0"))

    def addressees(self, village: str, unit: Unit) -> dict[str, Any]:
        """Whom the clock reminds, step by step of the ladder."""
        return {
            "owner_unit": unit, "owner_user": self.people.get((unit.pk, Role.LIAISON)),
            "head_user": self.people.get((unit.pk, Role.UNIT_HEAD)), "body_unit": self._room_over(village),
        }  # fmt: skip

    def _room_over(self, village: str) -> Unit | None:
        """The nearest one."""
        found = (self.rooms.get(village[:size]) for size in (TOWN_DIGITS, 6, 4, 2))
        return next((room for room in found if room is not None), None)


def _of_today(unit: Unit) -> Unit:
    """The unit, or the one it was merged into in the end."""
    return unit if unit.successor is None else Unit.objects.get(pk=unit.heirs()[-1])
