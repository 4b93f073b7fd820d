"""Ledgers out: a table of columns, rows streamed as CSV or NDJSON with flat memory, and a digest of ids and versions.

A column is declared once by the app:

    COLUMNS = (
        *COMMON_COLUMNS,
        Column("title", "反映问题"),
        Column("handling_unit", "承办单位", "handling_unit__name"),
        Column("due_in_days", "剩余天数", lambda row: …, needs=("due_on",)),
        Column("channel_display", "来源", "channel", choices=Channel.choices),
    )

`source` is a path for `.values()` or a function of the row of values; `needs` are the paths that function reads.
Column names are stable: other systems rely on them.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

CHUNK = 2000  # rows the database hands over at once
BLOCK = 200  # rows written and sent at once
BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_SUSPECT = frozenset((*_FORMULA, " ", "\x00"))


@dataclass(frozen=True)
class Column:
    """One column: stable English name, Chinese heading, where the value comes from (default: the name itself)."""

    name: str
    heading: str
    source: str | Callable[[dict[str, Any]], Any] = ""
    needs: tuple[str, ...] = ()
    choices: tuple[tuple[Any, Any], ...] | list[tuple[Any, Any]] = ()

    def paths(self) -> tuple[str, ...]:
        """The `.values()` paths the column reads."""
        return self.needs if callable(self.source) else (self.source or self.name,)

    def reader(self) -> Callable[[dict[str, Any]], Any]:
        """A function from the row of values to what is written."""
        if callable(self.source):
            return self.source
        path, words = self.source or self.name, dict(self.choices)
        if words:
            return lambda row: str(words.get(row[path], row[path] or ""))
        return lambda row: row[path]


def common_columns(states: Sequence[tuple[Any, Any]]) -> tuple[Column, ...]:
    """The columns every ledger begins with; `states` are the choices of the state."""
    return (
        Column("id", "标识", "public_id"),
        Column("number", "编号"),
        Column("version", "版本"),
        Column("region", "区划代码", "region_id"),
        Column("region_name", "所属地区", "region__path_name"),
        Column("state", "状态代码"),
        Column("state_display", "状态", "state", choices=list(states)),
        Column("created_at", "登记时间"),
        Column("updated_at", "更新时间"),
    )


def rows(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    """The values of every row in the order of `columns`; server-side cursor on PostgreSQL, chunks on SQLite."""
    paths = list(dict.fromkeys(path for column in columns for path in column.paths()))
    plain = [None if callable(c.source) or c.choices else paths.index(c.paths()[0]) for c in columns]
    readers = [column.reader() for column in columns]
    computed = [(place, readers[place]) for place, index in enumerate(plain) if index is None]
    order = itemgetter(*[index or 0 for index in plain], 0)
    for values in _streamed(queryset.values_list(*paths)):
        if not computed:
            yield order(values)[:-1]
            continue
        row, cells = dict(zip(paths, values, strict=True)), list(order(values)[:-1])
        for place, read in computed:
            cells[place] = read(row)
        yield tuple(cells)


def csv_lines(
    queryset: QuerySet[Any], columns: Sequence[Column], *, chinese: bool = False
) -> Iterator[bytes]:
    """UTF-8 with BOM for the spreadsheet; no cell can start a formula. First line: names, or headings when `chinese`."""
    headings = [column.heading if chinese else column.name for column in columns]
    return csv_table(headings, rows(queryset, columns))


def csv_table(headings: Sequence[str], table: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A heading and the rows of `table` as `csv_lines` says, in blocks of whole lines."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write(BOM)
    writer.writerow(headings)
    style = _cells(timezone.get_current_timezone())
    for block in _blocks(table):
        writer.writerows([[f(v) if (f := style.get(type(v), _text)) else v for v in row] for row in block])
        yield _emptied(text)
    if text.tell():
        yield _emptied(text)


def ndjson_lines(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterator[bytes]:
    """One JSON object a line, keys as the column names. Yields blocks of whole lines."""
    names, zone = [column.name for column in columns], timezone.get_current_timezone()
    for block in _blocks(rows(queryset, columns)):
        yield b"".join(
            orjson.dumps(
                {
                    n: v.astimezone(zone) if type(v) is datetime else v
                    for n, v in zip(names, row, strict=True)
                },
                option=orjson.OPT_APPEND_NEWLINE,
            )
            for row in block
        )


def digest(queryset: QuerySet[Any]) -> tuple[int, str]:
    """How many rows, and SHA-256 hex over lines `id TAB version LF` sorted by id: lets a copy be compared."""
    seen, count = hashlib.sha256(), 0
    for public_id, version in (
        queryset.order_by("public_id").values_list("public_id", "version").iterator(CHUNK)
    ):
        seen.update(f"{public_id}\t{version}\n".encode())
        count += 1
    return count, seen.hexdigest()


def _streamed(values: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """Every row through a server-side cursor on PostgreSQL, in chunks on SQLite.

    Outside a transaction PostgreSQL would run the whole query and keep its result before the first row goes out; and it
    would plan for the first tenth of the rows. The next chunk is fetched while the one before it is written.
    """
    if connection.vendor != "postgresql":
        yield from values.iterator(chunk_size=CHUNK)
        return
    with transaction.atomic(), ThreadPoolExecutor(1) as fetcher:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
        lines = values.iterator(chunk_size=CHUNK)
        chunk = list(islice(lines, CHUNK))  # the cursor is opened here: a connection belongs to its thread
        while chunk:
            ahead = fetcher.submit(list, islice(lines, CHUNK))
            yield from chunk
            chunk = ahead.result()


def _blocks(lines: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    rest = iter(lines)
    while block := list(islice(rest, BLOCK)):
        yield block


def _emptied(text: io.StringIO) -> bytes:
    """What was written since the last time."""
    block = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return block


def _cells(zone: tzinfo) -> dict[type, Any]:
    """How a value becomes a cell, by its type; None: as the writer writes it. A type not named here is text."""
    return {
        **dict.fromkeys((type(None), int, float, Decimal, date)),
        bool: lambda value: "是" if value else "否",
        datetime: lambda value: value.astimezone(zone).isoformat(),
    }


def _text(value: Any) -> str:
    """Text that a spreadsheet shows and never computes. Millions of cells pass here: most are plain by their first letter."""
    text = str(value)
    if not text or (text[0] not in _SUSPECT and "\x00" not in text):
        return text
    text = text.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
