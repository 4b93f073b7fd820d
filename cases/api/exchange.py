"""The registry's own books for machines: batches."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api.shapes import LeadReasonShape
from cases.api.shapes import exchange as shapes
from cases.exchange_filters import BatchFilter
from cases.models import Batch
from cases.workflow.batches import BATCH
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_BATCH = {
    "title": "市委巡察组移交问题线索", "sender": "市委巡察办", "sender_number": "澜巡移〔2026〕7 号", "received_on": "2026-01-05",
    "promised": 12, "deadline": "2028-06-30",
}  # fmt: skip


class BatchSerializer(RecordSerializer):
    """A batch. `registered` and `unfinished` count the leads of it you may know of."""

    received_by = serializers.CharField(source="received_by.display_name", read_only=True)
    registered = serializers.IntegerField(read_only=True, help_text="已登记件数")
    unfinished = serializers.IntegerField(read_only=True, help_text="未办结件数")
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的期限")

    class Meta:
        model = Batch
        fields = (
            *RecordSerializer.COMMON, "title", "sender", "sender_number", "received_on", "promised", "deadline",
            "received_by", "closed_on", "registered", "unfinished", "due_on",
        )  # fmt: skip


class BatchViewSet(DossierMixin, ScopedViewSet):
    """上级和巡视巡察成批交办的线索。其中的线索：`leads/?batch=<id>`。"""

    queryset = Batch.objects.for_list()
    serializer_class = BatchSerializer
    filterset_class = BatchFilter
    workflow = BATCH
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings, "received_on": "received_on", "due_on": "due_on",
    }  # fmt: skip

    def get_queryset(self) -> Any:
        return super().get_queryset().with_figures(self.user)

    @write_schema(shapes.BatchShape, BatchSerializer, example=NEW_BATCH, status=201)
    def create(self, request: Request) -> Response:
        """登记交办批次（案管室、信访室）。"""
        return self.make(services.receive, shapes.BatchShape)

    @verb(shapes.AmendBatchShape, BatchSerializer, example={"sender_number": "澜巡移〔2026〕8 号"})
    def amend(self, request: Request, id: str) -> Response:
        """修改批次。"""
        return self.act(services.amend_batch, shapes.AmendBatchShape)

    @verb(NoteShape, BatchSerializer, example={})
    def close(self, request: Request, id: str) -> Response:
        """结清：件数与来文相符、线索全部办结。"""
        return self.act(services.close_batch, NoteShape)

    @verb(LeadReasonShape, BatchSerializer, example={"note": "又收到一件属于本批次的线索。"})
    def reopen(self, request: Request, id: str) -> Response:
        """撤销结清，写明理由。"""
        return self.act(services.reopen_batch, LeadReasonShape)
