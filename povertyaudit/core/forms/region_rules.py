"""Forms of the rules a place may have of its own: a step of the ladder, the colours of dates."""

from typing import Any

from django import forms

from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.choosers import RegionField
from povertyaudit.core.forms.fields import CleanLineField, CleanTextField, DateField
from povertyaudit.core.models import Region
from povertyaudit.core.models.ladder import MOST_DAYS, Channel, Told
from povertyaudit.core.models.lights import Colour

MOST_LATE = 3650


def whole(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number within bounds, refused in one sentence."""
    said = f"请填写 {least} 至 {most} 之间的整数。"
    errors = {"invalid": said, "min_value": said, "max_value": said}
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=errors, **more)


class RegionRuleForm(PageForm):
    """What every rule of a place says."""

    region = RegionField(label="适用地区", queryset=Region.objects.all())
    valid_from = DateField(label="施行日期", help_text="自这一天起适用，以前办理的不变。")
    source = CleanLineField(label="依据的文件", max_length=200)
    note = CleanTextField(label="修改的理由", rows=3, max_length=200, required=False)


class ReminderForm(RegionRuleForm):
    """提醒: from which day on one more audience is reminded."""

    sections = (
        ("适用", ("region", "valid_from", "unused")),
        ("提醒", ("days_left",)),
        ("依据", ("source", "note")),
    )

    days_left = whole(
        "到期前多少天起提醒", -MOST_LATE, 7, help_text="超期以后才提醒的填负数，如超期 8 天填 -8。"
    )
    unused = forms.BooleanField(label="本地区不采用这一步", required=False)


class StepForm(RegionRuleForm):
    """提示函 … 问责: how late, who is told, by what, until when a reply is owed, how often it is repeated."""

    sections = (
        ("适用", ("region", "valid_from", "unused")),
        ("办理", ("days_late", "told", "channel", "repeat_days")),
        ("回复（函件填写）", ("reply_days", "reply_at")),
        ("依据", ("source", "note")),
    )

    days_late = whole("超期多少天", 1, MOST_LATE)
    told = forms.MultipleChoiceField(
        label="告知", choices=Told.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择告知哪些人。"},
    )  # fmt: skip
    channel = forms.ChoiceField(label="方式", choices=Channel.choices)
    repeat_days = whole(
        "重复间隔（天）", 1, MOST_DAYS, help_text="最后一步以后、等人处理期间，每隔多少天再督办一次。"
    )
    reply_days = whole("回复期限（工作日）", 1, 60, required=False)
    reply_at = forms.TimeField(
        label="截止时刻", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "请填写时刻，如 18:00。"},
    )  # fmt: skip
    unused = forms.BooleanField(label="本地区不采用这一步", required=False)

    def clean(self) -> dict[str, Any]:
        """People count the days a matter is late, the row the days left."""
        data: dict[str, Any] = super().clean() or {}
        if (late := data.pop("days_late", None)) is not None:
            data["days_left"] = -late
        return data


class LightForm(RegionRuleForm):
    sections = (
        ("适用", ("region", "valid_from")),
        ("颜色", ("first", "second", "third", "done")),
        ("依据", ("source", "note")),
    )

    first = forms.ChoiceField(label="一级：7 天内到期", choices=Colour.choices)
    second = forms.ChoiceField(label="二级：3 天内到期", choices=Colour.choices)
    third = forms.ChoiceField(label="三级：超期", choices=Colour.choices, help_text="应与其他各级不同。")
    done = forms.ChoiceField(label="按期办结", choices=Colour.choices)
