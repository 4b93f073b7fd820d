"""What pages say of ladders and of measures."""

from decimal import Decimal
from typing import Any

from povertyaudit.assessment.models import (
    AssessmentMeasure,
    AssessmentScheme,
    LadderRule,
    MeasureKind,
    UnitSheet,
)
from povertyaudit.assessment.pages import linked, points
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Fact, Facts, Table


def measure_facts(row: AssessmentMeasure) -> list[Facts]:
    facts = [
        Fact("单位", row.unit.name),
        Fact("考核", row.assessment.title),
        Fact("符合的规则", f"{row.rule.name}：{row.rule.in_words()}", wide=True),
        Fact("依据", row.rule.anchor, wide=True),
        Fact("建议", f"{row.get_proposal_display()}（{row.get_addressed_display()}）"),
        Fact("由谁决定", row.rule.get_decider_display()),
        Fact("决定", _decision(row)),
        Fact("决定人", row.decided_by and row.decided_by.display_name),
        Fact("决定日期", row.decided_on, "date"),
        Fact("理由", row.reason, wide=True),
        Fact("结果", row.outcome, wide=True),
        Fact("结果日期", row.outcome_on, "date"),
    ]
    if row.kind == MeasureKind.ADJUSTMENT:
        facts.append(
            Fact("说明", "组织调整由组织部门决定，这里只是建议；作出的决定在“登记结果”中写明。", wide=True)
        )
    return [Facts("考核结果运用", [fact for fact in facts if fact.value not in (None, "")])]


def _decision(row: AssessmentMeasure) -> str:
    if not row.decided_kind:
        return "不采取" if row.decided_by_id else ""
    return f"{row.get_decided_kind_display()}（{row.get_decided_addressed_display()}）"


def measure_tables(row: AssessmentMeasure, user: User) -> list[Table]:
    """The periods in a row, each with its sheet where the reader may see it."""
    named = [one["sheet"] for one in row.evidence]
    seen = {one.public_id: one for one in UnitSheet.objects.visible_to(user).filter(public_id__in=named)}

    def span(one: dict[str, Any]) -> Any:
        sheet = seen.get(one["sheet"])
        return linked(one["span"], sheet.get_absolute_url() if sheet else "")

    columns = (
        Column("span", "考核期", kind="html", value=span, phone="main"),
        Column(
            "total", "总分", value=lambda one: points(one["total"] and Decimal(one["total"])), phone="side"
        ),
        Column(
            "place",
            "名次",
            value=lambda one: f"第 {one['place']} 名" if one["place"] else "不参加排名",
            phone="sub",
        ),
    )
    return [Table("依据：连续各期", columns, row.evidence, key="evidence")]


def of_sheet(row: UnitSheet, user: User) -> list[Table]:
    """On the sheet of a unit, what was proposed because of it."""
    found = AssessmentMeasure.objects.visible_to(user).filter(sheet=row).for_list()
    return [Table("考核结果运用", MEASURE_COLUMNS, found, key="measures")] if found else []


def of_rule(row: LadderRule, _user: User) -> list[Table]:
    """On the page of a rule in the catalogue of terms."""
    scheme = AssessmentScheme.objects.named().filter(code=row.scheme_code).order_by("-pk").first()
    columns = (
        Column(
            "scheme", "考核办法", value=lambda one: scheme.name if scheme else one.scheme_code, phone="main"
        ),
        Column("words", "条件", value=lambda one: one.in_words(), phone="sub"),
        Column("proposal", "建议", value=lambda one: one.get_proposal_display(), phone="side"),
        Column("addressed", "对象", value=lambda one: one.get_addressed_display()),
        Column("decider", "由谁决定", value=lambda one: one.get_decider_display()),
    )
    return [Table("规则", columns, [row], key="rule")]


MEASURE_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("rule.in_words", "符合的规则", phone="main"),
    Column("get_proposal_display", "建议", phone="side"),
    Column("state", "状态", kind="state"),
)
