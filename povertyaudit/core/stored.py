"""Read rows as the database holds them, by key: the statement of each table is put together once.

For the record, which reads back every row that an act touched: building the query anew costs more than asking it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import connection, models


def columns_of(model: type[models.Model], keys: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Column (`attname`) → value of every row with one of the keys, in no order."""
    wanted = list(keys)
    statement, names, converters = _reading(model, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement % ", ".join(["%s"] * len(wanted)), wanted)
        for row in cursor.fetchall():
            values = list(row)
            for place, convert, column in converters:
                for one in convert:
                    values[place] = one(values[place], column, connection)
            yield dict(zip(names, values, strict=True))


@cache
def _reading(model: type[models.Model], _vendor: str) -> tuple[str, list[str], list[Any]]:
    query = model._base_manager.order_by().query
    compiler = query.get_compiler(connection=connection)
    statement, _ = compiler.as_sql()
    places = [column for column, _, _ in compiler.select or ()]
    converters = [(place, *found) for place, found in compiler.get_converters(places).items()]
    key = f"{connection.ops.quote_name(model._meta.db_table)}.{connection.ops.quote_name(str(model._meta.pk.column))}"
    return f"{statement} WHERE {key} IN (%s)", [column.target.attname for column in places], converters
