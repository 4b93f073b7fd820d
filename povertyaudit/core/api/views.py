"""Kernel resources: tokens, regions, units, notifications, the record."""

from typing import Any, ClassVar, cast

from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from povertyaudit.core import accounts, audit, moment, sessions, tokens
from povertyaudit.core.addresses import address_of
from povertyaudit.core.api.auth import bearer_of
from povertyaudit.core.api.errors import problem
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import (
    AuditSerializer,
    NotificationSerializer,
    RegionSerializer,
    TokenSerializer,
    TokenShape,
)
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.filters import AuditFilter
from povertyaudit.core.models import AuditEntry, Notification, Region, User
from povertyaudit.core.place_filters import RegionFilterSet


class TokenView(APIView):
    """登录取得令牌。"""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @write_schema(
        TokenShape,
        TokenSerializer,
        status=201,
        auth=[],
        example={"username": "casemgr", "password": "qinghe-2026"},
    )
    def post(self, request: Request) -> Response:
        """用账号和密码换取令牌；令牌 12 小时内有效，只显示一次。连续输错将锁定，答 429。"""
        shape = TokenShape(data=request.data)
        shape.is_valid(raise_exception=True)
        try:
            user = accounts.sign_in(**shape.validated_data, by_token=True, address=address_of(request.META))
        except RuleBroken as wrong:
            return Response(problem(wrong.code, wrong.message, wrong.field), status=401)
        if user.must_change_password:
            raise NotAllowed("sign_in.first_password", accounts.CHANGE_FIRST)
        token, ends = tokens.issue(user, **sessions.door_of(request))
        answer = TokenSerializer({"token": token, "expires_at": ends}).data
        return Response(answer, status=201, headers={"Cache-Control": "no-store"})


class CurrentTokenView(APIView):
    """注销令牌。"""

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """使当前令牌立即失效。"""
        if token := bearer_of(request):
            tokens.end(token)
            accounts.sign_out(cast("User", request.user))
        return Response(status=204)


class NothingHereView(APIView):
    """Any address below the API that is none: a refusal in the one shape instead of a page."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404

    def get(self, request: Request, **kwargs: Any) -> Response:
        raise Http404

    post = put = patch = delete = get


class RegionViewSet(ScopedViewSet):
    """您管辖的地区及其上级。"""

    queryset = Region.objects.with_history().order_by("code")
    serializer_class = RegionSerializer
    filterset_class = RegionFilterSet
    lookup_field = "code"
    lookup_value_regex = "[0-9]{12}"
    orderings: ClassVar[Any] = {"code": "code"}
    default_ordering = "code"


class NotificationFilter(filters.FilterSet):
    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull", label="未读")

    class Meta:
        model = Notification
        fields = ("kind",)


class NotificationViewSet(ScopedViewSet):
    """您收到的消息。"""

    queryset = Notification.objects.all()
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    @verb(None, NotificationSerializer)
    def read(self, request: Request, id: str) -> Response:
        """标为已读。"""
        message = self.get_object()
        self.get_queryset().filter(pk=message.pk).unread().update(read_at=moment.now())
        return self.answer(self.get_object())


class AuditViewSet(ScopedViewSet):
    """操作记录：安全审计员只见谁、何时、何动作、编号与链状态；其他人可见其有权查看的事项的记录。"""

    queryset = AuditEntry.objects.prefetch_related("values")
    serializer_class = AuditSerializer
    filterset_class = AuditFilter
    orderings: ClassVar[Any] = {"at": "at", "seq": "seq"}
    default_ordering = "-at"

    def get_queryset(self) -> Any:
        """Each entry with the hash it should follow, and whether the caller may read what it says."""
        return super().get_queryset().for_reader(self.user)

    def intact(self, entry: Any) -> bool:
        """Whether the entry is as it was written and follows the one before it."""
        return audit.intact(entry)

    def may_read(self, entry: Any) -> bool:
        return bool(entry.readable)
