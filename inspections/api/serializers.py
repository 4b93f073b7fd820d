"""Shapes of rounds and findings for machines."""

from rest_framework import serializers

from inspections.api.shapes import ObjectField, RoundField, note
from inspections.models import Finding, Round, RoundObject, RoundRecusal, Team, TeamMember
from povertyaudit.core.api.fields import DayField, LineField, ProseField, UnitField
from povertyaudit.core.api.serializers import RecordSerializer, Shape


class MemberSerializer(serializers.ModelSerializer[TeamMember]):
    """A member of the team."""

    user = serializers.CharField(source="user.public_id", read_only=True)
    name = serializers.CharField(source="user.display_name", read_only=True)
    team = serializers.CharField(source="team.name", default=None, read_only=True, allow_null=True)
    home_unit = serializers.CharField(source="home_unit.name", default=None, read_only=True, allow_null=True)

    class Meta:
        model = TeamMember
        fields = ("user", "name", "role", "team", "home_unit", "seconded_from", "seconded_to", "declared_on")


class TeamSerializer(serializers.ModelSerializer[Team]):
    """A team of the round."""

    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = Team
        fields = ("id", "name", "authorisation", "repeat_reason")


class RecusalSerializer(serializers.ModelSerializer[RoundRecusal]):
    """From which object a member stands aside. Given to those who decide, and to himself."""

    id = serializers.CharField(source="public_id", read_only=True)
    user = serializers.CharField(source="user.public_id", read_only=True)
    name = serializers.CharField(source="user.display_name", read_only=True)
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
    part_of = serializers.SerializerMethodField(help_text="上级轮次的名称；保密的不列")

    class Meta:
        model = Round
        fields = (
            *RecordSerializer.COMMON, "name", "session", "ordinal", "kind", "kind_display", "body_kind", "run_by",
            "authorisation", "starts_on", "ends_on", "finished_on", "closed_on", "secret", "window_months",
            "window_rule", "ordered_by", "approved_by", "part_of", "object_count", "finding_count", "teams", "members",
        )  # fmt: skip

    def get_part_of(self, row: Round) -> str | None:
        above = row.parent
        return None if above is None or above.is_secret_now else above.name


class FindingSerializer(RecordSerializer):
    """A problem found by a round."""

    round = serializers.CharField(source="round.public_id", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    object = serializers.CharField(source="object.public_id", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Finding
        fields = (
            *RecordSerializer.COMMON, "round", "object", "problem_class", "aspect", "text", "unit", "unit_name", "found_on",
            "immediate",
        )  # fmt: skip


class FindingShape(Shape):
    problem_class = LineField(max_length=100, help_text="问题大类")
    aspect = LineField(required=False, allow_blank=True, max_length=100, help_text="问题方面")
    text = ProseField(help_text="具体问题")
    object = ObjectField(
        queryset=RoundObject.objects.standing(),
        required=False,
        help_text="巡察对象，不写则按涉及单位归到对象",
    )
    unit = UnitField(help_text="涉及单位")
    found_on = DayField(required=False, help_text="发现日期，不填为今天")
    immediate = serializers.BooleanField(default=False, help_text="立行立改")
    note = note()


class RoundFindingShape(FindingShape):
    round = RoundField(queryset=Round.objects.all(), help_text="巡察轮次：标识、编号或者名称")
