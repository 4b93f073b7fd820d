"""How often is reported: of a round, of an item."""

from django import forms

from inspections.models.rhythms import CHOSEN
from povertyaudit.core.forms import DateField, RequiredOpinionForm


class RhythmForm(RequiredOpinionForm):
    field_order = ("cadence", "valid_from", "note")

    cadence = forms.ChoiceField(
        label="报告周期", choices=[("", "请选择"), *CHOSEN],
        error_messages={"required": "请选择报告周期。", "invalid_choice": "没有这种周期，请重新选择。"},
    )  # fmt: skip
    valid_from = DateField(label="起始日期", required=False, earliest_today=True, help_text="不填为今天。")
