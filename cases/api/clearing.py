"""澄清 and 诬告陷害认定 for machines."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.shapes.handling import LONG, LeadField
from cases.clearing_filters import ClarificationFilter, FalseAccusationFilter
from cases.models import Clarification, EndingTerm, FalseAccusation, Finder, Lead, LeadSubject
from cases.services import clearing
from cases.workflow.clearing import CLARIFICATION, FALSE_ACCUSATION
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    ProseField,
    ScopedRelatedField,
    TermField,
)
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet


class ClarificationSerializer(RecordSerializer):
    """One clarification for one person complained of."""

    lead = serializers.CharField(source="lead.number", read_only=True)
    subject = serializers.CharField(source="subject.public_id", read_only=True)
    subject_name = serializers.CharField(source="subject.name", read_only=True)
    way = serializers.CharField(source="way.code", read_only=True)
    way_display = serializers.CharField(source="way.name", read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.display_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)
    recorded_by = serializers.CharField(source="recorded_by.display_name", read_only=True, default=None)

    class Meta:
        model = Clarification
        fields = (
            *RecordSerializer.COMMON, "lead", "subject", "subject_name", "way", "way_display", "place", "text",
            "proposed_by", "proposed_on", "decided_by", "decided_on", "decision", "done_on", "informed", "recorded_by",
            "withdrawn_on", "withdrawal",
        )  # fmt: skip


class ClarificationShape(NoteShape):
    lead = LeadField(queryset=Lead.objects.all(), help_text="查否或者函询采信了结的线索")
    subject = ScopedRelatedField(queryset=LeadSubject.objects.all(), help_text="被反映人：标识")
    way = TermField(queryset=EndingTerm.objects.clearings(), help_text="澄清方式代码")
    place = LineField(max_length=100, help_text="地点或者单位")
    text = ProseField(max_length=LONG, help_text="澄清内容，不写反映人信息")


class ClearedShape(NoteShape):
    informed = LineField(max_length=200, help_text="知悉人员和范围，不写反映人信息")
    done_on = DayField(required=False, help_text="澄清日期，不写为今天")


class ClearingReasonShape(Shape):
    note = ProseField(max_length=LONG, help_text="理由")


class ClarificationViewSet(DossierMixin, ScopedViewSet):
    """澄清：查否以后为被反映人澄清，承办部门提出，分管领导或者主要负责人批准。"""

    queryset = Clarification.objects.for_list()
    serializer_class = ClarificationSerializer
    filterset_class = ClarificationFilter
    workflow = CLARIFICATION
    orderings = {**ScopedViewSet.orderings, "proposed_on": "proposed_on", "done_on": "done_on"}  # noqa: RUF012

    @write_schema(
        ClarificationShape, ClarificationSerializer, status=201,
        example={
            "lead": "990101-XF-2026-0002", "subject": "1", "way": "clear_at_meeting", "place": "石桥坳村委会",
            "text": "经查，反映的问题不属实。",
        },
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """提出澄清（承办部门、案管室）。"""
        return self.make(clearing.propose_clarification, ClarificationShape)

    @verb(NoteShape, ClarificationSerializer, example={"note": "同意在村两委会议上澄清。"})
    def approve(self, request: Request, id: str) -> Response:
        """批准澄清（线索的分管领导、主要负责人，不是提出人）。"""
        return self.act(clearing.approve, NoteShape)

    @verb(ClearingReasonShape, ClarificationSerializer, example={"note": "影响范围小，当面说明即可。"})
    def refuse(self, request: Request, id: str) -> Response:
        """不予澄清，写明理由。"""
        return self.act(clearing.refuse, ClearingReasonShape)

    @verb(ClearedShape, ClarificationSerializer, example={"informed": "村两委全体成员和本人"})
    def carry_out(self, request: Request, id: str) -> Response:
        """登记澄清情况（承办部门、案管室）。"""
        return self.act(clearing.carry_out, ClearedShape)

    @verb(ClearingReasonShape, ClarificationSerializer, example={"note": "线索已重新办理。"})
    def withdraw(self, request: Request, id: str) -> Response:
        """撤回澄清（承办部门、案管室），实施以前，写明理由。"""
        return self.act(clearing.withdraw, ClearingReasonShape)


class FalseAccusationSerializer(RecordSerializer):
    """A finding of 诬告陷害 under a lead, by the lead's number alone."""

    lead = serializers.CharField(source="lead.number", read_only=True)
    stands = serializers.BooleanField(read_only=True, help_text="上级已认定，其余没有效力")
    proposed_by = serializers.CharField(source="proposed_by.display_name", read_only=True)
    submitted_by = serializers.CharField(source="submitted_by.display_name", read_only=True, default=None)
    recorded_by = serializers.CharField(source="recorded_by.display_name", read_only=True, default=None)

    class Meta:
        model = FalseAccusation
        fields = (
            *RecordSerializer.COMMON, "lead", "stands", "basis", "proposed_by", "proposed_on", "submitted_by",
            "submitted_on", "level", "body", "document_number", "document_on", "recorded_by", "rejected_on", "rejection",
        )  # fmt: skip


class FalseAccusationShape(NoteShape):
    lead = LeadField(queryset=Lead.objects.all(), help_text="查否的线索")
    basis = ProseField(max_length=LONG, help_text="理由和依据，不写反映人信息")


class ConfirmShape(NoteShape):
    level = serializers.ChoiceField(choices=Finder.choices, help_text="认定机关层级")
    body = LineField(max_length=60, help_text="认定机关")
    document_number = CodeField(max_length=60, help_text="认定文号")
    document_on = DayField(required=False, help_text="认定日期，不写为今天")


class FalseAccusationViewSet(DossierMixin, ScopedViewSet):
    """诬告陷害认定：只有设区的市级以上机关认定的有效；只说线索，不涉及反映人是谁。"""

    queryset = FalseAccusation.objects.for_list()
    serializer_class = FalseAccusationSerializer
    filterset_class = FalseAccusationFilter
    workflow = FALSE_ACCUSATION
    orderings = {**ScopedViewSet.orderings, "proposed_on": "proposed_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(
        FalseAccusationShape, FalseAccusationSerializer, status=201,
        example={"lead": "990101-XF-2026-0002", "basis": "反映的票据经鉴定系伪造。"},
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """提出诬告陷害认定（承办部门、案管室）。"""
        return self.make(clearing.propose_false_accusation, FalseAccusationShape)

    @verb(NoteShape, FalseAccusationSerializer, example={"note": "同意报市纪委监委认定。"})
    def submit(self, request: Request, id: str) -> Response:
        """报上级认定（主要负责人，不是提出人）。"""
        return self.act(clearing.submit, NoteShape)

    @verb(
        ConfirmShape, FalseAccusationSerializer,
        example={"level": "city", "body": "市纪委监委", "document_number": "市纪〔2026〕9 号"},
    )  # fmt: skip
    def confirm(self, request: Request, id: str) -> Response:
        """登记上级的认定（案管室、主要负责人）。"""
        return self.act(clearing.confirm, ConfirmShape)

    @verb(ClearingReasonShape, FalseAccusationSerializer, example={"note": "不能证明故意捏造。"})
    def reject(self, request: Request, id: str) -> Response:
        """登记未认定，写明理由：上报以前由主要负责人决定，上报以后由案管室或主要负责人登记。"""
        return self.act(clearing.reject, ClearingReasonShape)
