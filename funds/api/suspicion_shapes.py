"""What is sent about match lists and suspicions. Money is in 分."""

from typing import Any

from rest_framework import serializers

from cases.models import Category, SubjectKind
from funds.models import Excuse, Fix, MatchTerm, Misuse
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    MoneyField,
    NumberField,
    ProseField,
    ScopedRelatedField,
    TermField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape

MOST_LINES = 1000


class MatchLineShape(Shape):
    """One person of a list. The ID number is sealed at once and never sent back."""

    name = serializers.CharField(max_length=200, allow_blank=True, help_text="姓名")
    id_number = serializers.CharField(
        max_length=40, allow_blank=True, write_only=True, help_text="身份证号，只收不发"
    )
    region = serializers.CharField(
        max_length=200, allow_blank=True, help_text="村的 12 位代码，或者“乡镇名村名”"
    )
    benefit = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="享受的待遇")
    amount_fen = MoneyField(required=False, allow_null=True, help_text="享受金额（分）")
    says = serializers.CharField(max_length=1000, allow_blank=True, help_text="比对情况，不写身份证号")


class MatchListShape(NoteShape):
    platform = LineField(max_length=60, help_text="来源平台")
    rule = TermField(queryset=MatchTerm.objects.filter(kind="rule"), help_text="比对规则代码")
    source: Any = TermField(queryset=MatchTerm.objects.filter(kind="source"), help_text="源数据代码")
    compared = TermField(queryset=MatchTerm.objects.filter(kind="compared"), help_text="比对数据代码")
    as_of = DayField(help_text="数据截止日期")
    lines = serializers.ListField(
        child=MatchLineShape(), allow_empty=False, max_length=MOST_LINES,
        help_text=f"最多 {MOST_LINES} 行；更多的在页面上传文件",
    )  # fmt: skip


class MatchReportShape(NoteShape):
    """What the source of a list reported by hand."""

    reported_rows = NumberField(help_text="上报疑点数")
    reported_filed = NumberField(help_text="上报立案数")
    reported_handled = NumberField(help_text="上报组织处理数")
    reported_fen = MoneyField(required=False, help_text="上报追缴金额（分）")


class MatchReportedShape(MatchReportShape):
    """A list of earlier years of which only its figures are there."""

    platform = LineField(max_length=60, help_text="来源平台")
    rule = TermField(queryset=MatchTerm.objects.filter(kind="rule"), help_text="比对规则代码")
    source: Any = TermField(queryset=MatchTerm.objects.filter(kind="source"), help_text="源数据代码")
    compared = TermField(queryset=MatchTerm.objects.filter(kind="compared"), help_text="比对数据代码")
    as_of = DayField(help_text="数据截止日期")


class SentShape(NoteShape):
    responsible_unit = UnitField(required=False, allow_null=True, help_text="入户单位，不填为村所在的乡镇")
    assigned_to = UserField(required=False, allow_null=True, help_text="核查人，须在入户单位任职")


class DeskShape(SentShape):
    desk_text = ProseField(max_length=1000, help_text="案头核查情况")


class HouseShape(NoteShape):
    visited_on = DayField(required=False, help_text="入户日期，不填为今天")
    visitor = LineField(max_length=60, help_text="核查人")
    visitor2 = LineField(max_length=60, help_text="另一名核查人")
    finding = ProseField(max_length=5000, help_text="核查情况")
    place_text = LineField(required=False, allow_blank=True, max_length=200, help_text="具体地点")
    latitude: Any = serializers.DecimalField(
        required=False, allow_null=True, max_digits=9, decimal_places=6, min_value=-90, max_value=90,
        help_text="纬度",
    )  # fmt: skip
    longitude: Any = serializers.DecimalField(
        required=False, allow_null=True, max_digits=9, decimal_places=6, min_value=-180, max_value=180,
        help_text="经度",
    )  # fmt: skip


class ClearShape(NoteShape):
    excuse = TermField(queryset=Excuse.objects.all(), help_text="排除理由代码")
    decision = ProseField(required=False, allow_blank=True, max_length=1000, help_text="说明")


class FixShape(NoteShape):
    fix = serializers.ChoiceField(choices=Fix.choices, help_text="纠正方式")
    fix_fen = MoneyField(required=False, allow_null=True, min_value=1, help_text="金额（分），退款的必填")
    misuse = ScopedRelatedField(
        queryset=Misuse.objects.standing(), required=False, allow_null=True, help_text="已登记的违规使用资金"
    )
    decision = ProseField(required=False, allow_blank=True, max_length=1000, help_text="说明")


class HandOnShape(NoteShape):
    category = TermField(queryset=Category.objects.filter(axis="corruption"), help_text="问题类别代码")
    subject_kind = serializers.ChoiceField(choices=SubjectKind.choices, required=False, help_text="本人身份")
    decision = ProseField(max_length=1000, help_text="反映的主要问题，写进线索")


class RevealSuspicionShape(Shape):
    reason = LineField(max_length=200, help_text="查看事由")
