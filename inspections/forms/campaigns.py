"""Shape of what people type about campaigns."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Lead
from inspections.models import CampaignPoint
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
)

LONGEST = 20_000
POINTS_HELP = "每行一个要点；方面单独一行，以冒号结尾，例如“资金使用：”，下面各行是这一方面的要点。"
LONG_ASPECT, LONG_POINT = 60, 200


class PointsField(CleanTextField):
    """Lines of points under their aspects, as a list of {"aspect", "text"}."""

    def clean(self, value: Any) -> Any:
        aspect, found = "", []
        for line in super().clean(value).splitlines():
            words = line.strip()
            if words.endswith(("：", ":")):
                aspect = words[:-1].strip()
            elif words:
                found.append({"aspect": aspect, "text": words})
        if any(not one["aspect"] for one in found):
            raise ValidationError("第一行应是方面，以冒号结尾，例如“资金使用：”。", "aspect")
        for one in found:
            if len(one["aspect"]) > LONG_ASPECT or len(one["text"]) > LONG_POINT:
                text = f"方面最多 {LONG_ASPECT} 字，要点最多 {LONG_POINT} 字，请缩短：{one['text'][:20]}…"
                raise ValidationError(text, "long")
        return found


def as_lines(points: Any) -> str:
    """The checklist as it is typed."""
    lines: list[str] = []
    aspect = ""
    for point in points:
        if point.aspect != aspect:
            aspect = point.aspect
            lines.append(f"{aspect}：")
        lines.append(point.text)
    return "\n".join(lines)


class CampaignForm(PageForm):
    sections = (
        ("专题", ("name", "region", "year", "quarter", "starts_on", "ends_on", "theme", "plan_paper")),
        ("问题要点", ("points",)),
    )

    name = CleanLineField(label="专题名称", max_length=100, help_text="例如：危房改造、易地搬迁专题。")
    region = RegionField(label="地区")
    year = forms.IntegerField(
        label="年度", min_value=1949, max_value=2100,
        error_messages={"invalid": "请填写四位年份。", "min_value": "请填写四位年份。", "max_value": "请填写四位年份。"},
    )  # fmt: skip
    quarter = forms.TypedChoiceField(
        label="季度", required=False, coerce=int, empty_value=None,
        choices=(("", "不分季度"), *((str(n), f"第 {n} 季度") for n in range(1, 5))),
    )  # fmt: skip
    starts_on = DateField(label="开始日期")
    ends_on = DateField(label="结束日期")
    theme = CleanTextField(label="主题内容", required=False, rows=3)
    plan_paper = CleanLineField(
        label="方案文件", required=False, max_length=200, help_text="文件名称和文号。"
    )
    points = PointsField(label="问题要点", required=False, rows=12, max_length=LONGEST, help_text=POINTS_HELP)


class PointsForm(PageForm):
    points = PointsField(label="问题要点", rows=16, max_length=LONGEST, help_text=POINTS_HELP)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class NumbersField(forms.ModelMultipleChoiceField):
    """Leads by their numbers, one a line or with commas between; only those the person may know of are found."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Lead.objects.all(), to_field_name="number", widget=forms.Textarea(attrs={"rows": 6}), **kwargs
        )

    def clean(self, value: Any) -> Any:
        plain = (
            to_halfwidth(value or "")
            .replace("、", " ")
            .replace(",", " ")
            .replace(";", " ")
            .replace("\x00", "")
        )
        numbers = list(dict.fromkeys(plain.split()))
        if not numbers:
            raise ValidationError("请填写线索编号。", "required")
        found = {lead.number: lead for lead in self.queryset.filter(number__in=numbers)}  # type: ignore[union-attr]
        if lost := [number for number in numbers if number not in found]:
            raise ValidationError(f"没有找到这些线索，请核对编号：{'、'.join(lost)[:200]}。", "unknown")
        return [found[number] for number in numbers]


class TieForm(PageForm):
    leads = NumbersField(label="线索编号", help_text="每行一个，也可以用顿号、逗号隔开。")
    point = forms.ModelChoiceField(
        CampaignPoint.objects.all(),
        label="问题要点",
        required=False,
        to_field_name="public_id",
        empty_label="不选",
    )
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def of(self, campaign: Any) -> None:
        """Only points of this campaign."""
        field: Any = self.fields["point"]
        field.queryset = field.queryset.filter(campaign=campaign)


class LeadField(forms.ModelChoiceField):
    """One lead by its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Lead.objects.all(), to_field_name="number", widget=forms.TextInput(), **kwargs)
        self.error_messages.update(
            required="请填写线索编号。", invalid_choice="没有找到这件线索，请核对编号。"
        )

    def clean(self, value: Any) -> Any:
        return super().clean(to_halfwidth(value or "").strip().replace("\x00", ""))


class UntieForm(PageForm):
    lead = LeadField(label="线索编号")
    note = CleanTextField(label="理由", required=False, rows=2, max_length=2000)
