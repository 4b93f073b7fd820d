"""What a measure may say of its day and of who carries it out: rules between a measure and its item."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Row, Unit
from rectification.models import Item, Measure, State


def check_day(item: Item, day: date | None, *, no: int | None = None, field: str | None = "due_on") -> None:
    """Not before the item is sent out, nor after its own day; an item kept up for good has none."""
    if day is None:
        return
    which = f"第 {no} 条措施的" if no else ""
    begins = item.issued_on or moment.today()
    if day < begins:
        since = "下发日期" if item.issued_on else "今天"
        raise RuleBroken("measure.due_on", f"{which}完成时限不能早于{since} {begins}，请核对。", field=field)
    if item.due_on is not None and item.state != State.LONG_TERM and day > item.due_on:
        text = f"{which}完成时限不能晚于整改时限 {item.due_on}，请核对。"
        raise RuleBroken("measure.due_on", text, field=field)


def check_days(item: Item) -> None:
    """All measures of an item about to be sent out, or whose day is changed. Raises RuleBroken at the first."""
    for measure in item.measures.all():
        check_day(item, measure.due_on, no=measure.no, field=None)


def responsible(item: Item, unit: Unit | None) -> Unit | None:
    """The unit as a measure keeps it: None for the main unit, whichever that is. Raises RuleBroken for any other than
    the item's responsible units."""
    return among(unit, item.main_unit, [row.unit for row in item.units.select_related("unit")])


def among(unit: Unit | None, main: Unit | None, units: Iterable[Unit]) -> Unit | None:
    if unit is None or unit == main:
        return None
    if unit not in units:
        text = f"“{unit.name}”不是该事项的责任单位，请先在“修改”里增加，或者重新选择。"
        raise RuleBroken("measure.unit", text, field="unit")
    return unit


def new_measures(
    item: Item, said: Iterable[Mapping[str, Any]], main: Unit, others: Iterable[Unit]
) -> list[Row]:
    """The measures of a new item, numbered from one."""
    made: list[Row] = []
    units = [main, *others]
    for no, one in enumerate(said, start=1):
        check_day(item, one.get("due_on"), no=no, field="measures")
        unit = among(one.get("unit"), main, units)
        made.append(
            Measure(
                no=no, text=one["text"], due_on=one.get("due_on"), unit=unit, person=one.get("person", "")
            )
        )
    return made


def given_back(item: Item, units: Iterable[int]) -> list[Row]:
    """Measures of a unit that answers for the item no longer: from now on the main unit's."""
    left: list[Row] = []
    for measure in item.measures.exclude(unit=None).exclude(unit__in=list(units)):
        measure.unit = None
        left.append(measure)
    return left
