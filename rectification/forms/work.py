"""Shape of what people type about measures, results and progress."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    UploadsField,
    formset_of,
)
from povertyaudit.core.models import Unit
from rectification.forms.fields import PAPERS, BeforeChoice, KindField, MeasureChoice
from rectification.models import Completion, MeasureState, Result


class UnitChoice(forms.ModelChoiceField):
    """One of the responsible units of the item; the page narrows the rows."""

    def __init__(self, empty_label: str | None = "主责单位") -> None:
        rows = Unit.objects.answering()
        super().__init__(
            rows, label="责任单位", required=False, to_field_name="public_id", empty_label=empty_label
        )


class MeasureForm(PageForm):
    text = CleanTextField(label="整改措施", rows=3, max_length=5000)
    due_on = DateField(label="完成时限", required=False)
    person = CleanLineField(label="责任人", max_length=100, required=False)


class NewMeasureForm(MeasureForm):
    """For an item that is there: one of its units may be chosen."""

    unit = UnitChoice()


MeasureRows = formset_of(MeasureForm, "整改措施", row_word="条")


class EditMeasureForm(PageForm):
    measure = MeasureChoice(label="哪一条措施", empty_label=None)
    text = CleanTextField(label="整改措施", rows=4, max_length=5000)
    due_on = DateField(label="完成时限", required=False)
    unit = UnitChoice(empty_label=None)
    person = CleanLineField(label="责任人", max_length=100, required=False)
    state = forms.ChoiceField(label="落实情况", choices=MeasureState.choices)


class RemoveMeasureForm(PageForm):
    measure = MeasureChoice(label="哪一条措施", empty_label="请选择")
    note = CleanTextField(label="理由", rows=2, max_length=2000)


class ReportForm(PageForm):
    """One screen on a phone: which measure, the photo, a few words, send."""

    sections = (
        ("", ("measure", "photos", "text", "measure_done")),
        ("需要时补充", ("before", "figures", "kind", "papers", "completion", "unfinished_reason")),
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
    kind = KindField()
    before = BeforeChoice()
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
