"""考核办法 for machines: proposed here, confirmed in the catalogue of terms."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.assessment.api import shapes
from povertyaudit.assessment.api.serializers import opaque
from povertyaudit.assessment.models import AssessmentScheme
from povertyaudit.assessment.services import schemes
from povertyaudit.core import terms
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.terms import TermFilterSet, TermSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

SCHEME = {
    "code": "town_month", "name": "乡镇月度考核办法", "region": "990101000000", "judged": "township", "period": "month",
    "valid_from": "2028-01-01", "anchor": "县委工作要点", "indicators": [
        {"code": "on_time", "name": "整改按期办结", "weight": 60, "way": "counted", "measure": "items_on_time",
         "full_at": 95, "zero_at": 60},
        {"code": "work", "name": "日常工作", "weight": 40, "way": "scored", "scorers": ["县农业农村局"]},
    ],
}  # fmt: skip


class SchemeSerializer(TermSerializer):
    """One scheme from one day on, with its indicators; `scorers` are names of offices, as they were called then."""

    judged = serializers.CharField(read_only=True)
    period = serializers.CharField(read_only=True)
    adjust_most = serializers.IntegerField(read_only=True)
    indicators = serializers.SerializerMethodField(help_text="指标")
    region = opaque("region_id", help_text="12 位区划代码")

    def get_indicators(self, row: AssessmentScheme) -> list[dict[str, Any]]:
        return [one.as_json() | {"scorers": list(one.offices)} for one in row.all_indicators()]


class AssessmentSchemeViewSet(ScopedViewSet):
    """考核办法：提出和修改。确认、停用在“分类目录”（terms）。"""

    queryset = AssessmentScheme.objects.for_list()
    serializer_class = SchemeSerializer
    filterset_class = TermFilterSet
    workflow = terms.TERM
    orderings: ClassVar[dict[str, str]] = {"order": "order", "code": "code"}
    default_ordering = "order"

    @extend_schema(operation_id="assessment_schemes_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """各个办法，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(shapes.SchemeShape, SchemeSerializer, status=201, example=SCHEME)
    def create(self, request: Request) -> Response:
        """提出新办法，或者提出修改同一代码的办法（案管室）。"""
        return self.answer(schemes.propose(by=self.user, **self.body(shapes.SchemeShape)), status=201)
