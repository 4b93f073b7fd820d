"""What pages of leads show: columns, facts, and what is missing before the next step."""

from typing import Any

from cases.models import Approver, Lead, LeadStep, LeadSubject, State
from cases.querysets import NOT_LEADS
from cases.workflow import LEAD
from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table


def owes_next(lead: Lead) -> str:
    """Who owes the next step, in words."""
    if lead.state == State.REGISTERED:
        return "登记单位答复" if lead.kind in NOT_LEADS else "案管室分办"
    if lead.state == State.PROPOSED:
        if lead.approver == Approver.SECRETARY:
            return "主要负责人审批"
        return f"{lead.leader.display_name}审批" if lead.leader else ""
    if lead.state in (State.CONCLUDED, State.FORWARDED, State.MERGED):
        return "待反馈实名反映人" if lead.feedback_owed else ""
    office = lead.acting_unit.name if lead.acting_unit else ""
    return f"{office} {lead.handler.display_name}" if lead.handler else office


def persons(lead: Lead) -> str:
    """The persons complained of in one phrase."""
    names = [subject.name for subject in lead.subjects.all()]
    return f"{'、'.join(names[:2])}等 {len(names)} 人" if len(names) > 2 else "、".join(names)


def subject_kind(subject: LeadSubject) -> str:
    """E.g. “公职人员（下级党委主要负责人）”."""
    return f"{subject.get_kind_display()}{'（下级党委主要负责人）' if subject.principal else ''}"


LIST_COLUMNS = (
    Column("number", "线索编号", kind="link", order="number"),
    Column("title", "反映问题摘要", phone="main"),
    Column("persons", "被反映人", value=persons, phone="hide"),
    Column("region.name", "属地", phone="hide"),
    Column("owes_next", "下一步", value=owes_next, phone="sub"),
    Column("received_on", "受理日期", kind="date", order="received_on", phone="hide"),
    Column("due_on", "期限", kind="clock", order="due_on"),
    Column("state", "状态", kind="state"),
    Column("get_channel_display", "来源渠道", shown=False),
    Column("get_kind_display", "类型", shown=False),
    Column("get_identity_status_display", "署名情况", shown=False),
    Column("region.path_name", "属地全称", shown=False),
    Column("category.name", "问题类别", shown=False),
    Column("style.name", "作风问题", shown=False),
    Column("amount_fen", "涉及金额（元）", kind="money", order="amount_fen", shown=False),
    Column("registering_unit.name", "登记单位", shown=False),
    Column("get_dispatch_mode_display", "办理方式", shown=False),
    Column("acting_unit.name", "当前部门", shown=False),
    Column("handler.display_name", "承办人", shown=False),
    Column("leader.display_name", "分管领导", shown=False),
    Column("get_method_display", "处置方式", shown=False),
    Column("signed_for_on", "签收日期", kind="date", order="signed_for_on", shown=False),
    Column("filed_on", "立案日期", kind="date", order="filed_on", shown=False),
    Column("concluded_on", "办结日期", kind="date", order="concluded_on", shown=False),
    Column("get_close_kind_display", "办结方式", shown=False),
    Column("pressed_times", "督办次数", kind="number", shown=False),
    Column("repeats", "重复件数", kind="number", shown=False),
)
SUBJECT_COLUMNS = (
    Column("name", "姓名", phone="main"),
    Column("unit_text", "工作单位"),
    Column("post_text", "职务"),
    Column("kind", "身份", value=subject_kind, phone="side"),
)


def _decision(step: LeadStep) -> str:
    if step.sent_back_on:
        return f"退回（{step.sent_back_on}）：{step.opinion}"
    if step.approved_by is None or step.approved_on is None:
        return ""
    words = f"{step.approved_by.display_name}（{step.approved_on}）"
    return f"{words}：{step.opinion}" if step.opinion else words


