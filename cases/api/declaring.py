"""Declared ties for machines: one's own; the registry and the head see those of their staff."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api.serializers import LeadDetailSerializer
from cases.api.shapes.handling import LeadReasonShape
from cases.models import Declaration
from cases.workflow import DECLARATION
from povertyaudit.core.api.fields import LineField, RegionField, UserField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet


class DeclarationSerializer(RecordSerializer):
    """One declared tie."""

    number = serializers.CharField(default=None, read_only=True, allow_null=True)
    region = serializers.CharField(default=None, read_only=True, allow_null=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    person = serializers.CharField(source="person.name", read_only=True)
    home = serializers.CharField(source="home_id", read_only=True, default=None)

    class Meta:
        model = Declaration
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "person", "name", "relation", "home", "unit_text",
        )  # fmt: skip


class DeclareShape(NoteShape):
    kind = serializers.ChoiceField(choices=Declaration.Kind.choices, help_text="申报事项")
    name = LineField(required=False, allow_blank=True, max_length=60, help_text="亲属姓名")
    relation = LineField(required=False, allow_blank=True, max_length=30, help_text="与本人关系")
    home = RegionField(required=False, allow_null=True, help_text="家乡所在乡镇或村的 12 位代码")
    unit_text = LineField(required=False, allow_blank=True, max_length=100, help_text="曾任职单位全称")
    person = UserField(required=False, allow_null=True, help_text="申报人，不填为本人；他人的由案管室登记")


class LiftShape(LeadReasonShape):
    person = UserField(help_text="解除谁的回避")


class DeclarationFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=Declaration.State.choices, label="状态")
    kind = django_filters.ChoiceFilter(choices=Declaration.Kind.choices, label="申报事项")

    class Meta:
        model = Declaration
        fields = ()


class DeclarationViewSet(ScopedViewSet):
    """回避申报：本人的；案管室和主要负责人另可看本机关人员的。"""

    queryset = Declaration.objects.for_list()
    serializer_class = DeclarationSerializer
    filterset_class = DeclarationFilter
    workflow = DECLARATION
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    @write_schema(
        DeclareShape,
        DeclarationSerializer,
        status=201,
        example={"kind": "kin", "name": "冯某山", "relation": "堂弟"},
    )
    def create(self, request: Request) -> Response:
        """申报（本人；案管室可代为登记）。涉及的线索按回避处理。"""
        return self.make(services.declare, DeclareShape)

    @verb(LeadReasonShape, DeclarationSerializer, example={"note": "亲属已调离本县。"})
    def end(self, request: Request, id: str) -> Response:
        """撤销申报（本人、案管室）。"""
        return self.act(services.end_declaration, LeadReasonShape)


class StandingAsideVerbs:
    """For the viewset of leads."""

    @verb(
        LiftShape,
        LeadDetailSerializer,
        example={"person": "inspector2", "note": "经核对系同名，不是其亲属。"},
    )
    def lift_recusal(self: Any, request: Request, id: str) -> Response:
        """解除回避（案管室、主要负责人），写明理由。"""
        return self.act(services.lift_recusal, LiftShape)  # type: ignore[no-any-return]
