"""Keyset paging: next and previous page at the same cost at every depth.

A cursor is opaque and holds a direction, the ordering value and the opaque id of the boundary row; it never
holds a database key. A cursor that cannot be read raises `BadCursor`. Rows without a value come last.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db import connection, models
from django.db.models import F, Q, QuerySet

COUNT_CAP = 10_000
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
    """How many rows there are; `about` when an exact number would be dear."""

    number: int
    about: bool = False


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


def _beyond(path: str, value: Any, pk: Any, *, down: bool, nulls_ahead: bool) -> Q:
    """Rows after the boundary; `down` is descending, `nulls_ahead` when empty values still come."""
    compare = "lt" if down else "gt"
    same = Q(**{f"pk__{compare}": pk}) if pk is not None else Q(pk__in=[])
    if path == "pk":
        return same
    if value is None:
        tie = Q(**{f"{path}__isnull": True}) & same
        return tie if nulls_ahead else tie | Q(**{f"{path}__isnull": False})
    after = Q(**{f"{path}__{compare}": value}) | Q(**{path: value}) & same
    return after | Q(**{f"{path}__isnull": True}) if nulls_ahead else after


def _key(rows: QuerySet[Any], path: str, reverse: bool, back: bool) -> Any:
    """The ordering expression; without a nulls clause where the column is never empty, so that indexes serve."""
    if not _may_be_empty(rows, path):
        return F(path).desc() if reverse else F(path).asc()
    nulls: dict[str, Any] = {"nulls_first": True} if back else {"nulls_last": True}
    return F(path).desc(**nulls) if reverse else F(path).asc(**nulls)


def ordered(queryset: QuerySet[Any], ordering: str) -> QuerySet[Any]:
    """All rows in the order in which `take` pages through them."""
    path, down = ordering.lstrip("-"), ordering.startswith("-")
    return queryset.order_by(_key(queryset, path, down, back=False), "-pk" if down else "pk")


def take(queryset: QuerySet[Any], ordering: str, cursor: str = "", size: int = 50) -> Slice:
    """The page at `cursor`, ordered by one field path (`-` for descending) and then by key.

    Raises `BadCursor`.
    """
    path, down = ordering.lstrip("-"), ordering.startswith("-")
    back, beyond = False, None
    if cursor:
        direction, value, pk = _decode(cursor, queryset, path)
        back = direction == "p"
        beyond = _beyond(path, value, pk, down=down != back, nulls_ahead=not back)
    if beyond is not None:
        queryset = queryset.filter(beyond)
    reverse = down != back
    found = list(
        queryset.order_by(_key(queryset, path, reverse, back), "-pk" if reverse else "pk")[: size + 1]
    )
    more, rows = len(found) > size, found[:size]
    if back:
        rows.reverse()
    has_next, has_previous = (bool(cursor), more) if back else (more, bool(cursor))
    return Slice(
        rows,
        _encode("n", _value(rows[-1], path), rows[-1]) if rows and has_next else "",
        _encode("p", _value(rows[0], path), rows[0]) if rows and has_previous else "",
    )


def count(queryset: QuerySet[Any], cap: int = COUNT_CAP) -> Count:
    """Exact up to `cap`; above it PostgreSQL's own estimate, rounded to two figures (SQLite counts cheaply)."""
    bare = queryset.order_by()
    number = bare[: cap + 1].count()
    if number <= cap:
        return Count(number)
    if connection.vendor != "postgresql":
        return Count(bare.count())
    plan = json.loads(bare.explain(format="json"))
    guess = max(int(plan[0]["Plan"]["Plan Rows"]), cap)
    step = 10 ** (len(str(guess)) - 2)
    return Count(guess // step * step, about=True)
