"""What machines send about rounds, their teams and objects."""

from typing import Any

from rest_framework import serializers

from inspections.models import Campaign, Round, RoundObject, RoundRecusal, Team, TeamMember
from inspections.models.rhythms import CHOSEN
from inspections.models.rounds import MOST_DAYS, MOST_ROUNDS
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
from povertyaudit.core.api.serializers import Shape
from povertyaudit.core.models.rules import PeriodUnit

MOST_NAMED = 1000


def note() -> ProseField:
    return ProseField(required=False, allow_blank=True, max_length=2000)


class RhythmShape(Shape):
    cadence = serializers.ChoiceField(choices=CHOSEN, help_text="报告周期")
    valid_from = DayField(required=False, allow_null=True, help_text="起始日期，不填为今天")
    note = ProseField(max_length=2000, help_text="理由")


class RoundField(ScopedRelatedField):
    """A round by its id, number or name."""

    also_by = ("name",)


class ObjectField(ScopedRelatedField):
    """An object of the round by its id or its name in the round."""

    also_by = ("name",)

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        row = self.context.get("row")
        return rows.filter(round=row) if isinstance(row, Round) else rows


class TeamField(ScopedRelatedField):
    """A team by its id or its name in the round."""

    also_by = ("name",)

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        row = self.context.get("row")
        return rows.filter(round=row.round) if isinstance(row, RoundObject) else rows


class PointField(ScopedRelatedField):
    """A point of a campaign: its id, its text, or in a verb on the campaign its place there."""

    also_by = ("text",)


class OwnPeriodsShape(Shape):
    """Periods of the round's own; null and empty: those of the rules in force. Clocks that run keep their dates."""

    plan_amount = NumberField(
        required=False, allow_null=True, min_value=1, max_value=MOST_DAYS, help_text="整改方案报送期限"
    )
    plan_unit = serializers.ChoiceField(
        choices=PeriodUnit.choices, required=False, allow_blank=True, help_text="整改方案报送期限的单位"
    )
    report_amount = NumberField(
        required=False, allow_null=True, min_value=1, max_value=MOST_DAYS, help_text="向书记专题会报告的期限"
    )
    report_unit = serializers.ChoiceField(
        choices=PeriodUnit.choices, required=False, allow_blank=True, help_text="向书记专题会报告期限的单位"
    )
    periods_rule = LineField(required=False, allow_blank=True, max_length=300, help_text="另定期限的依据")


class RoundShape(OwnPeriodsShape):
    session = NumberField(required=False, min_value=1, max_value=MOST_ROUNDS, help_text="届次")
    ordinal = NumberField(required=False, min_value=1, max_value=MOST_ROUNDS, help_text="轮次序号")
    name = LineField(required=False, max_length=100, help_text="轮次名称，不填则按届次和序号生成")
    kind = serializers.ChoiceField(choices=Round.Kind.choices, default=Round.Kind.REGULAR)
    region = RegionField(help_text="巡察地区的 12 位代码")
    starts_on = DayField(help_text="进驻日期")
    ends_on = DayField(help_text="计划离开日期")
    run_by = UnitField(required=False, help_text="组织实施单位，不填为本单位")
    body_kind = serializers.ChoiceField(
        choices=Round.Body.choices, default=Round.Body.PATROL_OFFICE, help_text="组织实施单位类别"
    )
    authorisation = LineField(required=False, allow_blank=True, max_length=200, help_text="部署文件")
    approved_by = UserField(help_text="批准人")
    secret = serializers.BooleanField(default=False, help_text="结束前保密")
    window_months = NumberField(
        required=False, min_value=1, max_value=24, help_text="集中整改期（月），不填按规定"
    )
    window_rule = LineField(required=False, allow_blank=True, max_length=300, help_text="集中整改期的依据")
    note = note()


class AmendRoundShape(OwnPeriodsShape):
    session = NumberField(
        required=False, allow_null=True, min_value=1, max_value=MOST_ROUNDS, help_text="届次"
    )
    ordinal = NumberField(
        required=False, allow_null=True, min_value=1, max_value=MOST_ROUNDS, help_text="轮次序号"
    )
    name = LineField(
        required=False, allow_blank=True, max_length=100, help_text="轮次名称，写空的按届次和序号重新生成"
    )
    kind = serializers.ChoiceField(choices=Round.Kind.choices, required=False)
    starts_on = DayField(required=False, help_text="进驻日期")
    ends_on = DayField(required=False, help_text="计划离开日期")
    finished_on = DayField(required=False, help_text="结束日期（已经结束的轮次）")
    run_by = UnitField(required=False, help_text="组织实施单位")
    body_kind = serializers.ChoiceField(
        choices=Round.Body.choices, required=False, help_text="组织实施单位类别"
    )
    authorisation = LineField(required=False, allow_blank=True, max_length=200, help_text="部署文件")
    approved_by = UserField(required=False, help_text="批准人")
    window_months = NumberField(required=False, min_value=1, max_value=24, help_text="集中整改期（月）")
    window_rule = LineField(required=False, allow_blank=True, max_length=300, help_text="集中整改期的依据")
    note = ProseField(max_length=2000, help_text="修改的理由")


