"""Shapes of what machines send about misused money. Money is in 分."""

from rest_framework import serializers

from funds.models import FundKind, Misuse, MisuseKind, Recovery
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import Shape


class MisuseShape(Shape):
    title = LineField(max_length=100, help_text="问题名称")
    kind = TermField(queryset=MisuseKind.objects.all(), help_text="问题类型代码")
    fund_kind = TermField(queryset=FundKind.objects.all(), required=False, help_text="资金种类代码")
    amount_fen = MoneyField(min_value=1, help_text="涉及金额（分）")
    description = ProseField(help_text="问题情况")
    responsible_unit = UnitField(help_text="责任单位")
    region = RegionField(required=False, help_text="所属地区，不填为责任单位所在地区")
    found_on = DayField(required=False, help_text="发现日期，不填为今天")
    how_found = serializers.ChoiceField(choices=Misuse.Source.choices)
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class RecoveryShape(Shape):
    kind = serializers.ChoiceField(choices=Recovery.Kind.choices)
    amount_fen = MoneyField(min_value=1, help_text="金额（分）")
    received_on = DayField(required=False, help_text="到账日期，不填为今天")
    voucher_no = CodeField(max_length=60, help_text="凭证号")
    destination = LineField(max_length=200, help_text="去向")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class VoidShape(Shape):
    recovery = ScopedRelatedField(queryset=Recovery.objects.all(), help_text="作废哪一笔")
    note = ProseField(max_length=2000, help_text="理由")
