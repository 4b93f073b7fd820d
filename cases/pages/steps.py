"""What pages show of disposition steps, held leads and the duties after a closing."""

from typing import Any

from django.utils.html import format_html

from cases.models import Approver, ClosingDuty, Lead, LeadStep
from cases.services.disposing import late_days
from povertyaudit.core import moment, render
from povertyaudit.core.views import Column, Fact, Facts, Missing

LATE_BY = {
    "approve": ("lead.propose",),
    "finish_step": ("lead.verify", "lead.talk", "case.investigate", "case.adjudicate"),
}


def takers(step: LeadStep) -> str:
    return "、".join(one.user.display_name for one in step.participants.all())


def papers_of(step: LeadStep) -> str:
    return "、".join(str(one.attachment) for one in step.papers.all())


def progress(step: LeadStep) -> Any:
    """Where it stands, and in red what was late: for ever."""
    late = render.badge(step.late_words, "warn") if step.late_words else ""
    return format_html("{} {}", step.standing, late)


def decision(step: LeadStep) -> str:
    if step.sent_back_on:
        return f"退回（{step.sent_back_on}）：{step.opinion}"
    if step.approved_by is None or step.approved_on is None:
        return ""
    words = f"{step.approved_by.display_name}（{step.approved_on}）"
    if step.outside_number and step.asked_of:
        words = (
            f"{Approver(step.asked_of).label}批准（{step.outside_number}，{step.outside_on}），{words}录入"
        )
    return f"{words}：{step.opinion}" if step.opinion else words


def decided(step: LeadStep) -> str:
    """Who proposed it, and what came of that."""
    said = f"{step.unit.name} {step.proposed_by.display_name}（{step.proposed_on}）提出"
    answer = decision(step)
    return f"{said}；{answer}" if answer else said


def carried_out(step: LeadStep) -> str:
    """By whom, with what result, on what papers."""
    parts = (("参加人员", takers(step)), ("结果", step.result), ("材料", papers_of(step)))
    return "；".join(f"{label}：{text.rstrip('。')}" for label, text in parts if text)


STEP_COLUMNS = (
    Column("words", "处置方式", phone="main"),
    Column("proposal", "处置意见"),
    Column("decided", "提出和审批", value=decided),
    Column("carried_out", "办理", value=carried_out),
    Column("standing", "进展", kind="html", value=progress, phone="side"),
)
DUTY_COLUMNS = (
    Column("get_kind_display", "后续事项", phone="main"),
    Column("since", "办结日期", kind="date"),
    Column("done_on", "完成日期", kind="date"),
    Column("text", "完成情况"),
    Column("standing", "进展", phone="side"),
)
HOLD_COLUMNS = (
    Column("due_on", "定下的日期", kind="date"),
    Column("reviewed_on", "复核日期", kind="date", phone="main"),
    Column("reviewed_by.display_name", "复核人"),
    Column("finding", "复核情况"),
    Column("next_on", "下次复核", kind="date", phone="side"),
    Column("late_days", "超期天数", kind="number"),
)


def latest_step(lead: Lead) -> LeadStep | None:
    steps = sorted(lead.steps.all(), key=lambda step: step.ordinal)
    return steps[-1] if steps else None


def hold_reviews(lead: Lead) -> list[Any]:
    return [review for step in lead.steps.all() for review in step.hold_reviews.all()]


def asked(lead: Lead) -> list[Facts]:
    """Why it goes to him, and what was studied and planned: above the opinion of whoever decides."""
    step = latest_step(lead)
    if step is None:
        return []
    study = f"{step.discussed_on} {step.present or ''}" if step.discussed_on else "没有登记集体研究"
    return [
        Facts(
            "审批依据",
            [
                Fact("为什么由您审批", step.why_asked, wide=True),
                Fact("集体研究", study, wide=True),
                Fact("研究意见", step.conclusion, wide=True),
                Fact("工作方案", step.plan, wide=True),
                Fact("参加人员", takers(step), wide=True),
            ],
        )
    ]


def late_warning(lead: Lead, verb: str) -> list[Missing]:
    """Done now it will be marked late, for ever."""
    today = moment.today()
    days = max((late_days(lead, code, today) or 0 for code in LATE_BY.get(verb, ())), default=0)
    what = "审批" if verb == "approve" else "办理"
    return (
        [Missing(f"本步{what}期限已过 {days} 天，现在办理会标记为“{what}超期”，标记不能消除。")]
        if days
        else []
    )


def open_duties(lead: Lead) -> list[ClosingDuty]:
    return [duty for duty in lead.closing_duties.all() if duty.standing == "待办理"]
