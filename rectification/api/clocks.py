"""The periods of an item for machines: which rule, which article, and every event that moved the date."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import clocks
from povertyaudit.core.models import Clock
from rectification.remaining import working_days_left


class ClockSerializer(serializers.ModelSerializer[Clock]):
    """One period: its rule, its dates, and why, sentence by sentence."""

    name = serializers.CharField(source="rule.name", read_only=True)
    basis = serializers.CharField(source="rule.basis", read_only=True, help_text="依据和条款")
    length = serializers.CharField(source="rule.length", read_only=True, help_text="期限")
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    late_by = serializers.IntegerField(read_only=True, help_text="超期结束的天数")
    working_days_left = serializers.SerializerMethodField(help_text="到期以前的工作日；已结束的为空")
    why = serializers.SerializerMethodField(help_text="这个日期是怎样算出来的")

    class Meta:
        model = Clock
        fields = (
            "code", "name", "basis", "length", "state", "state_display", "started_on", "start_event", "due_on",
            "original_due_on", "provisional", "stopped_on", "late_by", "working_days_left", "why",
        )  # fmt: skip

    def get_working_days_left(self, clock: Clock) -> int | None:
        return None if clock.stopped_on else working_days_left(clock.due_on)

    def get_why(self, clock: Clock) -> list[str]:
        return clocks.explain(clock)


class ClocksMixin:
    """`<things>/<id>/clocks/` of a dossier."""

    @extend_schema(responses=ClockSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def clocks(self: Any, request: Request, id: str) -> Response:
        """期限：依据哪条规则、从哪天起算、哪些延期和暂停改变了日期；计时中的在前。"""
        return Response(ClockSerializer(clocks.clocks_of(self.get_object()), many=True).data)
