"""Shape of what people type about village teams."""

from typing import Any

from django import forms

from inspections.models import VillagePerson, VisitCheck
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MonthField,
    PageForm,
    RegionField,
    UnitField,
    formset_of,
)

DAYS = {"invalid": "请填写整数。", "min_value": "不能小于 0。", "max_value": "一个月最多 31 天。"}


def days(label: str, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=31, error_messages=DAYS)


class PersonForm(PageForm):
    name = CleanLineField(label="姓名", max_length=60)
    role = forms.ChoiceField(label="职务", choices=VillagePerson.Role.choices)
    region = RegionField(label="所驻的村")
    unit = UnitField(label="派出单位")
    starts_on = DateField(label="驻村开始", latest_today=True)


class AmendPersonForm(PageForm):
    name = CleanLineField(label="姓名", max_length=60)
    role = forms.ChoiceField(label="职务", choices=VillagePerson.Role.choices)
    unit = UnitField(label="派出单位")
    starts_on = DateField(label="驻村开始", latest_today=True)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class EndForm(PageForm):
    ends_on = DateField(label="结束日期", latest_today=True)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class DaysForm(PageForm):
    days_present = days("驻村天数")
    days_leave = days("请假天数", required=False)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "days_leave" in found:
            found["days_leave"] = found["days_leave"] or 0
        return found


class MonthForm(DaysForm):
    field_order = ("person", "month", "days_present", "days_leave", "note")

    person = forms.ModelChoiceField(
        VillagePerson.objects.select_related("region"), label="驻村人员", empty_label="请选择",
        to_field_name="public_id",
    )  # fmt: skip
    month = MonthField(label="月份", help_text="例如：2026-03。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.label_from_instance = lambda row: f"{row.name}（{row.region.name}）"
        person.widget.attrs["data-select"] = ""


class SheetForm(PageForm):
    """Nothing beside the rows."""


class SheetRowForm(PageForm):
    """One person of the sheet: which one, and what was reported when the page was opened, stand in hidden fields."""

    person = forms.ModelChoiceField(
        VillagePerson.objects.none(), to_field_name="public_id", widget=forms.HiddenInput(), label="驻村人员"
    )
    seen = CleanLineField(label="已登记", required=False, max_length=10, widget=forms.HiddenInput())
    days_present = days("驻村天数", required=False)
    days_leave = days("请假天数", required=False)


SheetRowFormSet = formset_of(SheetRowForm, "驻村人员", row_word="人", fixed=True)


class CheckForm(PageForm):
    name = CleanLineField(label="驻村人员姓名", max_length=60)
    found = forms.ChoiceField(
        label="在岗情况", choices=VisitCheck.Found.choices, initial=VisitCheck.Found.PRESENT
    )  # as it stands untouched, so that an empty row is none


CheckFormSet = formset_of(CheckForm, "驻村抽查", row_word="人", extra=1)
