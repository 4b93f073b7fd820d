"""Forms of the clock pages: a changed rule, a holiday notice."""

from typing import Any

from django import forms

from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.choosers import RegionField
from povertyaudit.core.forms.fields import CleanLineField, CleanTextField, DateField, UploadField
from povertyaudit.core.models import Region
from povertyaudit.core.models.rules import PeriodUnit


class RuleForm(PageForm):
    """修改期限规则: a new dated row for a region."""

    sections = (
        ("适用", ("region", "valid_from")),
        ("期限", ("amount", "unit", "exclude_start", "month_end_clip", "roll_over")),
        ("依据", ("source", "article", "note")),
    )
    region = RegionField(label="适用地区", queryset=Region.objects.all())
    valid_from = DateField(label="施行日期", help_text="新规则只用于这一天以后起算的期限，已经起算的不变。")
    amount = forms.IntegerField(
        label="期限",
        min_value=1,
        max_value=3650,
        error_messages={
            "invalid": "请填写 1 至 3650 之间的整数。",
            "min_value": "期限应在 1 至 3650 之间。",
            "max_value": "期限应在 1 至 3650 之间。",
        },
    )
    unit = forms.ChoiceField(label="计算单位", choices=PeriodUnit.choices)
    exclude_start = forms.BooleanField(label="开始当日不计入", required=False)
    month_end_clip = forms.BooleanField(label="没有对应日的以月末为届满日", required=False)
    roll_over = forms.BooleanField(label="届满日为休息日的顺延", required=False)
    source = CleanLineField(label="依据的文件", max_length=200)
    article = CleanLineField(label="条款", max_length=100, required=False)
    note = CleanTextField(label="修改的理由", rows=3, max_length=200, required=False)


class NoticeForm(PageForm):
    """载入放假安排: a file, and the notice its rows come from."""

    file = UploadField(
        label="放假安排文件", accept=".csv,.json", help_text="CSV 或 JSON，列名为 day,kind,name,source。"
    )
    source = CleanLineField(
        label="依据的通知",
        max_length=200,
        required=False,
        help_text="文件中没有写来源的行，用这里填写的通知名称。",
    )

    def clean(self) -> dict[str, Any]:
        """The service takes bytes; what they hold is its business."""
        data: dict[str, Any] = super().clean() or {}
        upload = data.pop("file", None)
        if upload is not None:
            data["data"] = upload.read()
        return data
