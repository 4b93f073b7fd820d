"""What is sent about look-backs. Money is in 分."""

from typing import Any

from rest_framework import serializers

from inspections.api.shapes import RoundField
from inspections.models import Campaign, Round
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape
from rectification.models import LookBackAnswer, LookBackOrigin, LookBackPool
from rectification.models.look_backs import MOST_CHECKS
from rectification.services.look_back_checks import MOST_ANSWERS
from rectification.services.look_backs import MOST_UNITS


class CampaignField(ScopedRelatedField):
    """A campaign by its id, number or name."""

    also_by = ("name",)


class LookBackUnitShape(Shape):
    unit = UnitField(help_text="单位")


class LookBackShape(NoteShape):
    title = LineField(max_length=100, help_text="计划名称")
    region = RegionField(help_text="地区的 12 位代码")
    origin = serializers.ChoiceField(choices=LookBackOrigin.choices, help_text="范围")
    round = RoundField(queryset=Round.objects.all(), required=False, allow_null=True, help_text="巡察轮次")
    campaign = CampaignField(
        queryset=Campaign.objects.all(), required=False, allow_null=True, help_text="专项行动"
    )
    period_from = DayField(required=False, allow_null=True, help_text="销号、退还不早于")
    period_to = DayField(required=False, allow_null=True, help_text="销号、退还不晚于")
    pool = serializers.ChoiceField(
        choices=LookBackPool.choices, required=False, help_text="抽查什么，不填都抽"
    )
    random_size = NumberField(required=False, min_value=0, max_value=MOST_CHECKS, help_text="随机抽取数量")
    above_fen = MoneyField(
        required=False, allow_null=True, min_value=1, help_text="金额（分）不低于这个数的全部抽查"
    )
    repeat_units = serializers.BooleanField(required=False, help_text="有过反弹的单位全部抽查")
    units = serializers.ListField(
        child=LookBackUnitShape(), required=False, max_length=MOST_UNITS, help_text="指定抽查的单位"
    )
    seed = CodeField(required=False, allow_blank=True, max_length=40, help_text="种子，不填随机产生")
    basis = LineField(required=False, allow_blank=True, max_length=200, help_text="依据")
    starts_on = DayField(help_text="开始日期")
    ends_on = DayField(help_text="截止日期")
    approver = UserField(help_text="批准人：分管领导或者主要负责人，不是拟定人本人")


class AssignCheckerShape(NoteShape):
    checker = UserField(help_text="核查人：没有经手过这件事项、与责任单位没有关系、不须回避")


class LookBackAnswerShape(Shape):
    """One person asked, by role and family name."""

    role = serializers.ChoiceField(choices=LookBackAnswer.Role.choices, help_text="受访人身份")
    surname = LineField(max_length=2, help_text="姓氏，不填名字")
    paid = serializers.ChoiceField(choices=LookBackAnswer.Paid.choices, help_text="钱退了没有")
    paid_on = DayField(required=False, allow_null=True, help_text="什么时候退的")
    paid_by = LineField(required=False, allow_blank=True, max_length=100, help_text="谁退的、怎么退的")
    amount_fen = MoneyField(required=False, allow_null=True, min_value=1, help_text="退了多少（分）")
    said = LineField(required=False, allow_blank=True, max_length=500, help_text="还说了什么")


class LookBackResultShape(NoteShape):
    visited_on = DayField(required=False, help_text="核查日期，不填为今天")
    result = serializers.ChoiceField(
        choices=(("confirmed", "整改到位"), ("relapsed", "反弹")), help_text="结果"
    )
    reason = ProseField(required=False, allow_blank=True, max_length=500, help_text="反弹情况，反弹的必填")
    finding = ProseField(max_length=5000, help_text="核查情况")
    answers = serializers.ListField(
        child=LookBackAnswerShape(), max_length=MOST_ANSWERS, help_text="询问当事人，至少一名"
    )
    place_text = LineField(required=False, allow_blank=True, max_length=200, help_text="具体地点")
    latitude: Any = serializers.DecimalField(
        required=False, allow_null=True, max_digits=9, decimal_places=6, min_value=-90, max_value=90,
        help_text="纬度",
    )  # fmt: skip
    longitude: Any = serializers.DecimalField(
        required=False, allow_null=True, max_digits=9, decimal_places=6, min_value=-180, max_value=180,
        help_text="经度",
    )  # fmt: skip


class ReopenItemShape(NoteShape):
    due_on = DayField(help_text="新的整改时限，晚于今天")


class RelapsedItemShape(NoteShape):
    problem = ProseField(max_length=5000, help_text="具体问题")
    lead_unit = UnitField(
        required=False, allow_null=True, help_text="牵头单位，不填与原事项相同；退还款项的必填"
    )
    due_on = DayField(required=False, allow_null=True, help_text="整改时限")
