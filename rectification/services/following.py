"""A unit was merged into another: what it has open goes on with the successor, on the record. Called by
`core.unit_changes` in its transaction (settings.UNIT_FOLLOWERS)."""

from typing import Any

from django.db.models import Q

from povertyaudit.core import clocks, notify, rows
from povertyaudit.core.models import Clock, Row, Unit, User
from rectification.look_back_querysets import PLANNERS
from rectification.models import UNCOUNTED, Arrangement, Item, ItemUnit, LookBack, PeriodReport, State
from rectification.services.telling import addressees, holders, tell, unit_people

# Closed items, and those that go on in others, stay with the unit of then.
OPEN = [state for state in State.values if state not in (State.CLOSED, *UNCOUNTED)]


def follow_unit(unit: Unit, heir: Unit, *, by: User) -> None:
    """Items, changes that wait, reports that are owed and look-backs organised by `unit` go to `heir`. Nothing signed is
    touched, nor what was drawn: a row keeps the unit that was looked at.

    Items first, in their order, then reports: as every other writer takes them.
    """
    mine = Q(pk__in=ItemUnit.objects.filter(unit=unit).values("item")) | Q(lead_unit=unit)
    for item in Item.objects.filter(mine, state__in=OPEN).order_by("pk"):
        _follow(rows.lock(item), unit, heir, by)
    for report in PeriodReport.objects.open().filter(unit=unit).order_by("pk"):
        _report_follows(rows.lock(report), heir, by)
    for plan in LookBack.objects.filter(desk_unit=unit, state__in=("drafted", "approved")).order_by("pk"):
        _plan_follows(rows.lock(plan), unit, heir, by)


def _follow(item: Item, unit: Unit, heir: Unit, by: User) -> None:
    saved, removed = _units(item, unit, heir)
    saved += [*_measures(item, unit, heir), *_changes(item, unit, heir)]
    changes: dict[str, Any] = {"lead_unit": heir} if item.lead_unit_id == unit.pk else {}
    facts = {"unit": [unit.name, heir.name]}
    done = rows.write(
        item, verb="item.follow_unit", by=by, changes=changes, saved=saved, removed=removed, facts=facts
    )
    fresh = Item.objects.get(pk=item.pk)
    if fresh.main_unit_id == heir.pk:
        for code in ("item.rectify", "item.accept", "item.stage"):
            clocks.address(item, code, **addressees(fresh))
    people = unit_people(fresh) if fresh.main_unit_id == heir.pk else holders(heir, "sector", "liaison")
    tell(done, people, f"{unit.name}已并入本单位，由本单位继续办理。")


def _units(item: Item, unit: Unit, heir: Unit) -> tuple[list[Row], list[Row]]:
    """The successor in the place of the unit; once, where it answers already."""
    own = item.units.filter(unit=unit).first()
    if own is None:
        return [], []
    standing = item.units.filter(unit=heir).first()
    if standing is None:
        own.unit = heir
        return [own], []
    if own.is_main:
        standing.is_main = True
        return [standing], [own]
    return [], [own]


def _measures(item: Item, unit: Unit, heir: Unit) -> list[Row]:
    """Measures of the unit are the successor's; those of the main unit name none."""
    found: list[Row] = []
    for measure in item.measures.filter(unit=unit):
        measure.unit = None if item.main_unit_id in (unit.pk, heir.pk) else heir
        found.append(measure)
    return found


def _changes(item: Item, unit: Unit, heir: Unit) -> list[Row]:
    """A change of the unit that waits names the successor; one that would lead to where it comes from stays as it is."""
    found: list[Row] = []
    for change in Arrangement.objects.filter(item=item, state__in=("pending", "offered")):
        old = heir if change.old_unit_id == unit.pk else change.old_unit
        new = heir if change.new_unit_id == unit.pk else change.new_unit
        if old != new and (old, new) != (change.old_unit, change.new_unit):
            change.old_unit, change.new_unit = old, new
            found.append(change)
    return found


def _report_follows(report: PeriodReport, heir: Unit, by: User) -> None:
    """As it is filled in: the successor's head signs it, by the date it has."""
    if not report.is_open:
        return  # signed a moment ago
    facts = {"unit": [report.unit.name, heir.name]}
    rows.write(report, verb="periodreport.follow_unit", by=by, changes={"unit": heir}, facts=facts)
    who = addressees(report.item)
    Clock.objects.of(report).open().update(**who)


def _plan_follows(plan: LookBack, unit: Unit, heir: Unit, by: User) -> None:
    """Whoever plans look-backs with the successor organises it from now on."""
    facts = {"unit": [unit.name, heir.name]}
    done = rows.write(plan, verb="lookback.follow_unit", by=by, changes={"desk_unit": heir}, facts=facts)
    people = User.objects.holding(PLANNERS, unit=heir).order_by("pk")
    text = f"{unit.name}已并入本单位，这个回头看计划由本单位继续组织。"
    notify.tell_of(done, people, text, by=None, kind="lookback")
