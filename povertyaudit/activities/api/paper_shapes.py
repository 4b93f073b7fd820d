"""What is sent about decisions, commendations, plans and rules."""

from typing import Any

from rest_framework import serializers

from povertyaudit.activities.api.shapes import ItemField
from povertyaudit.activities.models import (
    Activity,
    ActivityLevel,
    CommendationKind,
    Decision,
    Regulation,
    RegulationKind,
)
from povertyaudit.activities.services.decisions import MOST
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    ProseField,
    ScopedRelatedField,
    UnitField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape
from rectification.models import Item


class MeetingDecisionShape(Shape):
    text = ProseField(max_length=5000, help_text="议定事项")
    unit = UnitField(required=False, allow_null=True, help_text="责任单位")
    lead_unit = UnitField(required=False, allow_null=True, help_text="牵头单位")
    due_on = DayField(required=False, allow_null=True, help_text="完成时限，不早于会议日期")


class MeetingDecisionsShape(NoteShape):
    decisions = serializers.ListField(child=MeetingDecisionShape(), max_length=MOST, help_text="待下发的各项")


class DecisionField(ScopedRelatedField):
    """A decision by id, or by its place in the meeting."""


class IssueShape(NoteShape):
    decisions = serializers.ListField(
        child=DecisionField(queryset=Decision.objects.all()), required=False, max_length=MOST, help_text="哪几项，不写为全部"
    )  # fmt: skip


class NoteDecisionShape(NoteShape):
    decision = DecisionField(queryset=Decision.objects.all(), help_text="哪一项")


class ActivityField(ScopedRelatedField):
    """An activity by id or number."""


class CommendationEditShape(NoteShape):
    honour = LineField(required=False, max_length=100, help_text="荣誉称号")
    body = LineField(required=False, max_length=100, help_text="表彰机关")
    level = serializers.ChoiceField(choices=ActivityLevel.choices, required=False, help_text="级别")
    document = CodeField(required=False, allow_blank=True, max_length=60, help_text="文号")
    awarded_on = DayField(required=False, help_text="表彰日期")
    valid_until = DayField(required=False, allow_null=True, help_text="有效期至，长期有效的不填")
    reason = ProseField(required=False, allow_blank=True, max_length=5000, help_text="主要事迹")
    activity = ActivityField(
        queryset=Activity.objects.all(), required=False, allow_null=True, help_text="表彰活动"
    )


class CommendationShape(CommendationEditShape):
    kind = serializers.ChoiceField(choices=CommendationKind.choices, help_text="集体、个人")
    unit = UnitField(help_text="单位；表彰个人的，其所在单位")
    person_name = LineField(required=False, allow_blank=True, max_length=60, help_text="姓名")
    honour = LineField(max_length=100, help_text="荣誉称号")
    body = LineField(max_length=100, help_text="表彰机关")
    awarded_on = DayField(help_text="表彰日期")


class RegulationField(ScopedRelatedField):
    """A plan or rule by id or number."""


class RegulationEditShape(NoteShape):
    kind = serializers.ChoiceField(choices=RegulationKind.choices, required=False, help_text="类别")
    title = LineField(required=False, max_length=200, help_text="名称")
    document = CodeField(required=False, allow_blank=True, max_length=60, help_text="文号")
    issuer = LineField(required=False, max_length=100, help_text="制发机关")
    level = serializers.ChoiceField(choices=ActivityLevel.choices, required=False, help_text="级别")
    valid_from = DayField(required=False, help_text="施行日期")
    valid_to = DayField(required=False, allow_null=True, help_text="有效期至")
    parent: Any = RegulationField(
        queryset=Regulation.objects.all(), required=False, allow_null=True, help_text="总方案，子方案必填"
    )
    item = ItemField(
        queryset=Item.objects.not_voided(), required=False, allow_null=True, help_text="因哪个整改事项建立"
    )
    summary = ProseField(required=False, allow_blank=True, max_length=5000, help_text="主要内容")


class RegulationShape(RegulationEditShape):
    kind = serializers.ChoiceField(choices=RegulationKind.choices, help_text="类别")
    title = LineField(max_length=200, help_text="名称")
    issuer = LineField(max_length=100, help_text="制发机关")
    valid_from = DayField(help_text="施行日期")
    unit = UnitField(required=False, help_text="登记单位，不填为本单位")
    replaces = RegulationField(
        queryset=Regulation.objects.all(), required=False, allow_null=True, help_text="代替的方案制度"
    )


class RepealShape(NoteShape):
    ends_on = DayField(required=False, help_text="施行到哪一天，不填为今天")
