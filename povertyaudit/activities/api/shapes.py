"""What is sent about activities. Money is in 分."""

from typing import Any

from rest_framework import serializers

from inspections.api.shapes import RoundField
from inspections.models import Campaign, Round
from povertyaudit.activities.models import (
    MOST,
    MOST_SESSIONS,
    ActivityKind,
    ActivityLevel,
    Category,
    Participant,
    Presence,
)
from povertyaudit.activities.services.people import MOST_PEOPLE
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
from rectification.api.look_back_shapes import CampaignField
from rectification.models import Item


class AttendedShape(Shape):
    """One category of those who came."""

    category = serializers.ChoiceField(choices=Category.choices, help_text="参加人员")
    times = NumberField(min_value=1, max_value=MOST, help_text="人次")
    persons = NumberField(
        required=False, allow_null=True, min_value=1, max_value=MOST, help_text="人数；只举办一场的不填，与人次相同"
    )  # fmt: skip


class ActivityEditShape(NoteShape):
    kind = TermField(queryset=ActivityKind.objects.all(), required=False, help_text="类别代码")
    title = LineField(required=False, max_length=100, help_text="名称")
    starts_on = DayField(required=False, help_text="开始日期")
    ends_on = DayField(required=False, help_text="结束日期，登记时不填为当天")
    starts_at = serializers.TimeField(required=False, allow_null=True, help_text="开始时间，如 09:00")
    place = LineField(required=False, allow_blank=True, max_length=100, help_text="地点")
    level = serializers.ChoiceField(
        choices=ActivityLevel.choices, required=False, help_text="级别，登记时不填按举办单位"
    )
    host = LineField(required=False, allow_blank=True, max_length=100, help_text="主持人、主讲人")
    topics = ProseField(required=False, allow_blank=True, max_length=5000, help_text="主要内容")
    sessions = NumberField(required=False, min_value=1, max_value=MOST_SESSIONS, help_text="场次，不填为 1")
    leaflets = NumberField(required=False, max_value=MOST, help_text="发放资料（份）")
    cost_fen = MoneyField(required=False, allow_null=True, help_text="经费（分）")
    campaign = CampaignField(
        queryset=Campaign.objects.all(), required=False, allow_null=True, help_text="专项行动"
    )
    round = RoundField(queryset=Round.objects.all(), required=False, allow_null=True, help_text="巡察轮次")
    attended = serializers.ListField(
        child=AttendedShape(), required=False, max_length=len(Category.choices),
        help_text="参加情况，按人员类别；修改时代替原来的各行",
    )  # fmt: skip


class PlannedActivityShape(ActivityEditShape):
    """What was not held yet has no attendance."""

    kind = TermField(queryset=ActivityKind.objects.all(), help_text="类别代码")
    title = LineField(max_length=100, help_text="名称")
    starts_on = DayField(help_text="开始日期")
    unit = UnitField(required=False, help_text="举办单位，不填为本单位")
    leaflets = None  # type: ignore[assignment]
    attended = None  # type: ignore[assignment]


class HeldActivityShape(ActivityEditShape):
    kind = TermField(queryset=ActivityKind.objects.all(), help_text="类别代码")
    title = LineField(max_length=100, help_text="名称")
    starts_on = DayField(help_text="开始日期")
    unit = UnitField(required=False, help_text="举办单位，不填为本单位")


class InvitedShape(Shape):
    """A person by account, or by name."""

    user = UserField(required=False, allow_null=True, help_text="账号")
    name = LineField(required=False, allow_blank=True, max_length=60, help_text="没有账号的，姓名")
    post_title = LineField(required=False, allow_blank=True, max_length=100, help_text="单位和职务")


class PeopleShape(NoteShape):
    people = serializers.ListField(
        child=InvitedShape(), max_length=MOST_PEOPLE, help_text="参加名单，代替原来的名单"
    )


class SignedInShape(Shape):
    person: Any = ScopedRelatedField(
        queryset=Participant.objects.all(), help_text="名单中的人员：标识，或者第几个"
    )
    state = serializers.ChoiceField(choices=Presence.choices, help_text="签到")
    reason = LineField(required=False, allow_blank=True, max_length=200, help_text="未到原因")


class SignInShape(NoteShape):
    people = serializers.ListField(child=SignedInShape(), max_length=MOST_PEOPLE, help_text="签到情况")


class ItemField(ScopedRelatedField):
    """An item by id or number."""


class MeasureOfItemShape(NoteShape):
    item = ItemField(queryset=Item.objects.not_voided(), help_text="整改事项")
    measure = NumberField(min_value=1, max_value=1000, help_text="措施序号")
