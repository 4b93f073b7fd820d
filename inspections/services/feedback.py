"""The verbs of feedback: drafted, told to the head and then to the leading group, signed for; then a plan is owed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections.models import (
    Feedback,
    FeedbackFinding,
    Finding,
    Opinion,
    PlanRow,
    RectificationPlan,
    Round,
)
from inspections.services.finding_out import about, not_after_today, open_to_units
from inspections.services.opinions import send_opinion
from inspections.services.own_periods import own_due
from inspections.services.standing_aside import refuse_recused
from inspections.services.telling import addressees, team_and_office, tell, tell_unit
from inspections.workflow.feedback import FEEDBACK
from povertyaudit.core import clocks, moment, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Unit, User

PLAN_CLOCK = "item.plan"
TOLD = "向领导班子反馈"


@transaction.atomic
def draft_feedback(
    *,
    by: User,
    round: Round,
    unit: Unit,
    findings: Iterable[Finding] | None = None,
    text: str = "",
    note: str = "",
) -> Feedback:
    """起草反馈表 of one recipient. Without `findings` all problems of the round about this unit that `by` may know are on it.

    Raises NotAllowed, RuleBroken.
    """
    row = rows.lock(round)
    object_ = about(row, unit, by)
    if not Unit.objects.answering().filter(pk=unit.pk).exists():
        wrong = "反馈表发给县直部门、乡镇或者村（社区），请重新选择单位。"
        raise RuleBroken("feedback.unit", wrong, field="unit")
    if row.feedbacks.standing().filter(unit=unit).exists():
        raise RuleBroken("feedback.twice", f"本轮次已有“{unit.name}”的反馈表，请打开修改。", field="unit")
    feedback = Feedback(round=row, region=unit.region, unit=unit, object=object_, text=text, drafted_by=by)
    chosen = list(findings) if findings is not None else list(_open_findings(row, by).filter(unit=unit))
    chosen = _check_findings(row, chosen, None, by)
    children = [FeedbackFinding(finding=finding) for finding in chosen]
    return rows.create(feedback, verb="feedback.draft", by=by, note=note, children=children)


def _open_findings(round_: Round, by: User) -> Any:
    """Problems of the round on no form yet, as far as `by` may know of them."""
    return round_.findings.visible_to(by).exclude(state="withdrawn").filter(feedback_rows=None).order_by("pk")


def _check_findings(round_: Round, said: Iterable[Finding], own: Feedback | None, by: User) -> list[Finding]:
    """The problems locked and fresh, behind the lock of the form: none is withdrawn or altered while it is put on."""
    keys = {finding.pk for finding in said}
    if not keys:
        text = "反馈表上还没有问题，请选择要反馈的问题；问题已列入其他反馈表的不能重复反馈。"
        raise RuleBroken("feedback.empty", text, field="findings")
    locked = Finding.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    findings = list(locked.select_related("object"))
    for finding in findings:
        if finding.round_id != round_.pk or finding.state == Finding.State.WITHDRAWN:
            text = f"“{finding.title}”不是本轮次的问题或者已经撤销，请重新选择。"
            raise RuleBroken("feedback.finding", text, field="findings")
    refuse_recused(None, by, *(finding.object for finding in findings))
    taken = FeedbackFinding.objects.filter(finding__in=findings).exclude(feedback=own)
    if first := taken.select_related("finding").first():
        text = f"“{first.finding.title}”已经列入另一张反馈表，不能重复反馈。"
        raise RuleBroken("feedback.taken", text, field="findings")
    return findings


@transaction.atomic
def amend_feedback(
    feedback: Feedback, *, by: User, findings: Iterable[Finding] | None = None, text: str | None = None,
    note: str = "", expected_version: int | None = None,
) -> Feedback:  # fmt: skip
    """修改反馈表 that nobody was told of: the problems on it, the text. Problems `by` may not know of stay on it."""
    row = FEEDBACK.begin(feedback, "amend", by=by, note=note, expected_version=expected_version)
    saved, removed = [], []
    if findings is not None:
        wanted = {finding.pk: finding for finding in _check_findings(row.round, findings, row, by)}
        standing = {one.finding_id: one for one in row.rows.visible_to(by)}
        saved = [FeedbackFinding(feedback=row, finding=wanted[pk]) for pk in wanted if pk not in standing]
        removed = [one for pk, one in standing.items() if pk not in wanted]
    changes = {} if text is None else {"text": text}
    done: Feedback = FEEDBACK.finish(
        row, "amend", by=by, note=note, changes=changes, saved=saved, removed=removed
    )
    return done


@transaction.atomic
def withdraw_feedback(
    feedback: Feedback, *, by: User, note: str, expected_version: int | None = None
) -> Feedback:
    """撤销反馈表 that nobody was told of, with the reason: its problems are free for another form, the recipient for a new one."""
    row = FEEDBACK.begin(feedback, "withdraw", by=by, note=note, expected_version=expected_version)
    told = list(row.rows.select_related("finding__object"))
    refuse_recused(None, by, *(one.finding.object for one in told))
    facts = {"problems": len(told)}
    done: Feedback = FEEDBACK.finish(row, "withdraw", by=by, note=note, removed=told, facts=facts)
    return done


@transaction.atomic
def tell_head(
    feedback: Feedback, *, by: User, head_name: str, head_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Feedback:  # fmt: skip
    """登记向主要负责人反馈: the first of the two (双反馈). From now on the recipient sees the form.

    Raises RuleBroken while the round is secret, or has no bodies for the joint review that will follow.
    """
    row = FEEDBACK.begin(feedback, "tell_head", by=by, note=note, expected_version=expected_version)
    open_to_units(row.round, "反馈")
    if not row.round.bodies.exists():
        text = "请先在轮次里确定联审单位：整改方案报送后由它们联审。"
        raise RuleBroken("feedback.bodies", text)
    if row.round.bodies.filter(unit=row.unit).exists():
        text = f"“{row.unit.name}”是本轮次的联审单位，不能审查自己的整改方案，请先改定联审单位。"
        raise RuleBroken("feedback.own_body", text)
    told = row.rows.select_related("finding")
    _check_findings(row.round, [one.finding for one in told], row, by)
    day = head_on or moment.today()
    not_after_today(day, row.round.starts_on, "head_on", "反馈日期")
    number = row.number or numbering.take("feedback", row.round.region, "FK")
    changes = {"head_on": day, "head_name": head_name, "number": number}
    done: Feedback = FEEDBACK.finish(row, "tell_head", by=by, note=note, changes=changes)
    tell_unit(done, "巡察已向主要负责人反馈，随后向领导班子反馈。", by=by)
    return done


@transaction.atomic
def tell_leadership(
    feedback: Feedback, *, by: User, leadership_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Feedback:  # fmt: skip
    """登记向领导班子反馈, the second of the two: the form waits for its signature, the opinions to the recipient go out.

    The period for the plan begins: whoever leaves the form unsigned gains no time by it.
    """
    row = FEEDBACK.begin(feedback, "tell_leadership", by=by, note=note, expected_version=expected_version)
    day = leadership_on or moment.today()
    not_after_today(day, row.head_on, "leadership_on", "向领导班子反馈的日期")
    done: Feedback = FEEDBACK.finish(row, "tell_leadership", by=by, note=note, changes={"leadership_on": day})
    clocks.start(
        done, PLAN_CLOCK, on=day, event=TOLD, by=by, **own_due(row.round, "plan", PLAN_CLOCK, done.region_id, day),
        **addressees(row.round, row.unit),
    )  # fmt: skip
    own = row.round.opinions.filter(unit=row.unit, kind=Opinion.Kind.RECTIFY, state=Opinion.State.RECORDED)
    for opinion in own.order_by("pk"):
        send_opinion(opinion, by=by)
    tell_unit(done, "反馈表已发出，请主要负责人签收。", by=by)
    return done


def sign(feedback: Feedback, *, by: User, note: str = "", expected_version: int | None = None) -> Feedback:
    """签收反馈表 online, by the head of the recipient."""
    changes = {
        "signed_at": moment.now(), "signed_way": Feedback.Way.ONLINE, "signed_by": by,
        "signed_name": by.display_name,
    }  # fmt: skip
    return _signed(feedback, "sign", changes, by, note, expected_version)


def record_signing(
    feedback: Feedback, *, by: User, signed_name: str, signed_at: datetime | None = None, note: str = "",
    expected_version: int | None = None,
) -> Feedback:  # fmt: skip
    """登记当面签收: the office records who signed the paper form, and when."""
    changes = {
        "signed_at": signed_at or moment.now(), "signed_way": Feedback.Way.IN_PERSON, "signed_name": signed_name,
    }  # fmt: skip
    return _signed(feedback, "record_signing", changes, by, note, expected_version)


@transaction.atomic
def _signed(
    feedback: Feedback, verb: str, changes: dict[str, Any], by: User, note: str, version: int | None
) -> Feedback:
    row = FEEDBACK.begin(feedback, verb, by=by, note=note, expected_version=version)
    at = changes["signed_at"]
    day = moment.day_of(at)
    if at > moment.now() or day < row.leadership_on:
        text = f"签收时间应在 {row.leadership_on} 向领导班子反馈之后，且不晚于现在。"
        raise RuleBroken("feedback.signed_at", text, field="signed_at")
    done: Feedback = FEEDBACK.finish(row, verb, by=by, note=note, changes=changes)
    plan = open_plan(done, by=by, kind=RectificationPlan.Kind.PLAN)
    _goes_on(done, plan, day, by)
    tell(done, team_and_office(row.round), f"{row.unit.name}已签收反馈表。", by=by)
    tell_unit(plan, "请逐个问题编制整改方案并按期报送。", by=by)
    return done


def _goes_on(form: Feedback, plan: RectificationPlan, day: date, by: User) -> None:
    """The period that began with the feedback runs on for the plan itself, as it stood: a date of the round's own stays."""
    stopped = clocks.stop(form, PLAN_CLOCK, day, "feedback.sign")
    if stopped is None:  # told before 1.1.0 counted from the feedback: as it was then
        on, event, own = day, "签收反馈表", own_due(form.round, "plan", PLAN_CLOCK, plan.region_id, day)
    else:
        old = stopped.clock
        on, event = old.started_on, old.start_event
        own = {"due_on": old.due_on, "reason": old.override["reason"]} if old.override else {}
    clocks.start(plan, PLAN_CLOCK, on=on, event=event, by=by, **own, **addressees(form.round, form.unit))


def open_plan(
    feedback: Feedback, *, by: User, kind: str, of: RectificationPlan | None = None
) -> RectificationPlan:
    """A plan with a row for every problem on the form; a report takes over the rows of the plan it reports on."""
    plan = RectificationPlan(
        feedback=feedback, round=feedback.round, object=feedback.object, region=feedback.region, unit=feedback.unit,
        kind=kind, number=numbering.take("rectification_plan", feedback.round.region, "FA"),
    )  # fmt: skip
    if of is None:
        told = feedback.rows.select_related("finding").order_by("pk")
        below = [PlanRow(ordinal=no, finding=one.finding) for no, one in enumerate(told, 1)]
    else:
        below = [
            PlanRow(ordinal=one.ordinal, finding=one.finding, person=one.person, due_on=one.due_on, measure=one.measure)
            for one in of.rows.select_related("finding").order_by("ordinal")
        ]  # fmt: skip
    verb = "rectificationplan.open" if of is None else "rectificationplan.report"
    return rows.create(plan, verb=verb, by=by, children=below)
