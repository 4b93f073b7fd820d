"""指标 over REST: the definitions, and the figures of a period within what the caller may see."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import Lead
from funds import spans
from povertyaudit.core import moment
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.errors import RuleBroken
from povertyaudit.reporting.indicators import CATALOGUE, RATES, Indicator, Reader, values

PERIOD = OpenApiParameter(
    "period", OpenApiTypes.STR, description="期间：2026、2026Q3、2026-07，或者 all；不填为今年"
)


class IndicatorPartSerializer(serializers.Serializer[Any]):
    """One part of a figure and the list of its rows."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.IntegerField()
    rows = serializers.CharField(source="url", help_text="页面上列出这些行的地址")


class IndicatorWaySerializer(serializers.Serializer[Any]):
    """One way to take the figure apart."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class IndicatorSerializer(serializers.Serializer[Any]):
    """An indicator with its definition and its figure in the period; money in 分."""

    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField(help_text="类别")
    unit = serializers.CharField(help_text="计量单位")
    counts = serializers.CharField(help_text="计什么")
    period = serializers.CharField(help_text="按哪一天归入期间")
    source = serializers.CharField(help_text="依据")  # type: ignore[assignment]
    ways = IndicatorWaySerializer(many=True, help_text="可以怎样分列")
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    value = serializers.IntegerField(help_text="您能看到的范围内的数；金额以分计")
    rows = serializers.CharField(help_text="页面上列出这些行的地址")


class RateSerializer(serializers.Serializer[Any]):
    """A share, by the codes of its two indicators."""

    code = serializers.CharField()
    name = serializers.CharField()
    part = serializers.CharField(source="part.code", help_text="分子")
    whole = serializers.CharField(source="whole.code", help_text="分母")
    source = serializers.CharField(help_text="依据")  # type: ignore[assignment]


class CatalogueSerializer(serializers.Serializer[Any]):
    """The whole catalogue in one period."""

    indicators = IndicatorSerializer(many=True)
    rates = RateSerializer(many=True)


class BrokenDownSerializer(IndicatorSerializer):
    """One indicator, taken apart one way."""

    parts = IndicatorPartSerializer(many=True)


class IndicatorViewSet(ScopedViewSet):
    """指标目录：定义和数。"""

    queryset = Lead.objects.all()  # the figures come from their own tables, each through scope
    serializer_class = IndicatorSerializer
    filter_backends = ()
    pagination_class = None

    def span(self) -> spans.Span:
        asked = self.request.query_params.get("period", "")
        found = spans.span(asked, moment.today())
        if asked and found.key != asked:
            raise RuleBroken(
                "indicators.period", "期间请写成 2026、2026Q3、2026-07 或者 all。", field="period"
            )
        return found

    def said(self, one: Indicator, value: int, span: spans.Span) -> dict[str, Any]:
        names = ("code", "name", "group", "unit", "counts", "period", "source", "ways")
        return {name: getattr(one, name) for name in names} | {
            "first_day": span.first, "last_day": span.last, "value": value, "rows": one.address(span),
        }  # fmt: skip

    @extend_schema(operation_id="indicators_catalogue", parameters=[PERIOD], responses=CatalogueSerializer)
    def catalogue(self, request: Request) -> Response:
        """全部指标的定义，和一个期间的数。"""
        span = self.span()
        found = values(list(CATALOGUE.values()), Reader(self.user), [span])
        said = [self.said(one, found[one.code, span.key], span) for one in CATALOGUE.values()]
        return Response(CatalogueSerializer({"indicators": said, "rates": RATES.values()}).data)

    @extend_schema(
        operation_id="indicators_one",
        parameters=[PERIOD, OpenApiParameter("by", OpenApiTypes.STR, description="怎样分列；不填不分列")],
        responses=BrokenDownSerializer,
    )
    def one(self, request: Request, code: str) -> Response:
        """一个指标的数，可以分列。"""
        one = CATALOGUE.get(code)
        if one is None:
            raise NotFound
        span, by = self.span(), request.query_params.get("by", "")
        if by and by not in {way.key for way in one.ways}:
            known = "、".join(way.key for way in one.ways) or "没有"
            raise RuleBroken("indicators.by", f"这个指标不能这样分列；可以用的：{known}。", field="by")
        sight = Reader(self.user)
        parts = one.parts(sight, span, by) if by else []
        said = self.said(one, one.value(sight, span), span) | {"parts": parts}
        return Response(BrokenDownSerializer(said).data)
