"""办理: carrying out what was approved, step by step, and filing the case."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Lead, LeadStep, Method, State, SubMethod
from cases.services import taking
from cases.services.checking import check_day
from cases.services.disposing import late_days
from cases.services.filing import opened
from cases.services.telling import addressees, tell_unit
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Role, Unit, User

STEP_CLOCKS = ("lead.inquiry_reply", "lead.delegated_talk", "lead.talk", "lead.verify", "case.adjudicate")


@transaction.atomic
def start_step(
    lead: Lead, *, by: User, participants: Sequence[User] = (), note: str = "", expected_version: int | None = None
) -> Lead:  # fmt: skip
    """开始办理 what was approved; after 立案, the investigation. Starts the clock of the step (#6, #9, #16).

    `participants` add to those the plan names; a talk or a verification is refused with fewer than two persons.
    """
    row = LEAD.begin(lead, "start_step", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    step = LeadStep.objects.latest_of(row.pk)
    stays = row.handler is not None and row.acting_unit_id in row.handler.unit_ids
    changes: dict[str, Any] = {} if stays else {"handler": by}
    if row.state == State.CASE_FILED:
        step = _investigation(row, step)
        changes["method"] = Method.INVESTIGATE
    step.started_on = today
    taking_part = taking.for_start(row, step, by, participants)
    done: Lead = LEAD.finish(row, "start_step", by=by, note=note, changes=changes, saved=[step, *taking_part])
    whom = addressees(done)
    if step.method == Method.TALK_INQUIRY and step.sub_method == SubMethod.INQUIRY:
        clocks.start(done, "lead.inquiry_reply", on=today, event="发出函询通知", **whom)
    elif step.sub_method == SubMethod.DELEGATED_TALK:
        clocks.start(done, "lead.delegated_talk", on=today, event="发出委托谈话通知", **whom)
    elif step.method == Method.VERIFY:
        clocks.start(done, "lead.verify", on=today, event="初步核实开始", **whom)
    elif step.method == Method.ADJUDICATE:
        clocks.start(done, "case.adjudicate", on=today, event="审理部门受理", **whom)
    clocks.address(done, **whom)
    return done


def _investigation(lead: Lead, last: LeadStep) -> LeadStep:
    """The investigation that 立案 approved: a step of its own under the same approval, also when it is done anew."""
    filed = lead.steps.filter(method=Method.FILE_CASE, approved_on__isnull=False).latest("ordinal")
    return LeadStep(
        lead=lead, ordinal=last.ordinal + 1, method=Method.INVESTIGATE, unit=lead.acting_unit,
        proposal=f"依据第 {filed.ordinal} 步批准的立案意见开展审查调查。", proposed_by=filed.proposed_by,
        proposer=filed.proposer, proposed_on=filed.proposed_on, approved_by=filed.approved_by,
        approver=filed.approver, approved_on=filed.approved_on,
    )  # fmt: skip


@transaction.atomic
def record_reply(
    lead: Lead,
    *,
    by: User,
    replied_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """登记谈话函询情况: the talk was held or the reply came in; one month for report and opinion begins (#8)."""
    row = LEAD.begin(lead, "record_reply", by=by, note=note, expected_version=expected_version)
    step = LeadStep.objects.latest_of(row.pk)
    if step.replied_on is not None:
        raise RuleBroken("reply.twice", "谈话或回复日期已经登记，不能重复登记。", field="replied_on")
    day = replied_on or moment.today()
    check_day(
        day,
        "replied_on",
        code="reply.date",
        what="谈话或回复日期",
        since=step.started_on or row.received_on,
        since_what="开始办理日期",
    )
    step.replied_on = day
    step.late_days = _latest(row, ("lead.inquiry_reply", "lead.delegated_talk"), day)
    done: Lead = LEAD.finish(row, "record_reply", by=by, note=note, saved=[step])
    for code in ("lead.inquiry_reply", "lead.delegated_talk"):
        clocks.stop(done, code, day, "lead.record_reply")
    clocks.start(done, "lead.talk", on=day, event="谈话结束或者收到函询回复", **addressees(done))
    return done


@transaction.atomic
def finish_step(
    lead: Lead, *, by: User, result: str, note: str = "", expected_version: int | None = None
) -> Lead:
    """完成本步办理 with its result; the handling office then proposes what follows."""
    row = LEAD.begin(lead, "finish_step", by=by, note=note, expected_version=expected_version)
    if not result.strip():
        raise RuleBroken("finish.result", "请写明本步办理的情况和结果。", field="result")
    today = moment.today()
    step = LeadStep.objects.latest_of(row.pk)
    step.finished_on, step.result = today, result
    codes = (*STEP_CLOCKS, "case.investigate") if step.method == Method.INVESTIGATE else STEP_CLOCKS
    step.late_days = max(step.late_days or 0, _latest(row, codes, today) or 0) or None
    changes: dict[str, Any] = {"acting_unit": row.handling_unit}
    if step.unit_id != row.handling_unit_id:
        changes["handler"] = row.proposed_by  # back to the officer who sent it to another office
    done: Lead = LEAD.finish(row, "finish_step", by=by, note=note, changes=changes, saved=[step])
    for clock in Clock.objects.of(done).open().filter(code__in=codes):
        clocks.stop(done, clock.code, today, "lead.finish_step")
    clocks.address(done, **addressees(done))
    if step.unit_id != done.acting_unit_id:
        tell_unit(done, done.acting_unit, f"“{step.words}”已完成，请提出下一步处置意见。", by=by)
    return done


def _latest(lead: Lead, codes: Sequence[str], on: date) -> int | None:
    """The longest delay of the step's running clocks on `on`; None when all are in time."""
    return max((late_days(lead, code, on) or 0 for code in codes), default=0) or None


@transaction.atomic
def file_case(
    lead: Lead,
    *,
    by: User,
    handling_unit: Unit | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """立案, approved by the head; handed to the investigating office. Ninety days begin (#11)."""
    row = LEAD.begin(lead, "file_case", by=by, note=note, expected_version=expected_version)
    unit = handling_unit or row.acting_unit
    if not User.objects.holding({Role.INVESTIGATION}, unit=unit).exists():
        text = f"“{unit.name}”没有在任的审查调查人员，请选择审查调查室承办。"
        raise RuleBroken("file_case.office", text, field="handling_unit")
    today = moment.today()
    handler = row.handler if unit.pk == row.acting_unit_id else None
    changes = {"filed_on": today, "handling_unit": unit, "acting_unit": unit, "handler": handler}
    case = opened(row, unit, today)
    done: Lead = LEAD.finish(row, "file_case", by=by, note=note, changes=changes, saved=case)
    clocks.start(done, "case.investigate", on=today, event="立案", **addressees(done))
    clocks.address(done, **addressees(done))
    tell_unit(done, unit, "已立案，请开展审查调查。", by=by)
    return done
