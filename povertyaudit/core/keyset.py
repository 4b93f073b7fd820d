"""Keyset paging: next and previous page at the same cost at every depth.

A cursor is opaque and holds a direction, the ordering value and the opaque id of the boundary row; it never
holds a database key. A cursor that cannot be read raises `BadCursor`. Rows without a value come last.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db import connection, models
from django.db.models import F, Q, QuerySet
from django.db.models.sql.where import WhereNode

from povertyaudit.core import few
from povertyaudit.core.words import looked_for_often

COUNT_CAP, AT_ONCE = 10_000, 1_000
SEAL = Signer(salt="povertyaudit.keyset")  # a cursor made up by hand must not reach the database


class BadCursor(ValueError):
    """The cursor was not made by this list."""


@dataclass(frozen=True)
class Slice:
    """One page of rows with the cursors beside it (empty string: there is no such page)."""

    rows: list[Any]
    next: str
    previous: str


@dataclass(frozen=True)
class Count:
    """How many rows there are; `about` when an exact number would be dear, `more` when counting stopped at `number`."""

    number: int
    about: bool = False
    more: bool = False

    @property
    def figure(self) -> str:
        return f"{self.number:,}"


def _field(rows: QuerySet[Any], path: str) -> "models.Field":
    """The field at the end of `path`: an annotation's output field or a model field."""
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field
    here: Any = rows.model
    field: Any = None
    for name in path.split("__"):
        field = here._meta.pk if name == "pk" else here._meta.get_field(name)
        here = getattr(field, "related_model", None)
    return field  # type: ignore[no-any-return]


def _may_be_empty(rows: QuerySet[Any], path: str) -> bool:
    return "__" in path or path in rows.query.annotations or bool(_field(rows, path).null)


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row.pk if isinstance(row, models.Model) else row


