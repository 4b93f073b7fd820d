"""Many new rows into a table at once: COPY on PostgreSQL, one statement a table on SQLite.

For what is written by the thousand (imports, lists, drawings). It is no way round the rules: constraints, triggers and
foreign keys hold as for any INSERT; what a form or `full_clean` asks, the caller has asked before (`core.cleaned`), and
business rows are written by `core.rows.create_many`, which uses this and writes the record.

    inserting.own_keys(leads)                  # where other new rows point at them
    with transaction.atomic(), inserting.Lane() as lane:
        lane.put(Sideways.of(leads))
        lane.put(Sideways(Change, n, {"row_id": ids}, {"label": "cases.lead", "version": 1, "deleted": False}))
        …                                      # no query until the end of the block

On PostgreSQL a lane copies in a thread of its own while the caller makes the next table ready: between the first `put`
and the end of the block (or `wait()`) nothing else may ask this connection. The end of the block raises what the
database refused (IntegrityError, DataError), as the statement itself would. Rows without a key get one from the database.
Who waits there may work on what comes next (`core.meanwhile`).
"""

import io
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from typing import Any, Self

import orjson
from django.db import connection, models

from povertyaudit.core.meanwhile import use_the_time
from povertyaudit.core.sideways import Sideways, fields_of

NULL = "\\N"
# The counter is named once, not for each key (OFFSET keeps the sub-query whole).
NEXT = (
    "SELECT nextval(counter) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS counter OFFSET 0) one, "
    "generate_series(1, %s)"
)
_SIGNS = "\\\t\n\r"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def keys(model: type[models.Model], count: int) -> list[int]:
    """The next `count` keys of the table, nobody else's. Call inside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            asked = [f'"{model._meta.db_table}"', model._meta.pk.column, count]
            cursor.execute(NEXT, asked)
            return [key for (key,) in cursor.fetchall()]
        table = model._meta.db_table
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        if found is None:  # nothing was ever written there
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        last = found[0] if found else 0
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        return list(range(last + 1, last + count + 1))


def insert(table: Sideways) -> None:
    """Write the rows now. Raises IntegrityError, DataError."""
    with Lane() as lane:
        lane.put(table)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Write new instances of one model now; they get their keys, as from `bulk_create`."""
    if rows:
        own_keys(rows)
        insert(Sideways.of(rows))
        saved(rows)


def own_keys(rows: Sequence[models.Model]) -> None:
    """Give instances that have none yet their keys, before they are written."""
    without = [row for row in rows if row.pk is None]
    for row, key in zip(without, keys(type(rows[0]), len(without)) if without else (), strict=True):
        row.pk = key


def saved(rows: Iterable[models.Model]) -> None:
    """They are in the database now."""
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


class Lane:
    """Tables written one after the other, in the order they are put; see above."""

    def __init__(self) -> None:
        self._aside: ThreadPoolExecutor | None = None
        self._under_way: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, _error: Any, _trace: Any) -> None:
        try:
            self.wait(silent=kind is not None)
        finally:
            if self._aside is not None:
                self._aside.shutdown()

    def put(self, table: Sideways) -> None:
        """Write the rows."""
        if table.count and connection.vendor == "postgresql":
            self._copy(*_as_text(table))
        elif table.count:
            _many(table)

    def check(self) -> None:
        """Have what is put by now checked against the keys it names, on the lane and not in the commit."""
        if self._aside is not None:
            self._under_way.append(self._aside.submit(_checked, connection.connection))

    def wait(self, *, silent: bool = False) -> None:
        """Until all is written; raises the first refusal, or none when `silent`: another error is under way."""
        waiting, self._under_way = self._under_way, []
        if waiting and not silent:
            use_the_time()
        refused = [error for one in waiting if (error := one.exception()) is not None]
        if refused and not silent:
            with connection.wrap_database_errors:
                raise refused[0]

    def _copy(self, statement: str, text: str) -> None:
        if self._aside is None:
            connection.ensure_connection()
            self._aside = ThreadPoolExecutor(1)
        self._under_way.append(self._aside.submit(_copied, connection.connection, statement, text))


