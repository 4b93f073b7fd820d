"""What is typed about a change of the unit."""

from typing import Any

from django import forms

from povertyaudit.core.forms import CleanTextField, DateField, OpinionForm, PageForm
from povertyaudit.core.models import Unit
from povertyaudit.core.scope import prefix_of
from rectification.models import Arranging


class TransferForm(PageForm):
    kind = forms.ChoiceField(label="变更什么", choices=Arranging.choices, widget=forms.RadioSelect)
    new_unit = forms.ModelChoiceField(
        Unit.objects.none(), label="新单位", to_field_name="public_id", empty_label="请选择",
        widget=forms.Select(attrs={"data-select": ""}), help_text="本县的单位，可以输入名称中的字查找。",
        error_messages={"required": "请选择新单位。", "invalid_choice": "没有这个单位，请从列表中选择。"},
    )  # fmt: skip
    keeps_old = forms.BooleanField(
        label="原主责单位仍为责任单位", required=False, help_text="变更牵头单位的不用选。"
    )
    reason = CleanTextField(label="理由", rows=3, max_length=2000, help_text="写明职责划分的依据。")

    def offer_county(self, county: str) -> None:
        """Every unit of the county that can answer: the one it belongs to is seldom within the asker's own reach, where
        the search for units ends. Departments first, then townships, then villages."""
        field: Any = self.fields["new_unit"]
        rows = Unit.objects.answering().filter(region__code__startswith=prefix_of(county))
        field.queryset = rows.order_by("region__level", "kind", "region_id", "pk")


class TransferDecisionForm(OpinionForm):
    field_order = ("granted", "due_on", "note")

    granted = forms.TypedChoiceField(
        label="决定", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    due_on = DateField(
        label="新的整改时限", required=False, earliest_today=True, help_text="不填的，整改时限不变。"
    )
