"""What people type about projects on paper: entered, reviewed, approved, changed."""

from typing import Any

from django import forms

from funds.forms.allocations import checked_field, year_field
from funds.models import Allocation, ProjectDouble, ProjectKind
from funds.models.doubles import DoubleAnswer
from povertyaudit.core import render
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    PageForm,
    RegionField,
    UnitField,
    formset_of,
)
from povertyaudit.core.models import Unit, UnitKind

COUNT_WORDS = {
    "invalid": "请填写整数。",
    "min_value": "请填写 0 或正整数。",
    "max_value": "数目过大，请核对。",
}


def count_field(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=100_000_000, initial=0, error_messages=dict(COUNT_WORDS)
    )


class ProjectForm(PageForm):
    sections = (
        ("项目", ("title", "kind", "year", "region", "place", "content", "targets")),
        ("单位", ("responsible_unit", "sector_unit")),
        ("投资和工期", ("planned_fen", "sum_checked", "plan_start", "plan_end")),
        ("受益群众", ("households", "persons", "poor_households", "poor_persons")),
    )

    title = CleanLineField(label="项目名称", max_length=100)
    kind = forms.ModelChoiceField(label="项目类别", queryset=ProjectKind.objects.none(), empty_label="请选择")
    year = year_field("计划年度")
    region = RegionField(label="建设地点", help_text="选到村；跨村的选到乡镇。")
    place = CleanLineField(label="具体地点", required=False, max_length=100, help_text="例如：三组至村部。")
    content = CleanTextField(label="建设内容和规模", rows=3, max_length=2000, help_text="写明数量和单位。")
    targets = CleanTextField(label="绩效目标", rows=2, max_length=2000, required=False)
    responsible_unit = UnitField(label="实施单位", queryset=Unit.objects.answering())
    sector_unit = UnitField(
        label="主管部门", queryset=Unit.objects.current().filter(kind=UnitKind.DEPARTMENT),
        help_text="负责勘察论证和验收的县直部门。",
    )  # fmt: skip
    planned_fen = MoneyField(label="计划投资（元）")
    sum_checked = checked_field()
    plan_start = DateField(label="计划开工日期")
    plan_end = DateField(label="计划完工日期")
    households = count_field("受益户数")
    persons = count_field("受益人数")
    poor_households = count_field("其中贫困户数")
    poor_persons = count_field("其中贫困人数")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = ProjectKind.objects.on()  # type: ignore[attr-defined]


class SurveyForm(PageForm):
    surveyed_on = DateField(label="实地勘察日期", latest_today=True)
    survey = CleanTextField(
        label="勘察论证意见", rows=4, max_length=2000, help_text="到现场看过什么，能不能落地，为什么。"
    )


class DoubleChoice(forms.ModelChoiceField):
    """One of the projects this may be a double of."""

    def label_from_instance(self, obj: Any) -> str:
        done = f"（已答复：{obj.get_decision_display()}）" if obj.decision else ""
        return f"{obj.other} {obj.other.title}：{obj.kinds}{done}"


class DoubleForm(PageForm):
    double = DoubleChoice(
        label="疑似重复的项目",
        queryset=ProjectDouble.objects.none(),
        to_field_name="public_id",
        empty_label="请选择",
    )
    decision = forms.ChoiceField(label="结论", choices=(("", "请选择"), *DoubleAnswer.choices))
    answer = CleanTextField(label="理由", rows=3, max_length=500)


class AllocationChoice(forms.ModelChoiceField):
    """An allocation, with what is left of it."""

    def __init__(self) -> None:
        super().__init__(
            Allocation.objects.open().for_list(),
            label="下达文件",
            to_field_name="public_id",
            empty_label="请选择",
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.paper_no} {obj.get_level_display()} {obj.fund_kind}（未安排 {render.yuan(obj.left_fen)} 元）"


class LineForm(PageForm):
    allocation = AllocationChoice()
    amount_fen = MoneyField(label="安排金额（元）")


LineFormSet = formset_of(LineForm, "资金来源", row_word="项", extra=1)


class ApprovalForm(PageForm):
    sections = (
        ("会审", ("reviewed_on", "review_text")),
        ("批复", ("approval_no", "approved_on", "approved_fen")),
    )

    reviewed_on = DateField(label="会审日期", latest_today=True)
    review_text = CleanTextField(
        label="会审意见", rows=3, max_length=2000, help_text="参加会审的单位和结论。"
    )
    approval_no = CleanCodeField(label="批复文号", max_length=60)
    approved_on = DateField(label="批复日期", latest_today=True)
    approved_fen = MoneyField(label="批复金额（元）", help_text="下面各项资金来源合计应等于这个数。")


class LinesForm(PageForm):
    note = CleanTextField(label="调整理由", rows=2, max_length=2000, required=False)


class ChangeForm(PageForm):
    planned_fen = MoneyField(label="变更后的计划投资（元）")
    content = CleanTextField(label="变更后的建设内容和规模", rows=3, max_length=2000)
    note = CleanTextField(label="变更理由", rows=3, max_length=2000)