STEP_COLUMNS = (
    Column("words", "处置方式", phone="main"),
    Column("unit.name", "办理部门"),
    Column("proposal", "处置意见"),
    Column("proposed_by", "提出人", value=lambda row: f"{row.proposed_by.display_name}（{row.proposed_on}）"),
    Column("decision", "审批", value=_decision),
    Column("result", "办理结果"),
    Column("standing", "进展", phone="side"),
)
DISPATCH_COLUMNS = (
    Column("dispatched_on", "分办日期", kind="date"),
    Column("to_unit.name", "承办部门", phone="main"),
    Column("mode", "方式", value=lambda row: dict(Lead._meta.get_field("dispatch_mode").flatchoices).get(row.mode, "")),
    Column("instruction", "领导批示"),
    Column("signed_for_at", "签收时间", kind="moment"),
    Column("handed_back_reason", "退回理由"),
)  # fmt: skip
PAPER_COLUMNS = (
    Column("__str__", "材料", kind="link", phone="main"),
    Column("desk", "查看范围", value=lambda row: "仅登记单位" if row.desk_unit_id else "可见该线索的人员", phone="side"),
    Column("uploaded_by.display_name", "上传人"),
    Column("created_at", "上传时间", kind="moment"),
)  # fmt: skip
NUMBER_COLUMNS = (Column("issuer", "编号单位", phone="main"), Column("number", "编号", phone="side"))


def papers(lead: Lead, user: Any) -> Any:
    """The files of the lead this user may open, newest versions only."""
    return Attachment.objects.visible_to(user).of(lead).newest().select_related("uploaded_by__person")


def facts(lead: Lead) -> list[Facts]:
    """The record page's groups; empty lines are left out of the later ones."""
    groups = [Facts("登记情况", registration(lead), key="registration")]
    for title, group in (("办理情况", handling(lead)), ("结果", ending(lead))):
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
        Fact("重复件", f"{lead.repeats} 件" if lead.repeats else None),
        Fact("反映的主要问题", lead.text, wide=True),
    ]


def handling(lead: Lead) -> list[Fact]:
    return [
        Fact("承办部门", lead.handling_unit),
        Fact("当前部门", lead.acting_unit),
        Fact("承办人", lead.handler and lead.handler.display_name),
        Fact("分管领导", lead.leader and lead.leader.display_name),
        Fact("办理方式", lead.get_dispatch_mode_display()),
        Fact("分办日期", lead.dispatched_on, "date"),
        Fact("签收日期", lead.signed_for_on, "date"),
        Fact("处置方式", lead.get_method_display()),
        Fact("立案日期", lead.filed_on, "date"),
        Fact("暂存复核日期", lead.review_on, "date"),
        Fact("督办", f"{lead.pressed_times} 次" if lead.pressed_times else None),
        Fact("受理告知", lead.acknowledged_on, "date"),
    ]


def ending(lead: Lead) -> list[Fact]:
    return [
        Fact("办结日期", lead.concluded_on, "date"),
        Fact("办结方式", lead.get_close_kind_display()),
        Fact("结果反馈", lead.fed_back_on, "date"),
        Fact("并入线索", lead.merged_into, "link", row=lead.merged_into),
        Fact("转往机关", lead.forwarded_to),
        Fact("转出日期", lead.forwarded_on, "date"),
        Fact("转办回执", lead.forward_receipt),
        Fact("重新启动", f"{lead.reopened_times} 次" if lead.reopened_times else None),
        Fact("办结情况", lead.result_text, wide=True),
    ]


def shown_before(verb: str, lead: Lead) -> list[Facts | Table]:
    """What one decides on, above the form: the registration, and the opinion under decision."""
    if verb in ("amend", "add_subject", "add_number", "attach"):
        return []
    about = [Fact("反映问题摘要", lead.title, wide=True), Fact("反映的主要问题", lead.text, wide=True)]
    found: list[Facts | Table] = [Facts(f"线索 {lead.number}", about)]
    if verb in ("approve", "send_back", "start_step", "file_case", "hold", "conclude"):
        steps = lead.steps.select_related("unit", "proposed_by__person", "approved_by__person")
        found.append(Table("处置步骤", STEP_COLUMNS, steps))
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
    if "verify_identity" in verbs:
        found.append(Missing("署名还没有核实，请联系反映人核实后登记结果。", f"{base}verify_identity/"))
    if "dispatch" in verbs and not lead.subjects.all():
        found.append(Missing("还没有登记被反映人；来信中有姓名的，请先补登。", f"{base}add_subject/"))
    if "propose" in verbs and lead.handler is None:
        found.append(Missing("还没有确定承办人，请先指定。", f"{base}assign/"))
    return found
