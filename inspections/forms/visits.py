"""Shape of what people type about visits."""

import secrets
from typing import Any

from django import forms

from inspections.models import Round, Visit, VisitPlan
from inspections.models.visits import MOST
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    UploadsField,
)

COUNTED = {"invalid": "请填写整数。", "min_value": "不能小于 0。", "max_value": f"最多 {MOST}，请核对。"}
DEGREES = {"invalid": "请填写数字，例如 29.420000。", "max_value": "超出正常范围，请核对。", "min_value": "超出正常范围，请核对。",
           "max_digits": "数字过长，最多六位小数。", "max_decimal_places": "最多六位小数。",
           "max_whole_digits": "超出正常范围，请核对。"}  # fmt: skip
CHECKED = "已核对"


def count(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST, error_messages=COUNTED,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
    )  # fmt: skip


def degrees(label: str, most: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=-most, max_value=most, max_digits=9, decimal_places=6,
        error_messages=DEGREES, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


class VisitFields(PageForm):
    """What may be changed afterwards."""

    kind = forms.ChoiceField(label="走访方式", choices=Visit.Kind.choices)
    region = RegionField(
        label="地点",
        help_text="输入村名中的任意几个字，从列出的地点中选择；没有网络也可以选。",
        widget=forms.TextInput(attrs={"list": "visit-places", "autocomplete": "off"}),
    )
    place_text = CleanLineField(
        label="具体地点", required=False, max_length=200, help_text="例如：三组张某家、村部。"
    )
    visited_on = DateField(label="走访日期", latest_today=True)
    talked_to = CleanTextField(label="走访对象", required=False, rows=2, max_length=2000)
    households = count("入户数")
    talks = count("谈话人次")
    documents = count("查阅资料份数")
    calls = count("电话抽查次数")
    notes = CleanTextField(label="走访情况", required=False, rows=5, max_length=20_000)
    latitude = degrees("纬度", 90)
    longitude = degrees("经度", 180)
    confirmed = forms.BooleanField(
        label=CHECKED,
        required=False,
        help_text="定位、照片的时间或者拍摄地点与填写的不一致时，核对无误后勾选。",
    )

    def clean(self) -> dict[str, Any]:
        """A count left empty is none."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("households", "talks", "documents", "calls"):
            if name in found:
                found[name] = found[name] or 0
        return found


class VisitForm(VisitFields):
    sections = (
        ("走访", ("plan", "round", "kind", "region", "place_text", "visited_on")),
        ("数量", ("households", "talks", "documents", "calls")),
        ("情况", ("talked_to", "notes", "photos")),
        ("定位", ("latitude", "longitude", "confirmed")),
    )

    submission = CleanCodeField(label="提交标识", required=False, max_length=40, widget=forms.HiddenInput())
    plan = forms.ModelChoiceField(
        VisitPlan.objects.exclude(state__in=("ordered", "approved", "cancelled")), label="走访计划", required=False,
        empty_label="不属于走访计划", to_field_name="public_id",
    )  # fmt: skip
    round = forms.ModelChoiceField(
        Round.objects.open(),
        label="所属轮次",
        required=False,
        empty_label="不属于任何轮次",
        to_field_name="public_id",
    )
    photos = UploadsField(
        label="照片", required=False, help_text="最多 20 张；提交前自动压缩，保留拍摄时间，去掉其他信息。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["accept"] = "image/*"
        self.fields["submission"].initial = secrets.token_urlsafe(16)


class PhotosForm(PageForm):
    photos = UploadsField(label="照片", help_text="已经上传过的照片不会重复保存。")
    confirmed = forms.BooleanField(
        label=CHECKED, required=False, help_text="照片时间、地点不一致时，核对无误后勾选。"
    )
