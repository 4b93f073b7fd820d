"""`ledger.csv`, `ledger.ndjson`, `ledger.digest` beside a list: same scope, same filters, whole, streamed."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import audit, ledger, moment
from povertyaudit.core.limits import hold_export

_HEADINGS = OpenApiParameter(
    "headings", OpenApiTypes.STR, enum=["zh"], description="zh：首行为中文列名（仅 CSV）"
)
_DIGEST = inline_serializer(
    "LedgerDigest", {"count": serializers.IntegerField(), "digest": serializers.CharField()}
)


class LedgerMixin:
    """Goes before `ScopedViewSet`; the app names `ledger_columns` and `ledger_name`. The router adds the three routes."""

    ledger_columns: ClassVar[Sequence[ledger.Column]]
    ledger_name: ClassVar[str]
    ledger_kinds: ClassVar[tuple[str, ...]] = ("csv", "ndjson", "digest")
    extra_parameters: ClassVar[frozenset[str]] = frozenset({"headings"})
    request: Any

    def ledger_rows(self) -> "QuerySet[Any]":
        """Rows in scope under the list's filters, in the order of their ids' registration."""
        found: Any = self.filter_queryset(self.get_queryset())  # type: ignore[attr-defined]
        return found.select_related(None).prefetch_related(None).order_by("pk")  # type: ignore[no-any-return]

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR}, parameters=[_HEADINGS])
    def ledger_csv(self, request: Request) -> StreamingHttpResponse:
        """The whole ledger as CSV: UTF-8 with BOM, stable column names, formula-safe cells."""
        lines = ledger.csv_lines(
            self.ledger_rows(), self.ledger_columns, chinese=request.query_params.get("headings") == "zh"
        )
        return self._streamed(lines, "text/csv; charset=utf-8", "csv")

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.STR})
    def ledger_ndjson(self, request: Request) -> StreamingHttpResponse:
        """The whole ledger, one JSON record a line."""
        return self._streamed(
            ledger.ndjson_lines(self.ledger_rows(), self.ledger_columns), "application/x-ndjson", "ndjson"
        )

    @extend_schema(responses=_DIGEST)
    def ledger_digest(self, request: Request) -> Response:
        """Count and SHA-256 over lines `id TAB version LF` sorted by id."""
        count, value = ledger.digest(self.ledger_rows())
        return Response({"count": count, "digest": value})

    def _streamed(self, lines: Iterator[bytes], content_type: str, kind: str) -> StreamingHttpResponse:
        held = hold_export(self.request.user, lines)
        asked = {name: values for name, values in self.request.query_params.lists() if name != "q"}
        facts = {
            "ledger": self.ledger_name,
            "format": kind,
            "filters": asked,
            "searched": "q" in self.request.query_params,
        }
        audit.record("export.ledger", self.request.user, by=self.request.user, facts=facts)
        name = f"{self.ledger_name}-{moment.today():%Y%m%d}.{kind}"
        headers = {
            "Content-Type": content_type,
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return StreamingHttpResponse(held, headers=headers)
