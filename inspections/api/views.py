"""Rounds and findings for machines."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.serializers import (
    FindingSerializer,
    FindingShape,
    FinishShape,
    RoundFindingShape,
    RoundSerializer,
    RoundShape,
    TeamShape,
)
from inspections.filters import FindingFilter, RoundFilter
from inspections.models import Finding, Round
from inspections.workflow import ROUND
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_ROUND = {
    "name": "第十二届县委第八轮巡察", "kind": "special", "region": "990101000000", "starts_on": "2027-03-01",
    "ends_on": "2027-04-30", "approved_by": "secretary",
}  # fmt: skip
NEW_FINDING = {
    "problem_class": "资金使用", "aspect": "拨付不及时", "text": "到户产业奖补资金下达后四个月仍未发放到户。",
    "unit": "荻渚镇人民政府",
}  # fmt: skip


class RoundViewSet(DossierMixin, ScopedViewSet):
    """巡察轮次。保密轮次结束前只对部署人、批准人和巡察组成员可见。"""

    queryset = Round.objects.for_page()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    workflow = ROUND
    orderings = {**ScopedViewSet.orderings, "starts_on": "starts_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(RoundShape, RoundSerializer, example=NEW_ROUND, status=201)
    def create(self, request: Request) -> Response:
        """部署巡察轮次（巡察办）。"""
        return self.make(services.open_round, RoundShape)

    @verb(TeamShape, RoundSerializer, example={"members": [{"user": "patrol1", "role": "leader"}]})
    def set_team(self, request: Request, id: str) -> Response:
        """确定巡察组成员：以提交的名单为准。"""
        return self.act(services.set_team, TeamShape)

    @verb(FindingShape, FindingSerializer, example=NEW_FINDING)
    def record_finding(self, request: Request, id: str) -> Response:
        """登记发现问题：答复是新登记的问题。"""
        round_ = self.get_object()
        said = self.body(FindingShape)
        finding = services.record_finding(
            round_, by=self.user, expected_version=self.expected_version(), **said
        )
        return Response(FindingSerializer(finding, context=self.get_serializer_context()).data, status=201)

    @verb(FinishShape, RoundSerializer, example={})
    def finish_round(self, request: Request, id: str) -> Response:
        """结束轮次。"""
        return self.act(services.finish_round, FinishShape)


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


def record_in_round(*, round: Round, **said: Any) -> Finding:
    """`services.record_finding` with the round among the fields."""
    return services.record_finding(round, **said)
