"""What machines send about feedback forms, plans, reports and joint review."""

from typing import Any

from rest_framework import serializers

from inspections.api.serializers import FindingField
from inspections.api.shapes import RoundField
from inspections.models import BodyOpinion, InspectionTerm, PlanRow, Round
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    MomentField,
    ProseField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape


class FeedbackFormShape(NoteShape):
    round = RoundField(queryset=Round.objects.all(), help_text="轮次：标识、编号或者名称")
    unit = UnitField(help_text="被巡察单位")
    findings = serializers.ListField(
        child=FindingField(), required=False, max_length=500, help_text="反馈的问题；不填为本轮次涉及这个单位的全部问题"
    )  # fmt: skip
    text = ProseField(max_length=10000, required=False, allow_blank=True, help_text="总体评价和要求")


class AmendFeedbackShape(NoteShape):
    findings = serializers.ListField(
        child=FindingField(), required=False, max_length=500, help_text="反馈的问题"
    )
    text = ProseField(max_length=10000, required=False, allow_blank=True, help_text="总体评价和要求")


class TellHeadShape(NoteShape):
    head_name = LineField(max_length=60, help_text="主要负责人姓名")
    head_on = DayField(required=False, help_text="反馈日期，不填为今天")


class TellLeadershipShape(NoteShape):
    leadership_on = DayField(required=False, help_text="反馈日期，不填为今天")


class SigningShape(NoteShape):
    signed_name = LineField(max_length=60, help_text="签收人")
    signed_at = MomentField(required=False, help_text="签收时间，不填为现在")


class PlanRowField(ScopedRelatedField):
    """A row of this plan: its id, or its place ("1" is the first)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=PlanRow.objects.all(), **options)


class PlanRowShape(Shape):
    row = PlanRowField(help_text="哪一项")
    person = LineField(max_length=100, required=False, allow_blank=True, help_text="责任人")
    due_on = DayField(required=False, allow_null=True, help_text="完成时间")
    measure = ProseField(max_length=4000, required=False, allow_blank=True, help_text="整改措施，每行一条")
    result = ProseField(
        max_length=4000, required=False, allow_blank=True, help_text="整改成效（整改情况报告）"
    )


class PlanFillShape(NoteShape):
    rows = serializers.ListField(child=PlanRowShape(), required=False, max_length=500, help_text="各项的内容")
    text = ProseField(max_length=10000, required=False, allow_blank=True, help_text="总体情况")


class RowOpinionShape(Shape):
    row = PlanRowField(help_text="哪一项")
    grade = serializers.ChoiceField(choices=BodyOpinion.Grade.choices, help_text="等次")
    opinion = ProseField(max_length=2000, required=False, allow_blank=True, help_text="意见，评为差的必填")


class JointReviewShape(NoteShape):
    opinions = serializers.ListField(child=RowOpinionShape(), max_length=500, help_text="对每一项的意见")


class ConsolidateShape(NoteShape):
    summary = ProseField(max_length=4000, help_text="汇总意见")


class PlanApproveShape(NoteShape):
    lead_unit = UnitField(required=False, allow_null=True, help_text="问题没有写明牵头单位的，由它牵头")


class PlanReturnShape(Shape):
    note = ProseField(max_length=2000, help_text="理由")
    reason_code = LineField(max_length=30, required=False, allow_blank=True, help_text="退回原因代码")


class ReviewerShape(Shape):
    body = TermField(
        queryset=InspectionTerm.objects.filter(axis=InspectionTerm.Axis.REVIEWER), help_text="联审机构代码"
    )
    unit = UnitField(help_text="承办单位")


class ReviewersShape(NoteShape):
    bodies = serializers.ListField(
        child=ReviewerShape(), allow_empty=False, max_length=20, help_text="联审单位"
    )
