"""Accounts for machines: the same verbs, for the officers who keep them."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import administering, granting, handing_over
from povertyaudit.core.account_flow import ACCOUNT
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    RegionField,
    ScopedRelatedField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.filters import AccountFilter
from povertyaudit.core.models import Area, Post, Role, User

NEW = {"username": "newclerk", "name": "示例人员", "phone": "0990-5000999"}
GRANT = {"unit": "信访室", "role": "petition", "ends_on": "2028-12-31"}


class PostSerializer(serializers.ModelSerializer[Post]):
    """A post held today or later."""

    id = serializers.CharField(source="public_id", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    role_display = serializers.CharField(source="get_role_display", read_only=True)
    region = serializers.CharField(source="region_id", read_only=True)
    area = serializers.CharField(source="area.public_id", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Post
        fields = ("id", "unit", "unit_name", "role", "role_display", "region", "area", "starts_on", "ends_on")


class AccountSerializer(RecordSerializer):
    """An account; `number` is its user name."""

    updated_at = serializers.DateTimeField(default=None, read_only=True, allow_null=True)
    name = serializers.CharField(source="person.name", read_only=True)
    phone = serializers.CharField(source="person.phone", read_only=True)
    posts = PostSerializer(source="open_posts", many=True, read_only=True)

    class Meta:
        model = User
        fields = (
            *RecordSerializer.COMMON, "username", "name", "phone", "email", "is_service", "must_change_password",
            "last_login", "posts",
        )  # fmt: skip


class IssuedSerializer(AccountSerializer):
    """With the one-time password, this once: it is kept nowhere, a repeated request does not show it again."""

    one_time_password = serializers.CharField(read_only=True)

    class Meta(AccountSerializer.Meta):
        fields = (*AccountSerializer.Meta.fields, "one_time_password")


class PileSerializer(serializers.Serializer[Any]):
    """What a post holds in its holder's own name, in numbers, and who could take it over."""

    post = serializers.CharField(source="post.public_id")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="类别 → 件数")
    candidates = serializers.SerializerMethodField(help_text="可以接任的账号")
    needs_successor = serializers.BooleanField()

    def get_candidates(self, pile: handing_over.Pile) -> list[str]:
        return [user.username for user in pile.candidates]


@extend_schema_field(OpenApiTypes.STR)
class PostField(serializers.Field[Any, Any, Any, Any]):
    """A post of the account by its id, or by its place there: "1" is the first."""

    def to_internal_value(self, data: Any) -> Any:
        wanted = str(data)
        posts = self.context["row"].open_posts()
        for place, post in enumerate(posts, start=1):
            if wanted in {post.public_id, str(place)}:
                return post
        raise serializers.ValidationError("没有这项任职，或者已经结束。", code="does_not_exist")


