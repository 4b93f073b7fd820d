"""文书 and their templates over REST."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import region_rules
from povertyaudit.core.api.fields import CodeField, DayField, LineField, MomentField, ProseField, RegionField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.core.views.serving import Served, serve
from povertyaudit.documents import offering
from povertyaudit.documents.filters import DocumentFilter, TemplateFilter
from povertyaudit.documents.kinds import Kind, offered
from povertyaudit.documents.models import Document, DocumentTemplate
from povertyaudit.documents.querysets import with_targets
from povertyaudit.documents.services import making, templates, voiding
from povertyaudit.documents.serving import word_file
from povertyaudit.documents.workflow import DOCUMENT

BINARY = {(200, "*/*"): OpenApiTypes.BINARY}
ONE: dict[str, Any] = {"detail": True, "filter_backends": [], "pagination_class": None}
LETTER = {
    "of": "items", "record": "ak3vP7tRwq9XzB5mN2cHd8", "kind": "press_letter",
    "demand": "请于月底前整改到位，并书面报告。", "reply_by": "2026-12-09T18:00:00+08:00",
}  # fmt: skip


class DocumentSerializer(RecordSerializer):
    """A document that was made; its Word file at `url`."""

    number = serializers.CharField(read_only=True, help_text="文号；没有的为空")
    kind_display = serializers.CharField(source="kind_label", read_only=True)
    of = serializers.SerializerMethodField(help_text="由哪类记录生成")
    template = serializers.CharField(source="template.public_id", read_only=True, help_text="所用模板")
    template_edition = serializers.CharField(source="template.edition_words", read_only=True)
    sha256 = serializers.CharField(source="attachment.sha256", read_only=True)
    url = serializers.CharField(source="attachment.get_absolute_url", read_only=True)
    made_by = serializers.CharField(source="made_by.display_name", read_only=True)
    voided_by = serializers.CharField(
        source="voided_by.display_name", read_only=True, allow_null=True, default=None, help_text="作废人"
    )

    class Meta:
        model = Document
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "title", "of", "said", "template", "template_edition",
            "template_sha256", "sha256", "url", "made_by",
            "voided_at", "voided_by", "void_reason",
        )  # fmt: skip

    def get_of(self, row: Document) -> str:
        return offering.things_of(row.target_label)


class AskSerializer(serializers.Serializer[Any]):
    """What is to be filled in for a kind."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField(help_text="line 一行、text 多段、day 日期、moment 时刻")
    required = serializers.BooleanField()  # type: ignore[assignment]


class KindSerializer(serializers.Serializer[Any]):
    """A kind that can be made of the record now."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    asks = AskSerializer(many=True, source="asked")


class MakeShape(Shape):
    """Which kind of which record; what is left out is as the page fills it in."""

    of = CodeField(max_length=30, help_text="记录的类别，如 leads、items、reports")
    record = CodeField(max_length=40, help_text="记录的标识（id）")
    kind = CodeField(max_length=30, help_text="文书代码，见 documents/kinds/")
    addressee = LineField(required=False, allow_blank=True, max_length=100, help_text="主送单位")
    demand = ProseField(required=False, allow_blank=True, max_length=2000, help_text="要求")
    opening = ProseField(required=False, allow_blank=True, max_length=4000, help_text="正文")
    reply_by = MomentField(required=False, help_text="回复时限，写到几时几分")
    contact = LineField(required=False, allow_blank=True, max_length=100, help_text="联系人和电话")
    place = LineField(required=False, allow_blank=True, max_length=100, help_text="地点")
    signed = LineField(required=False, allow_blank=True, max_length=100, help_text="落款")
    dated = DayField(required=False, help_text="成文日期")


def found_row(things: str, public_id: str, user: User) -> Any:
    """The record, where the user may read it whole. Raises Http404."""
    row = offering.row_of(things, public_id, user)
    if row is None:
        raise Http404
    return row


class VoidDocumentShape(Shape):
    """Why it no longer holds."""

    note = ProseField(max_length=500, help_text="作废的理由")


class DocumentViewSet(ScopedViewSet):
    """文书：由线索、事项、报表等记录按模板生成的 Word 文件。能看全部内容的记录，才看得到它的文书。"""

    queryset = Document.objects.for_list()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    workflow = DOCUMENT
    orderings: ClassVar[dict[str, str]] = {"created_at": "created_at", "number": "number"}

    @write_schema(MakeShape, DocumentSerializer, status=201, example=LETTER)
    def create(self, request: Request) -> Response:
        """生成文书，存入这条记录的附件；每次打开都记入办理记录。"""
        said = self.body(MakeShape)
        row = found_row(said.pop("of"), said.pop("record"), self.user)
        kind = offering.kind_of(row, said.pop("kind"))
        if kind is None:
            raise RuleBroken("document.kind", "没有这种文书，请核对代码。", field="kind")
        making.may_make(row, kind, by=self.user)
        made = making.make(row, kind=kind, by=self.user, **{**offering.first(row, kind, self.user), **said})
        return self.answer(self.get_queryset().get(pk=made.pk), status=201)

    @extend_schema(
        responses=KindSerializer(many=True),
        parameters=[
            OpenApiParameter("of", str, required=True, description="记录的类别"),
            OpenApiParameter("record", str, required=True, description="记录的标识"),
        ],
    )
    @action(detail=False, methods=["get"], filter_backends=[], pagination_class=None)
    def kinds(self, request: Request) -> Response:
        """这条记录现在可以由您生成的文书。"""
        asked = request.query_params
        row = found_row(asked.get("of", ""), asked.get("record", ""), self.user)
        found: list[Kind] = offered(row, self.user)
        return Response(KindSerializer(found, many=True).data)

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of them with the rows they are of: who may void one depends on its row."""
        page = super().paginate_queryset(queryset)
        with_targets(page or ())
        return page

    @verb(VoidDocumentShape, DocumentSerializer, example={"note": "主送单位写错，另行生成。"})
    def void(self, request: Request, id: str) -> Response:
        """作废：写明理由；文号不再使用，文件仍可下载，文件名前标明已作废。"""
        return self.act(voiding.void, VoidDocumentShape)

    @extend_schema(responses=BINARY)
    @action(methods=["get"], **ONE)
    def content(self, request: Request, id: str) -> Served:
        """Word 文件；打开即记入办理记录。"""
        return serve(self.get_object().attachment, by=self.user)


