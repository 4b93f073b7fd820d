"""Keys in hand while they are few, a sub-query when they are many.

A database joins a list of known keys into any condition by its indexes, even under OR; a sub-query under OR it can only
compute whole and ask row by row. Which of the two is cheap depends on how many there are, and one look tells.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery

FEW = 1000
_many: ContextVar[bool] = ContextVar("many", default=False)


@contextmanager
def for_many() -> Iterator[None]:
    """What is asked within reads tables whole: keys that are many are gathered once, not asked for row by row."""
    token = _many.set(True)
    try:
        yield
    finally:
        _many.reset(token)


class _OneOf(Func):
    """`= ANY` of PostgreSQL: thousands of keys are one constant to it, which it counts and looks up at once."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, path: str, keys: Sequence[int]) -> None:
        super().__init__(F(path))
        self.keys = keys

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # type: ignore[override]
        key, _ = compiler.compile(self.get_source_expressions()[0])
        return f"{key} = ANY (%s::bigint[])", ["{" + ",".join(map(str, self.keys)) + "}"]


def one_of(keys: Sequence[Any], path: str = "pk") -> Q:
    """Rows with one of these keys; regions and sessions have texts for keys."""
    plain = keys and isinstance(keys[0], int) and connection.vendor == "postgresql"
    return Q(_OneOf(path, keys)) if plain else Q(**{f"{path}__in": keys})


def keys(rows: QuerySet[Any], path: str, most: int = 0) -> Any:
    """What to put behind `pk__in`: the values of `path` themselves, or the sub-query that yields them. One query.

    `most`: how many are few, where a thousand are not right.
    """
    values = rows.order_by().values_list(path, flat=True)
    most = most or FEW
    found = list(values[: most + 1])
    return found if len(found) <= most else values


def among(rows: QuerySet[Any], path: str) -> Q:
    """Rows whose key some row of `rows` names in `path` (an indexed foreign key). One query, made at once.

    Many are asked for one by one, as the outer rows pass by: a page of fifty then asks fifty times. Unless all of them
    will pass by (`for_many`).
    """
    found = keys(rows, path)
    if isinstance(found, list):
        return one_of(found)
    if _many.get():
        return Q(pk__in=found)
    return Q(pk=Subquery(rows.order_by().filter(**{path: OuterRef("pk")}).values(path)[:1]))
