"""佐证材料 for machines: uploaded, paired, replaced, withdrawn; what stands and what was."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.fields import CodeField, LineField, ProseField, ScopedRelatedField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, Shape
from povertyaudit.core.api.uploads import MULTIPART, with_files
from povertyaudit.core.models import Attachment
from rectification import gallery, services
from rectification.api.fields import EvidencePart, PastEvidencePart
from rectification.api.serializers import ItemRecordSerializer
from rectification.api.shapes import BEFORE, KIND, FilesField
from rectification.models import Evidence, EvidenceKind, Measure


class MeasureEvidenceShape(Shape):
    files = FilesField(max_length=20, allow_empty=False, help_text="文件（multipart，可多个）")
    kind = CodeField(required=False, max_length=30, help_text=KIND)
    before = ScopedRelatedField(
        queryset=Evidence.objects.all(), required=False, allow_null=True, help_text=BEFORE
    )
    caption = LineField(required=False, allow_blank=True, max_length=200, help_text="说明；照片写明拍摄位置")


class EvidenceShape(MeasureEvidenceShape):
    measure = ScopedRelatedField(queryset=Measure.objects.all(), required=False, allow_null=True)


class PairShape(NoteShape):
    evidence = ScopedRelatedField(queryset=Evidence.objects.all(), help_text="整改后照片")
    before = ScopedRelatedField(
        queryset=Evidence.objects.all(),
        required=False,
        allow_null=True,
        help_text="整改前照片；不写为不再成对",
    )


class ReplaceEvidenceShape(Shape):
    evidence = ScopedRelatedField(queryset=Evidence.objects.all())
    file = serializers.FileField(max_length=255, help_text="新版本（multipart）")
    note = ProseField(max_length=2000, help_text="更换的理由")


class RemoveEvidenceShape(Shape):
    evidence = ScopedRelatedField(queryset=Evidence.objects.all())
    note = ProseField(max_length=2000, help_text="撤下的理由")


class AlikePart(serializers.Serializer[Any]):
    """One file of this item that also proves something in another."""

    evidence = serializers.CharField(source="ours.public_id", read_only=True)
    item = serializers.CharField(source="theirs.item.public_id", read_only=True)
    item_number = serializers.CharField(source="theirs.item.number", read_only=True)
    kind = serializers.CharField(source="theirs.kind", read_only=True)
    kind_display = serializers.CharField(source="theirs.get_kind_display", read_only=True)


class EvidenceMixin:
    """For the viewset of items."""

    @with_files
    @verb({MULTIPART: EvidenceShape}, ItemRecordSerializer)
    def add_evidence(self: Any, request: Request, id: str) -> Response:
        """上传佐证材料（multipart）。"""
        return self.act(services.add_evidence, EvidenceShape)  # type: ignore[no-any-return]

    @verb(PairShape, ItemRecordSerializer, example={"evidence": "2", "note": "不是同一角度。"})
    def pair_evidence(self: Any, request: Request, id: str) -> Response:
        """选定整改后照片对应的整改前照片，并排对比。"""
        return self.act(services.pair_evidence, PairShape)  # type: ignore[no-any-return]

    @with_files
    @verb({MULTIPART: ReplaceEvidenceShape}, ItemRecordSerializer)
    def replace_evidence(self: Any, request: Request, id: str) -> Response:
        """更换佐证材料（multipart），须写明理由；原来的版本保留。"""
        return self.act(services.replace_evidence, ReplaceEvidenceShape)  # type: ignore[no-any-return]

    @verb(RemoveEvidenceShape, ItemRecordSerializer, example={"evidence": "1", "note": "照片模糊。"})
    def remove_evidence(self: Any, request: Request, id: str) -> Response:
        """撤下佐证材料，须写明理由；文件仍留在档案里。"""
        return self.act(services.remove_evidence, RemoveEvidenceShape)  # type: ignore[no-any-return]

    @extend_schema(responses=EvidencePart(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def evidence(self: Any, request: Request, id: str) -> Response:
        """佐证材料。"""
        return Response(EvidencePart(self.get_object().evidence.all(), many=True).data)

    @extend_schema(responses=PastEvidencePart(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def past_evidence(self: Any, request: Request, id: str) -> Response:
        """更换以前的版本和撤下的佐证材料。"""
        rows = self.get_object().past_evidence.select_related("attachment", "ended_by__person")
        return Response(PastEvidencePart(rows, many=True).data)

    @extend_schema(responses=AlikePart(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def alike(self: Any, request: Request, id: str) -> Response:
        """同一文件还用作其他事项佐证材料的，供审核、复核的人核对。"""
        return Response(AlikePart(gallery.others(self.get_object(), self.user), many=True).data)

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        """A file of an item is evidence for the item as a whole."""
        kind = said.get("kind") or EvidenceKind.OTHER
        kind = EvidenceKind.OTHER if kind == "evidence" else kind
        done = services.add_evidence(
            row, by=said["by"], files=[upload], kind=kind, caption=said.get("title", "")
        )
        newest: Attachment = done.evidence.latest("pk").attachment
        return newest
