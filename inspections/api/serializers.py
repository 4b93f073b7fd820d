"""Shapes of rounds and findings for machines."""

from typing import Any

from rest_framework import serializers

from inspections.api.shapes import ObjectField, PointField, RoundField, note
from inspections.models import (
    CampaignPoint,
    Finding,
    InspectionTerm,
    Round,
    RoundObject,
    RoundRecusal,
    RoundRhythm,
    Team,
    TeamMember,
)
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    MoneyField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import RecordSerializer, Shape


class MemberSerializer(serializers.ModelSerializer[TeamMember]):
    """A member of the team."""

    id = serializers.CharField(source="public_id", read_only=True)
    user = serializers.CharField(
        source="user.public_id", default=None, read_only=True, allow_null=True, help_text="没有账号的为空"
    )
    name = serializers.CharField(source="called", read_only=True)
    team = serializers.CharField(source="team.name", default=None, read_only=True, allow_null=True)
    home_unit = serializers.CharField(source="home_unit.name", default=None, read_only=True, allow_null=True)

    class Meta:
        model = TeamMember
        fields = (
            "id", "user", "name", "post_title", "role", "team", "home_unit", "seconded_from", "seconded_to",
            "declared_on",
        )  # fmt: skip


class TeamSerializer(serializers.ModelSerializer[Team]):
    """A team of the round."""

    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = Team
        fields = ("id", "name", "authorisation", "repeat_reason")


class RecusalSerializer(serializers.ModelSerializer[RoundRecusal]):
    """From which object a member stands aside. Given to those who decide, and to himself."""

    id = serializers.CharField(source="public_id", read_only=True)
    user = serializers.CharField(
        source="user.public_id", default=None, read_only=True, allow_null=True, help_text="没有账号的为空"
    )
    name = serializers.CharField(source="called", read_only=True)
    object = serializers.CharField(source="object.name", read_only=True)
    decided_by = serializers.CharField(
        source="decided_by.display_name", default=None, read_only=True, allow_null=True
    )
    state_display = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = RoundRecusal
        fields = (
            "id", "user", "name", "object", "ground", "text", "declared_on", "decided_by", "decided_on", "state",
            "state_display",
        )  # fmt: skip


class RhythmSerializer(serializers.ModelSerializer[RoundRhythm]):
    """How often the items of the round are reported on, from one day on."""

    cadence_display = serializers.CharField(source="get_cadence_display", read_only=True)

    class Meta:
        model = RoundRhythm
        fields = ("cadence", "cadence_display", "valid_from")


class RoundSerializer(RecordSerializer):
    """A round of inspection. `window_months` is the 集中整改期 in months."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    ordered_by = serializers.CharField(source="ordered_by.display_name", read_only=True)
    approved_by = serializers.CharField(source="approved_by.display_name", read_only=True)
    run_by = serializers.CharField(source="run_by.name", default=None, read_only=True, allow_null=True)
    object_count = serializers.IntegerField(read_only=True, help_text="巡察对象")
    finding_count = serializers.IntegerField(read_only=True, help_text="发现的问题")
    teams = TeamSerializer(many=True, read_only=True)
    members = MemberSerializer(many=True, read_only=True)
    campaign = serializers.CharField(source="campaign.number", default=None, read_only=True, allow_null=True)
    part_of = serializers.SerializerMethodField(help_text="上级轮次的名称；保密的不列")
    rhythms = RhythmSerializer(many=True, read_only=True, help_text="整改报告周期，按起始日期")

    class Meta:
        model = Round
        fields = (
            *RecordSerializer.COMMON, "name", "session", "ordinal", "kind", "kind_display", "body_kind", "run_by",
            "authorisation", "starts_on", "ends_on", "finished_on", "closed_on", "secret", "window_months",
            "window_rule", "plan_amount", "plan_unit", "report_amount", "report_unit", "periods_rule", "ordered_by",
            "approved_by", "part_of", "campaign", "object_count", "finding_count", "teams", "members", "rhythms",
        )  # fmt: skip

    def get_part_of(self, row: Round) -> str | None:
        above = row.parent
        return None if above is None or above.is_secret_now else above.name


class FindingField(ScopedRelatedField):
    """A finding by its id or number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"queryset": Finding.objects.all()} | options))


