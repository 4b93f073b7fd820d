"""Shapes of rounds and findings for machines."""

from rest_framework import serializers

from inspections.models import Finding, Round, TeamMember
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import RecordSerializer, Shape


class MemberSerializer(serializers.ModelSerializer[TeamMember]):
    """A member of the team."""

    user = serializers.CharField(source="user.public_id", read_only=True)
    name = serializers.CharField(source="user.display_name", read_only=True)

    class Meta:
        model = TeamMember
        fields = ("user", "name", "role")


class RoundSerializer(RecordSerializer):
    """A round of inspection. `window_months` is the 集中整改期 in months."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    ordered_by = serializers.CharField(source="ordered_by.display_name", read_only=True)
    approved_by = serializers.CharField(source="approved_by.display_name", read_only=True)
    members = MemberSerializer(many=True, read_only=True)

    class Meta:
        model = Round
        fields = (
            *RecordSerializer.COMMON, "name", "kind", "kind_display", "starts_on", "ends_on", "finished_on", "secret",
            "window_months", "window_rule", "ordered_by", "approved_by", "members",
        )  # fmt: skip


class FindingSerializer(RecordSerializer):
    """A problem found by a round."""

    round = serializers.CharField(source="round.public_id", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = Finding
        fields = (
            *RecordSerializer.COMMON, "round", "problem_class", "aspect", "text", "unit", "unit_name", "found_on",
            "immediate",
        )  # fmt: skip


class RoundShape(Shape):
    name = LineField(max_length=100, help_text="轮次名称")
    kind = serializers.ChoiceField(choices=Round.Kind.choices, default=Round.Kind.REGULAR)
    region = RegionField(help_text="巡察地区的 12 位代码")
    starts_on = DayField(help_text="进驻日期")
    ends_on = DayField(help_text="计划离开日期")
    approved_by = UserField(help_text="批准人")
    secret = serializers.BooleanField(default=False, help_text="结束前保密")
    window_months = NumberField(
        required=False, min_value=1, max_value=24, help_text="集中整改期（月），不填按规定"
    )
    window_rule = LineField(required=False, allow_blank=True, max_length=300, help_text="集中整改期的依据")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class MemberShape(Shape):
    user = UserField()
    role = serializers.ChoiceField(choices=TeamMember.Role.choices)


class TeamShape(Shape):
    members = serializers.ListField(child=MemberShape(), allow_empty=False, max_length=100)
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class FinishShape(Shape):
    finished_on = DayField(required=False, help_text="结束日期，不填为今天")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class FindingShape(Shape):
    problem_class = LineField(max_length=100, help_text="问题大类")
    aspect = LineField(required=False, allow_blank=True, max_length=100, help_text="问题方面")
    text = ProseField(help_text="具体问题")
    unit = UnitField(help_text="涉及单位")
    found_on = DayField(required=False, help_text="发现日期，不填为今天")
    immediate = serializers.BooleanField(default=False, help_text="立行立改")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class RoundField(ScopedRelatedField):
    """A round by its id, number or name."""

    also_by = ("name",)


class RoundFindingShape(FindingShape):
    round = RoundField(queryset=Round.objects.all(), help_text="巡察轮次：标识、编号或者名称")
