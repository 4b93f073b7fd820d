"""Payments for machines. Money is in 分."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api.payment_ledger import COLUMNS
from funds.api.payment_shapes import (
    AmendPaymentShape,
    EndorseShape,
    PaymentShape,
    PayShape,
    ReviewShape,
    SpendShape,
    SubmitShape,
    VoidSpendingShape,
)
from funds.models import Payment, PaymentPart, Spending
from funds.payment_filters import PaymentFilter
from funds.services import paying, paying_rules, spending
from funds.workflow.payments import PAYMENT
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.batches import batch_create, batch_verb
from povertyaudit.core.api.dossiers import ALONE, DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

NEW = {
    "project": "990101-XM-2026-00001",
    "stage": "advance",
    "amount_fen": 100,
    "progress": "路基完成 600 米。",
}


class PaymentSerializer(RecordSerializer):
    """A payment. Papers asked for and there: `papers/`; sources: `parts/`; what the unit spent: `spendings/`."""

    project = serializers.CharField(source="project.number", read_only=True)
    project_title = serializers.CharField(source="project.title", read_only=True)
    stage_display = serializers.CharField(source="get_stage_display", read_only=True)
    held_fen = serializers.IntegerField(read_only=True, help_text="拨到单位账户、没有支出的（分）")

    class Meta:
        model = Payment
        fields = (
            *RecordSerializer.COMMON, "project", "project_title", "stage", "stage_display", "amount_fen", "progress",
            "payee", "applied_on", "endorsed_on", "endorsed_text", "reviewed_on", "reviewed_text", "paid_on",
            "voucher_no", "to_unit", "spent_fen", "held_fen",
        )  # fmt: skip


class PaymentPaperSerializer(serializers.Serializer[Any]):
    """One paper of the checklist."""

    kind = serializers.CharField(help_text="材料代码")
    name = serializers.CharField(help_text="材料名称")
    files = serializers.ListField(child=serializers.CharField(), help_text="附件标识；空为还缺")


class PartSerializer(serializers.ModelSerializer[PaymentPart]):
    """So much out of that source."""

    id = serializers.CharField(source="public_id", read_only=True)
    line = serializers.CharField(source="line.public_id", read_only=True)
    paper_no = serializers.CharField(source="line.allocation.paper_no", read_only=True)

    class Meta:
        model = PaymentPart
        fields = ("id", "line", "paper_no", "amount_fen")


class SpendingSerializer(serializers.ModelSerializer[Spending]):
    """One spending; voided ones stay and do not count."""

    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = Spending
        fields = ("id", "amount_fen", "spent_on", "payee", "voucher_no", "note", "voided_on")


class PaymentViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """报账拨付：申请、乡镇意见、主管部门审核、财政复核拨付、支出。"""

    queryset = Payment.objects.for_page()
    serializer_class = PaymentSerializer
    filterset_class = PaymentFilter
    workflow = PAYMENT
    ledger_columns, ledger_name = COLUMNS, "payments"
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        **{name: name for name in ("amount_fen", "applied_on", "paid_on")},
    }

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        return paying.add_paper(row, file=upload, **said)

    @write_schema(PaymentShape, PaymentSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """准备报账（实施单位）；材料用 attach 上传，kind 为材料代码（terms/?list=payment_papers）。"""
        return self.make(paying.open_payment, PaymentShape)

    batch = batch_create(paying.open_payment, PaymentShape, example=NEW)
    batch_pay = batch_verb(
        "pay", paying.pay, PayShape, example={"id": "990101-BZ-2026-0001", "voucher_no": "BK-2026-9002"}
    )

    @verb(AmendPaymentShape, PaymentSerializer, example={"payee": "青禾水利工程队"})
    def amend(self, request: Request, id: str) -> Response:
        """修改准备中或者退回的报账。"""
        return self.act(paying.amend_payment, AmendPaymentShape)

    @verb(SubmitShape, PaymentSerializer, example={})
    def submit(self, request: Request, id: str) -> Response:
        """申请报账：材料齐全，项目已到这一步。"""
        return self.act(paying.submit, SubmitShape)

    @verb(NoteShape, PaymentSerializer, example={"note": "金额有误，重新准备。"})
    def drop(self, request: Request, id: str) -> Response:
        """撤回，写明理由。"""
        return self.act(paying.drop, NoteShape)

    @verb(EndorseShape, PaymentSerializer, example={"text": "工程量属实，群众没有异议。"})
    def endorse(self, request: Request, id: str) -> Response:
        """签署乡镇意见（项目所在乡镇主要负责人，不能是申请人）。"""
        return self.act(paying.endorse, EndorseShape)

    @verb(ReviewShape, PaymentSerializer, example={"text": "材料齐全，同意报账。"})
    def review(self, request: Request, id: str) -> Response:
        """主管部门审核。"""
        return self.act(paying.review, ReviewShape)

    @verb(PayShape, PaymentSerializer, example={"voucher_no": "BK-2026-9001"})
    def pay(self, request: Request, id: str) -> Response:
        """复核拨付（财政）：不写资金来源的按项目资金来源的先后。"""
        return self.act(paying.pay, PayShape)

    @verb(NoteShape, PaymentSerializer, example={"note": "发票抬头不符，请换开。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回补充，写明理由。"""
        return self.act(paying.send_back, NoteShape)

    @verb(
        SpendShape, PaymentSerializer,
        example={"amount_fen": 100, "payee": "村民务工组", "voucher_no": "ZC-9001", "purpose": "务工报酬"},
    )  # fmt: skip
    def spend(self, request: Request, id: str) -> Response:
        """登记支出（实施单位）：拨到单位账户的。"""
        return self.act(spending.spend, SpendShape)

    @verb(VoidSpendingShape, PaymentSerializer, example={"spending": "1", "note": "凭证号录错。"})
    def void_spending(self, request: Request, id: str) -> Response:
        """作废一笔支出：记录保留，金额不再计入。"""
        return self.act(spending.void_spending, VoidSpendingShape)

    @verb(NoteShape, PaymentSerializer, example={"note": "退票，重新拨付。"})
    def reverse(self, request: Request, id: str) -> Response:
        """冲销（财政）：记录保留，金额不再计入。"""
        return self.act(paying.reverse, NoteShape)

    @extend_schema(responses=PaymentPaperSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def papers(self, request: Request, id: str) -> Response:
        """报账材料清单：要哪些，有哪些。"""
        lines = [
            {"kind": kind.code, "name": kind.name, "files": [file.public_id for file in files]}
            for kind, files in paying_rules.checklist(self.get_object())
        ]
        return Response(PaymentPaperSerializer(lines, many=True).data)

    @extend_schema(responses=PartSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def parts(self, request: Request, id: str) -> Response:
        """拨付的资金来源。"""
        rows = self.get_object().parts.visible_to(self.user).select_related("line__allocation")
        return Response(PartSerializer(rows, many=True).data)

    @extend_schema(responses=SpendingSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def spendings(self, request: Request, id: str) -> Response:
        """支出，含作废的。"""
        rows = self.get_object().spendings.visible_to(self.user)
        return Response(SpendingSerializer(rows, many=True).data)
