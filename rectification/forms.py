"""Shape of what people type about items."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Lead
from funds.models import Misuse
from inspections.models import Finding
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
    RequiredOpinionForm,
    UnitField,
    UploadsField,
    UserField,
    formset_of,
    reason_field,
)
from povertyaudit.core.models import Purpose, Role, Unit, UnitKind, User
from rectification.models import Completion, Evidence, EvidenceKind, Measure, MeasureState, Result, Source

UNKNOWN = "没有找到这个编号，请核对后重新填写。"
PAPERS = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx"


class NumberField(forms.ModelChoiceField):
    """A record named by its register number, out of those the user may know of."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"maxlength": 40, "autocomplete": "off"}))
        super().__init__(queryset, to_field_name="number", required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(to_halfwidth(str(value)).replace("\x00", "").strip() if value else value)
        except ValidationError as refused:
            raise ValidationError(UNKNOWN, "invalid_choice") from refused


class NumbersField(forms.ModelMultipleChoiceField):
    """Several records by their numbers, divided by blanks or commas."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"maxlength": 400, "autocomplete": "off"})
        super().__init__(queryset, to_field_name="number", required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "、".join(str(getattr(one, "number", one)) for one in value)
        return value

    def clean(self, value: Any) -> Any:
        words = re.split(r"[\s,，、；;]+", to_halfwidth(str(value or "")).replace("\x00", ""))
        try:
            return list(super().clean([word for word in words if word]))
        except ValidationError as refused:
            raise ValidationError(UNKNOWN, "invalid_choice") from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units from a list of departments and townships."""

    def __init__(self, **kwargs: Any) -> None:
        rows = Unit.objects.answering().filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.TOWNSHIP))
        super().__init__(rows, required=False, to_field_name="public_id", **kwargs)
        self.widget.attrs.update({"data-select": "", "size": 4})

    def clean(self, value: Any) -> Any:
        return list(super().clean(value))


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
        Misuse.objects.all(),
        label="关联的违规资金",
        help_text="填写违规资金的编号，多笔用顿号隔开。全部追缴到位后才能销号。",
    )


RESPONSIBILITY = ("main_unit", "other_units", "responsible_person", "lead_unit", "leading_leader", "due_on")


class ItemForm(ItemFacts):
    sections = (
        ("来源", ("source", "finding", "lead", "misuses")),
        ("问题", ("problem_class", "aspect", "problem", "goal")),
        ("责任", RESPONSIBILITY),
    )

    source = forms.ChoiceField(label="问题来源", choices=Source.choices)
    finding = NumberField(Finding.objects.all(), label="巡察问题编号", help_text="来源为巡察发现的填写。")
    lead = NumberField(Lead.objects.all(), label="问题线索编号", help_text="来源为问题线索的填写。")


class EditForm(ItemFacts):
    sections = (
        ("问题", ("problem_class", "aspect", "problem", "goal")),
        ("责任", RESPONSIBILITY),
        ("资金", ("misuses",)),
    )

    note = CleanLineField(label="修改说明", max_length=500, required=False)


class MeasureForm(PageForm):
    text = CleanTextField(label="整改措施", rows=3, max_length=5000)
    due_on = DateField(label="完成时限", required=False)


MeasureRows = formset_of(MeasureForm, "整改措施", row_word="条")


