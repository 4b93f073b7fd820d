"""Worksheets for machines."""

from typing import Any, cast

from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.shapes import RoundField
from inspections.api.visits import PlanField
from inspections.field_filters import WorksheetFilter
from inspections.models import Round, Visit, VisitPlan, Worksheet, WorksheetSignature
from inspections.services import worksheets as services
from inspections.workflow.worksheets import WORKSHEET
from povertyaudit.core import signing
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import DayField, LineField, ProseField, ScopedRelatedField, UnitField
from povertyaudit.core.api.parsers import StrictJSONParser
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.uploads import MULTIPART, with_files
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_WORKSHEET = {
    "round": "第十二届县委第七轮巡察", "problem_class": "资金使用", "text": "公益岗位补贴重复发放三个月。",
    "basis": "公益岗位管理办法", "unit": "荻渚镇人民政府",
}  # fmt: skip
CHANGED = {"problem_class": "资金使用", "text": "公益岗位补贴重复发放四个月。", "unit": "荻渚镇人民政府"}


class WorksheetSignatureSerializer(serializers.ModelSerializer[WorksheetSignature]):
    """Who signed, and whether it holds: computed over the present content."""

    id = serializers.CharField(source="public_id", read_only=True)
    person = serializers.CharField(source="person.name", read_only=True)
    valid = serializers.SerializerMethodField(help_text="签字是否有效")

    class Meta:
        model = WorksheetSignature
        fields = ("id", "person", "role", "opinion", "signed_at", "digest", "valid", "voided_at")

    def get_valid(self, row: WorksheetSignature) -> bool:
        evidence = self.context.get("evidence", {}).get(row.worksheet_id)
        content = None if evidence is None else row.worksheet.content_with(evidence)
        return signing.holds(row, row.worksheet, content)


class WorksheetListSerializer(serializers.ListSerializer[Any]):
    """Many sheets: the evidence their signatures stand over is read at once."""

    def to_representation(self, data: Any) -> Any:
        sheets = list(data)
        context = cast(dict[str, Any], self.context)  # that of the whole answer
        context["evidence"] = Worksheet.evidence_of(sheets)
        return super().to_representation(sheets)


class WorksheetSerializer(RecordSerializer):
    """A problem with its evidence (attachments of kind `evidence`), signed by two of the team."""

    plan = serializers.CharField(source="plan.public_id", read_only=True, default=None)
    round = serializers.CharField(source="round.public_id", read_only=True, default=None)
    visit = serializers.CharField(source="visit.public_id", read_only=True, default=None)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    drafted_by = serializers.CharField(source="drafted_by.display_name", read_only=True)
    finding = serializers.CharField(source="finding.public_id", read_only=True, default=None)
    signatures = WorksheetSignatureSerializer(many=True, read_only=True)

    class Meta:
        model = Worksheet
        list_serializer_class = WorksheetListSerializer
        fields = (
            *RecordSerializer.COMMON, "plan", "round", "visit", "problem_class", "aspect", "text", "basis", "unit",
            "unit_name", "found_on", "immediate", "drafted_by", "finding", "signatures",
        )  # fmt: skip


class VisitField(ScopedRelatedField):
    """A visit by its id or number."""


class WorksheetFieldsShape(NoteShape):
    problem_class = LineField(max_length=100, help_text="问题大类：代码或者名称")
    aspect = LineField(required=False, allow_blank=True, max_length=100, help_text="问题方面")
    text = ProseField(help_text="具体问题")
    basis = LineField(required=False, allow_blank=True, max_length=300, help_text="违反的规定")
    unit = UnitField(help_text="涉及单位")
    found_on = DayField(required=False, help_text="发现日期，不填为今天")
    immediate = serializers.BooleanField(required=False, help_text="立行立改")


class WorksheetShape(WorksheetFieldsShape):
    plan = PlanField(queryset=VisitPlan.objects.all(), required=False, allow_null=True, help_text="走访计划")
    round = RoundField(queryset=Round.objects.all(), required=False, allow_null=True, help_text="所属轮次")
    visit = VisitField(queryset=Visit.objects.all(), required=False, allow_null=True, help_text="走访记录")
    evidence = serializers.ListField(
        child=serializers.FileField(max_length=255),
        required=False,
        max_length=20,
        help_text="证据（multipart）",
    )


class WorksheetEvidenceShape(NoteShape):
    evidence = serializers.ListField(
        child=serializers.FileField(max_length=255), allow_empty=False, max_length=20
    )


class ToFindingShape(NoteShape):
    round = RoundField(
        queryset=Round.objects.all(),
        required=False,
        allow_null=True,
        help_text="底稿不属于轮次、或者所属轮次已经办结时，登记到哪一个轮次",
    )


class WorksheetViewSet(DossierMixin, ScopedViewSet):
    """问题底稿：一个问题一份，两名成员签字后登记为发现问题。"""

    queryset = Worksheet.objects.for_list()
    serializer_class = WorksheetSerializer
    filterset_class = WorksheetFilter
    workflow = WORKSHEET
    orderings = {**ScopedViewSet.orderings, "found_on": "found_on"}  # noqa: RUF012 — as the base class has it

    def get_parsers(self) -> list[Any]:
        """A new worksheet may come with its evidence."""
        if (getattr(self, "action_map", None) or {}).get("post") == "create":
            return [StrictJSONParser(), MultiPartParser()]
        return list(super().get_parsers())

    @write_schema(WorksheetShape, WorksheetSerializer, example=NEW_WORKSHEET, status=201)
    def create(self, request: Request) -> Response:
        """起草底稿（走访人员、巡察组成员）。"""
        return self.make(services.draft, WorksheetShape)

    @verb(WorksheetFieldsShape, WorksheetSerializer, example=CHANGED)
    def amend(self, request: Request, id: str) -> Response:
        """修改；以前的签字失效。"""
        return self.act(services.amend, WorksheetFieldsShape)

    @with_files
    @verb({MULTIPART: WorksheetEvidenceShape}, WorksheetSerializer)
    def add_evidence(self, request: Request, id: str) -> Response:
        """上传证据（multipart）；以前的签字失效。"""
        return self.act(services.add_evidence, WorksheetEvidenceShape)

    @verb(NoteShape, WorksheetSerializer, example={"note": "情况属实。"})
    def sign(self, request: Request, id: str) -> Response:
        """签字（走访人员、巡察组成员，每人一次）。"""
        return self.act(services.sign, NoteShape)

    @verb(ToFindingShape, WorksheetSerializer, example={})
    def to_finding(self, request: Request, id: str) -> Response:
        """登记为发现问题：须有两人有效签字。"""
        return self.act(services.to_finding, ToFindingShape)

    @verb(NoteShape, WorksheetSerializer, example={"note": "与另一份底稿重复。"})
    def discard(self, request: Request, id: str) -> Response:
        """作废，写明理由。"""
        return self.act(services.discard, NoteShape)
