"""Files over REST: listed and described through scope, uploaded as multipart on the record they belong to."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import files
from povertyaudit.core.api.errors import etag
from povertyaudit.core.api.fields import CodeField, LineField
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.serializers import AttachmentSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment
from povertyaudit.core.views.serving import Served, serve


class UploadShape(Shape):
    """One file, told by its content: JPG, PNG, WebP, PDF, docx, xlsx."""

    file = serializers.FileField(max_length=255, help_text="图片 20 MB、文档 20 MB、PDF 50 MB 以内")
    title = LineField(required=False, allow_blank=True, max_length=200, help_text="标题")
    kind = CodeField(required=False, max_length=30, help_text="类别，默认 evidence")


class ReplacementShape(Shape):
    """The later version of a file."""

    file = serializers.FileField(max_length=255)


class FilesMixin:
    """For the viewset of a dossier whose files come with its verbs: `GET <things>/<id>/attachments/`."""

    @extend_schema(responses=AttachmentSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def attachments(self: Any, request: Request, id: str) -> Response:
        """这条记录的附件，含历次版本。"""
        found = Attachment.objects.seen_of(self.get_object(), self.user).select_related(
            "replaces", "replaced_by"
        )
        return Response(AttachmentSerializer(found, many=True).data)


class AttachMixin(FilesMixin):
    """For the viewset of a dossier: `POST <things>/<id>/attach/` (multipart) and `GET <things>/<id>/attachments/`."""

    @write_schema(UploadShape, AttachmentSerializer, status=201)
    @action(
        detail=True,
        methods=["post"],
        parser_classes=[MultiPartParser],
        filter_backends=[],
        pagination_class=None,
    )
    def attach(self: Any, request: Request, id: str) -> Response:
        """上传附件。"""
        return self.take_file(UploadShape)  # type: ignore[no-any-return]

    def take_file(self: Any, shape: type[Shape]) -> Response:
        """Keep the file of the request with the record; `shape` says what may be said of it."""
        row = self.get_object()
        said = self.body(shape)
        kept = self.attach_file(row, said.pop("file"), by=self.user, **said)
        return _described(self, kept, status=201)

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        """Where an app has a rule of its own about who may attach what, it calls its service here."""
        return files.attach(row, upload, **said)


class AttachmentFilter(filters.FilterSet):
    class Meta:
        model = Attachment
        fields = ("kind",)


class AttachmentViewSet(ScopedViewSet):
    """您可以查看的附件。"""

    queryset = Attachment.objects.select_related("replaces", "replaced_by")
    serializer_class = AttachmentSerializer
    filterset_class = AttachmentFilter
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def content(self, request: Request, id: str) -> Served:
        """文件内容。"""
        return serve(self.get_object(), by=self.user, thumb="thumb" in request.query_params)

    @write_schema(ReplacementShape, AttachmentSerializer, status=201)
    @action(
        detail=True,
        methods=["post"],
        parser_classes=[MultiPartParser],
        filter_backends=[],
        pagination_class=None,
    )
    def replace(self, request: Request, id: str) -> Response:
        """上传新版本，旧版本保留。"""
        row = self.get_object()
        new = files.replace(row, self.body(ReplacementShape)["file"], by=self.user)
        return _described(self, new, status=201)


def _described(view: Any, kept: Attachment, status: int) -> Response:
    address = f"/api/v1/attachments/{kept.public_id}/"
    headers = {"ETag": etag(kept.version), "Location": address}
    return Response(AttachmentSerializer(kept).data, status=status, headers=headers)
