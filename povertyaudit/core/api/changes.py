"""`<things>/changes/?since=<cursor>`: what a copy of the ledger must take over, in the columns of the ledger.

From the beginning first the rows as they stand, in pages, then every change: an upsert where the caller sees the row, a
delete where he does not (it is gone, or left his scope). The same row may come twice; the last one counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import orjson
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from povertyaudit.core import changes, ledger
from povertyaudit.core.api.errors import Malformed
from povertyaudit.core.errors import DomainError

PAGE, LONGEST_PAGE, SALT = 1000, 5000, "povertyaudit.changes"
_PARAMETERS = [
    OpenApiParameter("since", OpenApiTypes.STR, description="上次返回的 next；空：从头开始"),
    OpenApiParameter(
        "limit", OpenApiTypes.INT, description=f"一次读多少处变化，默认 {PAGE}，最多 {LONGEST_PAGE}"
    ),
]


class Resync(DomainError):
    """The copy must be made anew."""

    status = 410

    def __init__(self) -> None:
        super().__init__("resync", "您的权限、台账的列或者数据库有变动，请清空副本，不带 since 从头同步。")


@dataclass(frozen=True)
class Cursor:
    """How far a client is: `seq` the last change it read, `key` the last row of the first reading (0 when it is over)."""

    standing: str
    seq: int
    mark: str
    key: int = 0

    def __str__(self) -> str:
        return signing.dumps(list(asdict(self).values()), salt=SALT, compress=True)


class ChangesMixin:
    """The route `changes/` of a resource with a ledger."""

    ledger_columns: ClassVar[Sequence[ledger.Column]]
    request: Any
    user: Any

    def ledger_rows(self) -> "QuerySet[Any]":
        """The rows of the ledger with what its columns read."""
        raise NotImplementedError

    @extend_schema(responses={200: OpenApiTypes.OBJECT, 410: OpenApiTypes.OBJECT}, parameters=_PARAMETERS)
    @action(detail=False, methods=["get"], filter_backends=[], pagination_class=None)
    def changes(self, request: Request) -> HttpResponse:
        """同步：since 以来新增、修改的行（upsert）和不再可见的行（delete）；没有变化时 next 与 since 相同。"""
        asked = set(request.query_params) - {"since", "limit"}
        if asked:
            raise Malformed("unknown_filter", "同步只有 since 和 limit 两个参数。", sorted(asked)[0][:40])
        changes.number()
        limit, text = _limit(request.query_params.get("limit", "")), request.query_params.get("since", "")
        asked_from = self._cursor(text)
        read = self._moved if text and not asked_from.key else self._standing
        lines, cursor = read(asked_from, limit)
        said = text if text and cursor == asked_from else str(cursor)
        body = b'{"next":' + orjson.dumps(said) + b',"results":[' + b",".join(lines) + b"]}"
        return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})

    def without_conditions(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """`rows` as the list has them when nothing is asked for: some kinds leave out what goes on elsewhere."""
        plain = HttpRequest()
        plain.method = "GET"
        request = Request(plain)
        request.user = self.user
        for backend in type(self).filter_backends:  # type: ignore[attr-defined]
            rows = backend().filter_queryset(request, rows, self)
        return rows

    def _cursor(self, text: str) -> Cursor:
        now = changes.standing(self.user, [column.name for column in self.ledger_columns], self._kind())
        if not text:
            seq = changes.last()
            return Cursor(now, seq, changes.mark(seq))
        try:
            found = Cursor(*signing.loads(text, salt=SALT))
        except (signing.BadSignature, ValueError, TypeError):
            raise Malformed(
                "bad_cursor", "since 无效，请用上次返回的 next，或者不带 since 从头同步。", "since"
            ) from None
        if found.standing != now or changes.mark(found.seq) != found.mark:
            raise Resync
        return found

    def _kind(self) -> str:
        return str(getattr(self, "basename", ""))

    def _standing(self, cursor: Cursor, limit: int) -> tuple[list[bytes], Cursor]:
        """The rows as they stand; what changes meanwhile comes after, because the cursor keeps the number of the start."""
        rows = self.ledger_rows().filter(pk__gt=cursor.key)
        keys = list(rows.values_list("pk", flat=True)[: limit + 1])
        here = keys[:limit]
        lines = list(self._upserts(rows.filter(pk__lte=here[-1]))) if here else []
        key = here[-1] if len(keys) > limit else 0
        return lines, Cursor(cursor.standing, cursor.seq, cursor.mark, key)

    def _moved(self, cursor: Cursor, limit: int) -> tuple[list[bytes], Cursor]:
        model = self.queryset.model  # type: ignore[attr-defined]
        moved, seq = changes.since(model, cursor.seq, limit, self.user)
        seen: dict[str, bytes] = dict(self._by_id(list(moved)))
        lines = list(seen.values())
        lines += [
            orjson.dumps({"op": "delete", "id": one.id, "version": one.version})
            for one in moved.values()
            if one.id not in seen and one.left
        ]
        if seq == cursor.seq:
            return lines, cursor
        return lines, Cursor(cursor.standing, seq, changes.mark(seq))

    def _by_id(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        for start in range(0, len(ids), PAGE):
            some = self.ledger_rows().filter(public_id__in=ids[start : start + PAGE])
            for id, version, record in ledger.records(some, self.ledger_columns):
                yield id, _upsert(id, version, record)

    def _upserts(self, rows: "QuerySet[Any]") -> Iterator[bytes]:
        for id, version, record in ledger.records(rows, self.ledger_columns):
            yield _upsert(id, version, record)


def _upsert(id: str, version: int, record: bytes) -> bytes:
    head = orjson.dumps({"op": "upsert", "id": id, "version": version})
    return head[:-1] + b',"record":' + record + b"}"


def _limit(text: str) -> int:
    if not text:
        return PAGE
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= LONGEST_PAGE:
        raise Malformed("bad_limit", f"limit 应为 1 至 {LONGEST_PAGE} 的整数。", "limit")
    return int(text)
