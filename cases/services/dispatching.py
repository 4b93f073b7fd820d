"""分办: to an office of ours, on to another body, back to the registry, or into another lead; and pressing for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Dispatch, DispatchMode, Lead
from cases.roles import HANDLERS
from cases.services import conflicts, repeats
from cases.services.assisting import Manner, ended, start_sign_for, tell_assistants
from cases.services.naming import check_handler, check_leader
from cases.services.telling import addressees, registry_of, tell_desk, tell_person, tell_registry, tell_unit
from cases.workflow import LEAD, LEFT
from povertyaudit.core import clocks, moment, reasons, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Purpose, Unit, User


@transaction.atomic
def dispatch(
    lead: Lead,
    *,
    by: User,
    handling_unit: Unit,
    leader: User,
    instruction: str,
    mode: str = DispatchMode.SELF,
    handler: User | None = None,
    result_due_on: date | None = None,
    assisting_units: Iterable[Unit] = (),
    note: str = "",
    expected_version: int | None = None,
    **special: Any,
) -> Lead:
    """分办: 案管 proposes, the leader's instruction is recorded. Stops the forwarding clock (#3), starts that of 签收.

    `handling_unit` may lie in another county (交叉办理). `special`: supervisor, special_mode, special_reason,
    special_decider, as `Manner` says. Raises NotAllowed, WrongState, RuleBroken.
    """
    row = LEAD.begin(lead, "dispatch", by=by, note=note, expected_version=expected_version)
    _check_office(handling_unit)
    _check_people(row, handling_unit, leader, handler)
    _check_instruction(instruction)
    manner = Manner(mode, assisting=tuple(assisting_units), **special)
    manner.check(row, handling_unit, due_on := result_due_on or row.result_due_on)
    record = Dispatch(
        lead=row, mode=mode, instruction=instruction, to_unit=handling_unit, leader=leader, by=by,
        from_unit=registry_of(row.registering_unit.region_id) or row.registering_unit,
        dispatched_on=moment.today(), **manner.of_dispatch(leader, due_on),
    )  # fmt: skip
    changes = {
        "handling_unit": handling_unit, "acting_unit": handling_unit, "leader": leader, "handler": handler,
        "dispatch_mode": mode, "dispatched_on": record.dispatched_on, "signed_for_on": None, "result_due_on": due_on,
        "supervisor": manner.presses(leader), "reported_on": None,
    }  # fmt: skip
    saved = [record, *manner.assists(row, instruction, by)]
    done: Lead = LEAD.finish(row, "dispatch", by=by, note=note, changes=changes, saved=saved)
    _after_dispatch(done, manner, result_due_on, by)
    return done


def _after_dispatch(lead: Lead, manner: Manner, named: date | None, by: User) -> None:
    """Clocks, messages, ties."""
    for code in ("lead.forward", "lead.accept_transferred"):
        clocks.stop(lead, code, moment.today(), "lead.dispatch")
    _name_date(lead, named, by=by)
    start_sign_for(lead, by)
    clocks.address(lead, **addressees(lead))
    tell_unit(lead, lead.handling_unit, "已分办到您的部门，请签收。", by=by)
    tell_assistants(lead, manner.assisting, by=by)
    if lead.supervisor_id != lead.leader_id:
        tell_person(lead, lead.supervisor, "由您督办，请跟踪办理进展。", by=by)
    conflicts.apply(lead, by=by)  # the office may be another county's, with ties of its own


def _check_instruction(instruction: str) -> None:
    if not instruction.strip():
        raise RuleBroken("dispatch.instruction", "请录入领导批示或分办意见。", field="instruction")


def _check_office(unit: Unit) -> None:
    if not User.objects.holding(HANDLERS, unit=unit).exists():
        text = f"“{unit.name}”没有在任的监督检查或审查调查人员，不能承办线索，请改选。"
        raise RuleBroken("dispatch.office", text, field="handling_unit")


def _check_people(lead: Lead, unit: Unit, leader: User, handler: User | None) -> None:
    """The leader is of our body or of the office's, the handler of the office."""
    check_leader(leader, lead.registering_unit.region_id, unit.region_id, code="dispatch.leader", lead=lead)
    if handler is not None:
        check_handler(lead, handler, unit, HANDLERS, code="dispatch.handler")


def _name_date(lead: Lead, due_on: date | None, *, by: User) -> None:
    """A date the superior named overrides the three months (#10)."""
    if due_on is None:
        return
    if due_on < lead.received_on:
        raise RuleBroken("dispatch.due", "报结果日期不能早于受理日期，请核对。", field="result_due_on")
    reason = "要求报结果的日期"
    if Clock.objects.of(lead).open().filter(code="lead.assigned").exists():
        clocks.override(lead, "lead.assigned", due_on, reason=reason, by=by)
    else:
        clocks.start(
            lead, "lead.assigned", on=lead.received_on, event="受理", due_on=due_on, reason=reason, by=by,
            **addressees(lead),
        )  # fmt: skip


