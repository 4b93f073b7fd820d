"""What is typed about two leads side by side."""

from typing import Any

from django import forms

from cases.models import Lead
from povertyaudit.core.forms import CleanTextField, OpinionForm, RequiredOpinionForm


def _other(**more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="另一件线索编号", queryset=Lead.objects.all(), to_field_name="number", widget=forms.TextInput(),
        help_text="填写完整编号，例如 990101-XF-2026-0001。",
        error_messages={"invalid_choice": "没有找到这件线索，请核对编号。", "required": "请填写另一件线索的编号。"}, **more,
    )  # fmt: skip


class LinkForm(OpinionForm):
    other = _other()
    note = CleanTextField(
        label="说明", required=False, rows=3, max_length=2000, help_text="能看到两件线索的人都会看到。"
    )
    field_order = ("other", "note")


class UnlinkForm(RequiredOpinionForm):
    other = _other()
    field_order = ("other", "note")