def _has_public_id(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field("public_id")
    except FieldDoesNotExist:
        return False
    return True


def _encode(direction: str, value: Any, row: Any) -> str:
    mark = row.public_id if _has_public_id(type(row)) else row.pk
    if isinstance(value, datetime):
        value = value.isoformat()  # the JSON encoder would cut it to milliseconds and meet the same row again
    text = json.dumps([direction, value, mark], cls=DjangoJSONEncoder, separators=(",", ":"))
    return SEAL.sign(base64.urlsafe_b64encode(text.encode()).decode().rstrip("="))


def _decode(cursor: str, rows: QuerySet[Any], path: str) -> tuple[str, Any, Any]:
    """Direction, ordering value and key of the boundary row."""
    model = rows.model
    try:
        cursor = SEAL.unsign(cursor)
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        direction, value, mark = json.loads(raw)
        value = None if value is None else _field(rows, path).to_python(value)
        if direction not in {"n", "p"} or (value is None and not _may_be_empty(rows, path)):
            raise BadCursor
        if _has_public_id(model):
            pk = model._base_manager.filter(public_id=str(mark)).values_list("pk", flat=True).first()
        else:
            pk = model._meta.pk.to_python(mark)
    except (
        BadSignature,
        ValueError,
        TypeError,
        binascii.Error,
        ValidationError,
        UnicodeDecodeError,
    ) as error:
        raise BadCursor from error
    return direction, value, pk


@dataclass(frozen=True)
class _Part:
    """One stretch of an ordered list: where its keys come from, what they are ordered by (empty: the key alone)."""

    rows: QuerySet[Any]
    by: str
    key: str = "pk"

    def keys(self, reverse: bool, after: tuple[Any, Any] | None, size: int) -> list[Any]:
        """At most `size` keys in order, from the boundary (value, key) on."""
        rows = self.rows if after is None else self.rows.filter(self._beyond(reverse, *after))
        sign = "-" if reverse else ""
        ordered = rows.order_by(*[sign + path for path in (self.by, self.key) if path])
        return list(ordered.values_list(self.key, flat=True)[:size])

    def _beyond(self, reverse: bool, value: Any, pk: Any) -> Q:
        """After the boundary. The bound says nothing new, but an index can start from it, and not from an OR."""
        compare = "lt" if reverse else "gt"
        tie = Q(**{f"{self.key}__{compare}": pk}) if pk is not None else Q(pk__in=[])
        if not self.by:
            return tie
        bound = Q(**{f"{self.by}__{compare}e": value})
        return bound & (Q(**{f"{self.by}__{compare}": value}) | tie)


def _parts(queryset: QuerySet[Any], path: str, known: Sequence[Any] | None) -> list[_Part]:
    """The stretches of the list in their order: rows with a value first, then those without.

    A queryset may name another table that holds the value in order (`in_order_of`): its keys then come out of an index
    there, instead of from a sub-query that is asked for every row. Of few rows it is asked by their keys (`known`, where
    they are in hand): looking through that table until nine of them have come along could mean looking through all of it.
    """
    if path == "pk":
        return [_Part(queryset, "")]
    if (aside := getattr(queryset, "in_order_of", lambda _: None)(path)) is not None:
        holders, key = aside
        found = few.keys(queryset, "pk") if known is None else known
        is_few = isinstance(found, list)
        mine = holders.filter(few.one_of(found, key) if is_few else Q(**{f"{key}__in": found}))
        rest = queryset.filter(few.one_of(found)) if is_few else queryset
        return [_Part(mine, path, key), _Part(rest.exclude(pk__in=holders.order_by().values(key)), "")]
    if _may_be_empty(queryset, path):
        empty = {f"{path}__isnull": True}
        return [_Part(queryset.exclude(**empty), path), _Part(queryset.filter(**empty), "")]
    return [_Part(queryset, path)]


def _keys(parts: list[_Part], *, down: bool, back: bool, after: Any, size: int) -> list[Any]:
    """The keys of one page and of one row more, in the direction of reading."""
    if back:
        parts.reverse()
    if after is not None and after[0] is None:
        parts = [part for part in parts if not part.by or back]
    elif after is not None:
        parts = [part for part in parts if part.by or not back or len(parts) == 1]
    keys: list[Any] = []
    for part in parts:
        keys += part.keys(down != back, after, size + 1 - len(keys))
        after = None  # what follows is read from its beginning
        if len(keys) > size:
            break
    return keys


def ordered(queryset: QuerySet[Any], ordering: str) -> QuerySet[Any]:
    """All rows in the order in which `take` pages through them."""
    path, down = ordering.lstrip("-"), ordering.startswith("-")
    nulls: dict[str, Any] = {"nulls_last": True} if _may_be_empty(queryset, path) else {}
    first = F(path).desc(**nulls) if down else F(path).asc(**nulls)
    return queryset.order_by(first, "-pk" if down else "pk")


def take(
    queryset: QuerySet[Any],
    ordering: str,
    cursor: str = "",
    size: int = 50,
    *,
    known: Sequence[Any] | None = None,
) -> Slice:
    """The page at `cursor`, ordered by one field path (`-` for descending) and then by key.

    `known`: the keys of all rows, where they were found a moment before. Raises `BadCursor`.
    """
    if known is not None:
        queryset = _of(queryset, known)
        if not cursor and len(known) <= size:
            return Slice(list(ordered(queryset, ordering)) if known else [], "", "")
    path, down = ordering.lstrip("-"), ordering.startswith("-")
    direction, *after = _decode(cursor, queryset, path) if cursor else ("n",)
    back = direction == "p"
    parts = _parts(queryset, path, known)
    keys = _keys(parts, down=down, back=back, after=after or None, size=size)
    more, rows = len(keys) > size, _fetched(queryset, keys[:size])
    if back:
        rows.reverse()
    has_next, has_previous = (bool(cursor), more) if back else (more, bool(cursor))
    return Slice(
        rows,
        _encode("n", _value(rows[-1], path), rows[-1]) if rows and has_next else "",
        _encode("p", _value(rows[0], path), rows[0]) if rows and has_previous else "",
    )


def _fetched(queryset: QuerySet[Any], keys: list[Any]) -> list[Any]:
    """The rows of these keys, in their order, with all that `queryset` joins and computes.

    First the keys, out of an index, then the rest for one page only: a sub-query or a join beside the key would else be
    computed for every row in scope before the first fifty are known. The keys have passed scope and filters a moment
    ago; asking for them again would cost the same again.
    """
    found = {row.pk: row for row in _of(queryset, keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def _of(queryset: QuerySet[Any], keys: Sequence[Any]) -> QuerySet[Any]:
    """The rows of these keys, asked for by nothing else."""
    page = queryset.order_by()
    page.query.where = WhereNode()
    return page.filter(few.one_of(keys))


def take_counted(
    queryset: QuerySet[Any], ordering: str, cursor: str = "", size: int = 50
) -> tuple[Slice, Count]:
    """The page, as `take` gives it, and what is known of the number of rows while it is drawn: exact up to `AT_ONCE`,
    above it `more` (`count` tells it afterwards).

    Counting so far and fetching the keys so far costs the same, and with few keys in hand the page is asked for by them:
    what narrows a list (whose projects, which words) is worked out once. Of a common word no more is looked for than
    the page itself shows: a thousand rows of it may lie far apart. Raises `BadCursor`.
    """
    if looked_for_often(queryset.query.where):
        page = take(queryset, ordering, cursor, size)
        return page, Count(len(page.rows), more=bool(page.next or page.previous))
    found = few.keys(queryset, "pk", AT_ONCE)
    if isinstance(found, list):
        return take(queryset, ordering, cursor, size, known=found), Count(len(found))
    return take(queryset, ordering, cursor, size), Count(AT_ONCE, more=True)


def count(queryset: QuerySet[Any], cap: int = COUNT_CAP) -> Count:
    """Exact up to `cap`; above it PostgreSQL's own estimate, rounded to two figures (SQLite counts cheaply).

    How many rows hold a common word it cannot estimate: they are counted.
    """
    bare = queryset.order_by().values("pk")
    number = bare[: cap + 1].count()
    if number <= cap:
        return Count(number)
    if connection.vendor != "postgresql" or looked_for_often(bare.query.where):
        return Count(bare.count())
    plan = json.loads(bare.explain(format="json"))
    guess = max(int(plan[0]["Plan"]["Plan Rows"]), cap)
    step = 10 ** (len(str(guess)) - 2)
    return Count(guess // step * step, about=True)
