"""Imports over REST: a file taken in and looked through, its rows, bring in, drop, undo."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.attachments import FilesMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.parsers import StrictJSONParser
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, WrittenReasonShape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.sheets import services
from povertyaudit.sheets.filters import SheetImportFilter
from povertyaudit.sheets.kinds import KINDS
from povertyaudit.sheets.models import SheetImport
from povertyaudit.sheets.pages import why_of
from povertyaudit.sheets.workflow import SHEET_IMPORT

MOST = 1000  # rows of one answer


class SheetImportShape(NoteShape):
    kind = serializers.ChoiceField(
        choices=[(one.code, one.label) for one in KINDS.values()], help_text="内容"
    )
    file = serializers.FileField(max_length=255, help_text="xlsx、xls、ods 或者 csv，20 MB、50000 行以内")


class BringShape(NoteShape):
    without_refused = serializers.BooleanField(
        required=False, default=False, help_text="有错的行不导入，其余各行导入"
    )


class RemapShape(NoteShape):
    names = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=40),
        help_text="表格的列（从 0 起的序号）→ 登记的项，空为不导入；没有写的不变",
    )


class SettleImportShape(NoteShape):
    choices = serializers.DictField(
        child=serializers.ChoiceField(choices=(("sheet", "用表格里的"), ("now", "保留现在登记的"))),
        help_text='“行:项”→ 用哪一个，例如 {"3:title": "sheet"}',
    )


class HeadSerializer(serializers.Serializer[Any]):
    at = serializers.IntegerField(help_text="第几列，从 0 起")
    heading = serializers.CharField(help_text="表格里的列名")
    name = serializers.CharField(allow_blank=True, help_text="对应登记的哪一项，空为不导入")
    wan = serializers.BooleanField(help_text="金额是万元")


class SheetImportSerializer(RecordSerializer):
    """One import and the figures of its rows."""

    taken_by = serializers.CharField(source="taken_by.display_name", read_only=True)
    heads = HeadSerializer(many=True, read_only=True)

    class Meta:
        model = SheetImport
        fields = (
            *RecordSerializer.COMMON, "kind", "file_name", "sheet_name", "head_row", "heads", "rows_given", "rows_new",
            "rows_changed", "rows_same", "rows_refused", "taken_by",
        )  # fmt: skip


class SheetRowSerializer(serializers.Serializer[Any]):
    """One row of the file: what becomes of it, what is wrong, what it was made into."""

    line = serializers.IntegerField()
    outcome = serializers.CharField(help_text="new、changed、same、refused")
    why = serializers.SerializerMethodField(help_text="问题，都在一起")
    conflicts = serializers.DictField(help_text="项 → [表格里的, 现在的, 谁改的, 什么时候]")
    written = serializers.BooleanField(source="done")
    target = serializers.CharField(source="target_id", help_text="写入的记录的标识")
    target_number = serializers.CharField()

    def get_why(self, row: Any) -> str:
        return why_of(self.context["sheet"], row)


class SheetImportViewSet(DossierMixin, FilesMixin, ScopedViewSet):
    """表格导入：先核对，再导入；整份可以撤销。"""

    queryset = SheetImport.objects.for_list()
    serializer_class = SheetImportSerializer
    filterset_class = SheetImportFilter
    workflow = SHEET_IMPORT

    def get_parsers(self) -> list[Any]:
        """A new import is a file."""
        if (getattr(self, "action_map", None) or {}).get("post") == "create":
            return [StrictJSONParser(), MultiPartParser()]
        return list(super().get_parsers())

    @write_schema(SheetImportShape, SheetImportSerializer, status=201)
    def create(self, request: Request) -> Response:
        """上传表格并核对：行多的在后台核对，state 为 checking；什么也不登记。"""
        return self.make(services.take_in, SheetImportShape)

    @extend_schema(responses=SheetRowSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def rows(self, request: Request, id: str) -> Response:
        """各行的结果，最多 1000 行，有错的在前；全部在标出错处的表格里（attachments/）。"""
        sheet = self.get_object()
        found = sheet.rows.in_order()[:MOST]
        return Response(SheetRowSerializer(found, many=True, context={"sheet": sheet}).data)

    @verb(BringShape, SheetImportSerializer, example={})
    def bring_in(self, request: Request, id: str) -> Response:
        """导入；行多的在后台，state 为 importing。"""
        return self.act(services.bring_in, BringShape)

    @verb(RemapShape, SheetImportSerializer, example={"names": {}})
    def remap(self, request: Request, id: str) -> Response:
        """核对列：指定表格的列对应哪一项，本单位以后的表格照此对应。"""
        return self.act(services.remap, RemapShape)

    @verb(SettleImportShape, SheetImportSerializer, example={"choices": {}})
    def settle(self, request: Request, id: str) -> Response:
        """处理冲突：交回的工作表里，两边都改过的格用哪一个。"""
        return self.act(services.settle, SettleImportShape)

    @verb(NoteShape, SheetImportSerializer, example={})
    def drop(self, request: Request, id: str) -> Response:
        """放弃导入。"""
        return self.act(services.drop, NoteShape)

    @verb(WrittenReasonShape, SheetImportSerializer, example={"note": "表格选错了。"})
    def undo(self, request: Request, id: str) -> Response:
        """撤销导入：写入的各条作废，编号保留；有一条办理过的不能撤销。"""
        return self.act(services.undo, WrittenReasonShape)
