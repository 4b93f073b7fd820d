"""Shape of what people type about misused money."""

from django import forms

from funds.models import FundKind, Misuse, MisuseKind, Recovery
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    PageForm,
    RegionField,
    RequiredOpinionForm,
    UnitField,
)
from povertyaudit.core.models import Unit


class MisuseForm(PageForm):
    sections = (
        ("问题", ("title", "kind", "fund_kind", "amount_fen", "description")),
        ("责任和发现", ("responsible_unit", "region", "found_on", "how_found")),
    )

    title = CleanLineField(label="问题名称", max_length=100, help_text="一句话说明哪笔钱出了什么问题。")
    kind = forms.ModelChoiceField(label="问题类型", queryset=MisuseKind.objects.none(), empty_label="请选择")
    fund_kind = forms.ModelChoiceField(
        label="资金种类", queryset=FundKind.objects.none(), required=False, empty_label="未区分"
    )
    amount_fen = MoneyField(label="涉及金额（元）")
    description = CleanTextField(label="问题情况", rows=5)
    responsible_unit = UnitField(label="责任单位", queryset=Unit.objects.answering())
    region = RegionField(label="所属地区", required=False, help_text="不填则为责任单位所在地区。")
    found_on = DateField(label="发现日期", latest_today=True)
    how_found = forms.ChoiceField(label="发现途径", choices=Misuse.Source.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = MisuseKind.objects.on()  # type: ignore[attr-defined]
        self.fields["fund_kind"].queryset = FundKind.objects.on()  # type: ignore[attr-defined]


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
