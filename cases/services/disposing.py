"""处置意见: proposing, approving, sending back; holding for later and starting again."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.models import Approver, Lead, LeadStep, Method, SubMethod
from cases.services.telling import addressees, tell_person, tell_secretary, tell_unit
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment, reasons
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Post, Purpose, Role, Unit, User

PROPOSABLE = (
    Method.TALK_INQUIRY,
    Method.VERIFY,
    Method.HOLD,
    Method.CLOSE,
    Method.FILE_CASE,
    Method.ADJUDICATE,
)
# After these steps the opinion on what follows is the head's to approve (监察法 art. 41, 42; 监督执纪工作规则 art. 56).
HEAD_DECIDES_AFTER = (Method.VERIFY, Method.INVESTIGATE, Method.ADJUDICATE)


@transaction.atomic
def propose(
    lead: Lead,
    *,
    by: User,
    method: str,
    proposal: str,
    sub_method: str = "",
    discussed_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """提出处置意见: method and text, after 集体研究. It stays the month's clock (#5) until it is approved."""
    row = LEAD.begin(lead, "propose", by=by, note=note, expected_version=expected_version)
    _check_proposal(row, method, sub_method, proposal, discussed_on)
    last = row.steps.aggregate(last=Max("ordinal"))["last"] or 0
    step = LeadStep(
        lead=row, ordinal=last + 1, method=method, sub_method=sub_method,
        unit=_adjudicating_unit(row) if method == Method.ADJUDICATE else row.acting_unit,
        proposal=proposal, discussed_on=discussed_on, proposed_by=by, proposer=by.person,
        proposed_on=moment.today(),
    )  # fmt: skip
    approver = _approver_of(row, method)
    changes = {"method": method, "approver": approver, "proposed_by": by}
    done: Lead = LEAD.finish(row, "propose", by=by, note=note, changes=changes, saved=[step])
    text = f"提出处置意见“{step.words}”，请审批。"
    if approver == Approver.SECRETARY:
        tell_secretary(done, text, by=by)
    else:
        tell_person(done, done.leader, text, by=by)
    return done


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
    if discussed_on and not lead.received_on <= discussed_on <= moment.today():
        raise RuleBroken("propose.discussed", "集体研究日期应在受理日期和今天之间。", field="discussed_on")
    if method == Method.ADJUDICATE and lead.filed_on is None:
        raise RuleBroken("propose.not_filed", "立案审查调查以后才能移送审理。", field="method")
    if method == Method.FILE_CASE and lead.filed_on is not None:
        raise RuleBroken("propose.filed", "该线索已经立案，请选择其他处置方式。", field="method")
    if method == Method.ADJUDICATE and not has_finished(lead, Method.INVESTIGATE):
        raise RuleBroken("propose.investigate_first", "审查调查完成后才能移送审理。", field="method")
    if method == Method.CLOSE and lead.filed_on and not has_finished(lead, Method.ADJUDICATE):
        raise RuleBroken(
            "propose.adjudicate_first", "已立案的须经审理后才能结案，请先移送审理。", field="method"
        )


def has_finished(lead: Lead, *methods: str) -> bool:
    return bool(lead.steps.filter(method__in=methods, finished_on__isnull=False).exists())


def _approver_of(lead: Lead, method: str) -> str:
    """主要负责人 for 立案 and what follows it, after 初核, and for heads of the next lower party body; else 分管领导."""
    heads = lead.subjects.filter(principal=True).exists()
    if method in (Method.FILE_CASE, Method.ADJUDICATE) or heads or has_finished(lead, *HEAD_DECIDES_AFTER):
        return Approver.SECRETARY
    return Approver.DEPUTY


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
def approve(lead: Lead, *, by: User, note: str = "", expected_version: int | None = None) -> Lead:
    """批准处置意见, by the leader named at dispatch or the head of the body. Ends the month of #5."""
    row = LEAD.begin(lead, "approve", by=by, note=note, expected_version=expected_version)
    step = LeadStep.objects.latest_of(row.pk)
    step.approved_by, step.approver, step.approved_on, step.opinion = by, by.person, moment.today(), note
    changes: dict[str, Any] = {}
    if step.method == Method.ADJUDICATE:
        changes = {"acting_unit": step.unit}
    done: Lead = LEAD.finish(row, "approve", by=by, note=note, changes=changes, saved=[step])
    clocks.stop(done, "lead.propose", moment.today(), "lead.approve")
    tell_unit(done, step.unit, f"处置意见“{step.words}”已批准，请组织实施。", by=by)
    return done


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
    if not today < review_on <= today + timedelta(days=3 * 366):
        raise RuleBroken("hold.review", "复核日期应在今后三年之内。", field="review_on")
    facts = reasons.facts(Purpose.HOLD, reason_code)
    done: Lead = LEAD.finish(row, "hold", by=by, note=note, changes={"review_on": review_on}, facts=facts)
    clocks.start(
        done, "lead.hold_review", on=today, event="转入暂存待查", due_on=review_on, reason="定下的复核日期", by=by,
        **addressees(done),
    )  # fmt: skip
    return done


@transaction.atomic
def reactivate(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """重新启动 a held lead: a new month for the disposition opinion (#5)."""
    row = LEAD.begin(lead, "reactivate", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    changes = {"review_on": None, "approver": "", "proposed_by": None}
    done: Lead = LEAD.finish(row, "reactivate", by=by, note=note, changes=changes)
    clocks.stop(done, "lead.hold_review", today, "lead.reactivate")
    clocks.start(done, "lead.propose", on=today, event="重新启动", **addressees(done))
    return done
