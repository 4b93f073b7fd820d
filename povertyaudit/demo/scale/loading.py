"""Rows by the hundred thousand into the tables: COPY on PostgreSQL, bulk_create on SQLite; never more than a chunk in memory."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

CHUNK = 20_000  # rows waiting, over all tables
Rows = list[dict[str, Any]]


@dataclass
class Loader:
    """Gives out keys, gathers rows and writes them a chunk at a time. Keys begin at 1: the tables must be empty."""

    waiting: dict[type[models.Model], Rows] = field(default_factory=dict)
    last: dict[type[models.Model], int] = field(default_factory=dict)
    held: int = 0

    def put(self, model: type[models.Model], **values: Any) -> int:
        """Take one row (attribute name → value; the model's defaults for the rest) and return its key."""
        key = self.last[model] = self.last.get(model, 0) + 1
        self.waiting.setdefault(model, []).append({"id": key, **values})
        self.held += 1
        return key

    def flush_when_full(self) -> None:
        """Call between dossiers, so that a chunk holds whole ones."""
        if self.held >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what waits and let the database check its keys, which it would else remember to the end."""
        for model, rows in self.waiting.items():
            write(model, rows)
        self.waiting.clear()
        self.held = 0
        if connection.vendor == "postgresql":
            connection.check_constraints()

    def finish(self) -> None:
        """Write the rest and set the sequences after the last keys."""
        self.flush()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.last)):
                cursor.execute(statement)


@contextmanager
def without_words() -> Iterator[None]:
    """An index over millions of texts is made five times as fast at once as row by row (PostgreSQL)."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT indexname, indexdef FROM pg_indexes WHERE indexname ~ '_(trigrams|grams)$'")
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, definition in found:
            cursor.execute(definition)


def write(model: type[models.Model], rows: Rows) -> None:
    """Insert the rows, by the way of the database."""
    if connection.vendor != "postgresql":
        model._base_manager.bulk_create([model(**row) for row in rows], batch_size=500)
        return
    names = [f.attname for f in model._meta.concrete_fields]
    columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', _File(_lines(model, names, rows))
        )


def _lines(model: type[models.Model], names: list[str], rows: Rows) -> Iterator[str]:
    defaults = {f.attname: f.get_default() for f in model._meta.concrete_fields}
    for row in rows:
        yield "\t".join([_text(row[n] if n in row else defaults[n]) for n in names]) + "\n"


def _text(value: Any) -> str:
    """A value as COPY's text format wants it."""
    if isinstance(value, str):
        if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
            return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
        return value
    if value is None:
        return "\\N"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return _text(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))
    return str(value)


class _File:
    """Lines as the file that COPY reads."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)

    def read(self, size: int = -1) -> str:
        part, length = [], 0
        for line in self.lines:
            part.append(line)
            length += len(line)
            if length >= size // 4 > 0:  # a Chinese character is three bytes
                break
        return "".join(part)
