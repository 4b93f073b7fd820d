"""公示、异议、归档."""

from typing import Any

from django import forms

from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
    RequiredOpinionForm,
)
from rectification.forms.fields import MeasureChoice
from rectification.models import Objection
from rectification.models.publishing import MOST_DAYS


class PublicationForm(RequiredOpinionForm):
    field_order = ("required", "days", "place", "note")

    required = forms.TypedChoiceField(
        label="销号前公示", choices=[("yes", "公示"), ("no", "不公示")], widget=forms.RadioSelect, initial="yes",
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    days = forms.IntegerField(
        label="公示天数", required=False, min_value=1, max_value=MOST_DAYS, help_text="不填的按期限规则。",
        error_messages={
            "invalid": "公示天数应是整数。", "min_value": "公示至少一天。", "max_value": f"公示天数不能超过 {MOST_DAYS}。",
        },
    )  # fmt: skip
    place = CleanLineField(
        label="公示地点、方式", required=False, max_length=200, help_text="例如：村务公开栏，县政府网站。"
    )


class ObjectionForm(PageForm):
    received_on = DateField(label="收到日期", latest_today=True)
    by_whom = CleanLineField(
        label="异议人", required=False, max_length=100, help_text="匿名的不填。只有复核部门和分管领导、主要负责人看得到。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    text = CleanTextField(label="异议内容", rows=4, max_length=5000)


class ObjectionChoice(MeasureChoice):
    def label_from_instance(self, obj: Any) -> str:
        words = " ".join(obj.text.split())
        return f"（{obj.no}）{obj.received_on} {words[:40]}{'…' if len(words) > 40 else ''}"


class DismissForm(PageForm):
    objection = ObjectionChoice(
        label="哪一件异议", queryset=Objection.objects.all(), empty_label=None, widget=forms.RadioSelect
    )
    note = CleanTextField(label="答复意见", rows=3, max_length=2000, help_text="写明核实情况和理由。")


class UpholdForm(DismissForm):
    due_on = DateField(label="新的整改时限", earliest_today=True)


class ArchiveForm(OpinionForm):
    field_order = ("pages", "place", "note")

    pages = forms.IntegerField(
        label="页数", min_value=1, max_value=9999,
        error_messages={"invalid": "页数应是整数。", "min_value": "至少一页。", "max_value": "页数不能超过 9999。"},
    )  # fmt: skip
    place = CleanLineField(label="存放地点", max_length=200, help_text="例如：综合档案室 3 柜 12 盒。")