class MeasureChoice(forms.ModelChoiceField):
    """One of the item's measures, by its number and first words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Measure.objects.all())
        kwargs.setdefault("to_field_name", "public_id")
        kwargs["blank"] = not kwargs.get("required", True)  # radios keep the choice of none
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        words = " ".join(obj.text.split())
        return f"（{obj.no}）{words[:40]}{'…' if len(words) > 40 else ''} · {obj.get_state_display()}"


class EditMeasureForm(PageForm):
    measure = MeasureChoice(label="哪一条措施", empty_label=None)
    text = CleanTextField(label="整改措施", rows=4, max_length=5000)
    due_on = DateField(label="完成时限", required=False)
    state = forms.ChoiceField(label="落实情况", choices=MeasureState.choices)


class RemoveMeasureForm(PageForm):
    measure = MeasureChoice(label="哪一条措施", empty_label="请选择")
    note = CleanTextField(label="理由", rows=2, max_length=2000)


class ReportForm(PageForm):
    """One screen on a phone: which measure, the photo, a few words, send."""

    sections = (
        ("", ("measure", "photos", "text", "measure_done")),
        ("需要时补充", ("figures", "kind", "papers", "completion", "unfinished_reason")),
    )

    measure = MeasureChoice(
        label="哪一条措施", required=False, empty_label="整个事项", widget=forms.RadioSelect
    )
    photos = UploadsField(label="拍照", required=False, accept="image/*")
    text = CleanTextField(label="进展情况", rows=3, max_length=20000)
    measure_done = forms.BooleanField(label="这条措施已经落实，上面的文字就是它的成效", required=False)
    figures = CleanLineField(
        label="数据和实例", max_length=500, required=False, help_text="例如：兑付 126 户、38.6 万元。"
    )
    kind = forms.ChoiceField(label="材料类别", choices=EvidenceKind.choices, initial=EvidenceKind.PHOTO_AFTER)
    papers = UploadsField(label="其他文件", required=False, accept=PAPERS)
    completion = forms.ChoiceField(
        label="事项完成情况", choices=[("", "不变"), *Completion.choices], required=False
    )
    unfinished_reason = CleanLineField(label="未完成原因", max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["capture"] = "environment"

    def clean(self) -> dict[str, Any]:
        """Photos and papers go the same way."""
        said: dict[str, Any] = super().clean() or {}
        said["files"] = [*said.pop("photos", []), *said.pop("papers", [])]
        if said.get("measure_done") and said.get("measure") is None and "measure" not in self.errors:
            self.add_error("measure", ValidationError("请选择已落实的是哪一条措施。", "required"))
        return said


class ResultForm(PageForm):
    measure = MeasureChoice(
        label="对应措施", required=False, empty_label="措施之外的成效（举一反三）", widget=forms.RadioSelect
    )
    text = CleanTextField(label="整改成效", rows=4, max_length=20000)
    figures = CleanLineField(label="数据和实例", max_length=500, required=False)


class ResultChoice(MeasureChoice):
    """One of the item's results."""

    def label_from_instance(self, obj: Any) -> str:
        return f"（{obj.no}）{' '.join(obj.text.split())[:40]}"


class EditResultForm(PageForm):
    result = ResultChoice(label="哪一条成效", queryset=Result.objects.all(), empty_label=None)
    text = CleanTextField(label="整改成效", rows=4, max_length=20000)
    figures = CleanLineField(label="数据和实例", max_length=500, required=False)


class EvidenceForm(PageForm):
    measure = MeasureChoice(
        label="对应措施", required=False, empty_label="整个事项", widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="材料类别", choices=EvidenceKind.choices, initial=EvidenceKind.PHOTO_AFTER)
    papers = UploadsField(label="文件", accept=PAPERS, help_text="图片、PDF、docx、xlsx，可以一次选几个。")
    caption = CleanLineField(label="说明", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {"files": said.pop("papers", [])}


class EvidenceChoice(MeasureChoice):
    """One of the item's files."""

    def label_from_instance(self, obj: Any) -> str:
        about = f"（{obj.measure.no}）" if obj.measure else ""
        return f"{about}{obj.get_kind_display()} {obj.attachment.original_name}"


class RemoveEvidenceForm(PageForm):
    evidence = EvidenceChoice(label="撤下哪一份", queryset=Evidence.objects.all(), empty_label="请选择")
    note = CleanTextField(label="理由", rows=2, max_length=2000)


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


class ReopenForm(RequiredOpinionForm):
    due_on = DateField(label="新的整改时限", earliest_today=True)
