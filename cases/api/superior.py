"""What belongs to the superior, for machines: days and numbers, never a word of content."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.filters import SuperiorReceiptFilter
from cases.models import SuperiorReceipt
from cases.workflow import SUPERIOR
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import CodeField, DayField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet


class SuperiorReceiptSerializer(RecordSerializer):
    """A slip. `due_on` is the day by which it must have gone up."""

    registering_unit = serializers.CharField(source="registering_unit.public_id", read_only=True)
    registered_by = serializers.CharField(source="registered_by.display_name", read_only=True)
    sent_by = serializers.CharField(source="sent_by.display_name", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = SuperiorReceipt
        fields = (
            *RecordSerializer.COMMON, "received_on", "sent_on", "superior_receipt", "registering_unit",
            "registered_by", "sent_by", "due_on",
        )  # fmt: skip


class ReceiveShape(Shape):
    received_on = DayField(help_text="收到日期")


class SendUpShape(Shape):
    sent_on = DayField(required=False, allow_null=True, help_text="报送日期，不填为今天")
    superior_receipt = CodeField(required=False, allow_blank=True, max_length=30, help_text="上级回执号")


class SuperiorReceiptNumberShape(Shape):
    superior_receipt = CodeField(max_length=30, help_text="上级回执号")


class SuperiorReceiptViewSet(DossierMixin, ScopedViewSet):
    """属上级管辖的检举控告：只有收到、报送的日期和编号，没有内容，也不能批注。"""

    queryset = SuperiorReceipt.objects.for_list()
    serializer_class = SuperiorReceiptSerializer
    filterset_class = SuperiorReceiptFilter
    workflow = SUPERIOR
    orderings = {**ScopedViewSet.orderings, "received_on": "received_on"}  # noqa: RUF012 — as the base class has it
    comments: Any = None
    write_comment: Any = None

    @write_schema(ReceiveShape, SuperiorReceiptSerializer, example={"received_on": "2026-11-02"}, status=201)
    def create(self, request: Request) -> Response:
        """登记收到（信访室、案管室）：五个工作日内报送。"""
        return self.make(services.receive_for_superior, ReceiveShape)

    @verb(SendUpShape, SuperiorReceiptSerializer, example={"superior_receipt": "澄信收〔2026〕31号"})
    def send_up(self, request: Request, id: str) -> Response:
        """登记报送（登记单位、主要负责人）。"""
        return self.act(services.send_up, SendUpShape)

    @verb(
        SuperiorReceiptNumberShape,
        SuperiorReceiptSerializer,
        example={"superior_receipt": "澄信收〔2026〕32号"},
    )
    def record_receipt(self, request: Request, id: str) -> Response:
        """登记上级回执。"""
        return self.act(services.record_receipt, SuperiorReceiptNumberShape)
