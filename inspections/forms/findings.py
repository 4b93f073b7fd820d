"""Shape of what people type about findings, and about leads handed to the discipline body."""

from typing import Any

from django import forms

from inspections.forms.choosing import FindingField, InspectionTermField, OnRound
from inspections.models import CampaignPoint, InspectionTerm, RoundObject
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    OpinionForm,
    PageForm,
    RegionField,
    UnitField,
    formset_of,
)
from povertyaudit.core.models import Unit


class FindingFactsForm(OnRound, PageForm):
    """What recording and amending share."""

    problem_class = InspectionTermField(InspectionTerm.Axis.PROBLEM_CLASS, label="问题大类")
    category = InspectionTermField(InspectionTerm.Axis.CATEGORY, label="问题类别", required=False)
    aspect = CleanLineField(label="问题方面", max_length=100, required=False)
    text = CleanTextField(
        label="具体问题", rows=6, help_text="写清时间、地点、事情和数额，不写反映人和涉嫌违纪的人员。"
    )
    articles = CleanLineField(
        label="违反的规定", max_length=300, required=False, help_text="文件名称和条款。"
    )
    unit = UnitField(label="涉及单位", queryset=Unit.objects.answering())
    region = RegionField(label="问题属地", required=False, help_text="不填的为涉及单位所在地区。")
    amount_fen = MoneyField(label="涉及金额（元）", required=False)
    suggestion = CleanTextField(label="建议措施", rows=3, required=False)
    lead_unit = UnitField(
        label="牵头单位", queryset=Unit.objects.answering(), required=False, help_text="整改时由它审核销号的主管部门。"
    )  # fmt: skip
    immediate = forms.BooleanField(label="立行立改", required=False)


class FindingForm(FindingFactsForm):
    object = forms.ModelChoiceField(
        RoundObject.objects.standing(), label="巡察对象", required=False, to_field_name="public_id",
        empty_label="不选", help_text="不选的，按涉及单位归到巡察对象。",
    )  # fmt: skip
    point = forms.ModelChoiceField(
        CampaignPoint.objects.all(), label="专题要点", required=False, to_field_name="public_id",
        empty_label="不选", help_text="轮次列入专题的，归到专题的问题要点。",
    )  # fmt: skip
    found_on = DateField(label="发现日期", latest_today=True)
    field_order = (
        "problem_class", "category", "aspect", "text", "articles", "object", "point", "unit", "region", "found_on", "amount_fen",
        "suggestion", "lead_unit", "immediate",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["object"].widget.attrs["data-select"] = ""

    def of(self, round_: Any) -> None:
        """Only objects of this round, and points of its campaign."""
        field: Any = self.fields["object"]
        field.queryset = field.queryset.filter(round=round_)
        if round_.campaign_id is None:
            del self.fields["point"]
        else:
            points: Any = self.fields["point"]
            points.queryset = points.queryset.filter(campaign=round_.campaign_id)


class HandLeadsForm(OpinionForm):
    document = CleanLineField(
        label="移交清单", max_length=100, required=False, help_text="名称和文号；不填的以轮次名称命名。"
    )
    field_order = ("document", "note")


class LeadForm(PageForm):
    finding = FindingField(required=False, help_text="选了问题的，没有填写的各项从问题中带出。")
    title = CleanLineField(label="问题摘要", max_length=100, required=False)
    persons = CleanLineField(
        label="涉及人员", max_length=100, required=False, help_text="只记在移交的线索里，几个人的用顿号分开。"
    )
    text = CleanTextField(label="主要问题", rows=4, required=False)
    region = RegionField(label="问题属地", required=False)
    amount_fen = MoneyField(label="涉及金额（元）", required=False)


LeadFormSet = formset_of(LeadForm, "移交的线索", row_word="条", extra=0, least=1)
