"""What a member of the joint meeting reports, or the registry for it."""

from typing import Any

from django import forms

from cases.forms.handovers import BodyField
from cases.models.partner_reports import MOST
from povertyaudit.core.forms import CleanTextField, DateField, OpinionForm, PageForm, UnitField

WRONG = {"required": "请填写件数，没有的填 0。", "invalid": "请填写整数。", "min_value": "件数不能小于 0。",
         "max_value": f"件数不能大于 {MOST}，请核对。"}  # fmt: skip


def number_field(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, error_messages=WRONG, help_text=help_text
    )


class PartnerReportForm(PageForm):
    body = BodyField(label="部门类别")
    unit = UnitField(
        label="报送单位", required=False, help_text="系统中有的单位可以选择，以后由该单位的人员自己报送。"
    )
    last_day = DateField(label="截止日期", help_text="报送截至每月 20 日。")
    handed_over = number_field(
        "本月移交线索（件）", "上月 21 日到本月 20 日移交给纪检监察机关的，没有的填 0。"
    )
    under_way = number_field("正在办理（件）", "纪检监察机关移送过来、还在办理的，没有的填 0。")
    reported_on = DateField(label="报送日期", latest_today=True)
    text = CleanTextField(label="说明", rows=3, required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.in_use()


class AmendReportForm(OpinionForm):
    handed_over = number_field("本月移交线索（件）")
    under_way = number_field("正在办理（件）")
    text = CleanTextField(label="说明", rows=3, required=False, max_length=2000)
    field_order = ("handed_over", "under_way", "text", "note")
