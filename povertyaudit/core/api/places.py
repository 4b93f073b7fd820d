"""Units, and the changes of regions and units."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import region_changes, unit_changes
from povertyaudit.core.api.fields import CodeField, DayField, LineField, ProseField, RegionField, UnitField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape, UnitSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import RegionChange, Unit, UnitChange, UnitKind
from povertyaudit.core.place_filters import UnitFilterSet


class RegionChangeSerializer(RecordSerializer):
    """A region that vanished from the list while records name it; `number` and `region` are its code."""

    number = serializers.CharField(source="region_id", read_only=True)
    region_name = serializers.CharField(source="region.path_name", read_only=True)
    ended_on = serializers.DateField(source="region.ends_on", read_only=True)
    successor = serializers.CharField(source="successor_id", read_only=True, allow_null=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)

    class Meta:
        model = RegionChange
        fields = (*RecordSerializer.COMMON, "region_name", "ended_on", "successor", "decided_by")


class SuccessorShape(Shape):
    successor = RegionField(help_text="并入的地区")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class RegionChangeViewSet(ScopedViewSet):
    """地区变更：载入区划时撤销、而记录还引用的地区，由安全保密管理员写明去向。"""

    queryset = RegionChange.objects.for_list()
    serializer_class = RegionChangeSerializer
    workflow = region_changes.REGION_CHANGE
    orderings: ClassVar[Any] = {"created_at": "created_at", "number": "region_id"}

    @verb(SuccessorShape, RegionChangeSerializer, example={"successor": "990101102000"})
    def name_successor(self, request: Request, id: str) -> Response:
        """写明去向。"""
        return self.act(region_changes.name_successor, SuccessorShape)

    @verb(NoteShape, RegionChangeSerializer, example={"note": "整村搬迁，没有承接的村。"})
    def no_successor(self, request: Request, id: str) -> Response:
        """无承接地区。"""
        return self.act(region_changes.no_successor, NoteShape)


class UnitChangeSerializer(RecordSerializer):
    """A change of a unit, proposed or decided."""

    number = serializers.CharField(
        source="unit.public_id", read_only=True, default=None, help_text="单位标识；设立的在确认后才有"
    )
    act_display = serializers.CharField(source="get_act_display", read_only=True)
    parent = serializers.CharField(source="parent.public_id", read_only=True, default=None)  # type: ignore[assignment]
    successor = serializers.CharField(source="successor.public_id", read_only=True, default=None)
    changed_by = serializers.CharField(source="changed_by.display_name", read_only=True)
    confirmed_by = serializers.CharField(source="confirmed_by.display_name", read_only=True, default=None)

    class Meta:
        model = UnitChange
        fields = (
            *RecordSerializer.COMMON, "act", "act_display", "old_name", "new_name", "kind", "parent", "office_code",
            "successor", "effective_on", "basis", "changed_by", "confirmed_by",
        )  # fmt: skip


class AbolishUnitShape(Shape):
    effective_on = DayField(help_text="生效日期，到了这一天才能确认")
    basis = LineField(max_length=200, required=False, allow_blank=True, help_text="依据的文件")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class RenameUnitShape(AbolishUnitShape):
    new_name = LineField(max_length=100, help_text="新名称")


class MergeUnitShape(AbolishUnitShape):
    successor = UnitField(help_text="并入的单位")


class FoundUnitShape(AbolishUnitShape):
    name = LineField(max_length=100, help_text="单位名称，同一地区内不重名")
    kind = serializers.ChoiceField(choices=UnitKind.choices, help_text="类别")
    region = RegionField(help_text="所属地区：乡镇类为乡镇，村（社区）类为村，其他为县")
    parent = UnitField(required=False, allow_null=True, help_text="上级单位")  # type: ignore[assignment]
    office_code = CodeField(max_length=8, required=False, allow_blank=True, help_text="编号代字，例如 XF")


class UnitChangeViewSet(ScopedViewSet):
    """单位变更：案管室提出设立、更名、并入、撤销，安全保密管理员确认。"""

    queryset = UnitChange.objects.for_list()
    serializer_class = UnitChangeSerializer
    workflow = unit_changes.UNIT_CHANGE
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    @verb(NoteShape, UnitChangeSerializer, example={"note": "同意。"})
    def confirm(self, request: Request, id: str) -> Response:
        """确认（安全保密管理员，与提出人不是同一人），生效日期之前不能确认。"""
        return self.act(unit_changes.confirm, NoteShape)

    @verb(NoteShape, UnitChangeSerializer, example={"note": "依据的文件不全。"})
    def refuse(self, request: Request, id: str) -> Response:
        """不予确认（安全保密管理员）。"""
        return self.act(unit_changes.refuse, NoteShape)


class UnitViewSet(ScopedViewSet):
    """您管辖范围内的单位。设立、更名、并入、撤销由案管室提出，答复为等待确认的变更。"""

    queryset = Unit.objects.select_related("parent", "successor").prefetch_related("aliases")
    serializer_class = UnitSerializer
    filterset_class = UnitFilterSet
    workflow = unit_changes.UNIT
    orderings: ClassVar[Any] = {"name": "name", "region": "region_id"}
    default_ordering = "region"

    def proposed(self, service: Any, shape: type[Shape]) -> Response:
        row = self.get_object()
        said = self.body(shape)
        return self.waiting(service(row, by=self.user, expected_version=self.expected_version(), **said))

    def waiting(self, change: UnitChange) -> Response:
        """The change that waits for another person."""
        view = UnitChangeViewSet(request=self.request, format_kwarg=None, kwargs={})
        return Response(UnitChangeSerializer(change, context=view.get_serializer_context()).data, status=201)

    @write_schema(
        FoundUnitShape,
        UnitChangeSerializer,
        status=201,
        example={
            "name": "县供销合作社联合社", "kind": "department", "region": "990101000000", "effective_on": "2026-10-01",
            "basis": "县委编委批复",
        },
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """提出设立（案管室）。"""
        return self.waiting(unit_changes.found(by=self.user, **self.body(FoundUnitShape)))

    @verb(
        RenameUnitShape,
        UnitChangeSerializer,
        example={"new_name": "某某局（新名）", "effective_on": "2026-10-01", "basis": "县机构改革方案"},
        status=201,
    )
    def rename(self, request: Request, id: str) -> Response:
        """提出更名（案管室）。"""
        return self.proposed(unit_changes.rename, RenameUnitShape)

    @verb(
        MergeUnitShape,
        UnitChangeSerializer,
        example={"successor": "县农业农村局", "effective_on": "2026-10-01"},
        status=201,
    )
    def merge(self, request: Request, id: str) -> Response:
        """提出并入其他单位（案管室）。"""
        return self.proposed(unit_changes.merge, MergeUnitShape)

    @verb(AbolishUnitShape, UnitChangeSerializer, example={"effective_on": "2026-10-01"}, status=201)
    def abolish(self, request: Request, id: str) -> Response:
        """提出撤销（案管室）。"""
        return self.proposed(unit_changes.abolish, AbolishUnitShape)
