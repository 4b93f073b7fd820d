"""Saved views for machines: the caller's own and those his units share. Lists take one as `?view=<id>`."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import saved_views
from povertyaudit.core.api.fields import LineField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import SavedView
from povertyaudit.core.models.lists import LONGEST_QUERY

EXAMPLE = {"list": "leads", "name": "来信待分办", "query": "channel=letter&state=registered", "shared": True}


class AmendViewShape(Shape):
    """What is left out stays."""

    name = LineField(max_length=saved_views.NAME_LENGTH, required=False, help_text="名称，同一列表内不重复")
    query = LineField(
        max_length=LONGEST_QUERY, required=False, help_text="条件，写法同列表地址中“?”以后的部分"
    )
    shared = serializers.BooleanField(required=False, help_text="共享给本单位")
    is_default = serializers.BooleanField(required=False, help_text="打开列表时先用它")


class NewViewShape(AmendViewShape):
    list: Any = LineField(max_length=60, help_text="列表，例如 leads、items")
    name = LineField(max_length=saved_views.NAME_LENGTH, help_text="名称，同一列表内不重复")
    query = LineField(max_length=LONGEST_QUERY, help_text="条件，写法同列表地址中“?”以后的部分")


class SavedViewSerializer(RecordSerializer):
    """Conditions under a name; rows in them are named by code or id."""

    number = serializers.CharField(default=None, read_only=True, allow_null=True)
    region = serializers.CharField(default=None, read_only=True, allow_null=True)
    state: Any = serializers.SerializerMethodField(help_text="own 自用 / shared 本单位共享")
    state_display: Any = serializers.SerializerMethodField()
    list: Any = serializers.CharField(source="list_key", read_only=True)
    owner = serializers.CharField(source="owner.display_name", read_only=True)
    mine = serializers.SerializerMethodField()

    class Meta:
        model = SavedView
        fields = (*RecordSerializer.COMMON, "list", "name", "query", "owner", "mine", "is_default")

    def get_state(self, row: Any) -> str:
        return "shared" if row.unit_id else "own"

    def get_state_display(self, row: Any) -> str:
        return "本单位共享" if row.unit_id else "自用"

    def get_mine(self, row: Any) -> bool:
        return bool(row.owner_id == self.context["request"].user.pk)

    def get_actions(self, row: Any) -> Any:
        return ["amend", "delete"] if self.get_mine(row) else []


class SavedViewViewSet(ScopedViewSet):
    """您的常用视图，和本单位共享的。视图只有条件：用它筛选时仍只得到您有权看的记录。"""

    queryset = SavedView.objects.select_related("owner__person")
    serializer_class = SavedViewSerializer
    orderings: ClassVar[Any] = {"created_at": "created_at", "name": "name"}

    @write_schema(NewViewShape, SavedViewSerializer, example=EXAMPLE, status=201)
    def create(self, request: Request) -> Response:
        """保存视图；条件须是该列表已有的。"""
        said = self.body(NewViewShape)
        key = said.pop("list")
        return self.answer(saved_views.create(by=self.user, list_key=key, **said), status=201)

    @verb(AmendViewShape, SavedViewSerializer, example={"shared": False})
    def amend(self, request: Request, id: str) -> Response:
        """改名称、条件、是否共享、是否默认（仅创建人）。"""
        return self.act(saved_views.amend, AmendViewShape)

    @verb(None, None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        """删除视图（仅创建人）；记录没有变化。"""
        return self.act(saved_views.delete)
