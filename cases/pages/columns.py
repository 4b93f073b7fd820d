"""Columns of the lists and tables of leads."""

from typing import Any

from cases.models import Approver, Dispatch, DispatchMode, Lead, LeadSubject, State
from cases.querysets import NOT_LEADS
from cases.workflow import LEFT, OUTSIDE
from povertyaudit.core import moment, render
from povertyaudit.core.views import Column


def owes_next(lead: Lead) -> str:
    """Who owes the next step, in words."""
    if lead.state == State.REGISTERED:
        return "登记单位答复" if lead.kind in NOT_LEADS else "案管室分办"
    if lead.state == State.PROPOSED:
        if lead.approver in OUTSIDE:
            return f"报{lead.get_approver_display()}批准"
        if lead.approver == Approver.SECRETARY:
            return "主要负责人审批"
        return f"{lead.leader.display_name}审批" if lead.leader else ""
    if lead.state in (State.CONCLUDED, *LEFT):
        if lead.feedback_owed:
            return "待反馈实名反映人"
        if lead.state == State.CONCLUDED and lead.owes_report:
            return "承办部门报送交办结果"
        return f"待办后续事项 {lead.duties_owed} 项" if lead.duties_owed else ""
    if lead.stopped_on:
        return "因回避停办，待另行指定"
    office = lead.acting_unit.name if lead.acting_unit else ""
    return f"{office} {lead.handler.display_name}" if lead.handler else office


def persons(lead: Lead) -> str:
    """The persons complained of in one phrase."""
    names = [subject.name for subject in lead.subjects.all()]
    return f"{'、'.join(names[:2])}等 {len(names)} 人" if len(names) > 2 else "、".join(names)


def subject_kind(subject: LeadSubject) -> str:
    """E.g. “公职人员（下级党委主要负责人）”."""
    return f"{subject.get_kind_display()}{'（下级党委主要负责人）' if subject.principal else ''}"


def unsigned(lead: Lead) -> Any:
    """How many days a dispatch has lain unsigned; warned of once a date has passed."""
    if lead.state != State.DISPATCHED or lead.dispatched_on is None:
        return ""
    today = moment.today()
    late = lead.due_on is not None and lead.due_on < today  # type: ignore[attr-defined]
    return render.badge(f"已 {(today - lead.dispatched_on).days} 天", "warn" if late else "wait")


def manner(row: Dispatch) -> str:
    """E.g. “交办（2026-12-31 前报结果）；提级办理：案情复杂（县纪委书记决定）”."""
    words = dict(Lead._meta.get_field("dispatch_mode").flatchoices).get(row.mode, "")
    if row.mode == DispatchMode.ASSIGN and row.result_due_on:
        words += f"（{row.result_due_on} 前报结果）"
    if row.supervisor:
        words += f"，由{row.supervisor.display_name}督办"
    if row.special_mode and row.special_decider:
        decider = row.special_decider.display_name
        words += f"；{row.get_special_mode_display()}：{row.special_reason}（{decider}决定）"
    return str(words)


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
    Column("unsigned", "待签收", value=unsigned, phone="hide", shown=False),
    Column("batch.number", "交办批次", shown=False),
    Column("supervisor.display_name", "督办人", shown=False),
    Column("signed_for_on", "签收日期", kind="date", order="signed_for_on", shown=False),
    Column("filed_on", "立案日期", kind="date", order="filed_on", shown=False),
    Column("concluded_on", "办结日期", kind="date", order="concluded_on", shown=False),
    Column("get_close_kind_display", "办结方式", shown=False),
    Column("pressed_times", "督办次数", kind="number", shown=False),
    Column("reactivated_times", "二次启动次数", kind="number", shown=False),
    Column("repeats", "重复件数", kind="number", shown=False),
)


DISPATCH_COLUMNS = (
    Column("dispatched_on", "分办日期", kind="date"),
    Column("to_unit.name", "承办部门", phone="main"),
    Column("mode", "方式", value=manner),
    Column("instruction", "领导批示"),
    Column("signed_for_at", "签收时间", kind="moment"),
    Column("handed_back_reason", "退回理由"),
    Column("report", "报送结果", value=lambda row: row.report_text and f"{row.reported_on}：{row.report_text}"),
)  # fmt: skip
ASSIST_COLUMNS = (
    Column("unit.name", "协办部门", phone="main"),
    Column("task", "协办事项"),
    Column("asked_on", "交办日期", kind="date"),
    Column("result", "协办结果"),
    Column("ended_on", "结束日期", kind="date"),
    Column("standing", "进展", phone="side"),
)
PAPER_COLUMNS = (
    Column("__str__", "材料", kind="link", phone="main"),
    Column("desk", "查看范围", value=lambda row: "仅登记单位" if row.desk_unit_id else "可见该线索的人员", phone="side"),
    Column("uploaded_by.display_name", "上传人"),
    Column("created_at", "上传时间", kind="moment"),
)  # fmt: skip
NUMBER_COLUMNS = (Column("issuer", "编号单位", phone="main"), Column("number", "编号", phone="side"))
