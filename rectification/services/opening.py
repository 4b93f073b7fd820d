"""登记、下发、签收、修改: how an item begins."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from inspections import services as inspections
from povertyaudit.core import clocks, moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Role, Row, Unit, UnitKind, User
from povertyaudit.core.scope import prefix_of
from rectification.models import Item, ItemMisuse, ItemUnit, Source, SourcePaper
from rectification.services.measure_rules import check_days, given_back, new_measures
from rectification.services.money import standing_money
from rectification.services.source_papers import check_paper, held, paper_changed
from rectification.services.telling import addressees, tell, unit_people
from rectification.workflow import ITEM, REGISTRARS
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
    post, paper = _registering_post(by, source), held(paper)
    place = region or main_unit.region
    _check_source(source, finding, lead, list(misuses), recurrence_of, of_meeting)
    check_paper(source, paper)
    check_places(place, main_unit, [lead_unit, *other_units], leading_leader)
    _check_due(due_on, moment.today())
    _check_recurrence(recurrence_of, place, main_unit)
    item = Item(
        region=place, source=source, problem_class=problem_class, aspect=aspect, problem=problem, goal=goal,
        lead_unit=lead_unit, body_unit=post.unit, leading_leader=leading_leader, opened_by=by,
        responsible_person=responsible_person, due_on=due_on, finding=finding, lead=lead,
        paper=paper, recurrence_of=recurrence_of,
    )  # fmt: skip
    item.number = numbering.take("item", place)
    if finding is not None:
        inspections.hand_on(finding, by=by)
    return rows.create(
        item, verb="item.create", by=by, note=note, children=_children(item, main_unit, list(other_units), misuses, measures)
    )  # fmt: skip


def _children(
    item: Item,
    main_unit: Unit,
    other_units: Iterable[Unit],
    misuses: Iterable[Any],
    measures: Iterable[Mapping[str, Any]],
) -> list[Row]:
    below: list[Row] = [ItemUnit(unit=main_unit, is_main=True)]
    below += [ItemUnit(unit=unit) for unit in _others(other_units, main_unit)]
    below += [ItemMisuse(misuse=misuse) for misuse in standing_money(misuses)]
    return below + new_measures(item, measures, main_unit, other_units)


def _registering_post(by: User, source: str) -> Any:
    """巡察办 registers what a round found, the discipline body everything else."""
    office = frozenset({Role.PATROL_OFFICE})
    wanted = office if source == Source.FINDING else REGISTRARS - office
    post = by.post_as(wanted)
    if post is None:
        whom = "巡察办" if source == Source.FINDING else "监督检查室或者案管室"
        raise NotAllowed("create.role", f"这一来源的整改事项由{whom}登记。")
    return post


def _check_source(
    source: str, finding: Any, lead: Any, misuses: list[Any], old: Item | None, of_meeting: bool
) -> None:
    if source == Source.MEETING and not of_meeting:
        text = "会议议定的事项，请在“工作纪实”的会议页面办理“下发议定事项”。"
        raise RuleBroken("create.meeting", text, field="source")
    if source == Source.LOOK_BACK and old is None:
        text = "回头看发现的问题，请填写反弹自哪一个已销号的事项。"
        raise RuleBroken("create.look_back", text, field="recurrence_of")
    if source == Source.FINDING and finding is None:
        raise RuleBroken("create.finding", "请选择巡察发现的问题。", field="finding")
    if source == Source.LEAD and lead is None:
        raise RuleBroken("create.lead", "请选择问题线索。", field="lead")
    if source == Source.MISUSE and not misuses:
        raise RuleBroken("create.misuses", "请选择违规资金。", field="misuses")
    if source != Source.FINDING and finding is not None:
        raise RuleBroken("create.not_finding", "选了巡察问题的，来源应为“巡察发现”。", field="source")


def check_places(place: Region, main: Unit, others: Iterable[Unit], leader: User | None) -> None:
    county = prefix_of(place.county_code())
    for unit in (main, *others):
        if not unit.region_id.startswith(county):
            raise RuleBroken(
                "create.county", f"“{unit.name}”不在事项所属的县，请重新选择。", field="main_unit"
            )
    if main.kind not in {UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.VILLAGE}:
        raise RuleBroken("create.kind", "主责单位应是县直部门、乡镇或者村（社区）。", field="main_unit")
    if leader is not None and Role.COUNTY_LEADER not in leader.roles:
        raise RuleBroken(
            "create.leader", "牵头县领导应是县领导岗位的人员，请重新选择。", field="leading_leader"
        )


def _check_recurrence(old: Item | None, place: Region, main: Unit) -> None:
    """反弹: what is cited was closed once, and is of the same main unit or the same place."""
    if old is None:
        return
    if not old.closings.exists():
        text = f"{old} 没有销过号，不能作为反弹的原事项；未销号的在原事项继续整改。"
        raise RuleBroken("create.recurrence_open", text, field="recurrence_of")
    if old.main_unit_id != main.pk and old.region_id != place.pk:
        text = f"反弹应是同一主责单位或者同一地区的问题，{old} 的主责单位是{old.main_unit}，请核对。"
        raise RuleBroken("create.recurrence_elsewhere", text, field="recurrence_of")


def _check_due(due_on: date | None, earliest: date) -> None:
    if due_on is not None and due_on < earliest:
        raise RuleBroken("item.due_on", f"整改时限不能早于 {earliest}，请核对。", field="due_on")


def _check_measures(item: Item, due_on: date | None) -> None:
    """The days of the measures against the day the item is about to get."""
    asked = Item(issued_on=item.issued_on, due_on=due_on, state=item.state, pk=item.pk)
    check_days(asked)


def _others(units: Iterable[Unit], main: Unit) -> list[Unit]:
    return [unit for unit in dict.fromkeys(units) if unit.pk != main.pk]


@transaction.atomic
def issue(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """下发: starts the clocks of signing for and of rectification. Without `due_on` the rule in force sets the date."""
    row = ITEM.begin(item, "issue", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    _check_due(row.due_on, today)
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
        _check_due(changes["due_on"], moment.today())
        _check_measures(row, changes["due_on"])
    changes |= paper_changed(row, changes)
    main = main_unit or row.main_unit
    _not_by_the_way(row, main, changes)
    others = _standing_others(row) if other_units is None else other_units
    lead_unit = changes.get("lead_unit", row.lead_unit)
    check_places(row.region, main, [lead_unit, *others], changes.get("leading_leader", row.leading_leader))
    saved, removed = units_changed(row, main, _others(others, main))
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
