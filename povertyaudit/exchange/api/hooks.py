"""Webhooks for the IT officer: what is told to whom, the log, and sending again."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.fields import LineField, ScopedRelatedField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Channel
from povertyaudit.exchange.api.token_scopes import AccountField
from povertyaudit.exchange.models import Hook, HookDelivery, HookState
from povertyaudit.exchange.services import hooks
from povertyaudit.exchange.workflow import HOOK, HOOK_DELIVERY


class HookSerializer(RecordSerializer):
    """Which ledgers a channel is told of, within the scope of an account."""

    channel = serializers.CharField(source="channel.public_id", read_only=True)
    channel_name = serializers.CharField(source="channel.name", read_only=True)
    user = serializers.CharField(source="user.username", read_only=True)
    things = serializers.SerializerMethodField(help_text="台账")

    class Meta:
        model = Hook
        fields = (*RecordSerializer.COMMON, "channel", "channel_name", "user", "things", "ended_at")

    def get_things(self, row: Hook) -> list[str]:
        return sorted(row.things)


class NewHookShape(NoteShape):
    channel = ScopedRelatedField(queryset=Channel.objects.all(), help_text="外发渠道的标识（方式为通用推送）")
    user = AccountField(help_text="接口账户：只通知它能看到的变动")
    things = serializers.ListField(
        child=LineField(max_length=60), max_length=60, help_text="台账，例如 leads"
    )


class HookViewSet(ScopedViewSet):
    """变动推送：台账有变动时通知接收方来取。"""

    queryset = Hook.objects.for_list()
    serializer_class = HookSerializer
    workflow = HOOK
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    @write_schema(
        NewHookShape,
        HookSerializer,
        example={"channel": "Xk3mT8vQwZ4rN7sB2yGhCd", "user": "ledgerclient", "things": ["leads", "items"]},
        status=201,
    )
    def create(self, request: Request) -> Response:
        """登记（系统管理员）；渠道须已由安全保密管理员确认才会发出。"""
        return self.make(hooks.open_hook, NewHookShape)

    @verb(NoteShape, HookSerializer, example={"note": "对接结束。"})
    def end(self, request: Request, id: str) -> Response:
        """停用。"""
        return self.act(hooks.end, NoteShape)


class HookDeliverySerializer(RecordSerializer):
    """One message. `counts`: how many changes in each ledger."""

    hook = serializers.CharField(source="hook.public_id", read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    answer = serializers.CharField(read_only=True, help_text="HTTP 状态码，或者没有送到的原因")

    class Meta:
        model = HookDelivery
        fields = (*RecordSerializer.COMMON, "hook", "counts", "attempts", "next_at", "answer")


class HookDeliveryFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=HookState.choices, label="状态")

    class Meta:
        model = HookDelivery
        fields = ("state",)


class HookDeliveryViewSet(ScopedViewSet):
    """推送记录：每一次推送和它的结果。"""

    queryset = HookDelivery.objects.for_list()
    serializer_class = HookDeliverySerializer
    filterset_class = HookDeliveryFilter
    workflow = HOOK_DELIVERY
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    @verb(NoteShape, HookDeliverySerializer, example={})
    def resend(self, request: Request, id: str) -> Response:
        """重新发送，标识不变。"""
        return self.act(hooks.resend, NoteShape)
