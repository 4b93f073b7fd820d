"""Shape of what people type about worksheets."""

from django import forms

from inspections.forms.choosing import InspectionTermField, OnRound
from inspections.models import InspectionTerm, Round, VisitPlan
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    UnitField,
    UploadsField,
)
from povertyaudit.core.models import Unit

HINT = "照片、PDF、docx、xlsx；已经上传过的不会重复保存。"


class WorksheetFields(OnRound, PageForm):
    problem_class = InspectionTermField(InspectionTerm.Axis.PROBLEM_CLASS, label="问题大类")
    aspect = CleanLineField(label="问题方面", max_length=100, required=False)
    text = CleanTextField(label="具体问题", rows=6, help_text="写清时间、地点、事情和数额，不写反映人。")
    basis = CleanLineField(
        label="依据", required=False, max_length=300, help_text="违反的规定：文件名称和条款。"
    )
    unit = UnitField(label="涉及单位", queryset=Unit.objects.answering())
    found_on = DateField(label="发现日期", latest_today=True)
    immediate = forms.BooleanField(label="立行立改", required=False)


class WorksheetForm(WorksheetFields):
    sections = (("所属", ("plan", "round")),)

    plan = forms.ModelChoiceField(
        VisitPlan.objects.exclude(state__in=("ordered", "approved", "cancelled")), label="走访计划", required=False,
        empty_label="不属于走访计划", to_field_name="public_id",
    )  # fmt: skip
    round = forms.ModelChoiceField(
        Round.objects.open(),
        label="所属轮次",
        required=False,
        empty_label="不属于任何轮次",
        to_field_name="public_id",
    )
    evidence = UploadsField(label="证据", required=False, help_text=HINT)


class OfVisitForm(WorksheetFields):
    """The same from the page of a visit, which says where it belongs."""

    evidence = UploadsField(label="证据", required=False, help_text=HINT)


class EvidenceForm(PageForm):
    evidence = UploadsField(label="证据", help_text=HINT)


class ToFindingForm(PageForm):
    round = forms.ModelChoiceField(
        Round.objects.open(),
        label="登记到轮次",
        required=False,
        empty_label="底稿所属的轮次",
        help_text="所属轮次已经办结的，选择另一个进行中的轮次。",
        to_field_name="public_id",
    )
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)
