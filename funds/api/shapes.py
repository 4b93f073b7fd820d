"""Shapes of what machines send about misused money. Money is in 分."""

from rest_framework import serializers

from cases.models import Lead
from funds.models import (
    FundKind,
    Misuse,
    MisuseKind,
    MisuseNature,
    Project,
    Recovery,
    Relief,
    ReturnConfirmation,
)
from funds.models.return_sheets import MOST_HOUSEHOLDS
from inspections.models import Finding
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

SURE = "系统因金额异常退回后，核对无误再提交时为 true"


class MisuseShape(Shape):
    title = LineField(max_length=100, help_text="问题名称")
    kind = TermField(queryset=MisuseKind.objects.all(), help_text="问题类型代码")
    fund_kind = TermField(queryset=FundKind.objects.all(), required=False, help_text="资金种类代码")
    nature = TermField(queryset=MisuseNature.objects.all(), required=False, help_text="问题性质代码")
    amount_fen = MoneyField(min_value=1, help_text="涉及金额（分）")
    owed_fen = MoneyField(min_value=1, required=False, help_text="应追缴（分），不填为全部涉及金额")
    owed_reason = LineField(
        max_length=500, required=False, allow_blank=True, help_text="应追缴少于涉及金额的理由"
    )
    period_from = DayField(required=False, help_text="发生期间（起）")
    period_to = DayField(required=False, help_text="发生期间（止）")
    project = ScopedRelatedField(
        queryset=Project.objects.all(), required=False, help_text="相关项目的标识或者编号"
    )
    finding = ScopedRelatedField(queryset=Finding.objects.all(), required=False, help_text="巡察问题的标识")
    lead = ScopedRelatedField(queryset=Lead.objects.all(), required=False, help_text="相关线索的标识")
    confirmed = serializers.BooleanField(required=False, help_text=SURE)
    description = ProseField(help_text="问题情况")
    responsible_unit = UnitField(help_text="责任单位")
    region = RegionField(required=False, help_text="所属地区，不填为责任单位所在地区")
    found_on = DayField(required=False, help_text="发现日期，不填为今天")
    how_found = serializers.ChoiceField(choices=Misuse.Source.choices)
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class RecoveryShape(Shape):
    kind = serializers.ChoiceField(choices=Recovery.Kind.choices, help_text="written_off 须经 request_relief")
    amount_fen = MoneyField(min_value=1, help_text="金额（分）")
    received_on = DayField(required=False, help_text="到账日期，不填为今天")
    voucher_no = CodeField(max_length=60, help_text="凭证号")
    destination = LineField(max_length=200, help_text="去向")
    household = LineField(
        max_length=50, required=False, allow_blank=True, help_text="户主姓名，退还群众的必填"
    )
    village = RegionField(required=False, help_text="所在村")
    to_project = ScopedRelatedField(
        queryset=Project.objects.all(), required=False, help_text="调整用途：到哪个项目"
    )
    confirmed = serializers.BooleanField(required=False, help_text=SURE)
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class VoidShape(Shape):
    recovery = ScopedRelatedField(queryset=Recovery.objects.all(), help_text="作废哪一笔")
    note = ProseField(max_length=2000, help_text="理由")


class HouseholdShape(Shape):
    household = LineField(max_length=50, help_text="户主姓名")
    village = RegionField(required=False, help_text="所在村")
    amount_fen = MoneyField(min_value=1, help_text="金额（分）")


class ReturnsShape(Shape):
    received_on = DayField(required=False, help_text="退还日期，不填为今天")
    voucher_no = CodeField(max_length=60, help_text="凭证号")
    households = HouseholdShape(many=True)
    confirmed = serializers.BooleanField(required=False, help_text=SURE)
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class ReturnLineShape(Shape):
    """A household of a table."""

    household = serializers.CharField(max_length=200, allow_blank=True, help_text="户主姓名")
    village = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="村的 12 位代码，或者“乡镇名村名”"
    )
    amount_fen = MoneyField(help_text="金额（分）")


class ReturnSheetShape(Shape):
    received_on = DayField(required=False, help_text="退还日期，不填为今天")
    voucher_no = CodeField(max_length=60, help_text="凭证号")
    lines = serializers.ListField(
        child=ReturnLineShape(),
        allow_empty=False,
        max_length=MOST_HOUSEHOLDS,
        help_text=f"最多 {MOST_HOUSEHOLDS} 户",
    )
    confirmed = serializers.BooleanField(required=False, help_text=SURE)
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class RaiseOwedShape(Shape):
    amount_fen = MoneyField(min_value=1, help_text="调增金额（分）")
    note = ProseField(max_length=500, help_text="理由")


class ReliefShape(Shape):
    kind = serializers.ChoiceField(choices=Relief.Kind.choices)
    amount_fen = MoneyField(min_value=1, help_text="金额（分）")
    basis = CodeField(max_length=60, help_text="依据文号")
    reason = ProseField(max_length=2000, help_text="理由")


class DecideReliefShape(Shape):
    granted = serializers.BooleanField(help_text="是否批准")
    note = ProseField(required=False, allow_blank=True, max_length=2000, help_text="意见，不批准的必填")


class ConfirmReturnShape(Shape):
    recovery = ScopedRelatedField(queryset=Recovery.objects.all(), help_text="退还群众的哪一笔")
    result = serializers.ChoiceField(choices=ReturnConfirmation.Result.choices)
    way = serializers.ChoiceField(choices=ReturnConfirmation.Way.choices)
    asked_on = DayField(required=False, help_text="回访日期，不填为今天")
    said = LineField(
        max_length=500, required=False, allow_blank=True, help_text="群众怎么说，没有足额收到的必填"
    )
