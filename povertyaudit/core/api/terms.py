"""Terms of the classifications for machines: one resource for all lists."""

from functools import partial
from typing import Any, ClassVar

import django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import terms
from povertyaudit.core.api.fields import CodeField, DayField, LineField, ProseField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.filters import DayFilter, WordsFilter
from povertyaudit.core.models import Term, TermState

LIST = OpenApiParameter(
    "list",
    OpenApiTypes.STR,
    description="目录：categories styles managed_by approvals misuse_kinds misuse_natures fund_kinds send_back_reasons extension_reasons "
    "hand_back_reasons hold_reasons region_marks，不写为第一个",
)


class TermSerializer(serializers.Serializer[Any]):
    """One term from one day on; `number` is its code, the same before and after a new name."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.CharField(source="code", read_only=True)
    version = serializers.IntegerField(read_only=True)
    region = serializers.CharField(default=None, read_only=True, allow_null=True)
    state = serializers.CharField(read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)
    actions = serializers.SerializerMethodField()
    list = serializers.CharField(source="listed.key", read_only=True)
    list_display = serializers.CharField(source="listed.label", read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    anchor = serializers.CharField(read_only=True)
    content = serializers.SerializerMethodField(help_text="它决定的内容（审批权限：审批人代码）")
    act = serializers.CharField(read_only=True, help_text="add 新增 / rename 更名 / end 停用")
    valid_from = serializers.DateField(read_only=True, allow_null=True)
    valid_to = serializers.DateField(read_only=True, allow_null=True)

    def get_content(self, row: Term) -> str | None:
        return getattr(row, row.decided) if row.decided else None

    def get_actions(self, row: Term) -> "list[str]":  # type: ignore[valid-type]
        return RecordSerializer.get_actions(self, row)  # type: ignore[arg-type]


class TermFilterSet(django_filters.FilterSet):
    q = WordsFilter(fields=("code", "name"), label="名称或代码")
    code = django_filters.CharFilter(label="代码")
    state = django_filters.ChoiceFilter(choices=TermState.choices, label="状态")
    on = DayFilter(method="on_day", label="某日可选的")

    def on_day(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.on(value)


class EndShape(Shape):
    valid_from = DayField(help_text="自哪一天起")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class RenameShape(EndShape):
    name = LineField(max_length=50, help_text="新名称")
    anchor = LineField(max_length=200, required=False, allow_blank=True, help_text="依据")


class ChangeShape(EndShape):
    to = LineField(max_length=30, help_text="改为（审批权限：审批人代码 deputy secretary party superior）")
    anchor = LineField(max_length=200, required=False, allow_blank=True, help_text="依据")


class AddShape(RenameShape):
    list = LineField(max_length=30, help_text="目录")
    code = CodeField(max_length=30, help_text="代码，确定后不变")


class TermViewSet(ScopedViewSet):
    """分类目录：案管室提出新增、更名、停用，安全保密管理员确认。"""

    queryset: Any = None  # one table of several
    serializer_class = TermSerializer
    filterset_class = TermFilterSet
    workflow = terms.TERM
    orderings: ClassVar[Any] = {"order": "order", "code": "code"}
    default_ordering = "order"
    extra_parameters = frozenset({"list"})

    def get_queryset(self) -> Any:
        """The rows of one list; of one row, whichever table holds it."""
        wanted = self.kwargs.get("id")
        asked = self.request.query_params.get("list", "") if self.request else ""
        self.queryset = terms.rows_with(wanted) if wanted else terms.rows_of(asked)
        return super().get_queryset()

    @extend_schema(parameters=[LIST])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """一个目录的各项，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(
        AddShape,
        TermSerializer,
        status=201,
        example={
            "list": "categories", "code": "idle_assets", "name": "资产闲置", "valid_from": "2028-01-01",
            "anchor": "本县扶贫资产管理办法",
        },
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """提出新增（案管室）。"""
        said = self.body(AddShape)
        row = terms.add(by=self.user, terms=said.pop("list"), **said)
        return self.answer(row, status=201)

    def proposed(self, service: Any, shape: type[Shape]) -> Response:
        """The new row a proposal lays beside the present one."""
        row = self.get_object()
        act = partial(service, row, by=self.user, expected_version=self.expected_version())
        return self.answer(act(**self.body(shape)), status=201)

    @verb(RenameShape, TermSerializer, example={"name": "失职失责", "valid_from": "2028-01-01"}, status=201)
    def rename(self, request: Request, id: str) -> Response:
        """提出更名（案管室）：答复为等待确认的新一项。"""
        return self.proposed(terms.rename, RenameShape)

    @verb(ChangeShape, TermSerializer, example={"to": "secretary", "valid_from": "2028-01-01"}, status=201)
    def change(self, request: Request, id: str) -> Response:
        """提出改变它决定的内容（案管室）：答复为等待确认的新一项。"""
        return self.proposed(terms.change, ChangeShape)

    @verb(EndShape, TermSerializer, example={"valid_from": "2028-01-01"}, status=201)
    def end(self, request: Request, id: str) -> Response:
        """提出停用（案管室）：答复为等待确认的新一项。"""
        return self.proposed(terms.end, EndShape)

    @verb(NoteShape, TermSerializer, example={"note": "同意。"})
    def confirm(self, request: Request, id: str) -> Response:
        """确认（安全保密管理员，与提出人不是同一人）。"""
        return self.act(terms.confirm, NoteShape)

    @verb(NoteShape, TermSerializer, example={"note": "与上级口径不一致。"})
    def refuse(self, request: Request, id: str) -> Response:
        """不予确认（安全保密管理员）。"""
        return self.act(terms.refuse, NoteShape)
