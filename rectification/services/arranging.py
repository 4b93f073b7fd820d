"""变更主责单位、变更牵头单位: asked for, decided by another, taken over by the new unit or given back in time."""

from datetime import date
from typing import Any

from django.db import transaction

from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Role, Row, Unit, User
from rectification.models import Arrangement, ArrangementState, Arranging, Item, RequestState
from rectification.models.arranging import waiting
from rectification.services import periods
from rectification.services.creating import check_places
from rectification.services.opening import units_changed
from rectification.services.telling import addressees, holders, reviewers, tell, unit_people, verifiers
from rectification.workflow import ITEM, pending_request
from rectification.workflow.arranging import HANDOVER_CLOCK
from rectification.workflow.extending import RECTIFY_CLOCK


@transaction.atomic
def request_transfer(
    item: Item, *, by: User, kind: str, new_unit: Unit, reason: str, keeps_old: bool = False, note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """申请变更单位. Nothing changes until it is decided. Raises RuleBroken (new_unit, reason)."""
    row = ITEM.begin(item, "request_transfer", by=by, note=note, expected_version=expected_version)
    if not reason.strip():
        raise RuleBroken("request_transfer.reason", "请写明变更的理由。", field="reason")
    old = _standing(row, kind)
    if new_unit.pk == old.pk:
        text = f"“{new_unit.name}”就是现在的单位，请选择另一个单位。"
        raise RuleBroken("request_transfer.same", text, field="new_unit")
    _fits(row, kind, new_unit)
    asked = Arrangement(
        item=row, kind=kind, asked_by=by, asked_on=moment.today(), reason=reason, old_unit=old, new_unit=new_unit,
        keeps_old=keeps_old and kind == Arranging.MAIN,
    )  # fmt: skip
    facts = {"kind": kind, "old_unit": old.name, "new_unit": new_unit.name}
    done: Item = ITEM.finish(row, "request_transfer", by=by, note=note, saved=[asked], facts=facts)
    tell(done, [user for user in verifiers(row) if user.pk != by.pk], "申请变更单位，请批复。")
    return done


def _standing(item: Item, kind: str) -> Any:
    return item.main_unit if kind == Arranging.MAIN else item.lead_unit


def _fits(item: Item, kind: str, unit: Unit) -> None:
    """Of the county, of today and of a kind that can answer. Raises RuleBroken at `new_unit`."""
    main = unit if kind == Arranging.MAIN else item.main_unit
    if unit.state != "current":
        raise RuleBroken("transfer.ended", f"“{unit.name}”已经撤销，请选择现有的单位。", field="new_unit")
    try:
        check_places(item.region, main, [unit], None)  # type: ignore[arg-type] # a standing item has a main unit
    except RuleBroken as refused:
        raise RuleBroken(refused.code, refused.message, field="new_unit") from refused


@transaction.atomic
def decide_transfer(
    item: Item, *, by: User, granted: bool, due_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """批复变更. Granted, the new unit answers from now on and is asked to take over; the date stays, or is `due_on`.

    Reports that are owed go along, a request for more time of the former unit ends. Raises RuleBroken (due_on, note).
    """
    row = ITEM.begin(item, "decide_transfer", by=by, note=note, expected_version=expected_version)
    asked, today = waiting(row), moment.today()
    if asked is None:
        raise TypeError("nothing was asked")  # the table says so before
    asked.decided_by, asked.decided_on, asked.opinion = by, today, note
    if not granted:
        return _refused(row, asked, by, note)
    _fits(row, asked.kind, asked.new_unit)
    changes, facts = _dated(row, due_on, asked, by)
    asked.state, asked.due_on = ArrangementState.OFFERED, due_on
    saved: list[Row] = [asked, *_withdrawn(row)]
    clock = clocks.start(row, HANDOVER_CLOCK, on=today, event="批准变更", **_takers(row, asked))
    facts |= {f"clock.{HANDOVER_CLOCK}": (None, clock.due_on), "new_unit": asked.new_unit.name}
    done = _hand(row, "decide_transfer", asked.kind, asked.new_unit, asked.keeps_old, by=by, note=note,
                 changes=changes, saved=saved, facts=facts)  # fmt: skip
    tell(done, [asked.asked_by, *holders(asked.old_unit, Role.UNIT_HEAD, Role.LIAISON)], "变更单位已批准。")
    return done


def _refused(row: Item, asked: Arrangement, by: User, note: str) -> Item:
    if not note.strip():
        raise RuleBroken("decide_transfer.note", "不同意变更的，请写明理由。", field="note")
    asked.state = ArrangementState.REFUSED
    done: Item = ITEM.finish(row, "decide_transfer", by=by, note=note, saved=[asked])
    tell(done, [asked.asked_by], "变更单位未获批准，请查看意见。")
    return done


def _dated(
    item: Item, due_on: date | None, asked: Arrangement, by: User
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The date the decision gives, if it gives one: as a date named from above."""
    if due_on is None:
        return {}, {}
    if due_on <= moment.today():
        raise RuleBroken(
            "decide_transfer.due_on", "新的整改时限应晚于今天；不填的，时限不变。", field="due_on"
        )
    moved = clocks.override(item, RECTIFY_CLOCK, due_on, reason=asked.reason, by=by)
    return {"due_on": moved.clock.due_on}, dict(moved.changes)


def _withdrawn(item: Item) -> list[Row]:
    request = pending_request(item)
    if request is None:
        return []
    request.state = RequestState.WITHDRAWN
    return [request]


def _takers(item: Item, asked: Arrangement) -> dict[str, Any]:
    """Whom the clock of taking over reminds: the new unit."""
    role = Role.LIAISON if asked.kind == Arranging.MAIN else Role.SECTOR
    return {
        "owner_unit": asked.new_unit,
        "owner_user": next(iter(holders(asked.new_unit, role)), None),
        "head_user": next(iter(holders(asked.new_unit, Role.UNIT_HEAD)), None),
        "leader_user": item.leading_leader,
        "body_unit": item.body_unit,
    }


def _hand(
    row: Item, verb: str, kind: str, unit: Unit, keeps: bool, *, by: User, note: str, **parts: Any
) -> Item:
    """The item in the hands of `unit`: its row, who is reminded, reports that are owed; the new people are told."""
    if kind == Arranging.LEAD:
        parts["changes"] = {**parts.get("changes", {}), "lead_unit": unit}
    else:
        gone = None if keeps else row.main_unit_id
        others = [one.unit for one in row.units.select_related("unit") if one.unit_id not in {gone, unit.pk}]
        saved, removed = units_changed(row, unit, others)
        parts |= {"saved": [*parts["saved"], *saved], "removed": removed}
    done: Item = ITEM.finish(row, verb, by=by, note=note, **parts)
    fresh = Item.objects.get(pk=row.pk)
    if kind == Arranging.MAIN:
        clocks.address(row, RECTIFY_CLOCK, **addressees(fresh))
        periods.move(row, unit, by=by)
    people = unit_people(fresh) if kind == Arranging.MAIN else reviewers(fresh)
    tell(done, people, "已变更由本单位办理，请查看。")
    return done


@transaction.atomic
def accept_transfer(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """接收 by the new unit."""
    row = ITEM.begin(item, "accept_transfer", by=by, note=note, expected_version=expected_version)
    asked, facts = _answered(row, by, ArrangementState.ACCEPTED, "item.accept_transfer")
    done: Item = ITEM.finish(row, "accept_transfer", by=by, note=note, saved=[asked], facts=facts)
    tell(done, verifiers(row), "变更后的单位已接收。")
    return done


@transaction.atomic
def return_transfer(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """退回变更 by the new unit, with the reason, within the days for it: the former unit answers again."""
    row = ITEM.begin(item, "return_transfer", by=by, note=note, expected_version=expected_version)
    asked, facts = _answered(row, by, ArrangementState.RETURNED, "item.return_transfer")
    asked.answer = note
    done = _hand(row, "return_transfer", asked.kind, asked.old_unit, False, by=by, note=note, saved=[asked],
                 facts=facts)  # fmt: skip
    tell(done, [*verifiers(row), asked.asked_by], "变更后的单位已退回，请查看理由，另行确定单位。")
    return done


def _answered(row: Item, by: User, state: str, verb: str) -> tuple[Arrangement, dict[str, Any]]:
    asked, today = waiting(row), moment.today()
    if asked is None:
        raise TypeError("nothing was offered")  # the table says so before
    asked.state, asked.answered_by, asked.answered_on = state, by, today
    stopped = clocks.stop(row, HANDOVER_CLOCK, today, verb)
    return asked, dict(stopped.changes) if stopped else {}
