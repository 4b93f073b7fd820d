"""What people type about payments."""

from typing import Any

from django import forms

from funds.forms.allocations import checked_field
from funds.models import FundingLine, PaperKind, PayStage, Project, Spending
from povertyaudit.core import render
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    NumberField,
    OpinionForm,
    PageForm,
    RequiredOpinionForm,
    UploadField,
    formset_of,
)


class AmendPaymentForm(PageForm):
    stage = forms.ChoiceField(label="款项", choices=PayStage.choices)
    amount_fen = MoneyField(label="申请金额（元）")
    sum_checked = checked_field()
    progress = CleanTextField(label="完成的工程量", rows=3, max_length=2000, help_text="应与材料和凭证相符。")
    payee = CleanLineField(label="收款单位", max_length=100, help_text="施工（供货）单位，或者实施单位。")


class PaymentForm(AmendPaymentForm):
    field_order = ("project", "stage", "amount_fen", "sum_checked", "progress", "payee")
    project = NumberField(
        Project.objects.all(),
        label="项目编号",
        required=True,
        error_messages={"required": "请填写项目编号。"},
    )


class PaperForm(PageForm):
    kind = forms.ChoiceField(label="材料", choices=())
    file = UploadField(label="文件", help_text="照片、PDF、docx、xlsx；以内容为准。")
    title = CleanLineField(label="标题", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = PaperKind.objects.on().values_list("code", "name")
        self.fields["kind"].choices = [("", "请选择"), *kinds]  # type: ignore[attr-defined]


class SubmitForm(OpinionForm):
    field_order = ("applied_on", "note")
    applied_on = DateField(label="申请日期", latest_today=True)


class EndorseForm(PageForm):
    endorsed_on = DateField(label="乡镇意见日期", latest_today=True)
    text = CleanTextField(label="乡镇意见", rows=3, max_length=2000, help_text="工程量和群众反映是否属实。")


class ReviewForm(PageForm):
    reviewed_on = DateField(label="审核日期", latest_today=True)
    text = CleanTextField(label="主管部门意见", rows=3, max_length=2000)


class PartForm(PageForm):
    line = forms.ModelChoiceField(
        FundingLine.objects.for_list(), label="资金来源", to_field_name="public_id", empty_label="请选择"
    )
    amount_fen = MoneyField(label="金额（元）")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].label_from_instance = line_words  # type: ignore[attr-defined]


def line_words(line: FundingLine) -> str:
    return f"{line}（未拨付 {render.yuan(line.amount_fen - line.paid_fen)} 元）"


PartFormSet = formset_of(PartForm, "资金来源", row_word="项", extra=1)


class PayForm(PageForm):
    paid_on = DateField(label="拨付日期", latest_today=True)
    voucher_no = CleanCodeField(label="拨付凭证号", max_length=60)
    to_unit = forms.BooleanField(
        label="拨到实施单位账户", required=False,
        help_text="直接支付到收款单位的不勾选；勾选的由实施单位登记每笔支出，没有支出的算滞留。",
    )  # fmt: skip
    note = CleanTextField(label="意见", rows=2, max_length=2000, required=False)


class SpendForm(PageForm):
    amount_fen = MoneyField(label="支出金额（元）")
    spent_on = DateField(label="支出日期", latest_today=True)
    payee = CleanLineField(label="收款人", max_length=100)
    voucher_no = CleanCodeField(label="支出凭证号", max_length=60)
    purpose = CleanLineField(label="用途", max_length=200, required=False)


class VoidSpendingForm(RequiredOpinionForm):
    field_order = ("spending", "note")
    spending = forms.ModelChoiceField(
        label="作废哪一笔", queryset=Spending.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
