"""What every dossier answers beside its own verbs, whatever its kind: why one sees it, its comments, following it."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import comments, favourites, sight
from povertyaudit.core.api.errors import etag
from povertyaudit.core.api.fields import ProseField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Comment, Favourite

ALONE: dict[str, Any] = {"detail": True, "filter_backends": [], "pagination_class": None}


class WaySerializer(serializers.Serializer[Any]):
    """One way by which the caller reaches the record."""

    post = serializers.CharField(help_text="凭哪一任职")
    words = serializers.CharField(help_text="依哪条规则")


class CommentShape(Shape):
    """A comment. `@姓名` in it mentions somebody who sees the record."""

    text = ProseField(max_length=comments.MOST, help_text="内容；@姓名 提醒能看到这条记录的人")
    own_unit_only = serializers.BooleanField(required=False, default=False, help_text="仅本单位可见")


class MentionSerializer(serializers.Serializer[Any]):
    """Somebody a comment mentions."""

    id = serializers.CharField()
    name = serializers.CharField()


class CommentSerializer(RecordSerializer):
    """One comment beside a record."""

    number = serializers.CharField(default=None, read_only=True, allow_null=True)
    region = serializers.CharField(default=None, read_only=True, allow_null=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    text = serializers.CharField(read_only=True, allow_null=True, help_text="撤回后为空")
    author = serializers.CharField(source="author.display_name", read_only=True)
    own_unit = serializers.CharField(
        source="own_unit.name", default=None, read_only=True, help_text="仅限查看的单位"
    )
    mentions = MentionSerializer(many=True, read_only=True)

    class Meta:
        model = Comment
        fields = (
            *RecordSerializer.COMMON, "text", "author", "author_post", "own_unit", "mentions", "withdrawn_at",
        )  # fmt: skip

    def get_actions(self, row: Any) -> list[str]:
        mine = row.author_id == self.context["request"].user.pk
        return ["withdraw"] if mine and not row.withdrawn_at else []


class WrittenSerializer(CommentSerializer):
    """A comment just written, and what to say of each @ that reached nobody."""

    not_told = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(CommentSerializer.Meta):
        fields = (*CommentSerializer.Meta.fields, "not_told")


class FavouriteSerializer(serializers.ModelSerializer[Favourite]):
    """A record the caller follows, as it is now; `record` is its id, `kind` says of which resource."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind = serializers.CharField(source="row._meta.model_name", read_only=True)
    record = serializers.CharField(source="row.public_id", read_only=True)
    number = serializers.CharField(source="row.number", read_only=True, allow_null=True)
    title = serializers.CharField(source="row.title", read_only=True)
    version = serializers.IntegerField(source="row.version", read_only=True)
    region = serializers.CharField(source="row.region_id", read_only=True)
    state = serializers.CharField(source="row.state", read_only=True)
    state_display = serializers.CharField(source="row.get_state_display", read_only=True)
    updated_at = serializers.DateTimeField(source="row.updated_at", read_only=True)
    due_on = serializers.DateField(source="clock.due_on", default=None, read_only=True, allow_null=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), default=list, read_only=True)

    class Meta:
        model = Favourite
        fields = (*RecordSerializer.COMMON, "kind", "record", "title", "due_on", "url")


class DossierMixin:
    """For the viewset of a dossier: `why/`, `comments/`, `follow/` and `unfollow/` below `<things>/<id>/`; no `comments/` where none are taken."""

    @classmethod
    def get_extra_actions(cls) -> list[Any]:
        found: list[Any] = super().get_extra_actions()  # type: ignore[misc]
        takes = cls.queryset.model.takes_comments  # type: ignore[attr-defined]
        return [one for one in found if takes or one.url_path != "comments"]

    @extend_schema(responses=WaySerializer(many=True))
    @action(methods=["get"], **ALONE)
    def why(self: Any, request: Request, id: str) -> Response:
        """您为什么能看到这条记录：凭哪一任职、依哪条规则。"""
        ways = [
            {"post": str(post), "words": words} for post, words in sight.why(self.get_object(), self.user)
        ]
        return Response(WaySerializer(ways, many=True).data)

    @extend_schema(responses=CommentSerializer(many=True))
    @action(methods=["get"], **ALONE)
    def comments(self: Any, request: Request, id: str) -> Response:
        """这条记录的工作批注，先写的在前；限本单位的只有该单位能看到。"""
        found = comments.thread(self.get_object(), self.user)
        return Response(CommentSerializer(found, many=True, context=self.get_serializer_context()).data)

    @write_schema(
        CommentShape,
        WrittenSerializer,
        example={"text": "请核对补助发放花名册后再报。", "own_unit_only": False},
        status=201,
    )
    @comments.mapping.post
    def write_comment(self: Any, request: Request, id: str) -> Response:
        """写工作批注；被 @ 的人只收到编号和链接。记录的版本和签署不变。"""
        row, said = self.get_object(), self.body(CommentShape)
        comment, found = comments.write(row, by=self.user, **said)
        comment.text, comment.not_told = said["text"], found.not_told  # type: ignore[attr-defined]
        answer = WrittenSerializer(comment, context=self.get_serializer_context()).data
        return Response(answer, status=201, headers={"ETag": etag(comment.version)})

    @verb(None, None, status=204)
    def follow(self: Any, request: Request, id: str) -> Response:
        """关注这条记录；只有您自己知道。"""
        favourites.follow(self.get_object(), by=self.user)
        return Response(status=204)

    @verb(None, None, status=204)
    def unfollow(self: Any, request: Request, id: str) -> Response:
        """取消关注。"""
        favourites.unfollow(self.get_object(), by=self.user)
        return Response(status=204)


class CommentViewSet(ScopedViewSet):
    """Comments are read with their record; here their own verb."""

    queryset = Comment.objects.for_thread()
    serializer_class = CommentSerializer

    @verb(None, CommentSerializer)
    def withdraw(self, request: Request, id: str) -> Response:
        """撤回自己写的批注：不再显示内容，只留下谁在何时撤回。"""
        return self.act(comments.withdraw)


class FavouriteViewSet(ScopedViewSet):
    """您关注的记录，各类都在一起；看不到的不列出。"""

    queryset = Favourite.objects.all()
    serializer_class = FavouriteSerializer
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    def paginate_queryset(self, queryset: Any) -> Any:
        return favourites.with_rows(super().paginate_queryset(queryset) or [], self.user)

    def get_object(self) -> Any:
        return favourites.with_rows([super().get_object()], self.user)[0]
