"""Outside channels and their log over REST, and everybody's own choices."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import channels, deliveries, preferences, queueing
from povertyaudit.core.api.errors import etag
from povertyaudit.core.api.fields import LineField, ProseField, UnitField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.filters import DeliveryFilter
from povertyaudit.core.models import Channel, Delivery, NoticePreference
from povertyaudit.core.models.channels import ChannelKind

EXAMPLE = {
    "name": "值班群机器人",
    "kind": "dingtalk",
    "url": "https://oapi.dingtalk.com/robot/send?access_token=example",
    "secret": "SEC-example-0123456789",
    "note": "供值班人员及时查看。",
}
CHOICES_EXAMPLE = {"muted": ["system.mail", "system.push"], "quiet_from": "21:30", "quiet_to": "07:30"}


class ChannelShape(Shape):
    """A receiver. Address and secret are sealed and never come back."""

    name = LineField(max_length=60, help_text="名称")
    kind = serializers.ChoiceField(choices=ChannelKind.choices, help_text="方式")
    unit = UnitField(required=False, allow_null=True, help_text="适用单位，空为全部")
    url = LineField(required=False, allow_blank=True, max_length=500, write_only=True, help_text="接收地址")
    secret = LineField(
        required=False, allow_blank=True, max_length=200, write_only=True, help_text="签名密钥"
    )
    note = ProseField(required=False, allow_blank=True, max_length=500, help_text="用途和理由")


class ChannelSerializer(RecordSerializer):
    """外发渠道."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    unit = serializers.CharField(source="unit.public_id", default=None, read_only=True, allow_null=True)
    open = serializers.SerializerMethodField(help_text="服务器是否放行该主机")

    class Meta:
        model = Channel
        fields = (
            *RecordSerializer.COMMON,
            "name",
            "kind",
            "kind_display",
            "unit",
            "host",
            "open",
            "confirmed_at",
        )

    def get_open(self, row: Channel) -> bool:
        return channels.is_open(row)


class DeliverySerializer(RecordSerializer):
    """One line of the log: neither number nor person nor text of the message."""

    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)
    channel = serializers.CharField(source="channel.public_id", read_only=True)
    host = serializers.CharField(source="channel.host", read_only=True)
    group_display = serializers.CharField(source="get_group_display", read_only=True)

    class Meta:
        model = Delivery
        fields = (
            *RecordSerializer.COMMON, "channel", "host", "group", "group_display", "attempts", "next_at", "answer",
            "batch", "expires_at", "finished_at",
        )  # fmt: skip


class ChannelViewSet(ScopedViewSet):
    """外发渠道：系统管理员提出，安全保密管理员确认，任一方可立即停用。"""

    queryset = Channel.objects.for_list()
    serializer_class = ChannelSerializer
    workflow = channels.CHANNEL
    orderings: ClassVar[Any] = {"created_at": "created_at", "name": "name"}

    @write_schema(ChannelShape, ChannelSerializer, status=201, example=EXAMPLE)
    def create(self, request: Request) -> Response:
        """提出外发渠道。"""
        return self.make(channels.propose, ChannelShape)

    @verb(NoteShape, ChannelSerializer, example={"note": "已核对接收方。"})
    def confirm(self, request: Request, id: str) -> Response:
        """确认启用。"""
        return self.act(channels.confirm, NoteShape)

    @verb(NoteShape, ChannelSerializer, example={"note": "接收方不明，请补充用途。"})
    def refuse(self, request: Request, id: str) -> Response:
        """不予确认。"""
        return self.act(channels.refuse, NoteShape)

    @verb(NoteShape, ChannelSerializer, example={"note": "群已解散。"})
    def switch_off(self, request: Request, id: str) -> Response:
        """停用，立即生效；还没发的不再发。"""
        return self.act(channels.switch_off, NoteShape)

    @verb(NoteShape, ChannelSerializer, example={"note": "接收方已恢复。"})
    def repropose(self, request: Request, id: str) -> Response:
        """申请重新启用。"""
        return self.act(channels.repropose, NoteShape)

    @verb(None, ChannelSerializer)
    def try_out(self, request: Request, id: str) -> Response:
        """发送测试消息（固定的一句话）。"""
        return self.act(channels.try_out)


class DeliveryViewSet(ScopedViewSet):
    """外发记录：何时、经哪个渠道、结果如何。"""

    queryset = Delivery.objects.for_list()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter
    workflow = deliveries.DELIVERY
    orderings: ClassVar[Any] = {"created_at": "created_at", "attempts": "attempts"}

    @verb(None, DeliverySerializer)
    def retry(self, request: Request, id: str) -> Response:
        """重新发送未发出或已过期的。"""
        return self.act(deliveries.retry)


class PreferenceShape(Shape):
    """What is given is changed, the rest stays."""

    muted = serializers.ListField(
        child=serializers.ChoiceField(choices=preferences.CHOICES), required=False, max_length=20,
        help_text="不发的：<类别>.<方式>，方式为 mail 或 push",
    )  # fmt: skip
    quiet = serializers.BooleanField(required=False, help_text="夜间不打扰")
    quiet_from = serializers.TimeField(required=False, help_text="夜间开始")
    quiet_to = serializers.TimeField(required=False, help_text="夜间结束")
    quiet_rest_days = serializers.BooleanField(required=False, help_text="休息日不打扰")
    digest = serializers.BooleanField(required=False, help_text="邮件只发每日摘要")
    digest_at = serializers.TimeField(required=False, help_text="摘要时间，不在夜间不打扰的时间以内")


class PreferenceSerializer(serializers.ModelSerializer[NoticePreference]):
    """提醒方式."""

    quiet_from = serializers.TimeField(format="%H:%M", read_only=True)
    quiet_to = serializers.TimeField(format="%H:%M", read_only=True)
    digest_at = serializers.TimeField(format="%H:%M", read_only=True)
    media = serializers.SerializerMethodField(help_text="现在可以收到的方式：mail、push")

    class Meta:
        model = NoticePreference
        fields = (
            "version", "muted", "quiet", "quiet_from", "quiet_to", "quiet_rest_days", "digest", "digest_at", "media",
        )  # fmt: skip

    def get_media(self, row: NoticePreference) -> list[str]:
        return queueing.media_for(row.user)


class PreferenceViewSet(ScopedViewSet):
    """本人的消息提醒方式。"""

    queryset = Delivery.objects.none()  # one's own row only, found by who asks
    serializer_class = PreferenceSerializer
    filter_backends = ()
    pagination_class = None

    @extend_schema(responses=PreferenceSerializer)
    def mine(self, request: Request) -> Response:
        """本人的消息提醒方式；站内消息始终有。"""
        return self.answer(preferences.of(self.user))

    @write_schema(PreferenceShape, PreferenceSerializer, example=CHOICES_EXAMPLE)
    def change(self, request: Request) -> Response:
        """修改本人的消息提醒方式。"""
        said, seen = self.body(PreferenceShape), self.expected_version()
        row = preferences.change(self.user, by=self.user, expected_version=seen, **said)
        return Response(self.get_serializer(row).data, headers={"ETag": etag(row.version)})
