"""`{next, results}` by keyset: `limit` (1–5000, default 100), `cursor` (opaque), `ordering`."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from povertyaudit.core import keyset
from povertyaudit.core.api.errors import Malformed

DEFAULT_LIMIT, MAX_LIMIT = 100, 5000
SALT = "povertyaudit.api.cursor"
PARAMETERS = frozenset({"limit", "cursor", "ordering", "view"})


class KeysetPagination(BasePagination):
    """Same cost on every page. Views name what may be ordered by in `orderings` (name on the page → field path)."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        limit = _limit(request.query_params.get("limit", ""))
        ordering = ordering_of(request, view)
        cursor = _opened(request.query_params.get("cursor", ""), ordering)
        try:
            page = keyset.take(queryset, ordering, cursor, limit)
        except keyset.BadCursor as error:
            raise _bad_cursor() from error
        self.next = signing.dumps([ordering, page.next], salt=SALT) if page.next else None
        return page.rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        text = "下一页的游标，没有更多时为空"
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {"type": ["string", "null"], "description": text},
                "results": {"type": "array", "items": schema.get("items", schema)},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        names: Mapping[str, str] = getattr(view, "orderings", {})
        allowed = [sign + name for name in names for sign in ("", "-")]
        whole = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        return [
            _parameter("limit", whole, "每页条数"),
            _parameter("cursor", {"type": "string"}, "上一页返回的 next"),
            _parameter("ordering", {"type": "string", "enum": allowed}, "排序，前加减号为倒序"),
            _parameter("view", {"type": "string"}, "常用视图的标识：按它的条件筛选（排序除外）"),
        ]


def ordering_of(request: Any, view: Any) -> str:
    """The field path to order by, from `?ordering=`; raises Malformed for a name the view does not offer."""
    wanted = request.query_params.get("ordering", "") or view.default_ordering
    names: Mapping[str, str] = view.orderings
    path = names.get(wanted.removeprefix("-"))
    if path is None:
        listed = "、".join(names)
        raise Malformed("bad_ordering", f"不能按这一项排序，可用的有：{listed}。", "ordering")
    return ("-" if wanted.startswith("-") else "") + path


def _limit(text: str) -> int:
    if not text:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= MAX_LIMIT):
        raise Malformed("bad_limit", f"limit 应是 1 到 {MAX_LIMIT} 的整数。", "limit")
    return int(text)


def _opened(text: str, ordering: str) -> str:
    if not text:
        return ""
    try:
        made_for, cursor = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise _bad_cursor() from error
    if made_for != ordering:
        raise _bad_cursor()
    return str(cursor)


def _bad_cursor() -> Malformed:
    return Malformed("bad_cursor", "游标无效，请从第一页重新取，且翻页时不要改变排序。", "cursor")


def _parameter(name: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
