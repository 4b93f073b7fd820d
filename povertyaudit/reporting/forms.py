"""What is asked of who checks and signs a report."""

from django import forms

from povertyaudit.core.forms import CleanTextField, OpinionForm
from povertyaudit.reporting.layouts import CHOICES


class TextForm(OpinionForm):
    text = CleanTextField(
        label="文字说明",
        rows=10,
        help_text="数据由系统统计，不能改写；文字中的数会与数据核对。不写反映人信息。",
    )
    field_order = ("text", "note")


class CheckForm(OpinionForm):
    explained = CleanTextField(
        label="对提示的说明", required=False, rows=4, max_length=2000,
        help_text="数据检查有提示而数据确实如此的，逐处说明原因；说明随报表一起签发。没有提示的不填。",
    )  # fmt: skip
    field_order = ("explained", "note")


class LinesForm(OpinionForm):
    lines = forms.MultipleChoiceField(
        label="指标", choices=CHOICES, widget=forms.CheckboxSelectMultiple,
        help_text="选中的指标列入本期，以后各期沿用。",
    )  # fmt: skip
    field_order = ("lines", "note")
