"""Measures, results, evidence and reports: what the responsible unit does. Each is one recorded act.

A change of a measure, a result or a piece of evidence makes the signatures over them void (`core.rows` sees to it).
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Row, Unit, User
from rectification.models import (
    Completion,
    Item,
    Measure,
    MeasureState,
    Result,
    State,
)
from rectification.services.measure_rules import check_day, responsible
from rectification.workflow import ITEM

STAGE_CLOCK = "item.stage"


@transaction.atomic
def add_measure(
    item: Item,
    *,
    by: User,
    text: str,
    due_on: date | None = None,
    unit: Unit | None = None,
    person: str = "",
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """增加措施, with the next number. The unit's first own work moves an accepted item to 整改中.

    Raises RuleBroken at `due_on` (outside the item's days) or `unit` (not one of the item's).
    """
    row = ITEM.begin(item, "add_measure", by=by, note=note, expected_version=expected_version)
    check_day(row, due_on)
    last = max(_last_no(row.measures), 0)
    made = Measure(
        item=row, no=last + 1, text=text, due_on=due_on, unit=responsible(row, unit), person=person
    )
    return finish(row, "add_measure", by, note, saved=[made], facts={"measure": made.no})


@transaction.atomic
def edit_measure(
    item: Item,
    *,
    by: User,
    measure: Measure,
    text: str | None = None,
    due_on: date | None = None,
    unit: Unit | None = None,
    person: str | None = None,
    state: str | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """修改措施; what is None stays. The old text is kept in the record."""
    row = ITEM.begin(item, "edit_measure", by=by, note=note, expected_version=expected_version)
    own = measure_of(row, measure, needed=True)
    kept = _was(own.text) if text is not None and text != own.text else ""
    own.text = own.text if text is None else text
    if due_on is not None and due_on != own.due_on:
        check_day(row, due_on)
        own.due_on = due_on
    if unit is not None:
        own.unit = responsible(row, unit)
    own.person = own.person if person is None else person
    own.state = state or own.state
    return finish(row, "edit_measure", by, _joined(note, kept), saved=[own], facts={"measure": own.no})


@transaction.atomic
def remove_measure(
    item: Item, *, by: User, measure: Measure, note: str = "", expected_version: int | None = None
) -> Item:
    """删除措施 that has neither result nor evidence; numbers of the others stay."""
    row = ITEM.begin(item, "remove_measure", by=by, note=note, expected_version=expected_version)
    own = measure_of(row, measure, needed=True)
    if own.results.exists() or own.evidence.exists():
        raise RuleBroken(
            "remove_measure.used", "该措施已有成效或佐证材料，不能删除，可以修改。", field="measure"
        )
    parts = {"removed": [own], "facts": {"measure": own.no}}
    return finish(row, "remove_measure", by, _joined(note, _was(own.text)), **parts)


@transaction.atomic
def add_result(
    item: Item,
    *,
    by: User,
    text: str,
    measure: Measure | None = None,
    figures: str = "",
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """填写成效 of a measure (which is then carried out), or without one beyond the measures (举一反三)."""
    row = ITEM.begin(item, "add_result", by=by, note=note, expected_version=expected_version)
    own = measure_of(row, measure)
    made = Result(item=row, measure=own, no=result_no(row, own), text=text, figures=figures)
    saved: list[Row] = [made]
    if own is not None and own.state != MeasureState.DONE:
        own.state = MeasureState.DONE
        saved.append(own)
    return finish(row, "add_result", by, note, saved=saved, facts={"result": made.no})


@transaction.atomic
def edit_result(
    item: Item,
    *,
    by: User,
    result: Result,
    text: str,
    figures: str = "",
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """修改成效. The old text is kept in the record."""
    row = ITEM.begin(item, "edit_result", by=by, note=note, expected_version=expected_version)
    own: Result | None = row.results.filter(pk=result.pk).first()
    if own is None:
        raise RuleBroken("result.foreign", "该成效不在这个事项下，请重新选择。", field="result")
    kept = _was(f"{own.text}（{own.figures}）" if own.figures else own.text)
    own.text, own.figures = text, figures
    return finish(row, "edit_result", by, _joined(note, kept), saved=[own], facts={"result": own.no})


def finish(item: Item, verb: str, by: User, note: str, **parts: Any) -> Item:
    """Write a verb of the unit's own work that was begun: the first one moves an accepted item to 整改中."""
    begun = item.state == State.ACCEPTED and by.unit_ids & {row.unit_id for row in item.units.all()}
    changes: dict[str, Any] = {"state": State.RECTIFYING} if begun else {}
    if begun and item.completion == Completion.NOT_STARTED:
        changes["completion"] = Completion.ONGOING
    row: Item = ITEM.finish(item, verb, by=by, note=note, changes=changes, **parts)
    return row


def measure_of(item: Item, measure: Measure | None, *, needed: bool = False) -> Any:
    """The measure, fresh, if it is this item's. Raises RuleBroken for any other."""
    if measure is None and not needed:
        return None
    own = item.measures.filter(pk=measure.pk).first() if measure else None
    if own is None:
        raise RuleBroken("measure.foreign", "该措施不在这个事项下，请重新选择。", field="measure")
    return own


def result_no(item: Item, measure: Measure | None) -> int:
    """The number of its measure while that is free, so that measures and results run in parallel."""
    taken = set(item.results.values_list("no", flat=True))
    if measure is not None and measure.no not in taken:
        return measure.no
    return max(_last_no(item.measures), _last_no(item.results)) + 1


def _last_no(rows: Any) -> int:
    return rows.aggregate(last=Max("no"))["last"] or 0


def _was(text: str) -> str:
    return f"原为：{text}"


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
