"""What the record page of a lead shows: facts, and what is missing before the next step."""

from typing import Any

from cases.models import Approver, Kind, Lead, State
from cases.pages.ending import ending_missing
from cases.pages.repeats import named_if_seen
from cases.pages.steps import STEP_COLUMNS, asked, open_duties
from cases.services import open_doubts
from cases.workflow import LEAD
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Fact, Facts, Missing, Table


def papers(lead: Lead, user: Any) -> Any:
    """The files of the lead this user may open, newest versions only."""
    return Attachment.objects.seen_of(lead, user).newest().select_related("uploaded_by__person")


def facts(lead: Lead, user: User) -> list[Facts]:
    """The record page's groups; empty lines are left out of the later ones."""
    groups = [Facts("登记情况", registration(lead), key="registration")]
    for title, group in (
        ("来件情况", came(lead)),
        ("办理情况", handling(lead)),
        ("结果", ending(lead, user)),
    ):
        if filled := [fact for fact in group if fact.value not in (None, "")]:
            groups.append(Facts(title, filled))
    return groups


def registration(lead: Lead) -> list[Fact]:
    return [
        Fact("来源渠道", lead.get_channel_display()),
        Fact("类型", lead.get_kind_display()),
        Fact("署名情况", lead.get_identity_status_display()),
        Fact("受理日期", lead.received_on, "date"),
        Fact("问题属地", lead.region.path_name),
        Fact("登记单位", lead.registering_unit.name),
        Fact("问题类别", lead.category),
        Fact("作风问题", lead.style),
        Fact("涉及金额（元）", lead.amount_fen, "money"),
        Fact("上级要求报结果", lead.result_due_on, "date"),
        Fact("交办批次", lead.batch, "link", row=lead.batch),
        Fact("重复件", f"{lead.repeats} 件" if lead.repeats else None),
        Fact("反映的主要问题", lead.text, wide=True),
        *([Fact("核对说明", lead.check_note, wide=True)] if lead.check_note else []),
    ]


def came(lead: Lead) -> list[Fact]:
    """What the channel asked, in its words."""
    intake = getattr(lead, "intake", None)
    return [Fact(asked.label, _said(asked.column, value)) for asked, value in intake.said()] if intake else []


def _said(column: str, value: Any) -> str:
    if column == "result_wanted":
        return "要结果" if value else "不要结果"
    return f"{value} 人" if column == "source_count" else str(value)


def handling(lead: Lead) -> list[Fact]:
    return [
        Fact("承办部门", lead.handling_unit),
        Fact("当前部门", lead.acting_unit),
        Fact("承办人", lead.handler and lead.handler.display_name),
        Fact("分管领导", lead.leader and lead.leader.display_name),
        Fact("办理方式", lead.get_dispatch_mode_display()),
        Fact("督办人", lead.supervisor and lead.supervisor.display_name),
        Fact("报送交办结果", lead.reported_on, "date"),
        Fact("分办日期", lead.dispatched_on, "date"),
        Fact("签收日期", lead.signed_for_on, "date"),
        Fact("处置方式", lead.get_method_display()),
        Fact("审批人", approver(lead)),
        Fact("因回避停办", lead.stopped_on, "date"),
        Fact("立案日期", lead.filed_on, "date"),
        Fact("暂存复核日期", lead.review_on, "date"),
        Fact("督办", f"{lead.pressed_times} 次" if lead.pressed_times else None),
        Fact("受理告知", lead.acknowledged_on, "date"),
    ]


def approver(lead: Lead) -> str:
    """Who decides on the proposal that waits."""
    if lead.state != State.PROPOSED:
        return ""
    named = lead.approver == Approver.DEPUTY and lead.leader
    return lead.leader.display_name if named and lead.leader else str(lead.get_approver_display())


def ending(lead: Lead, user: User) -> list[Fact]:
    return [
        Fact("办结日期", lead.concluded_on, "date"),
        Fact("办结方式", lead.get_close_kind_display()),
        Fact("结果反馈", lead.fed_back_on, "date"),
        Fact("并入线索", lead.merged_into and named_if_seen(lead.merged_into, user)),
        Fact("转往机关", lead.forwarded_to),
        Fact("转出日期", lead.forwarded_on, "date"),
        Fact("转办回执", lead.forward_receipt),
        Fact("退回单位", lead.returned_to),
        Fact("退回日期", lead.returned_on, "date"),
        Fact("退回理由", lead.return_reason, wide=True),
        Fact("重新启动", f"{lead.reopened_times} 次" if lead.reopened_times else None),
        Fact("二次启动（暂存）", f"{lead.reactivated_times} 次" if lead.reactivated_times else None),
        Fact("办结情况", lead.result_text, wide=True),
    ]


def shown_before(verb: str, lead: Lead) -> list[Facts | Table]:
    """What one decides on, above the form: the registration, and the opinion under decision."""
    if verb in ("amend", "add_subject", "amend_subject", "add_number", "attach"):
        return []
    about = [Fact("反映问题摘要", lead.title, wide=True), Fact("反映的主要问题", lead.text, wide=True)]
    found: list[Facts | Table] = [Facts(f"线索 {lead.number}", about)]
    if verb in ("approve", "send_back", "start_step", "file_case", "hold", "conclude"):
        found.append(Table("处置步骤", STEP_COLUMNS, lead.steps.for_page()))
    if verb in ("approve", "send_back"):
        found += asked(lead)
    return found


def missing(lead: Lead, user: Any) -> list[Missing]:
    """What this user must mend before the next step."""
    base, found = lead.get_absolute_url(), []
    verbs = {step.name for step in LEAD.offered(lead, user)}
    if "acknowledge" in verbs:
        found.append(Missing("实名检举控告还没有告知受理，告知后请登记日期。", f"{base}acknowledge/"))
    if "feedback" in verbs:
        found.append(
            Missing("该件已办结，还没有向实名检举控告人反馈结果，反馈后请登记。", f"{base}feedback/")
        )
    if "record_duty" in verbs:
        names = "、".join(str(duty) for duty in open_duties(lead))
        found.append(Missing(f"办结后还有后续事项没有登记：{names}。", f"{base}record_duty/"))
    if lead.stopped_on and "assign" in verbs:
        text = "承办或分管人员应当回避，本件已停止办理，请另行指定人员后继续。"
        found.append(Missing(text, f"{base}assign/"))
    if "amend" in verbs:
        found += [Missing(doubt.message, f"{base}amend/") for doubt in open_doubts(lead)]
    if lead.kind == Kind.APPEAL and "dispatch" in verbs:
        found.append(
            Missing("申诉件：原承办、原审理人员应当回避，分办时请另选承办部门。", f"{base}dispatch/")
        )
    if "verify_identity" in verbs:
        found.append(Missing("署名还没有核实，请联系反映人核实后登记结果。", f"{base}verify_identity/"))
    if "dispatch" in verbs and not lead.subjects.all():
        found.append(Missing("还没有登记被反映人；来信中有姓名的，请先补登。", f"{base}add_subject/"))
    if "report_back" in verbs and lead.concluded_on:
        found.append(Missing("交办件已办结，还没有报送办理结果。", f"{base}report_back/"))
    if "give_assistance" in verbs:
        found.append(Missing("您的部门正在协办，办理后请反馈协办结果。", f"{base}give_assistance/"))
    if "propose" in verbs and lead.handler is None:
        found.append(Missing("还没有确定承办人，请先指定。", f"{base}assign/"))
    return found + ending_missing(lead, verbs)
