"""Units over time: 案管 proposes a new unit, a new name, a merger or an end; 安全保密 confirms it from its day on.

After a merger the people of the successor stand for the unit that ended: `people.with_inherited`.
"""

from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from povertyaudit.core import moment, rows, unit_rules
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState, raise_all
from povertyaudit.core.models import (
    Clock,
    Region,
    Role,
    Unit,
    UnitAct,
    UnitAlias,
    UnitChange,
    UnitChangeState,
    User,
)
from povertyaudit.core.models.unit_changes import KEEPERS
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow


def _of_his_region(unit: Unit, by: User) -> None:
    post = by.post_as({Role.CASE_MANAGER})
    if post is None or not unit.region_id.startswith(prefix_of(post.region_id)):
        raise NotAllowed("unit.region", "只能变更您管辖地区的单位。")


def _another_person(change: UnitChange, by: User) -> None:
    if change.changed_by.person_id == by.person_id:
        raise NotAllowed("unit.same_person", "提出人和确认人不能是同一个人，请由另一人确认。")


def _proposes(name: str, label: str) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset({"current"}),
        target=None,
        roles=frozenset({Role.CASE_MANAGER}),
        who=(_of_his_region,),
    )


def _decides(name: str, label: str, target: str, **more: Any) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset({UnitChangeState.DRAFT}),
        target=target,
        roles=frozenset({Role.SECADMIN}),
        who=(_another_person,),
        **more,
    )


UNIT = Workflow(
    "unit",
    "单位",
    (_proposes("rename", "更名"), _proposes("merge", "并入其他单位"), _proposes("abolish", "撤销")),
    others={"load": "载入单位"},
)
UNIT_CHANGE = Workflow(
    "unit_change",
    "单位变更",
    (
        _decides("confirm", "确认", UnitChangeState.CONFIRMED, primary=True),
        _decides("refuse", "不予确认", UnitChangeState.REFUSED, note_required=True),
    ),
    others={
        "found": "提出设立",
        "rename": "提出更名",
        "merge": "提出并入其他单位",
        "abolish": "提出撤销",
        "withdraw": "撤回（撤销表格导入）",
    },
)


def may_see(user: User) -> bool:
    """Whether `user` keeps units, and so sees what is proposed."""
    return bool(user.roles & KEEPERS)


def may_propose(user: User) -> bool:
    return Role.CASE_MANAGER in user.roles


@transaction.atomic
def found(
    *, by: User, name: str, kind: str, region: Region, effective_on: date, parent: Unit | None = None,
    office_code: str = "", basis: str = "", note: str = "",
) -> UnitChange:  # fmt: skip
    """提出设立 of a unit that is there once another person confirms. Raises NotAllowed, RuleBroken, Several."""
    post = by.post_as({Role.CASE_MANAGER})
    if post is None:
        raise NotAllowed("unit.role", "设立单位由案管室提出。")
    change = UnitChange(
        act=UnitAct.FOUND, region=region, new_name=name, kind=kind, parent=parent, office_code=office_code,
        effective_on=effective_on, basis=basis, changed_by=by,
    )  # fmt: skip
    wrong = _unfit(change)
    if not region.code.startswith(prefix_of(post.region_id)):
        wrong.append(RuleBroken("unit.region", "只能在您管辖的地区内设立单位，请重新选择。", field="region"))
    if UnitChange.objects.waiting().filter(act=UnitAct.FOUND, region=region, new_name=name).exists():
        text = "这个名称的单位已提出设立、等待确认，请先处理。"
        wrong.append(RuleBroken("unit.waiting", text, field="name"))
    raise_all(wrong)
    made: UnitChange = rows.create(cast(Any, change), verb="unit_change.found", by=by, note=note)
    return made


def rename(unit: Unit, *, by: User, new_name: str, effective_on: date, **said: Any) -> UnitChange:
    """提出更名 of a unit from a day on. Raises NotAllowed, RuleBroken."""
    known = unit_rules.bearers([unit.region_id], but=unit)
    fault = unit_rules.name_fault(unit, new_name, known, field="new_name")
    if fault is not None:
        raise fault
    return _propose(unit, UnitAct.RENAME, by, effective_on, new_name=new_name, **said)


def merge(unit: Unit, *, by: User, successor: Unit, effective_on: date, **said: Any) -> UnitChange:
    """提出并入其他单位 of the same kind and county. Raises NotAllowed, RuleBroken."""
    fits = successor.kind == unit.kind and successor.region.county_code() == unit.region.county_code()
    if successor.pk == unit.pk or successor.state != "current" or not fits:
        text = "并入的单位应是本县在用的同类单位，且不能是它自己，请重新选择。"
        raise RuleBroken("unit.successor", text, field="successor")
    return _propose(unit, UnitAct.MERGE, by, effective_on, successor=successor, **said)


def abolish(unit: Unit, *, by: User, effective_on: date, **said: Any) -> UnitChange:
    """提出撤销 of a unit nobody takes over. Raises NotAllowed, RuleBroken while periods of it run."""
    if running := Clock.objects.open().filter(owner_unit=unit).count():
        text = f"该单位还有 {running} 项期限在计算，请办理并入其他单位，由承接单位继续办理。"
        raise RuleBroken("unit.busy", text)
    return _propose(unit, UnitAct.ABOLISH, by, effective_on, **said)


