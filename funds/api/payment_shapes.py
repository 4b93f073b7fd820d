"""What is sent about payments. Money is in 分."""

from typing import Any

from rest_framework import serializers

from funds.api.project_shapes import CHECKED
from funds.models import FundingLine, PayStage, Project, Spending
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    ProseField,
    ScopedRelatedField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape


class PaymentPartsShape(NoteShape):
    stage = serializers.ChoiceField(choices=PayStage.choices, help_text="款项")
    amount_fen = MoneyField(min_value=1, help_text="申请金额（分）")
    sum_checked = serializers.BooleanField(required=False, help_text=CHECKED)
    progress = ProseField(max_length=2000, help_text="完成的工程量")
    payee = LineField(required=False, allow_blank=True, max_length=100, help_text="收款单位，不填为施工单位")


class PaymentShape(PaymentPartsShape):
    project = ScopedRelatedField(queryset=Project.objects.all(), help_text="项目的标识或者编号")


class AmendPaymentShape(PaymentPartsShape):
    """What is left out stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class SubmitShape(NoteShape):
    applied_on = DayField(required=False, help_text="申请日期，不填为今天")


class EndorseShape(NoteShape):
    endorsed_on = DayField(required=False, help_text="乡镇意见日期，不填为今天")
    text = ProseField(max_length=2000, help_text="乡镇意见")


class ReviewShape(NoteShape):
    reviewed_on = DayField(required=False, help_text="审核日期，不填为今天")
    text = ProseField(max_length=2000, help_text="主管部门意见")


class PartShape(Shape):
    line = ScopedRelatedField(
        queryset=FundingLine.objects.all(), help_text="资金来源的标识，见 projects/<id>/lines/"
    )
    amount_fen = MoneyField(min_value=1, help_text="金额（分）")


class PayShape(NoteShape):
    paid_on = DayField(required=False, help_text="拨付日期，不填为今天")
    voucher_no = CodeField(max_length=60, help_text="拨付凭证号")
    to_unit = serializers.BooleanField(required=False, help_text="拨到实施单位账户；直接支付的不填")
    parts = serializers.ListField(child=PartShape(), required=False, max_length=20, help_text="资金来源")


class SpendShape(NoteShape):
    amount_fen = MoneyField(min_value=1, help_text="支出金额（分）")
    spent_on = DayField(required=False, help_text="支出日期，不填为今天")
    payee = LineField(max_length=100, help_text="收款人")
    voucher_no = CodeField(max_length=60, help_text="支出凭证号")
    purpose = LineField(required=False, allow_blank=True, max_length=200, help_text="用途")


class VoidSpendingShape(Shape):
    spending = ScopedRelatedField(queryset=Spending.objects.all(), help_text="作废哪一笔")
    note = ProseField(max_length=2000, help_text="理由")
