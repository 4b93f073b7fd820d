"""巡察发现的问题: recorded by whoever may record one of the round."""

from typing import Any

from inspections import services
from inspections.filters import FindingFilter
from inspections.forms.choosing import RoundField
from inspections.forms.findings import FindingForm
from inspections.models import Finding, Round
from povertyaudit.core.models import Role, User
from povertyaudit.sheets.columns import Column, numbered, of_form
from povertyaudit.sheets.kinds.base import Kind

NAMES = (
    "problem_class", "category", "aspect", "text", "articles", "unit", "region", "found_on", "amount_fen", "suggestion",
    "lead_unit", "immediate",
)  # fmt: skip
ALSO = {
    "problem_class": ("大类", "问题分类"), "category": ("类别", "问题类型"), "aspect": ("方面",),
    "text": ("问题", "主要问题", "问题描述", "发现的问题", "具体表现"), "articles": ("违反规定", "定性依据", "依据"),
    "unit": ("被巡察单位", "责任单位", "单位"), "region": ("属地", "所属地区"), "found_on": ("发现时间", "日期"),
    "amount_fen": ("金额", "涉及金额", "问题金额"), "suggestion": ("整改建议", "建议"), "lead_unit": ("整改牵头单位",),
    "immediate": ("是否立行立改",),
}  # fmt: skip
EXAMPLES = {
    "aspect": "惠农补贴发放", "text": "2025 年公益林补偿资金滞留乡镇财政账户七个月。", "unit": "柳溪镇人民政府", "found_on": "2026-11-02",
    "amount_fen": "26800.00", "immediate": "否",
}  # fmt: skip


def columns() -> list[Column]:
    round_ = RoundField(label="巡察轮次", help_text="已登记、没有办结的轮次。")
    return [
        numbered("问题编号"), Column("round", round_, ("轮次", "巡察轮次名称")),
        *of_form(FindingForm(), NAMES, also=ALSO, examples=EXAMPLES),
    ]  # fmt: skip


def record(*, by: User, round: Round, **values: Any) -> Finding:  # noqa: A002 — the column's name
    values["problem_class"] = values["problem_class"].code
    return services.record_finding(round, by=by, **values)


def amend(row: Finding, **values: Any) -> Finding:
    if "problem_class" in values:
        values["problem_class"] = values["problem_class"].code
    return services.amend_finding(row, **values)


FINDINGS = Kind(
    "findings", "巡察发现的问题", "/findings/", Finding, columns,
    lambda user: bool(user.roles & {Role.PATROL_OFFICE, Role.PATROL_TEAM}), record, amend, services.withdraw_finding,
    fixed=frozenset({"round", "found_on"}), read={"problem_class": lambda row: row.class_term}, brief={"text": lambda row: row.title},
    fetched=lambda rows: rows.select_related("round", "class_term", "category", "unit", "region", "lead_unit"),
    doubled=("round", "unit", "text"), row_url="/findings/", filters=FindingFilter,
)  # fmt: skip