class FindingSerializer(RecordSerializer):
    """A problem found by a round."""

    round = serializers.CharField(source="round.public_id", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    point = serializers.CharField(source="point.text", default=None, read_only=True, allow_null=True)
    object = serializers.CharField(source="object.public_id", default=None, read_only=True, allow_null=True)
    category = serializers.CharField(source="category.code", default=None, read_only=True)
    lead_unit = serializers.CharField(source="lead_unit.public_id", default=None, read_only=True)

    class Meta:
        model = Finding
        fields = (
            *RecordSerializer.COMMON, "round", "object", "point", "problem_class", "category", "aspect", "text", "articles", "unit",
            "unit_name", "lead_unit", "found_on", "amount_fen", "suggestion", "immediate",
        )  # fmt: skip


class FindingFactsShape(Shape):
    """What recording and amending share, and may leave out."""

    category = TermField(
        queryset=InspectionTerm.objects.filter(axis=InspectionTerm.Axis.CATEGORY), required=False, allow_null=True,
        help_text="问题类别代码",
    )  # fmt: skip
    aspect = LineField(required=False, allow_blank=True, max_length=100, help_text="问题方面")
    articles = LineField(required=False, allow_blank=True, max_length=300, help_text="违反的规定")
    region = RegionField(required=False, allow_null=True, help_text="问题属地，不填为涉及单位所在地区")
    amount_fen = MoneyField(required=False, allow_null=True, help_text="涉及金额（分）")
    suggestion = ProseField(required=False, allow_blank=True, help_text="建议措施")
    lead_unit = UnitField(required=False, allow_null=True, help_text="牵头单位：整改时由它审核销号")
    note = note()


class AmendFindingShape(FindingFactsShape):
    problem_class = LineField(max_length=100, required=False, help_text="问题大类：代码或者名称")
    text = ProseField(required=False, help_text="具体问题")
    unit = UnitField(required=False, help_text="涉及单位")
    immediate = serializers.BooleanField(required=False, help_text="立行立改")


class HandedLeadShape(Shape):
    finding = FindingField(required=False, allow_null=True, help_text="对应的问题：没有写的各项从问题中带出")
    title = LineField(max_length=100, required=False, allow_blank=True, help_text="问题摘要")
    text = ProseField(required=False, allow_blank=True, help_text="主要问题")
    persons = LineField(max_length=100, required=False, allow_blank=True, help_text="涉及人员，顿号分开")
    region = RegionField(required=False, allow_null=True, help_text="问题属地")
    amount_fen = MoneyField(required=False, allow_null=True, help_text="涉及金额（分）")


class HandLeadsShape(Shape):
    document = LineField(max_length=100, required=False, allow_blank=True, help_text="移交清单的名称和文号")
    text = ProseField(required=False, allow_blank=True, max_length=2000, help_text="移交说明")
    leads = serializers.ListField(child=HandedLeadShape(), max_length=200, help_text="移交的线索")
    note = note()


class FindingShape(FindingFactsShape):
    problem_class = LineField(max_length=100, help_text="问题大类：代码或者名称")
    text = ProseField(help_text="具体问题")
    object = ObjectField(
        queryset=RoundObject.objects.standing(),
        required=False,
        help_text="巡察对象，不写则按涉及单位归到对象",
    )
    point = PointField(
        queryset=CampaignPoint.objects.all(), required=False, help_text="本轮次所属专题的要点：标识或者内容"
    )
    unit = UnitField(help_text="涉及单位")
    found_on = DayField(required=False, help_text="发现日期，不填为今天")
    immediate = serializers.BooleanField(default=False, help_text="立行立改")


class RoundFindingShape(FindingShape):
    round = RoundField(queryset=Round.objects.all(), help_text="巡察轮次：标识、编号或者名称")
