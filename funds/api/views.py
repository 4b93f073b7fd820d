"""Misused money and recoveries for machines."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from funds import services
from funds.api.serializers import MisuseSerializer, RecoverySerializer
from funds.api.shapes import MisuseShape, RecoveryShape, VoidShape
from funds.filters import MisuseFilter, RecoveryFilter
from funds.models import Misuse, Recovery
from funds.workflow import MISUSE
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_MISUSE = {
    "title": "产业奖补资金被用于镇政府围墙维修", "kind": "OUT_OF_SCOPE", "amount_fen": 3860000,
    "description": "从产业奖补资金中列支围墙维修费用，未经批准调整用途。", "responsible_unit": "荻渚镇人民政府",
    "how_found": "finance", "fund_kind": "COUNTY",
}  # fmt: skip
NEW_RECOVERY = {
    "kind": "treasury", "amount_fen": 100, "voucher_no": "99-2026-0001",
    "destination": "缴入县国库",
}  # fmt: skip


class MisuseViewSet(DossierMixin, AttachMixin, ScopedViewSet):
    """违规使用资金。金额单位为分。"""

    queryset = Misuse.objects.for_list()
    serializer_class = MisuseSerializer
    filterset_class = MisuseFilter
    workflow = MISUSE
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings,
        "found_on": "found_on",
        "amount_fen": "amount_fen",
        "outstanding_fen": "outstanding_fen",
    }

    @write_schema(MisuseShape, MisuseSerializer, example=NEW_MISUSE, status=201)
    def create(self, request: Request) -> Response:
        """登记违规使用资金（财政、监督检查室）。"""
        return self.make(services.register_misuse, MisuseShape)

    @verb(RecoveryShape, MisuseSerializer, example=NEW_RECOVERY)
    def record_recovery(self, request: Request, id: str) -> Response:
        """登记追缴（财政）。"""
        return self.act(services.record_recovery, RecoveryShape)

    @verb(VoidShape, MisuseSerializer, example={"recovery": "1", "note": "凭证登记有误。"})
    def void_recovery(self, request: Request, id: str) -> Response:
        """作废一笔追缴（财政）：记录保留，金额不再计入。"""
        return self.act(services.void_recovery, VoidShape)


class RecoveryViewSet(ScopedViewSet):
    """追缴、清退的每一笔；登记和作废在违规使用资金上办理。"""

    queryset = Recovery.objects.select_related("misuse")
    serializer_class = RecoverySerializer
    filterset_class = RecoveryFilter
    orderings: ClassVar[dict[str, str]] = {
        "created_at": "created_at",
        "updated_at": "updated_at",
        "received_on": "received_on",
        "amount_fen": "amount_fen",
    }
