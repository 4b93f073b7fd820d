"""What is typed about feedback, plans and joint review."""

from typing import Any

from django import forms
from django.db.models import Q

from inspections.forms.choosing import InspectionTermField, OnRound, RoundField
from inspections.models import BodyOpinion, Finding, InspectionTerm, PlanRow
from povertyaudit.core import cleaning
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
    UnitField,
    formset_of,
)
from povertyaudit.core.models import Unit

UNTICKED = "没有这个问题，请重新选择。"


class FindingsField(forms.ModelMultipleChoiceField):
    """Problems of the round, to be ticked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(Finding.objects.all(), to_field_name="public_id", **kwargs)
        self.error_messages.update(invalid_choice=UNTICKED, required="请至少选择一个问题。")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number or '未编号'} {obj.problem_class}：{obj.title}"[:120]


class FeedbackForm(PageForm):
    round = RoundField()
    unit = UnitField(
        label="被巡察单位", queryset=Unit.objects.answering(), help_text="起草时列入本轮次中涉及这个单位的全部问题，可再修改。"
    )  # fmt: skip
    text = CleanTextField(label="总体评价和要求", required=False, rows=6, max_length=10000)


class AmendFeedbackForm(PageForm):
    findings = FindingsField(label="反馈的问题")
    text = CleanTextField(label="总体评价和要求", required=False, rows=6, max_length=10000)

    def of(self, feedback: Any) -> None:
        """What may stand on this form: problems of the round that stand on no other, of those its reader may know."""
        field: Any = self.fields["findings"]
        free = field.queryset.filter(round=feedback.round).exclude(state=Finding.State.WITHDRAWN)
        own = Q(feedback_rows=None) | Q(feedback_rows__feedback=feedback)
        field.queryset = free.filter(own).order_by("pk")


class TellHeadForm(OpinionForm):
    head_name = CleanLineField(label="主要负责人姓名", max_length=60)
    head_on = DateField(label="反馈日期", latest_today=True)
    field_order = ("head_name", "head_on", "note")


class TellLeadershipForm(OpinionForm):
    leadership_on = DateField(label="反馈日期", latest_today=True)
    field_order = ("leadership_on", "note")


class MomentField(forms.DateTimeField):
    """Day and time of something done on paper."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        )
        kwargs.setdefault("input_formats", ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"))
        super().__init__(**kwargs)
        self.error_messages.update(required="请填写时间。", invalid="请按“2026-01-31 09:30”的样式填写时间。")

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return found and cleaning.clean_moment(found)


class RecordSigningForm(OpinionForm):
    signed_name = CleanLineField(label="签收人", max_length=60, help_text="在纸质反馈表上签名的人。")
    signed_at = MomentField(label="签收时间")
    field_order = ("signed_name", "signed_at", "note")


class RowForm(PageForm):
    """A row of a plan; which one it is stands in a hidden field."""

    row = forms.ModelChoiceField(
        PlanRow.objects.none(), to_field_name="public_id", widget=forms.HiddenInput(), label="问题"
    )


class PlanRowForm(RowForm):
    person = CleanLineField(label="责任人", required=False, max_length=100)
    due_on = DateField(label="完成时间", required=False)
    measure = CleanTextField(
        label="整改措施", required=False, rows=3, max_length=4000, help_text="每行一条措施。"
    )


class ReportRowForm(RowForm):
    result = CleanTextField(
        label="整改成效", required=False, rows=3, max_length=4000, help_text="写明结果、数据和实例。"
    )


class BodyOpinionForm(RowForm):
    grade = forms.ChoiceField(
        label="等次", choices=(("", "请选择"), *BodyOpinion.Grade.choices), required=False
    )
    opinion = CleanTextField(label="意见", required=False, rows=2, max_length=2000)


PlanRowFormSet = formset_of(PlanRowForm, "问题", row_word="项", fixed=True)
ReportRowFormSet = formset_of(ReportRowForm, "问题", row_word="项", fixed=True)
BodyOpinionFormSet = formset_of(BodyOpinionForm, "问题", row_word="项", fixed=True)


class PlanTextForm(PageForm):
    text = CleanTextField(label="总体情况", required=False, rows=4, max_length=10000)


class ConsolidateForm(PageForm):
    summary = CleanTextField(label="汇总意见", rows=5, max_length=4000)


class ApprovePlanForm(OpinionForm):
    lead_unit = UnitField(
        label="牵头单位", queryset=Unit.objects.answering(), required=False,
        help_text="登记整改事项时，问题没有写明牵头单位的由它审核销号。",
    )  # fmt: skip
    field_order = ("lead_unit", "note")


class BodyForm(OnRound, PageForm):
    body = InspectionTermField(InspectionTerm.Axis.REVIEWER, label="联审机构")
    unit = UnitField(label="承办单位", help_text="由这个单位的人员提出联审意见。")


BodyFormSet = formset_of(BodyForm, "联审单位", row_word="个单位", extra=3)
