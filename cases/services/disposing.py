"""处置意见: proposing, approving, sending back; holding for later and starting again."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.models import Approver, HoldReview, Lead, LeadStep, Method, SubMethod
from cases.services import approving, taking
from cases.services.checking import check_day
from cases.services.telling import addressees, tell_person, tell_registry, tell_secretary, tell_unit
from cases.workflow import LEAD, OUTSIDE, entered_past
from povertyaudit.core import clocks, moment, reasons
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Post, Purpose, Role, Unit, User

PROPOSABLE = (
    Method.TALK_INQUIRY,
    Method.VERIFY,
    Method.HOLD,
    Method.CLOSE,
    Method.FILE_CASE,
    Method.ADJUDICATE,
)


@transaction.atomic
def propose(
    lead: Lead,
    *,
    by: User,
    method: str,
    proposal: str,
    sub_method: str = "",
    discussed_on: date | None = None,
    present: str = "",
    conclusion: str = "",
    plan: str = "",
    participants: Sequence[User] = (),
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """提出处置意见: method and text, after 集体研究. It stays the month's clock (#5) until it is approved.

    `present`, `conclusion`: the collective study, who was there and what it came to; `plan`, `participants`: how
    and by whom the step is to be carried out. The table of approvals says whom it goes to.
    """
    row = LEAD.begin(lead, "propose", by=by, note=note, expected_version=expected_version)
    _check_proposal(row, method, sub_method, proposal, discussed_on)
    if (present or conclusion) and discussed_on is None:
        raise RuleBroken("propose.study", "请填写集体研究日期。", field="discussed_on")
    asked = approving.who_approves(row, method)
    last = row.steps.aggregate(last=Max("ordinal"))["last"] or 0
    step = LeadStep(
        lead=row, ordinal=last + 1, method=method, sub_method=sub_method,
        unit=_adjudicating_unit(row) if method == Method.ADJUDICATE else row.acting_unit,
        proposal=proposal, discussed_on=discussed_on, proposed_by=by, proposer=by.person,
        proposed_on=moment.today(), present=present or None, conclusion=conclusion or None, plan=plan or None,
        asked_of=asked.approver, why_asked=asked.why,
    )  # fmt: skip
    taking_part = taking.rows_of(row, step, participants)
    changes = {"method": method, "approver": asked.approver, "proposed_by": by}
    done: Lead = LEAD.finish(row, "propose", by=by, note=note, changes=changes, saved=[step, *taking_part])
    tell_approver(done, f"提出处置意见“{step.words}”，请审批。", by=by)
    return done


def tell_approver(lead: Lead, text: str, *, by: User) -> None:
    """Tell whoever the table of approvals asked."""
    if lead.approver in OUTSIDE:
        tell_registry(lead, f"处置意见须报{Approver(lead.approver).label}批准，请报批后录入。", by=by)
    elif lead.approver == Approver.SECRETARY:
        tell_secretary(lead, text, by=by)
    else:
        tell_person(lead, lead.leader, text, by=by)


def _check_proposal(
    lead: Lead, method: str, sub_method: str, proposal: str, discussed_on: date | None
) -> None:
    if method not in PROPOSABLE:
        raise RuleBroken("propose.method", "请选择处置方式。", field="method")
    if method == Method.TALK_INQUIRY and sub_method not in SubMethod.values:
        raise RuleBroken("propose.sub_method", "谈话函询请写明是谈话、函询还是委托谈话。", field="sub_method")
    if method != Method.TALK_INQUIRY and sub_method:
        raise RuleBroken("propose.sub_method", "只有谈话函询需要选择具体方式。", field="sub_method")
    if not proposal.strip():
        raise RuleBroken("propose.text", "请写明处置意见和理由。", field="proposal")
    if discussed_on:
        check_day(
            discussed_on, "discussed_on", code="propose.discussed", what="集体研究日期", since=lead.received_on,
            since_what="受理日期",
        )  # fmt: skip
    if method == Method.ADJUDICATE and lead.filed_on is None:
        raise RuleBroken("propose.not_filed", "立案审查调查以后才能移送审理。", field="method")
    if method == Method.FILE_CASE and lead.filed_on is not None:
        raise RuleBroken("propose.filed", "该线索已经立案，请选择其他处置方式。", field="method")
    investigated = entered_past(lead) or has_finished(lead, Method.INVESTIGATE)
    if method == Method.ADJUDICATE and not investigated:
        raise RuleBroken("propose.investigate_first", "审查调查完成后才能移送审理。", field="method")
    if method == Method.CLOSE and lead.filed_on and not has_finished(lead, Method.ADJUDICATE):
        raise RuleBroken(
            "propose.adjudicate_first", "已立案的须经审理后才能结案，请先移送审理。", field="method"
        )


def has_finished(lead: Lead, *methods: str) -> bool:
    return bool(lead.steps.filter(method__in=methods, finished_on__isnull=False).exists())


def _adjudicating_unit(lead: Lead) -> Unit:
    """审理室 of the body that handles the lead."""
    here = lead.acting_unit or lead.registering_unit
    near = Post.objects.current().filter(role=Role.ADJUDICATION, unit__region_id=here.region_id)
    post = near.select_related("unit").first()
    if post is None:
        raise RuleBroken(
            "propose.no_adjudicator", "本机关没有在任的审理人员，请先设置审理室。", field="method"
        )
    return post.unit


@transaction.atomic
def approve(
    lead: Lead, *, by: User, note: str = "", outside_number: str = "", outside_on: date | None = None,
    expected_version: int | None = None,
) -> Lead:  # fmt: skip
    """批准处置意见, by whom the table asked; an approval from outside is entered with its document. Ends the month of #5.

    Too late is allowed and stays visible for ever.
    """
    row = LEAD.begin(lead, "approve", by=by, note=note, expected_version=expected_version)
    step, today = LeadStep.objects.latest_of(row.pk), moment.today()
    approving.check_paper(row.approver, outside_number, outside_on, step.proposed_on)
    step.approved_by, step.approver, step.approved_on, step.opinion = by, by.person, today, note
    step.outside_number, step.outside_on = outside_number or None, outside_on
    step.approval_late_days = late_days(row, "lead.propose", today)
    changes: dict[str, Any] = {}
    if step.method == Method.ADJUDICATE:
        changes = {"acting_unit": step.unit}
    done: Lead = LEAD.finish(row, "approve", by=by, note=note, changes=changes, saved=[step])
    clocks.stop(done, "lead.propose", today, "lead.approve")
    tell_unit(done, step.unit, f"处置意见“{step.words}”已批准，请组织实施。", by=by)
    return done


def late_days(lead: Lead, code: str, on: date) -> int | None:
    """By how many days a step done on `on` comes after the date of its running clock; None when it is in time."""
    clock = Clock.objects.of(lead).open().filter(code=code).first()
    days = (on - clock.due_on).days if clock is not None else 0
    return days if days > 0 else None


@transaction.atomic
def send_back(
    lead: Lead, *, by: User, note: str, reason_code: str = "", expected_version: int | None = None
) -> Lead:
    """退回重提: the proposal is refused with reasons; the month goes on."""
    row = LEAD.begin(lead, "send_back", by=by, note=note, expected_version=expected_version)
    step = LeadStep.objects.latest_of(row.pk)
    step.sent_back_on, step.opinion = moment.today(), note
    changes = {"method": "", "approver": "", "proposed_by": None}
    facts = reasons.facts(Purpose.SEND_BACK, reason_code)
    done: Lead = LEAD.finish(row, "send_back", by=by, note=note, changes=changes, saved=[step], facts=facts)
    tell_unit(done, done.acting_unit, "处置意见被退回，请按意见修改后重新提出。", by=by)
    return done


@transaction.atomic
def hold(
    lead: Lead, *, by: User, review_on: date, note: str = "", reason_code: str = "",
    expected_version: int | None = None,
) -> Lead:  # fmt: skip
    """转入暂存待查, with the day on which it is looked at again (二次启动)."""
    row = LEAD.begin(lead, "hold", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    _check_review(review_on, today)
    facts = reasons.facts(Purpose.HOLD, reason_code)
    done: Lead = LEAD.finish(row, "hold", by=by, note=note, changes={"review_on": review_on}, facts=facts)
    _start_review(done, today, review_on, "转入暂存待查", by)
    return done


@transaction.atomic
def review_hold(
    lead: Lead, *, by: User, review_on: date, note: str, expected_version: int | None = None
) -> Lead:
    """登记暂存复核: looked at again and still no way in; the day of the next look."""
    row = LEAD.begin(lead, "review_hold", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    _check_review(review_on, today)
    review = HoldReview(
        step=LeadStep.objects.latest_of(row.pk), due_on=row.review_on, reviewed_on=today, reviewed_by=by,
        finding=note, next_on=review_on, late_days=late_days(row, "lead.hold_review", today) or 0,
    )  # fmt: skip
    done: Lead = LEAD.finish(
        row, "review_hold", by=by, note=note, changes={"review_on": review_on}, saved=[review]
    )
    clocks.stop(done, "lead.hold_review", today, "lead.review_hold")
    _start_review(done, today, review_on, "复核后继续暂存", by)
    return done


def _check_review(review_on: date, today: date) -> None:
    if not today < review_on <= today + timedelta(days=3 * 366):
        raise RuleBroken("hold.review", "复核日期应在今后三年之内。", field="review_on")


def _start_review(lead: Lead, today: date, review_on: date, event: str, by: User) -> None:
    clocks.start(
        lead, "lead.hold_review", on=today, event=event, due_on=review_on, reason="定下的复核日期", by=by,
        **addressees(lead),
    )  # fmt: skip


@transaction.atomic
def reactivate(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """二次启动 a held lead, counted: a new month for the disposition opinion (#5)."""
    row = LEAD.begin(lead, "reactivate", by=by, note=note, expected_version=expected_version)
    step, today = LeadStep.objects.latest_of(row.pk), moment.today()
    step.late_days = late_days(row, "lead.hold_review", today)
    changes = {
        "review_on": None, "approver": "", "proposed_by": None,
        "reactivated_times": (row.reactivated_times or 0) + 1,
    }  # fmt: skip
    done: Lead = LEAD.finish(row, "reactivate", by=by, note=note, changes=changes, saved=[step])
    clocks.stop(done, "lead.hold_review", today, "lead.reactivate")
    clocks.start(done, "lead.propose", on=today, event="重新启动", **addressees(done))
    return done