@transaction.atomic
def sign_for(lead: Lead, *, by: User, note: str = "", expected_version: int | None = None) -> Lead:
    """签收: the office takes it; one month for the disposition opinion begins (#5)."""
    row = LEAD.begin(lead, "sign_for", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    record = row.dispatches.filter(handed_back_at=None).order_by("-id").first()
    record.signed_for_by, record.signed_for_at = by, moment.now()
    stays = (
        row.handler is not None and row.acting_unit_id in row.handler.unit_ids
    )  # he may have moved meanwhile
    changes = {"signed_for_on": today, "handler": row.handler if stays else by}
    done: Lead = LEAD.finish(row, "sign_for", by=by, note=note, changes=changes, saved=[record])
    clocks.stop(done, "lead.sign_for", today, "lead.sign_for")
    clocks.start(done, "lead.propose", on=today, event="承办部门签收", **addressees(done))
    clocks.address(done, "lead.assigned", **addressees(done))
    return done


@transaction.atomic
def hand_back(
    lead: Lead, *, by: User, note: str, reason_code: str = "", expected_version: int | None = None
) -> Lead:
    """退回案管室: an undeserved dispatch; the period for forwarding runs anew."""
    row = LEAD.begin(lead, "hand_back", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    record = row.dispatches.filter(handed_back_at=None).order_by("-id").first()
    record.handed_back_at, record.handed_back_reason = moment.now(), note
    changes = {
        "handling_unit": None, "acting_unit": None, "handler": None, "leader": None, "dispatch_mode": "",
        "dispatched_on": None, "signed_for_on": None, "supervisor": None, "reported_on": None,
    }  # fmt: skip
    facts = reasons.facts(Purpose.HAND_BACK, reason_code)
    saved = [record, *ended(row)]
    done: Lead = LEAD.finish(row, "hand_back", by=by, note=note, changes=changes, saved=saved, facts=facts)
    for code in ("lead.propose", "lead.sign_for"):
        clocks.stop(done, code, today, "lead.hand_back")
    registry = registry_of(done.registering_unit.region_id)
    whom = addressees(done, registry)
    clocks.start(done, "lead.forward", on=today, event="承办部门退回", **whom)
    clocks.address(done, "lead.assigned", **whom)
    tell_registry(done, "已被承办部门退回，请重新分办。", by=by)
    return done


@transaction.atomic
def forward(
    lead: Lead, *, by: User, forwarded_to: str, forward_receipt: str = "", note: str = "",
    expected_version: int | None = None,
) -> Lead:  # fmt: skip
    """转办 to the competent body: leaves our clocks, keeps its name and the number of the receipt."""
    row = LEAD.begin(lead, "forward", by=by, note=note, expected_version=expected_version)
    if not forwarded_to.strip():
        raise RuleBroken("forward.body", "请写明转往的机关。", field="forwarded_to")
    today = moment.today()
    changes = {
        "forwarded_to": forwarded_to, "forward_receipt": forward_receipt, "forwarded_on": today,
        "acknowledgement_owed": False,
    }  # fmt: skip
    done: Lead = LEAD.finish(row, "forward", by=by, note=note, changes=changes)
    clocks.stop_all(done, today, "lead.forward")
    tell_desk(done, "已转办其他机关。", by=by)
    return done


@transaction.atomic
def merge(lead: Lead, *, by: User, into: Lead, note: str = "", expected_version: int | None = None) -> Lead:
    """合并: a repeat goes into the lead it repeats, which counts it. `into` must be a row the caller may see.

    Raises RuleBroken for itself, an ended merge or forward, or another county's lead.
    """
    if lead.pk == into.pk:
        raise RuleBroken("merge.itself", "不能合并到自身，请选择另一件线索。", field="into")
    if not Lead.objects.visible_to(by).filter(pk=into.pk).exists():
        raise RuleBroken("merge.unknown", "没有找到要并入的线索，请核对编号。", field="into")
    list(Lead.objects.filter(pk__in=(lead.pk, into.pk)).order_by("pk").select_for_update(of=("self",)))
    row = LEAD.begin(lead, "merge", by=by, note=note, expected_version=expected_version)
    main = rows.lock(into)
    if main.state in LEFT:
        text = f"线索 {main.number} {main.get_state_display()}，不能再并入其他线索。"
        raise RuleBroken("merge.ended", text, field="into")
    if main.region_id[:6] != row.region_id[:6]:
        text = "只能与同一县的线索合并：各县对自己的台账负责。内容相关的，请改用“关联”。"
        raise RuleBroken("merge.county", text, field="into")
    today = moment.today()
    # 检举控告规则: a repeat is not acknowledged again. Who gave his name where the first letter bore none is told once.
    owed = row.acknowledgement_owed and not main.is_named
    changes = {"merged_into": main, "acknowledgement_owed": owed}
    done: Lead = LEAD.finish(
        row, "merge", by=by, note=note, changes=changes, facts={"lead:into": main.number}
    )
    for clock in Clock.objects.of(done).open().exclude(code="lead.acknowledge" if owed else ""):
        clocks.stop(done, clock.code, today, "lead.merge")
    repeats.settle(done)
    rows.write(
        main, verb="lead.receive_merge", by=by, changes={"repeats": main.repeats + 1 + done.repeats},
        facts={"lead:from": done.number},
    )  # fmt: skip
    tell_person(main, main.handler, "有重复件并入，请查看。", by=by)
    return done


@transaction.atomic
def press(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """督办: a letter to the office; the state does not change."""
    row = LEAD.begin(lead, "press", by=by, note=note, expected_version=expected_version)
    done: Lead = LEAD.finish(row, "press", by=by, note=note, changes={"pressed_times": row.pressed_times + 1})
    tell_unit(
        done, done.acting_unit, f"被督办（第 {done.pressed_times} 次），请查看督办意见并抓紧办理。", by=by
    )
    return done
