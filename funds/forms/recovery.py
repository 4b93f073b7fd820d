"""Shape of what people type about money that came back."""

from django import forms

from funds.models import Recovery
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    PageForm,
    RequiredOpinionForm,
)


class RecoveryForm(PageForm):
    kind = forms.ChoiceField(label="方式", choices=Recovery.Kind.choices)
    amount_fen = MoneyField(label="金额（元）")
    received_on = DateField(label="到账日期", latest_today=True)
    voucher_no = CleanCodeField(label="凭证号", max_length=60, help_text="缴款书、收据或者银行回单的号码。")
    destination = CleanLineField(
        label="去向", max_length=200, help_text="例如：缴入县国库、退还农户、转为到户奖补。"
    )
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)


class VoidRecoveryForm(RequiredOpinionForm):
    field_order = ("recovery", "note")

    recovery = forms.ModelChoiceField(
        label="作废哪一笔", queryset=Recovery.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