def _copied(raw: Any, statement: str, text: str) -> None:
    """In the thread of the lane, where the driver lets the caller's thread go on. In one piece: before each the driver
    waits for the interpreter, which the caller is computing with."""
    lines = text.encode()
    with raw.cursor() as cursor:
        cursor.copy_expert(statement, io.BytesIO(lines), len(lines) + 1)


def _checked(raw: Any) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _as_text(table: Sideways) -> tuple[str, str]:
    """The statement and the lines it reads. What all rows have alike stands at their end and is written once."""
    fields = [
        field
        for field in fields_of(table.model)
        if field.attname in table.columns or field.attname in table.same
    ]
    fields.sort(key=lambda field: field.attname in table.same)
    named = ", ".join(f'"{field.column}"' for field in fields)
    given = [
        _texts(field, table.columns[field.attname]) for field in fields if field.attname in table.columns
    ]
    end = "\t".join(_texts(field, [table.same[field.attname]])[0] for field in fields[len(given) :]) + "\n"
    if given:
        lines, end = map("\t".join, zip(*given, strict=True)), f"\t{end}" if end != "\n" else end
    else:
        lines = map(str, repeat("", table.count))
    return f'COPY "{table.model._meta.db_table}" ({named}) FROM STDIN', end.join(lines) + end


def _many(table: Sideways) -> None:
    fields = [
        one for one in fields_of(table.model) if one.attname in table.columns or one.attname in table.same
    ]
    columns = [
        [field.get_db_prep_save(one, connection) for one in table.columns[field.attname]]
        if field.attname in table.columns
        else repeat(field.get_db_prep_save(table.same[field.attname], connection), table.count)
        for field in fields
    ]
    named, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    statement = f'INSERT INTO "{table.model._meta.db_table}" ({named}) VALUES ({places})'  # noqa: S608 — names of columns
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*columns, strict=True)))


def _texts(field: Any, values: Sequence[Any]) -> Sequence[str]:
    """The values of a column as COPY's text format has them."""
    kinds = set(map(type, values))
    if type(None) in kinds:
        rest = iter(_texts(field, [one for one in values if one is not None]) if len(kinds) > 1 else ())
        return [NULL if one is None else next(rest) for one in values]
    if isinstance(field, models.JSONField):
        return _escaped([_json(field, one) for one in values])
    if len(kinds) == 1 and (write := _WRITE.get(kinds.copy().pop())) is not None:
        return write(values)
    return [_one(one if type(one) in _WRITE else field.get_prep_value(one)) for one in values]


def _one(value: Any) -> str:
    """A value of a column that holds several kinds; members of an enumeration are what they stand for."""
    if type(value) in _WRITE:
        return _WRITE[type(value)]([value])[0]
    if isinstance(value, str):
        return _escaped([str(value)])[0]
    raise TypeError(f"{type(value)} cannot be copied")


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    """Few columns hold a sign that COPY reads otherwise: one look at all of it tells."""
    whole = "".join(texts)
    return [text.translate(_ESCAPED) for text in texts] if any(sign in whole for sign in _SIGNS) else texts


def _json(field: Any, value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # what only the field's own encoder knows
        return json.dumps(value, cls=field.encoder)


_WRITE: dict[type, Callable[[Sequence[Any]], Sequence[str]]] = {
    str: _escaped,
    int: lambda values: list(map(str, values)),
    bool: lambda values: ["t" if one else "f" for one in values],
    date: lambda values: [one.isoformat() for one in values],
    datetime: lambda values: [one.isoformat() for one in values],
    Decimal: lambda values: list(map(str, values)),
    bytes: lambda values: [f"\\\\x{one.hex()}" for one in values],
    memoryview: lambda values: [f"\\\\x{one.hex()}" for one in values],
}
