"""`ledger.csv`, `.ndjson`, `.json`, `.xlsx`, `.digest` beside a list: same scope, same filters, whole, streamed.

`ledger.json` is the same in pages: `{next, results}` with `?limit=` and `?cursor=`.
"""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import audit, ledger, ledger_book, moment
from povertyaudit.core.api.changes import ChangesMixin
from povertyaudit.core.api.errors import Malformed
from povertyaudit.core.api.ledger_schema import LedgerSchema
from povertyaudit.core.limits import hold_export

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE, LONGEST_PAGE, SALT = 1000, 5000, "povertyaudit.ledger.page"
_HEADINGS = OpenApiParameter(
    "headings", OpenApiTypes.STR, enum=["zh"], description="zh：首行为中文列名（仅 CSV）"
)
_DIGEST = inline_serializer(
    "LedgerDigest", {"count": serializers.IntegerField(), "digest": serializers.CharField()}
)
_ORDERED = inline_serializer(
    "LedgerOrdered",
    {"id": serializers.CharField(), "rows": serializers.IntegerField(help_text="行数")},
)
_PAGE = [
    OpenApiParameter("limit", OpenApiTypes.INT, description=f"每页行数，默认 {PAGE}，最多 {LONGEST_PAGE}"),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="上一页返回的 next"),
]


class LedgerMixin(ChangesMixin):
    """Goes before `ScopedViewSet`; the app names `ledger_columns` and `ledger_name`. The router adds the routes."""

    schema: Any = LedgerSchema()
    ledger_name: ClassVar[str]
    ledger_kinds: ClassVar[tuple[str, ...]] = ("csv", "ndjson", "json", "xlsx", "digest")
    extra_parameters: ClassVar[frozenset[str]] = frozenset({"headings"})
    request: Any

    def ledger_rows(self) -> "QuerySet[Any]":
        """Rows in scope under the list's filters, in the order of their ids' registration."""
        found: Any = self.get_queryset()  # type: ignore[attr-defined]
        if getattr(self, "action", "") == "changes":
            found = self.without_conditions(found)
        else:
            found = self.filter_queryset(found)  # type: ignore[attr-defined]
        return found.select_related(None).prefetch_related(None).order_by("pk")  # type: ignore[no-any-return]

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR}, parameters=[_HEADINGS])
    def ledger_csv(self, request: Request) -> StreamingHttpResponse:
        """The whole ledger as CSV: UTF-8 with BOM, stable column names, formula-safe cells."""
        headings = request.query_params.get("headings", "")
        if headings not in {"", "zh"}:
            raise Malformed("bad_headings", "headings 只能是 zh，不写则为英文列名。", "headings")
        lines = ledger.csv_lines(self.ledger_rows(), self.ledger_columns, chinese=bool(headings))
        return self._streamed(lines, "text/csv; charset=utf-8", "csv")

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.STR})
    def ledger_ndjson(self, request: Request) -> StreamingHttpResponse:
        """The whole ledger, one JSON record a line."""
        return self._streamed(
            ledger.ndjson_lines(self.ledger_rows(), self.ledger_columns), "application/x-ndjson", "ndjson"
        )

    @extend_schema(responses={200: OpenApiTypes.OBJECT}, parameters=_PAGE)
    def ledger_json(self, request: Request) -> HttpResponse:
        """The ledger in pages of JSON: the rows of `ledger.ndjson`, `next` is null on the last page."""
        limit, after = _limit(request.query_params.get("limit", "")), _after(request)
        if not after:
            self._note("json")
        lines, last = ledger.page(self.ledger_rows().filter(pk__gt=after), self.ledger_columns, limit)
        cursor = signing.dumps(last, salt=SALT) if last else None
        body = b'{"next":' + orjson.dumps(cursor) + b',"results":[' + b",".join(lines) + b"]}"
        return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY, 202: _ORDERED})
    def ledger_xlsx(self, request: Request) -> HttpResponseBase:
        """The whole ledger as a workbook, 元 with two decimals. Above 20,000 rows: 202, `Location` names the file to come."""
        rows = self.ledger_rows()
        count = rows.count()
        self._note("xlsx")
        if count > settings.LEDGER_ROWS_AT_ONCE:
            order = import_string(settings.LEDGER_ORDERS)
            made = order(self._kind(), request.query_params.urlencode(), count, by=request.user)
            answer = {"id": made.public_id, "rows": count}
            return Response(answer, status=202, headers={"Location": made.get_api_url()})
        held = hold_export(request.user, iter(()))  # type: ignore[arg-type]
        try:
            file = TemporaryFile()  # noqa: SIM115 — the answer closes it
            ledger_book.write(file, rows, self.ledger_columns, self.ledger_notes(), count=count)
            file.seek(0)
        finally:
            held.close()
        return FileResponse(
            file, as_attachment=True, filename=self._file_name("xlsx"), headers=_headers(XLSX)
        )

    def ledger_notes(self) -> list[str]:
        """What stands above the headings of a workbook: by whom, when, and that it is not everything."""
        user, asked = self.request.user, set(self.request.query_params) - {"headings", "format"}
        whole = "按条件筛选" if asked else "全部"
        return [
            f"导出人：{user.display_name}　导出时间：{timezone.localtime(moment.now()):%Y-%m-%d %H:%M}　范围：{whole}"
        ]

    @extend_schema(responses=_DIGEST)
    def ledger_digest(self, request: Request) -> Response:
        """Count and SHA-256 over lines `id TAB version LF` sorted by id."""
        count, value = ledger.digest(self.ledger_rows())
        return Response({"count": count, "digest": value})

    def _note(self, kind: str) -> None:
        asked = {
            name: values for name, values in self.request.query_params.lists() if name not in {"q", "cursor"}
        }
        facts = {
            "ledger": self.ledger_name,
            "format": kind,
            "filters": asked,
            "searched": "q" in self.request.query_params,
        }
        audit.record("export.ledger", self.request.user, by=self.request.user, facts=facts)

    def _file_name(self, kind: str) -> str:
        return f"{self.ledger_name}-{moment.today():%Y%m%d}.{kind}"

    def _streamed(self, lines: Iterator[bytes], content_type: str, kind: str) -> StreamingHttpResponse:
        held = hold_export(self.request.user, lines)
        self._note(kind)
        headers = {
            **_headers(content_type),
            "Content-Disposition": f'attachment; filename="{self._file_name(kind)}"',
        }
        return StreamingHttpResponse(held, headers=headers)


def _headers(content_type: str) -> dict[str, str]:
    return {"Content-Type": content_type, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def _limit(text: str) -> int:
    if not text:
        return PAGE
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= LONGEST_PAGE:
        raise Malformed("bad_limit", f"limit 应为 1 至 {LONGEST_PAGE} 的整数。", "limit")
    return int(text)


def _after(request: Request) -> int:
    text = request.query_params.get("cursor", "")
    try:
        return int(signing.loads(text, salt=SALT)) if text else 0
    except (signing.BadSignature, ValueError, TypeError):
        raise Malformed("bad_cursor", "cursor 无效，请从第一页重新开始。", "cursor") from None
