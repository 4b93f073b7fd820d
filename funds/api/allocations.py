"""Money given to the county, for machines."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from funds.api.money_ledgers import ALLOCATION_COLUMNS
from funds.api.project_serializers import AllocationSerializer
from funds.api.project_shapes import AllocationShape
from funds.models import Allocation
from funds.project_filters import AllocationFilter
from funds.services import allocating
from funds.workflow.allocations import ALLOCATION
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW = {
    "title": "第三批财政衔接补助资金", "paper_no": "岚财农〔2026〕88号", "level": "province", "fund_kind": "PROVINCE",
    "amount_fen": 500000000, "issued_on": "2026-05-06", "received_on": "2026-05-12",
}  # fmt: skip


class AllocationViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """资金下达文件。金额单位为分。"""

    queryset = Allocation.objects.for_list()
    serializer_class = AllocationSerializer
    filterset_class = AllocationFilter
    ledger_columns, ledger_name = ALLOCATION_COLUMNS, "allocations"
    workflow = ALLOCATION
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        "received_on": "received_on",
        "amount_fen": "amount_fen",
    }

    @write_schema(AllocationShape, AllocationSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """登记资金下达（财政）。"""
        return self.make(allocating.register_allocation, AllocationShape)

    @verb(NoteShape, AllocationSerializer, example={"note": "重复登记。"})
    def revoke(self, request: Request, id: str) -> Response:
        """作废登记错误、没有安排到项目的文件。"""
        return self.act(allocating.revoke, NoteShape)
