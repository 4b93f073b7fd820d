"""Findings for machines."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.rounds import NEW_FINDING
from inspections.api.serializers import FindingSerializer, RoundFindingShape
from inspections.filters import FindingFilter
from inspections.models import Finding
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.viewsets import ScopedViewSet


class FindingViewSet(DossierMixin, ScopedViewSet):
    """巡察发现的问题。"""

    queryset = Finding.objects.for_list()
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
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


def record_in_round(*, round: Any, **said: Any) -> Finding:
    """`services.record_finding` with the round among the fields."""
    return services.record_finding(round, **said)
