"""Shape of what people type about decisions, commendations and regulations."""

from typing import Any

from django import forms

from povertyaudit.activities.forms.activities import LONG
from povertyaudit.activities.models import (
    Activity,
    ActivityLevel,
    CommendationKind,
    Decision,
    Regulation,
    RegulationKind,
)
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    NumberField,
    PageForm,
    UnitField,
    UploadsField,
    formset_of,
)
from povertyaudit.core.models import Unit
from rectification.models import Item


class NothingBeside(PageForm):
    """Nothing beside the rows."""


LEVELS = (("", "按所属单位"), *ActivityLevel.choices)


class DecisionForm(PageForm):
    text = CleanTextField(label="议定事项", rows=2, max_length=5000)
    unit = UnitField(label="责任单位", queryset=Unit.objects.answering(), required=False)
    lead_unit = UnitField(label="牵头单位", queryset=Unit.objects.answering(), required=False)
    due_on = DateField(label="完成时限", required=False)


class IssueForm(PageForm):
    decisions = forms.ModelMultipleChoiceField(
        Decision.objects.none(), label="下发哪几项", required=False, to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple, help_text="不选的全部下发。",
    )  # fmt: skip
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class NoteDecisionForm(PageForm):
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label="哪一项", empty_label="请选择", to_field_name="public_id"
    )
    note = CleanTextField(label="理由", rows=3, max_length=LONG, help_text="为什么不下发为整改事项。")


class Levelled(PageForm):
    """Without a level that of the unit, or what it was."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "level" in found and not found["level"]:
            del found["level"]
        return found


class HonourForm(Levelled):
    honour = CleanLineField(label="荣誉称号", max_length=100, help_text="例如：脱贫攻坚先进个人。")
    body = CleanLineField(label="表彰机关", max_length=100)
    document = CleanCodeField(label="文号", required=False, max_length=60)
    awarded_on = DateField(label="表彰日期", latest_today=True)
    valid_until = DateField(label="有效期至", required=False, help_text="长期有效的不填。")
    level = forms.ChoiceField(label="级别", choices=LEVELS, required=False)
    reason = CleanTextField(label="主要事迹", required=False, rows=3, max_length=5000)
    activity = NumberField(Activity.objects.all(), label="表彰活动编号", help_text="在表彰会上表彰的填写。")


class CommendationForm(HonourForm):
    sections = (
        ("对象", ("kind", "unit", "person_name")),
        ("表彰", ("honour", "body", "document", "awarded_on", "valid_until", "level")),
        ("其他", ("reason", "activity", "files", "note")),
    )

    kind = forms.ChoiceField(label="对象", choices=CommendationKind.choices)
    unit = UnitField(label="单位", help_text="表彰个人的，填写其所在单位。")
    person_name = CleanLineField(label="姓名", required=False, max_length=60, help_text="表彰集体的不填。")
    files = UploadsField(label="表彰文件", required=False)  # type: ignore[assignment]
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class EditCommendationForm(HonourForm):
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class RegulationFacts(Levelled):
    kind = forms.ChoiceField(label="类别", choices=RegulationKind.choices)
    title = CleanLineField(label="名称", max_length=200)
    document = CleanCodeField(label="文号", required=False, max_length=60)
    issuer = CleanLineField(label="制发机关", max_length=100)
    valid_from = DateField(label="施行日期")
    valid_to = DateField(label="有效期至", required=False, help_text="没有规定有效期的不填。")
    level = forms.ChoiceField(label="级别", choices=LEVELS, required=False)
    parent = NumberField(
        Regulation.objects.all(), label="总方案编号", help_text="子方案必填，例如“1+25”的 25 个填写那个 1。"
    )
    item = NumberField(
        Item.objects.not_voided(), label="因整改事项建立", help_text="整改建立的制度，填写整改事项编号。"
    )
    summary = CleanTextField(label="主要内容", required=False, rows=3, max_length=5000)


class RegulationForm(RegulationFacts):
    sections = (
        ("文件", ("kind", "title", "document", "issuer", "files")),
        ("施行", ("valid_from", "valid_to", "replaces")),
        ("其他（没有的不填）", ("unit", "level", "parent", "item", "summary", "note")),
    )

    unit = UnitField(label="登记单位", required=False, help_text="不填为本单位。")
    replaces = NumberField(
        Regulation.objects.all(), label="代替", help_text="原来的编号；原来的施行到新的施行前一天。"
    )
    files = UploadsField(label="文件", required=False)  # type: ignore[assignment]
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class EditRegulationForm(RegulationFacts):
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class RepealForm(PageForm):
    ends_on = DateField(label="施行到哪一天", required=False, latest_today=True, help_text="不填为今天。")
    note = CleanTextField(label="理由", rows=3, max_length=LONG)


class ReviewForm(PageForm):
    note = CleanTextField(
        label="复审意见", rows=3, max_length=LONG, help_text="继续施行的理由、需要修改的内容。"
    )


DecisionRows = formset_of(DecisionForm, "议定事项", row_word="项", extra=2)
