"""Ledgers too large for one answer: the order, how far it is, and the file."""

from typing import Any, ClassVar

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.dossiers import ALONE
from povertyaudit.core.api.ledgers import XLSX
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.exchange.models import LedgerFile
from povertyaudit.exchange.services import files


class LedgerFileSerializer(RecordSerializer):
    """An order. `state`: queued, running, done, failed; `content/` answers once it is done."""

    number = serializers.CharField(default=None, read_only=True, allow_null=True)
    version = serializers.IntegerField(default=1, read_only=True)
    region = serializers.CharField(default=None, read_only=True, allow_null=True)
    updated_at = serializers.DateTimeField(source="created_at", read_only=True)
    rows_done = serializers.IntegerField(read_only=True, help_text="已写入的行数")

    class Meta:
        model = LedgerFile
        fields = (*RecordSerializer.COMMON, "ledger", "rows", "rows_done", "size", "expires_at")

    def get_actions(self, row: Any) -> list[str]:
        return ["cancel"]


class LedgerFileViewSet(ScopedViewSet):
    """您导出的大台账：写好后三天内可以下载。"""

    queryset = LedgerFile.objects.all()
    serializer_class = LedgerFileSerializer
    orderings: ClassVar[Any] = {"created_at": "created_at"}

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    @action(methods=["get"], **ALONE)
    def content(self, request: Request, id: str) -> FileResponse:
        """下载；还没有写好的答 409。"""
        file = self.get_object()
        name, opened = files.name_of(file), files.opened(file)
        return FileResponse(
            opened,
            as_attachment=True,
            filename=name,
            content_type=XLSX,
            headers={"Cache-Control": "no-store"},
        )

    @verb(NoteShape, None, example={}, status=204)
    def cancel(self, request: Request, id: str) -> Response:
        """取消导出，或者删除写好的文件。"""
        files.cancel(self.get_object())
        return Response(status=204)
