"""Shape of what people type about findings."""

from typing import Any

from django import forms

from inspections.models import RoundObject
from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, PageForm, UnitField
from povertyaudit.core.models import Unit


class FindingForm(PageForm):
    problem_class = CleanLineField(
        label="问题大类", max_length=100, help_text="例如：资金使用、项目管理、干部作风。"
    )
    aspect = CleanLineField(label="问题方面", max_length=100, required=False)
    text = CleanTextField(label="具体问题", rows=6, help_text="写清时间、地点、事情和数额，不写反映人。")
    object = forms.ModelChoiceField(
        RoundObject.objects.standing(), label="巡察对象", required=False, to_field_name="public_id",
        empty_label="不选", help_text="不选的，按涉及单位归到巡察对象。",
    )  # fmt: skip
    unit = UnitField(label="涉及单位", queryset=Unit.objects.answering())
    found_on = DateField(label="发现日期", latest_today=True)
    immediate = forms.BooleanField(label="立行立改", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["object"].widget.attrs["data-select"] = ""

    def of(self, round_: Any) -> None:
        """Only objects of this round."""
        field: Any = self.fields["object"]
        field.queryset = field.queryset.filter(round=round_)
