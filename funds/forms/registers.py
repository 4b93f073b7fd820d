"""What is typed about registers."""

from typing import Any

from django import forms

from funds.models import RegisterKind
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    IdNumberField,
    PageForm,
    UnitField,
    UploadField,
)
from povertyaudit.core.models import Unit

FILE_HELP = (
    "CSV 或 xlsx（第一张表），50 MB 以内；更大的请运维人员用 load_households 载入。"
    "列：村代码、姓名、身份证号；可以有户编号、与户主关系、账号、金额、备注；"
    "户主一行可以有吃、穿、义务教育、基本医疗、住房安全、饮水安全（是/否）和脱贫状态。"
)


class RegisterForm(PageForm):
    kind = forms.ModelChoiceField(
        label="名册种类", queryset=RegisterKind.objects.none(), empty_label="请选择"
    )
    as_of = DateField(label="截止日期", latest_today=True)
    part = CleanLineField(
        label="分册",
        required=False,
        max_length=20,
        help_text="一县分几个文件时写乡镇名；一县一个文件的不填。",
    )
    source_unit = UnitField(Unit.objects.current(), label="提供单位", required=False)
    file = UploadField(label="名册文件", accept=".csv,.xlsx", help_text=FILE_HELP)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = RegisterKind.objects.on()  # type: ignore[attr-defined]


class RevealNumberForm(PageForm):
    line = forms.IntegerField(
        label="行号", min_value=1, max_value=2**31 - 1,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "请填写文件里的行号。"),
    )  # fmt: skip
    note = CleanTextField(label="查看的理由", rows=2, max_length=2000, help_text="写明核查什么，记入台账。")


class LookUpForm(PageForm):
    id_number = IdNumberField(
        label="身份证号", help_text="18 位，旧号 15 位也可以。只用来比对，不保存、不记录。"
    )
