"""Resources of regions that changed."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import region_changes
from povertyaudit.core.api.fields import ProseField, RegionField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import RegionChange


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
