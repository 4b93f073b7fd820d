"""Shape of what people type about the pool of people and draws from it."""

from django import forms

from inspections.models.pool import SEED_LENGTH
from inspections.services.pool import MOST
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    UnitField,
    UserField,
)


class PoolForm(PageForm):
    user = UserField(label="人员", required=False, empty_label="请选择；没有账号的填写姓名")
    name = CleanLineField(
        label="姓名（没有账号的）", required=False, max_length=50,
        help_text="借调人员、老干部等没有账号的填写；可以抽取、编组，签字、当组长须有账号。",
    )  # fmt: skip
    post_title = CleanLineField(label="职务（没有账号的）", required=False, max_length=50)
    home_unit = UnitField(
        label="所在单位", required=False, help_text="有账号的不填则为其现任职单位；没有账号的必须选择。"
    )
    skills = CleanLineField(
        label="业务专长", required=False, max_length=100, help_text="例如：财务审计、工程项目。"
    )
    starts_on = DateField(label="入库日期")
    ends_on = DateField(label="到期日期", required=False, help_text="不填为长期。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class TakeOutForm(PageForm):
    ends_on = DateField(label="出库日期", latest_today=True, required=False, help_text="不填为今天。")
    note = CleanTextField(label="理由", required=False, rows=3, max_length=2000)


class DrawForm(PageForm):
    size = forms.IntegerField(
        label="抽取人数", min_value=1, max_value=MOST,
        error_messages={
            "invalid": "请填写整数。", "min_value": "至少抽取 1 人。", "max_value": f"一次最多抽取 {MOST} 人。",
        },
    )  # fmt: skip
    seed = CleanCodeField(
        label="随机种子", required=False, max_length=SEED_LENGTH,
        help_text="可以填现场商定的数字（例如当天的摇号结果）；不填由系统随机产生。用同一种子、同一名单重抽，结果相同。",
    )  # fmt: skip
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)
