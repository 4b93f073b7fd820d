"""A query whose shape never changes: put together once in a process, asked with other values each time.

For what every request asks. Django puts a query together anew each time, which costs more than the database's answer.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models.query import ModelIterable, QuerySet


@dataclass(frozen=True)
class _Plan:
    """What is kept: a compiler that has done its work, its statement, and which value stands at which place."""

    compiler: Any
    statement: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # (place among the parameters, place among the values)


@dataclass
class _Asked:
    """What Django's reader of rows needs of a queryset."""

    query: Any
    db: str

    def __post_init__(self) -> None:
        self._known_related_objects: dict[Any, Any] = {}


class Prepared:
    """`build(*values)` gives the queryset; it must ask the same for all values but where they stand.

    Values are whole numbers, texts and dates, never None and never lists; nothing is fetched beside (no prefetching).
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.build = build
        self.plans: dict[str, _Plan] = {}

    def rows(self, *values: Any) -> list[Any]:
        """What `[*build(*values)]` gives."""
        plan = self.plans.get(connection.vendor) or self.plans.setdefault(
            connection.vendor, self._made(values)
        )
        parameters = list(plan.parameters)
        for place, number in plan.places:
            parameters[place] = _adapted(values[number])
        compiler = copy.copy(plan.compiler)
        compiler.connection, compiler.as_sql = connection, lambda: (plan.statement, tuple(parameters))
        compiler.get_compiler = lambda **_: compiler
        asked: Any = _Asked(compiler, connection.alias)
        return [*ModelIterable(asked)]

    def _made(self, values: tuple[Any, ...]) -> _Plan:
        compiler = self.build(*values).query.get_compiler(connection=connection)
        statement, parameters = compiler.as_sql()
        places = []
        for number, value in enumerate(values):
            others = [*values[:number], _another(value), *values[number + 1 :]]
            told, changed = self.build(*others).query.get_compiler(connection=connection).as_sql()
            if told != statement:
                raise TypeError("the shape of the query follows a value")
            places += [
                (at, number)
                for at, (one, two) in enumerate(zip(parameters, changed, strict=True))
                if one != two
            ]
        compiler.connection = None
        return _Plan(compiler, statement, tuple(parameters), tuple(places))


def _another(value: Any) -> Any:
    if isinstance(value, date):
        return value + timedelta(days=1)
    return value + (1 if isinstance(value, int) else "x")


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
