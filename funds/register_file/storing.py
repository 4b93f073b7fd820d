"""Many clean lines into the database: by COPY on PostgreSQL, by many rows a statement on SQLite.

Each batch is one statement and one commit; the register is `loading` until the last transaction, so nobody sees it.
On PostgreSQL the batch goes its way while the next one is being read.
"""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection

from funds.models import Register
from funds.models.marks import NEEDS
from funds.register_file.cleaning import Desk

PEOPLE = (
    "register_id", "region_id", "line", "household_no", "name", "relation", "id_key", "sealed", "key_id", "account_tail",
    "amount_fen", "note",
)  # fmt: skip
MARKS = (
    "register_id",
    "region_id",
    "year",
    "line",
    "household_no",
    "head_name",
    *NEEDS,
    "exit",
    "lost",
    "changed",
)
REFUSALS = ("register_id", "line", "column", "cause", "other_line")
NULL = "\\N"
PIECE = 1024 * 1024


class Store:
    """Keeps what a desk has taken. Use as a context: it waits for what is still on its way."""

    def __init__(self, register: Register, key_id: str) -> None:
        self.register, self.key_id, self.year = register, key_id, register.as_of.year
        self._aside = ThreadPoolExecutor(1) if connection.vendor == "postgresql" else None
        self._under_way: Future[None] | None = None

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: Any, *_: Any) -> None:
        try:
            self.wait()
        finally:
            if self._aside:
                self._aside.shutdown()

    def wait(self) -> None:
        """Until the last batch is kept; raises what it raised."""
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()

    def keep(self, desk: Desk, before: Callable[[], None]) -> None:
        """Send off what lies on the desk, which is then empty. `before` is called while nothing is on its way."""
        people, desk.people = desk.people, []
        marks, desk.marks = desk.marks, []
        refused, desk.refused = desk.refused, []
        if self._aside is None:
            before()
            self._insert(people, marks, refused)
            return
        texts = (
            "".join(map(self._person, people)),
            "".join(map(self._mark, marks)),
            "".join(map(self._no, refused)),
        )
        self.wait()
        before()
        connection.ensure_connection()
        self._under_way = self._aside.submit(_copy, connection.connection, texts)

    def _person(self, row: tuple[Any, ...]) -> str:
        text = self._line(row)
        if text.count("\\") == 4 + (row[-2] is None):  # ours alone
            return text
        return self._line(tuple(one.replace("\\", "\\\\") if isinstance(one, str) else one for one in row))

    def _line(self, row: tuple[Any, ...]) -> str:
        place, line, household, name, relation, key, sealed, tail, fen, note = row
        return (
            f"{self.register.pk}\t{place}\t{line}\t{household}\t{name}\t{relation}\t\\\\x{key.hex()}\t\\\\x{sealed.hex()}"
            f"\t{self.key_id}\t{tail}\t{NULL if fen is None else fen}\t{note}\n"
        )

    def _mark(self, row: tuple[Any, ...]) -> str:
        place, line, household, name, *said = row
        flags = "\t".join(NULL if one is None else "t" if one else "f" for one in said[:-1])
        household, name = household.replace("\\", "\\\\"), name.replace("\\", "\\\\")
        return f"{self.register.pk}\t{place}\t{self.year}\t{line}\t{household}\t{name}\t{flags}\t{said[-1]}\tf\tf\n"

    def _no(self, row: tuple[Any, ...]) -> str:
        line, column, cause, other = row
        return f"{self.register.pk}\t{line}\t{column}\t{cause}\t{NULL if other is None else other}\n"

    def _insert(self, people: list[Any], marks: list[Any], refused: list[Any]) -> None:
        pk, year = self.register.pk, self.year
        _many("funds_beneficiary", PEOPLE, (
            (pk, place, line, household, name, relation, key, sealed, self.key_id, tail, fen, note)
            for place, line, household, name, relation, key, sealed, tail, fen, note in people
        ))  # fmt: skip
        _many("funds_householdmark", MARKS, (
            (pk, place, year, line, household, name, *said, False, False) for place, line, household, name, *said in marks
        ))  # fmt: skip
        _many("funds_registerrefusal", REFUSALS, ((pk, *row) for row in refused))


def _copy(raw: Any, texts: Sequence[str]) -> None:
    """In a thread of its own: the driver lets the next batch be read meanwhile."""
    tables = ("funds_beneficiary", "funds_householdmark", "funds_registerrefusal")
    with raw.cursor() as cursor:
        for table, columns, text in zip(tables, (PEOPLE, MARKS, REFUSALS), texts, strict=True):
            if text:
                named = ", ".join(f'"{column}"' for column in columns)
                cursor.copy_expert(f"COPY {table} ({named}) FROM STDIN", io.StringIO(text), PIECE)


def _many(table: str, columns: Sequence[str], rows: Any) -> None:
    named, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", list(rows))  # noqa: S608 — constants


def clear(register: Register) -> None:
    """Take away what an earlier attempt left; only while the register is loading."""
    with connection.cursor() as cursor:
        for table in ("funds_beneficiary", "funds_householdmark", "funds_registerrefusal"):
            cursor.execute(f"DELETE FROM {table} WHERE register_id = %s", [register.pk])  # noqa: S608 — constants
