"""Shape of what people type about items."""

from typing import Any

from django import forms

from cases.models import Lead
from funds.models import Misuse
from inspections.models import Finding
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    NumberField,
    OpinionForm,
    PageForm,
    RequiredOpinionForm,
    UnitField,
    UserField,
    reason_field,
)
from povertyaudit.core.models import Purpose, Role, Unit, User
from rectification.forms.fields import NumbersField, UnitsField
from rectification.models import Item, Source, SourcePaper


class ItemFacts(PageForm):
    """What the registration and the correction share."""

    problem_class = CleanLineField(
        label="大类", max_length=100, help_text="按反馈意见的分类填写，例如：资金使用。"
    )
    aspect = CleanLineField(label="方面", max_length=200)
    problem = CleanTextField(label="具体问题", rows=5)
    goal = CleanTextField(label="整改目标", rows=3, required=False, max_length=5000)
    main_unit = UnitField(
        label="主责单位", queryset=Unit.objects.answering(), kinds="department,township,village"
    )
    other_units = UnitsField(label="其他责任单位", help_text="可以选几个，也可以不选。")
    responsible_person = CleanLineField(
        label="责任人", max_length=100, required=False, help_text="姓名和职务。"
    )
    lead_unit = UnitField(label="牵头单位", queryset=Unit.objects.answering(), kinds="department")
    leading_leader = UserField(
        label="牵头县领导", queryset=User.objects.holding([Role.COUNTY_LEADER]), required=False
    )
    due_on = DateField(
        label="整改时限",
        required=False,
        earliest_today=True,
        help_text="不填的，下发时按施行中的集中整改期计算。",
    )
    misuses = NumbersField(
        Misuse.objects.standing(),
        label="关联的违规资金",
        help_text="填写违规资金的编号，多笔用顿号隔开。全部追缴到位后才能销号。",
    )
    paper = NumberField(
        SourcePaper.objects.standing(), label="反馈文件编号",
        help_text="来源为审计反馈、考核评估、上级反馈的填写；还没有登记的，先登记反馈文件。",
    )  # fmt: skip


RESPONSIBILITY = ("main_unit", "other_units", "responsible_person", "lead_unit", "leading_leader", "due_on")


class ItemForm(ItemFacts):
    sections = (
        ("来源", ("source", "paper", "finding", "lead", "misuses", "recurrence_of")),
        ("问题", ("problem_class", "aspect", "problem", "goal")),
        ("责任", RESPONSIBILITY),
    )

    source = forms.ChoiceField(label="问题来源", choices=Source.choices)
    finding = NumberField(Finding.objects.all(), label="巡察问题编号", help_text="来源为巡察发现的填写。")
    lead = NumberField(Lead.objects.all(), label="问题线索编号", help_text="来源为问题线索的填写。")
    recurrence_of = NumberField(
        Item.objects.all(), label="反弹自", help_text="销号以后又发生的同类问题，填写原事项编号。"
    )


class EditForm(ItemFacts):
    sections = (
        ("问题", ("problem_class", "aspect", "problem", "goal")),
        ("责任", RESPONSIBILITY),
        ("来源和资金", ("paper", "misuses")),
    )

    note = CleanLineField(label="修改说明", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A paper once named can be exchanged, not taken away: nothing typed means no change."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("paper"):
            said.pop("paper", None)
        return said


class ExtensionForm(PageForm):
    until = DateField(label="申请延至", earliest_today=True)
    reason_code = reason_field(Purpose.EXTENSION)
    reason = CleanTextField(label="理由", rows=3, max_length=2000, help_text="写明具体困难和已采取的措施。")


class DecisionForm(OpinionForm):
    field_order = ("granted", "until", "note")

    granted = forms.TypedChoiceField(
        label="决定", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    until = DateField(label="同意延至", required=False, help_text="不填则为申请的日期。")


class LongTermForm(OpinionForm):
    field_order = ("stage_goal", "next_stage_on", "note")

    stage_goal = CleanTextField(label="阶段目标", rows=3, max_length=5000)
    next_stage_on = DateField(
        label="下次阶段报告日期", required=False, earliest_today=True, help_text="不填的按规定的间隔计算。"
    )


class StageReportForm(OpinionForm):
    field_order = ("result", "met", "note")

    result = CleanTextField(
        label="阶段成效", rows=4, max_length=5000, help_text="这一阶段做了什么，有什么数据和实例。"
    )
    met = forms.TypedChoiceField(
        label="阶段目标", choices=[("yes", "达到"), ("no", "没有达到")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip


class StageForm(LongTermForm):
    note = CleanTextField(label="理由", rows=2, max_length=2000)


class ReopenForm(RequiredOpinionForm):
    due_on = DateField(label="新的整改时限", earliest_today=True)
