"""接口授权 for the officers: issued, revoked, and how each was used. The token comes back once, when it is issued."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import token_scopes
from povertyaudit.core.api.dossiers import ALONE
from povertyaudit.core.api.fields import CodeField, LineField, RegionField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import TokenScope, TokenUse
from povertyaudit.core.models.token_scopes import MOST_PER_MINUTE

EXAMPLE = {
    "user": "ledgerclient", "name": "市级平台同步线索", "verbs": ["read"], "resources": ["leads", "items"],
    "region": "990101000000", "networks": ["10.20.0.0/16"], "days": 90, "per_minute": 300,
}  # fmt: skip


class AccountField(serializers.CharField):
    """A service account by user name or id."""

    def to_internal_value(self, data: Any) -> Any:
        text = super().to_internal_value(data)[:60]
        users = token_scopes.accounts_for(self.context["request"].user)
        text = text if text.isprintable() else ""  # what the database would not even compare
        found = users.filter(username=text).first() or users.filter(public_id=text).first()
        if found is None:
            raise serializers.ValidationError("没有这个接口账户，请写账号名称。")
        return found


class NewScopeShape(NoteShape):
    user = AccountField(help_text="接口账户")
    name = LineField(max_length=60, help_text="用途")
    verbs = serializers.ListField(
        child=CodeField(max_length=60),
        max_length=60,
        help_text="动作：read（读取），或者动作名称，例如 create",
    )
    resources = serializers.ListField(
        child=LineField(max_length=60), max_length=100, required=False, help_text="资源名称；不写为全部"
    )
    region = RegionField(required=False, allow_null=True, help_text="限定地区；不写为账户的管辖范围")
    networks = serializers.ListField(
        child=LineField(max_length=60),
        max_length=50,
        required=False,
        help_text="允许的网络地址或网段；不写为不限",
    )
    days = serializers.IntegerField(
        required=False, min_value=1, max_value=token_scopes.LONGEST_DAYS, help_text="有效天数，不写为 180 天"
    )
    per_minute = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_PER_MINUTE, help_text="每分钟请求数，不写为 600"
    )


class TokenScopeSerializer(RecordSerializer):
    """What a token is for and how it was used; never the token itself."""

    region = serializers.CharField(source="region_id", read_only=True, allow_null=True, help_text="限定地区")
    user = serializers.CharField(source="user.username", read_only=True)
    issued_by = serializers.CharField(source="issued_by.display_name", read_only=True)
    resources = serializers.ListField(child=serializers.CharField(), read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)
    networks = serializers.ListField(child=serializers.CharField(), read_only=True)
    requests = serializers.IntegerField(read_only=True, default=0, help_text="请求总数")
    refused = serializers.IntegerField(read_only=True, default=0, help_text="其中被拒绝的")

    class Meta:
        model = TokenScope
        fields = (
            *RecordSerializer.COMMON, "user", "name", "resources", "verbs", "networks", "per_minute", "issued_by",
            "expires_at", "ended_at", "used_at", "used_from", "requests", "refused",
        )  # fmt: skip

    def get_actions(self, row: Any) -> list[str]:
        return ["revoke"] if row.state == "working" else []


class IssuedTokenSerializer(TokenScopeSerializer):
    """As issued: `token` is shown this once."""

    token = serializers.CharField(read_only=True)

    class Meta(TokenScopeSerializer.Meta):
        fields = (*TokenScopeSerializer.Meta.fields, "token")


class TokenUseSerializer(serializers.ModelSerializer[TokenUse]):
    """One day."""

    class Meta:
        model = TokenUse
        fields = ("day", "requests", "refused")


class TokenScopeViewSet(ScopedViewSet):
    """接口授权：接口账户的令牌可以做什么、从哪里、到什么时候；由安全保密管理员签发。"""

    queryset = TokenScope.objects.for_list()
    serializer_class = TokenScopeSerializer
    orderings: ClassVar[Any] = {"created_at": "created_at", "expires_at": "expires_at"}
    keeps_answers = False

    @write_schema(NewScopeShape, IssuedTokenSerializer, example=EXAMPLE, status=201)
    def create(self, request: Request) -> Response:
        """签发；令牌只在答复里出现这一次。"""
        made = token_scopes.issue(by=self.user, **self.body(NewScopeShape))
        answer = self.answer(made.row, status=201)
        answer.data["token"] = made.token
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @verb(NoteShape, TokenScopeSerializer, example={"note": "合作结束。"})
    def revoke(self, request: Request, id: str) -> Response:
        """作废，令牌立即失效。"""
        return self.act(token_scopes.revoke, NoteShape)

    @extend_schema(responses=TokenUseSerializer(many=True))
    @action(methods=["get"], **ALONE)
    def uses(self, request: Request, id: str) -> Response:
        """最近 90 天每天的请求数。"""
        return Response(TokenUseSerializer(self.get_object().uses.all()[:90], many=True).data)
