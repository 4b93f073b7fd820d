"""Objects of rounds for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.shapes import AssignTeamShape, EnterShape, LeaveShape
from inspections.filters import RoundObjectFilter
from inspections.models import RoundObject
from inspections.querysets import TOLD
from inspections.workflow import OBJECT
from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

NO_LONGER = {"note": "该单位已在上一轮巡察。"}
THESE = {"ids": ["6hNqGZ3vT8wPbXyK4mRc2D"]}


class ObjectSerializer(RecordSerializer):
    """An object of a round (巡察对象). It bears no number; `name` is what it was called in the round."""

    round = serializers.CharField(source="round.public_id", read_only=True)
    round_name = serializers.CharField(source="round.name", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    unit = serializers.CharField(source="unit.public_id", default=None, read_only=True, allow_null=True)
    team = serializers.CharField(source="team.name", default=None, read_only=True, allow_null=True)
    finding_count = serializers.IntegerField(read_only=True, help_text="发现的问题")
    finding_left = serializers.IntegerField(read_only=True, help_text="没有转为整改事项的问题")
    opinion_count = serializers.IntegerField(read_only=True, help_text="意见")
    opinion_left = serializers.IntegerField(read_only=True, help_text="没有办完的意见")
    notice_count = serializers.IntegerField(read_only=True, help_text="立行立改通知")
    notice_left = serializers.IntegerField(read_only=True, help_text="没有办结的立行立改通知")
    feedback_count = serializers.IntegerField(read_only=True, help_text="反馈表")
    feedback_left = serializers.IntegerField(read_only=True, help_text="没有签收的反馈表")

    class Meta:
        model = RoundObject
        fields = (
            *RecordSerializer.COMMON, "round", "round_name", "name", "kind", "kind_display", "unit", "team",
            "entered_on", "left_on", *(f"{name}_{what}" for name in TOLD for what in ("count", "left")),
        )  # fmt: skip


class ObjectViewSet(DossierMixin, ScopedViewSet):
    """巡察对象：部门、乡镇、村和延伸村；应当回避的成员看不到。"""

    queryset = RoundObject.objects.for_list()
    serializer_class = ObjectSerializer
    filterset_class = RoundObjectFilter
    workflow = OBJECT
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings, "entered_on": "entered_on", "region": "region_id",
    }  # fmt: skip

    def get_queryset(self) -> Any:
        return super().get_queryset().with_counts(self.user)

    bulk_enter = bulk_verb(OBJECT, "enter", services.enter, EnterShape, example=THESE)
    bulk_leave = bulk_verb(OBJECT, "leave", services.leave, LeaveShape, example=THESE)
    bulk_assign_team = bulk_verb(
        OBJECT, "assign_team", services.assign_team, AssignTeamShape, example=THESE | {"team": "巡察一组"}
    )
    bulk_drop = bulk_verb(OBJECT, "drop", services.drop, NoteShape, example=THESE | NO_LONGER)

    @verb(EnterShape, ObjectSerializer, example={})
    def enter(self, request: Request, id: str) -> Response:
        """登记进驻（本轮次成员、巡察办）。"""
        return self.act(services.enter, EnterShape)

    @verb(LeaveShape, ObjectSerializer, example={})
    def leave(self, request: Request, id: str) -> Response:
        """登记离开。"""
        return self.act(services.leave, LeaveShape)

    @verb(AssignTeamShape, ObjectSerializer, example={"team": "巡察一组"})
    def assign_team(self, request: Request, id: str) -> Response:
        """分配巡察组。"""
        return self.act(services.assign_team, AssignTeamShape)

    @verb(NoteShape, ObjectSerializer, example=NO_LONGER)
    def drop(self, request: Request, id: str) -> Response:
        """不再巡察：还没有进驻的，写明理由。"""
        return self.act(services.drop, NoteShape)
