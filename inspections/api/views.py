"""Findings for machines."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.opinions import InspectionReasonShape
from inspections.api.rounds import NEW_FINDING
from inspections.api.serializers import AmendFindingShape, FindingSerializer, RoundFindingShape
from inspections.filters import FindingFilter
from inspections.ledger import FINDING_COLUMNS
from inspections.models import Finding
from inspections.workflow import FINDING
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.viewsets import ScopedViewSet


class FindingViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """巡察发现的问题。"""

    queryset = Finding.objects.for_list()
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    ledger_columns, ledger_name = FINDING_COLUMNS, "findings"
    workflow = FINDING
    orderings = {**ScopedViewSet.orderings, "found_on": "found_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(
        RoundFindingShape,
        FindingSerializer,
        example={"round": "第十二届县委第七轮巡察"} | NEW_FINDING,
        status=201,
    )
    def create(self, request: Request) -> Response:
        """登记发现问题（本轮次巡察组成员、巡察办）。"""
        return self.make(record_in_round, RoundFindingShape)

    @verb(
        AmendFindingShape, FindingSerializer, example={"amount_fen": 4800000, "articles": "公益岗位管理办法"}
    )
    def amend(self, request: Request, id: str) -> Response:
        """修改问题：向被巡察单位反馈之前。"""
        return self.act(services.amend_finding, AmendFindingShape)

    @verb(InspectionReasonShape, FindingSerializer, example={"note": "经核实与另一问题重复。"})
    def withdraw(self, request: Request, id: str) -> Response:
        """撤销问题：向被巡察单位反馈之前，写明理由。"""
        return self.act(services.withdraw_finding, InspectionReasonShape)


def record_in_round(*, round: Any, **said: Any) -> Finding:
    """`services.record_finding` with the round among the fields."""
    return services.record_finding(round, **said)