@transaction.atomic
def _propose(
    unit: Unit, act: UnitAct, by: User, effective_on: date, *, basis: str = "", note: str = "",
    expected_version: int | None = None, **what: Any,
) -> UnitChange:  # fmt: skip
    step = UNIT.transitions[act.value]
    step.check_person(unit, by)
    step.check_state(unit)
    if UnitChange.objects.waiting().filter(unit=unit).exists():
        raise RuleBroken("unit.waiting", "这个单位已有一个变更等待确认，请先处理。")
    change = UnitChange(
        unit=unit, region=unit.region, act=act, old_name=unit.name, effective_on=effective_on, basis=basis,
        changed_by=by, **what,
    )  # fmt: skip
    made: UnitChange = rows.create(cast(Any, change), verb=f"unit_change.{act}", by=by, note=note)
    return made


@transaction.atomic
def confirm(
    change: UnitChange, *, by: User, note: str = "", expected_version: int | None = None
) -> UnitChange:
    """确认, by another person, not before its day: the unit is there, bears its new name, or ends on the day before."""
    row = UNIT_CHANGE.begin(change, "confirm", by=by, note=note, expected_version=expected_version)
    if row.effective_on > moment.today():
        text = f"这项变更自 {row.effective_on} 起生效，请到那一天再确认。"
        raise RuleBroken("unit.early", text)
    unit = _made(row) if row.act == UnitAct.FOUND else _changed(row)
    changes = {"confirmed_by": by, "unit": unit}
    done: UnitChange = UNIT_CHANGE.finish(row, "confirm", by=by, note=note, changes=changes)
    if unit.successor is not None and row.act == UnitAct.MERGE:
        for path in settings.UNIT_FOLLOWERS:
            import_string(path)(unit, unit.successor, by=by)
    return done


@transaction.atomic
def refuse(
    change: UnitChange, *, by: User, note: str = "", expected_version: int | None = None
) -> UnitChange:
    """不予确认: the unit stays as it is."""
    row = UNIT_CHANGE.begin(change, "refuse", by=by, note=note, expected_version=expected_version)
    done: UnitChange = UNIT_CHANGE.finish(row, "refuse", by=by, note=note, changes={"confirmed_by": by})
    return done


@transaction.atomic
def withdraw(change: UnitChange, *, by: User, note: str) -> UnitChange:
    """撤回 by who proposed it, as part of undoing the import that did: the unit stays as it is, and the proposal is kept
    with the reason. Raises NotAllowed, WrongState where it was decided."""
    row = rows.lock(change)
    if row.changed_by_id != by.pk:
        raise NotAllowed("withdraw.own", "由提出人撤回。")
    if row.state != UnitChangeState.DRAFT:
        text = f"“{row.unit_name}”的{row.get_act_display()}{row.get_state_display()}，不能撤回。"
        raise WrongState("withdraw.state", text)
    done: UnitChange = rows.write(
        cast(Any, row), verb="unit_change.withdraw", by=by, note=note,
        changes={"state": UnitChangeState.WITHDRAWN},
    )  # fmt: skip
    return done


def _as_unit(row: UnitChange) -> Unit:
    return Unit(
        name=row.new_name, kind=row.kind, region=row.region, parent=row.parent, office_code=row.office_code,
        starts_on=row.effective_on,
    )  # fmt: skip


def _unfit(row: UnitChange) -> list[DomainError]:
    return unit_rules.faults(_as_unit(row), unit_rules.bearers([row.region_id]))


def _made(row: UnitChange) -> Unit:
    """The new unit, if nothing came between since it was proposed."""
    if wrong := _unfit(row):
        raise RuleBroken("unit.unfit", f"提出以后情况有变，请不予确认后重新提出：{wrong[0]}")
    unit = _as_unit(row)
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:  # two confirmations at the same moment
        raise RuleBroken("unit.name", "本地区刚刚有了同名单位，请不予确认。") from None
    return unit


def _changed(row: UnitChange) -> Unit:
    unit: Unit = Unit.objects.select_for_update().get(pk=row.unit_id)
    if unit.state != "current":
        raise RuleBroken("unit.ended", "该单位已经撤销，请不予确认。")
    last = row.effective_on - timedelta(days=1)
    if row.act == UnitAct.RENAME:
        _bear(unit, row.new_name, last)
    else:
        _end(unit, row.successor, last)
    return unit


def _bear(unit: Unit, name: str, last: date) -> None:
    if unit_rules.name_fault(unit, name, unit_rules.bearers([unit.region_id], but=unit)) is not None:
        raise RuleBroken("unit.name", "本地区已有或者有过同名单位，请不予确认后重新提出。")
    UnitAlias.objects.update_or_create(unit=unit, name=unit.name, defaults={"valid_to": last})
    UnitAlias.objects.filter(unit=unit, name=name).delete()
    unit.name = name
    unit.save(update_fields=["name"])


def _end(unit: Unit, successor: Unit | None, last: date) -> None:
    unit.ends_on = last
    if successor is not None:
        heir = Unit.objects.select_for_update().get(pk=successor.pk)
        if heir.state != "current":
            raise RuleBroken("unit.successor", "并入的单位也已撤销，请不予确认后重新提出。")
        taken = [unit.pk, *unit.predecessor_ids]
        heir.predecessor_ids = [*heir.predecessor_ids, *taken]
        heir.save(update_fields=["predecessor_ids"])
        Clock.objects.open().filter(owner_unit__in=taken).update(owner_unit=heir)
        unit.successor = heir
    unit.save(update_fields=["ends_on", "successor"])
