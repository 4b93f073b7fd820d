"""登记、下发、签收、修改: how an item begins."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from inspections import services as inspections
from povertyaudit.core import clocks, moment, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, Row, Unit, User
from rectification.models import Item, ItemMisuse, ItemUnit, SourcePaper
from rectification.services.creating import check_due, check_places, judged, others_than
from rectification.services.measure_rules import check_days, given_back
from rectification.services.money import standing_money
from rectification.services.source_papers import held, paper_changed
from rectification.services.telling import addressees, tell, unit_people
from rectification.workflow import ITEM
from rectification.workflow.extending import RECTIFY_CLOCK

ACCEPT_CLOCK = "item.accept"


@transaction.atomic
def create_item(
    *,
    by: User,
    source: str,
    problem_class: str, aspect: str, problem: str,
    lead_unit: Unit, main_unit: Unit,
    other_units: Iterable[Unit] = (),
    region: Region | None = None,
    goal: str = "",
    leading_leader: User | None = None,
    responsible_person: str = "",
    due_on: date | None = None,
    finding: Any = None, lead: Any = None, paper: SourcePaper | None = None,
    misuses: Iterable[Any] = (), measures: Iterable[Mapping[str, Any]] = (), recurrence_of: Item | None = None,
    note: str = "", of_meeting: bool = False,
) -> Item:  # fmt: skip
    """登记整改事项 as a draft. `measures` are {"text", "due_on"}; the region is the main unit's where none is given.

    A finding of a round is handed on in the same act; `of_meeting`: by the meeting that decided it. Raises NotAllowed,
    RuleBroken, WrongState (finding handed on).
    """
    said = {
        "source": source, "problem_class": problem_class, "aspect": aspect, "problem": problem, "goal": goal,
        "lead_unit": lead_unit, "leading_leader": leading_leader, "responsible_person": responsible_person, "due_on": due_on,
        "finding": finding, "lead": lead, "paper": held(paper), "recurrence_of": recurrence_of,
    }  # fmt: skip
    item, below = judged(
        by, said, main_unit=main_unit, other_units=list(other_units), region=region, misuses=standing_money(misuses),
        measures=measures, of_meeting=of_meeting,
    )  # fmt: skip
    item.number = numbering.take("item", item.region)
    if finding is not None:
        inspections.hand_on(finding, by=by)
    return rows.create(item, verb="item.create", by=by, note=note, children=below)


def _check_measures(item: Item, due_on: date | None) -> None:
    """The days of the measures against the day the item is about to get."""
    asked = Item(issued_on=item.issued_on, due_on=due_on, state=item.state, pk=item.pk)
    check_days(asked)


@transaction.atomic
def issue(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """下发: starts the clocks of signing for and of rectification. Without `due_on` the rule in force sets the date."""
    row = ITEM.begin(item, "issue", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    check_due(row.due_on, today)
    who = addressees(row)
    given = {"due_on": row.due_on, "reason": "下发时确定的整改时限"} if row.due_on else {}
    clock = clocks.start(row, RECTIFY_CLOCK, on=today, event="下发", by=by, **given, **who)
    sign = clocks.start(row, ACCEPT_CLOCK, on=today, event="下发", **who)
    changes = {"issued_on": today, "due_on": clock.due_on, "original_due_on": clock.due_on}
    _check_measures(row, clock.due_on)
    facts = {"clock.item.accept": [None, sign.due_on]}
    done: Item = ITEM.finish(row, "issue", by=by, note=note, changes=changes, facts=facts)
    tell(done, unit_people(row), f"整改事项已下发，请于 {sign.due_on} 前签收。")
    return done


@transaction.atomic
def accept(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """签收 by the main responsible unit."""
    row = ITEM.begin(item, "accept", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    stopped = clocks.stop(row, ACCEPT_CLOCK, today, "item.accept")
    facts = stopped.changes if stopped else {}
    changes = {"accepted_on": today, "at_work_since": today}
    done: Item = ITEM.finish(row, "accept", by=by, note=note, changes=changes, facts=facts)
    tell(done, [row.opened_by], f"整改事项已由{row.main_unit}签收。")
    return done


EDITABLE = (
    "problem_class", "aspect", "problem", "goal", "lead_unit", "leading_leader", "responsible_person", "due_on",
    "paper",
)  # fmt: skip


@transaction.atomic
def edit(
    item: Item,
    *,
    by: User,
    main_unit: Unit | None = None,
    other_units: Iterable[Unit] | None = None,
    misuses: Iterable[Any] | None = None,
    note: str = "",
    expected_version: int | None = None,
    **values: Any,
) -> Item:
    """修改: the facts of an open item. What was signed over them becomes void. The date of an issued item moves only
    by 延期. Raises Stale, RuleBroken."""
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    if "paper" in values:
        values["paper"] = held(values["paper"])  # the parent first
    row = ITEM.begin(item, "edit", by=by, note=note, expected_version=expected_version)
    changes = {name: value for name, value in values.items() if getattr(row, name) != value}
    if "due_on" in changes:
        if row.issued_on is not None:
            raise RuleBroken("edit.due_on", "已下发事项的整改时限只能通过延期变动。", field="due_on")
        check_due(changes["due_on"], moment.today())
        _check_measures(row, changes["due_on"])
    changes |= paper_changed(row, changes)
    main = main_unit or row.main_unit
    _not_by_the_way(row, main, changes)
    others = _standing_others(row) if other_units is None else other_units
    lead_unit = changes.get("lead_unit", row.lead_unit)
    check_places(row.region, main, [lead_unit, *others], changes.get("leading_leader", row.leading_leader))
    saved, removed = units_changed(row, main, others_than(others, main))
    more, gone = _misuses_changed(row, misuses)
    parts: dict[str, Any] = {"saved": [*saved, *more], "removed": [*removed, *gone]}
    done: Item = ITEM.finish(row, "edit", by=by, note=note, changes=changes, **parts)
    if row.issued_on is not None:
        clocks.address(row, RECTIFY_CLOCK, **addressees(Item.objects.get(pk=row.pk)))
    return done


def _not_by_the_way(item: Item, main: Unit | None, changes: Mapping[str, Any]) -> None:
    """Who answers for an issued item changes by a decision of its own, not while something else is put right."""
    if item.issued_on is None:
        return
    for field, changed in (("main_unit", main != item.main_unit), ("lead_unit", "lead_unit" in changes)):
        if changed:
            label = "主责单位" if field == "main_unit" else "牵头单位"
            text = f"已下发事项的{label}，请办理“变更单位”（写明理由，由另一人批准）。"
            raise RuleBroken(f"edit.{field}", text, field=field)


def _standing_others(item: Item) -> list[Unit]:
    return [row.unit for row in item.units.select_related("unit") if not row.is_main]


def units_changed(item: Item, main: Unit, others: list[Unit]) -> tuple[list[Row], list[Row]]:
    """Rows to save and to remove so that `main` and `others` answer for the item."""
    standing = {row.unit_id: row for row in item.units.all()}
    wanted = {main.pk: True} | {unit.pk: False for unit in others}
    removed: list[Row] = [row for pk, row in standing.items() if pk not in wanted]
    saved: list[Row] = []
    for pk, is_main in sorted(
        wanted.items(), key=lambda pair: pair[1]
    ):  # the old main steps down before the new
        row = standing.get(pk) or ItemUnit(item=item, unit_id=pk)
        if row.pk is None or row.is_main != is_main:
            row.is_main = is_main
            saved.append(row)
    return [*saved, *given_back(item, wanted)], removed


def _misuses_changed(item: Item, misuses: Iterable[Any] | None) -> tuple[list[Row], list[Row]]:
    if misuses is None:
        return [], []
    standing = {link.misuse_id: link for link in item.misuse_links.all()}
    wanted = {misuse.pk for misuse in standing_money(misuses)}
    return (
        [ItemMisuse(item=item, misuse_id=pk) for pk in sorted(wanted - standing.keys())],
        [link for pk, link in standing.items() if pk not in wanted],
    )