class MemberShape(Shape):
    user = UserField(required=False, allow_null=True, help_text="没有账号的不写，写 name 和 home_unit")
    name = LineField(required=False, allow_blank=True, max_length=50, help_text="没有账号的组员的姓名")
    post_title = LineField(required=False, allow_blank=True, max_length=50, help_text="没有账号的组员的职务")
    role = serializers.ChoiceField(choices=TeamMember.Role.choices)
    home_unit = UnitField(
        required=False, allow_null=True, help_text="派出单位；有账号的不填为现任职单位，没有账号的必填"
    )
    seconded_from = DayField(required=False, help_text="抽调开始日期")
    seconded_to = DayField(required=False, help_text="抽调结束日期")


class TeamShape(Shape):
    team = LineField(required=False, allow_blank=True, max_length=30, help_text="组名，不填为第一组")
    authorisation = LineField(required=False, allow_blank=True, max_length=200, help_text="组长授权决定")
    repeat_reason = LineField(
        required=False, allow_blank=True, max_length=300, help_text="同一组长连续巡察同一对象的理由"
    )
    members = serializers.ListField(child=MemberShape(), allow_empty=False, max_length=100)
    note = note()


class ObjectsShape(Shape):
    units = serializers.ListField(
        child=UnitField(), required=False, max_length=MOST_NAMED, help_text="部门、乡镇政府、村委会"
    )
    regions = serializers.ListField(
        child=RegionField(), required=False, max_length=MOST_NAMED, help_text="乡镇、村的 12 位代码"
    )
    villages_of = serializers.ListField(
        child=RegionField(), required=False, max_length=100, help_text="列入这些乡镇的全部村"
    )
    names = ProseField(
        required=False, allow_blank=True, max_length=20_000, help_text="每行一个名称或者 12 位代码"
    )
    extension = serializers.BooleanField(default=False, help_text="列入的村为延伸村")
    team = TeamField(queryset=Team.objects.all(), required=False, help_text="承担的巡察组")
    note = note()


class MemberField(ScopedRelatedField):
    """A member of a team."""


class RecusalShape(Shape):
    objects = serializers.ListField(
        child=ObjectField(queryset=RoundObject.objects.standing()), required=False, max_length=MOST_NAMED,
        help_text="要回避的巡察对象；没有的不写",
    )  # fmt: skip
    ground = serializers.ChoiceField(
        choices=RoundRecusal.Ground.choices, required=False, help_text="回避情形"
    )
    text = LineField(required=False, allow_blank=True, max_length=300, help_text="说明")
    member = UserField(required=False, help_text="回避人员，本人的不写")
    outsider = MemberField(
        queryset=TeamMember.objects.filter(user=None), required=False, help_text="没有账号的组员的标识"
    )
    note = note()


class RecusalField(ScopedRelatedField):
    """A declared recusal of the round."""


class RecusalDecisionShape(Shape):
    recusal = RecusalField(
        queryset=RoundRecusal.objects.all(), help_text="回避申报的标识，或者在本轮次中的次序"
    )
    decision = serializers.ChoiceField(
        choices=[one for one in RoundRecusal.State.choices if one[0] != RoundRecusal.State.DECLARED],
        help_text="决定",
    )
    note = note()


class LinkRoundShape(Shape):
    below = RoundField(queryset=Round.objects.all(), help_text="下级轮次：标识、编号或者名称")
    note = note()


class CampaignField(ScopedRelatedField):
    """A campaign by its id, number or name."""

    also_by = ("name",)


class JoinCampaignShape(Shape):
    campaign = CampaignField(queryset=Campaign.objects.open(), help_text="专题：标识、编号或者名称")
    note = note()


class FinishShape(Shape):
    finished_on = DayField(required=False, help_text="结束日期，不填为今天")
    note = note()


class EnterShape(Shape):
    entered_on = DayField(required=False, help_text="进驻日期，不填为今天")
    note = note()


class LeaveShape(Shape):
    left_on = DayField(required=False, help_text="离开日期，不填为今天")
    note = note()


class AssignTeamShape(Shape):
    team = TeamField(queryset=Team.objects.all(), help_text="巡察组的标识或者名称")
    note = note()