class TemplateShape(Shape):
    """A template for a place."""

    file = serializers.FileField(max_length=255, help_text="docx，5 MB 以内")
    region = RegionField(help_text="适用地区的 12 位代码")
    valid_from = DayField(help_text="施行日期")
    source = LineField(max_length=200, help_text="依据的文件")  # type: ignore[assignment]
    note = ProseField(required=False, allow_blank=True, max_length=200, help_text="说明")


class TemplateSerializer(RecordSerializer):
    """A template from one day on; the one of the product has no file of its own."""

    number = serializers.CharField(source="edition_words", read_only=True)
    kind_display = serializers.CharField(source="kind_label", read_only=True)

    class Meta:
        model = DocumentTemplate
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "edition", "valid_from", "valid_to", "source", "note", "sha256",
            "file_name", "size",
        )  # fmt: skip


class DocumentTemplateViewSet(ScopedViewSet):
    """文书模板：内置模板和各地上传的模板，按施行日期和地区适用；案管室上传，安全保密管理员确认。"""

    queryset = DocumentTemplate.objects.for_list()
    serializer_class = TemplateSerializer
    filterset_class = TemplateFilter
    workflow = region_rules.REGION_RULE
    orderings: ClassVar[dict[str, str]] = {"kind": "kind", "valid_from": "valid_from"}
    default_ordering = "kind"

    @extend_schema(responses=BINARY)
    @action(methods=["get"], **ONE)
    def content(self, request: Request, id: str) -> Any:
        """模板的 Word 文件。"""
        row = self.get_object()
        return word_file(templates.bytes_of(row), f"{row.kind_label}.docx")

    @write_schema(TemplateShape, TemplateSerializer)
    @action(methods=["post"], parser_classes=[MultiPartParser], **ONE)
    def propose(self, request: Request, id: str) -> Response:
        """上传模板（案管室）：检查字段和文件，存为待确认的新一版；答复新的一版。"""
        row = self.get_object()
        said = self.body(TemplateShape)
        made = templates.propose(row, by=self.user, expected_version=self.expected_version(), **said)
        return self.answer(made)

    @verb(NoteShape, TemplateSerializer, example={})
    def confirm(self, request: Request, id: str) -> Response:
        """确认（安全保密管理员，不是提出人本人）。"""
        return self.act(region_rules.confirm, NoteShape)

    @verb(NoteShape, TemplateSerializer, example={"note": "文种与规定不符，请改后再报。"})
    def refuse(self, request: Request, id: str) -> Response:
        """不予确认。"""
        return self.act(region_rules.refuse, NoteShape)