class NewAccountShape(NoteShape):
    """A new account, for a new person or (`same_as`) for the person behind another account."""

    username = CodeField(max_length=60, help_text="小写字母、数字，3 个以上")
    name = LineField(max_length=50, required=False, allow_blank=True)
    phone = LineField(max_length=30, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    same_as = UserField(queryset=User.administered.all(), required=False)


class ContactShape(NoteShape):
    phone = LineField(max_length=30, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)


class GrantShape(NoteShape):
    unit = UnitField()
    role = serializers.ChoiceField(choices=Role.choices)
    region = RegionField(required=False, help_text="不填即单位所在地区")
    area = ScopedRelatedField(queryset=Area.objects.all(), required=False, allow_null=True)
    starts_on = DayField(required=False)
    ends_on = DayField(required=False, allow_null=True)


class OnPostShape(NoteShape):
    post = PostField()


class TermShape(OnPostShape):
    ends_on = DayField(allow_null=True, help_text="任职的最后一天；空为不限期")


class HeirShape(Shape):
    post = PostField()
    successor = UserField()


class HandOverShape(NoteShape):
    """`successor` takes over every post, `successors` names them one by one."""

    successor = UserField(required=False)
    successors = HeirShape(many=True, required=False)
    until = DayField(required=False, allow_null=True, help_text="离任日期；空为今天立即离任")


class AccountViewSet(ScopedViewSet):
    """您管理的地区内的账号：系统管理员负责技术管理，安全保密管理员负责任职。"""

    queryset = User.administered.for_list()
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    workflow = ACCOUNT
    orderings: ClassVar[dict[str, str]] = {"created_at": "created_at", "number": "username"}

    @write_schema(NewAccountShape, IssuedSerializer, status=201, example=NEW)
    def create(self, request: Request) -> Response:
        """开设账号（系统管理员）。没有任职以前不能办理任何事项；一次性密码只在这个答复里出现一次。"""
        said = self.body(NewAccountShape)
        return self.issued(administering.create_account(by=self.user, **said), status=201)

    def issued(self, made: administering.Issued, status: int = 200) -> Response:
        """The record with the password beside it, never to be kept by anybody on the way."""
        row = self.get_queryset().get(pk=made.account.pk)
        answer = self.answer(row, status)
        answer.data["one_time_password"] = made.password
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @verb(ContactShape, AccountSerializer, example={"phone": "0990-5000998"})
    def amend(self, request: Request, id: str) -> Response:
        """修改联系方式（系统管理员）：没有写的一项不变。"""

        def change(row: User, **said: Any) -> User:
            return administering.amend(row, **{"phone": row.person.phone, "email": row.email, **said})

        return self.act(change, ContactShape)

    @verb(NoteShape, AccountSerializer, example={"note": "本人已核实身份"})
    def unlock(self, request: Request, id: str) -> Response:
        """解除锁定（系统管理员）。"""
        return self.act(administering.unlock, NoteShape)

    @verb(NoteShape, IssuedSerializer, example={"note": "本人忘记密码"})
    def reset_password(self, request: Request, id: str) -> Response:
        """重置密码（系统管理员）。管理人员的密码经安全保密管理员确认后才生效。"""
        row = self.get_object()
        said = self.body(NoteShape, row)
        version = self.expected_version()
        return self.issued(administering.reset_password(row, by=self.user, expected_version=version, **said))

    @verb(NoteShape, AccountSerializer, example={"note": "已向本人核实"})
    def confirm_reset(self, request: Request, id: str) -> Response:
        """确认重置管理人员的密码（安全保密管理员，不是本人，也不是申请人）。"""
        return self.act(administering.confirm_reset, NoteShape)

    @verb(NoteShape, AccountSerializer, example={"note": "本人没有提出"})
    def refuse_reset(self, request: Request, id: str) -> Response:
        """不同意重置：原密码不变。"""
        return self.act(administering.refuse_reset, NoteShape)

    @verb(NoteShape, AccountSerializer, example={"note": "设备遗失"})
    def end_sessions(self, request: Request, id: str) -> Response:
        """结束登录（系统管理员）：网页和令牌一并失效。"""
        return self.act(administering.end_sessions, NoteShape)

    @verb(NoteShape, AccountSerializer, example={"note": "借调外单位"})
    def deactivate(self, request: Request, id: str) -> Response:
        """停用（系统管理员）。"""
        return self.act(administering.deactivate, NoteShape)

    @verb(NoteShape, AccountSerializer, example={"note": "借调结束"})
    def reactivate(self, request: Request, id: str) -> Response:
        """启用（系统管理员）。"""
        return self.act(administering.reactivate, NoteShape)

    @verb(GrantShape, AccountSerializer, example=GRANT)
    def grant(self, request: Request, id: str) -> Response:
        """授予任职（安全保密管理员）。"""
        return self.act(granting.grant, GrantShape)

    @verb(TermShape, AccountSerializer, example={"post": "1", "ends_on": "2028-12-31"})
    def change_term(self, request: Request, id: str) -> Response:
        """调整任期（安全保密管理员）。"""
        return self.act(granting.change_term, TermShape)

    @verb(OnPostShape, AccountSerializer, example={"post": "1", "note": "调离"})
    def end_post(self, request: Request, id: str) -> Response:
        """解除任职，立即生效（安全保密管理员）。"""
        return self.act(granting.end_post, OnPostShape)

    @extend_schema(responses=PileSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def open_work(self, request: Request, id: str) -> Response:
        """此人名下未办结的工作，只有件数；移交前先看。"""
        return Response(PileSerializer(handing_over.preview(self.get_object()), many=True).data)

    @verb(HandOverShape, AccountSerializer, example={"successor": "inspector2", "note": "调任"})
    def hand_over(self, request: Request, id: str) -> Response:
        """移交工作（安全保密管理员）：名下工作转给同单位同岗位的人员，任职同时结束。"""
        return self.act(handing_over.hand_over, HandOverShape)
