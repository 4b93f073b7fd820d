"""What is typed about a report that is owed."""

from typing import Any

from django import forms

from povertyaudit.core.forms import CleanTextField, PageForm, formset_of
from rectification.models import FigureKind

LONG = 20_000


class FillForm(PageForm):
    """One screen on a phone: what is new, or that nothing is and why."""

    sections = (("", ("text", "unchanged", "unchanged_reason", "note")),)

    text = CleanTextField(
        label="本期进展情况", rows=5, required=False, max_length=LONG,
        help_text="已填好上期的文字，只改有变化的地方。",
    )  # fmt: skip
    unchanged = forms.BooleanField(label="本期无变化", required=False)
    unchanged_reason = CleanTextField(
        label="无变化的理由", rows=2, required=False, max_length=2000, help_text="勾选“本期无变化”的填写。"
    )
    note = CleanTextField(
        label="说明", rows=2, required=False, max_length=2000, help_text="上期的累计数有差错的，在这里写明。"
    )


class FigureForm(PageForm):
    kind = forms.ModelChoiceField(
        FigureKind.objects.none(), label="指标", to_field_name="code", empty_label="请选择",
        error_messages={"required": "请选择指标。", "invalid_choice": "没有这个指标，请重新选择。"},
    )  # fmt: skip
    value = forms.IntegerField(
        label="累计", min_value=0,
        error_messages={
            "required": "请填写累计数。", "invalid": "请填写整数。", "min_value": "累计数不能小于 0。",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.queryset = FigureKind.objects.on()


FigureRows = formset_of(FigureForm, "数据（自整改以来累计）", row_word="项")
