"""保密密钥 over REST, for 安全保密管理员: counts and key ids, never a key, never what is sealed."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import rotation
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Job, Role


class RotationSerializer(serializers.ModelSerializer[Job]):
    """更换密钥后的重新加密, as far as it is."""

    id = serializers.CharField(source="public_id", read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    by = serializers.CharField(source="payload.name", read_only=True, help_text="办理人")
    total = serializers.IntegerField(source="payload.total", read_only=True, help_text="办理时等待的条数")
    counts = serializers.JSONField(
        source="result", read_only=True, help_text="已重新加密的条数；damaged 已损坏，left 未用现用密钥"
    )

    class Meta:
        model = Job
        fields = ("id", "state", "state_display", "by", "total", "counts", "created_at", "finished_at")


class KeySerializer(serializers.Serializer[Any]):
    """One key, by its id."""

    id = serializers.CharField(source="key_id", help_text="密钥编号，不是密钥")
    present = serializers.BooleanField(help_text="现用密钥")
    at_hand = serializers.BooleanField(help_text="服务器上有；没有的，下列条数打不开")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="各类条数")


class KeysSerializer(serializers.Serializer[Any]):
    """What is sealed under which key."""

    keys = KeySerializer(many=True)
    waiting = serializers.IntegerField(help_text="等待重新加密的条数")
    last = RotationSerializer(allow_null=True)


class VaultKeyViewSet(ScopedViewSet):
    """保密密钥。"""

    queryset = Job.objects.rotations()
    serializer_class = RotationSerializer
    filter_backends = ()
    pagination_class = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if Role.SECADMIN not in self.user.roles:
            raise NotAllowed("vault.rotate", "只有安全保密管理员可以查看保密密钥的情况。")

    @extend_schema(responses=KeysSerializer)
    def standing(self, request: Request) -> Response:
        """用哪把密钥加密了多少条，最近一次重新加密办到哪里。"""
        keys = rotation.standing()
        found = {"keys": keys, "waiting": rotation.waiting(keys), "last": rotation.last()}
        return Response(KeysSerializer(found).data)

    @write_schema(None, RotationSerializer, status=202)
    def rotate(self, request: Request) -> Response:
        """用旧密钥加密的全部改用现用密钥重新加密，在后台办理；正在办理时答复同一次。"""
        return Response(self.get_serializer(rotation.ask(by=self.user)).data, status=202)
