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

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

CHUNK = 2000  # rows the database hands over at once
BLOCK = 200  # rows written and sent at once
BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PLAIN = {int, float, Decimal, date}
_KNOWN = {*_PLAIN, datetime, bool, type(None)}
_QUOTE, _SIGNS = '"', '",\r\n'
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

    def values(self, found: Mapping[str, Sequence[Any]]) -> Sequence[Any]:
        """What is written, row after row, out of the values of each path."""
        if callable(self.source):
            rows = zip(*[found[path] for path in self.needs], strict=True)
            return [self.source(dict(zip(self.needs, row, strict=True))) for row in rows]
        read, words = found[self.source or self.name], dict(self.choices)
        return [str(words.get(value, value or "")) for value in read] if words else read


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


def blocks(
    queryset: QuerySet[Any], columns: Sequence[Column], *, in_job: bool = False
) -> Iterator[list[Sequence[Any]]]:
    """Blocks of rows turned sideways: for each column its values. Column by column is twice as fast as cell by cell.

    `in_job`: outside a transaction, so that what a job says of its progress in between is seen by others at once.
    """
    paths = _paths(columns)
    values = queryset.values_list(*paths)
    for lines in _blocks(values.iterator(CHUNK) if in_job else _streamed(values)):
        yield _turned(lines, paths, columns)


def _paths(columns: Sequence[Column]) -> list[str]:
    return list(dict.fromkeys(path for column in columns for path in column.paths()))


def _turned(
    lines: Sequence[Sequence[Any]], paths: Sequence[str], columns: Sequence[Column]
) -> list[Sequence[Any]]:
    found = dict(zip(paths, zip(*lines, strict=True), strict=True))
    return [column.values(found) for column in columns]


def page(queryset: QuerySet[Any], columns: Sequence[Column], limit: int) -> tuple[list[bytes], int | None]:
    """The first `limit` rows in the order of their keys as JSON objects, and the last key where there are more."""
    paths = ["pk", *_paths(columns)]
    lines = list(queryset.order_by("pk").values_list(*paths)[: limit + 1])
    if not lines:
        return [], None
    last = lines[limit - 1][0] if len(lines) > limit else None
    return _json(_turned(lines[:limit], paths, columns), columns), last


def csv_lines(
    queryset: QuerySet[Any], columns: Sequence[Column], *, chinese: bool = False
) -> Iterator[bytes]:
    """UTF-8 with BOM for the spreadsheet; no cell can start a formula. First line: names, or headings when `chinese`."""
    headings = [column.heading if chinese else column.name for column in columns]
    return _csv(headings, blocks(queryset, columns))


def csv_table(headings: Sequence[str], table: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A heading and the rows of `table` as `csv_lines` says."""
    return _csv(headings, (list(zip(*lines, strict=True)) for lines in _blocks(table)))


def _csv(headings: Sequence[str], sideways: Iterable[Sequence[Sequence[Any]]]) -> Iterator[bytes]:
    """Yields blocks of whole lines. The library's writer looks at every character; a column at a time few need a look."""
    zone = timezone.get_current_timezone()
    yield (BOM + _lines([_cells([heading], zone) for heading in headings])).encode()
    for block in sideways:
        yield _lines([_cells(values, zone) for values in block]).encode()


def _lines(columns: Sequence[Sequence[str]]) -> str:
    return "".join(f"{','.join(cells)}\r\n" for cells in zip(*columns, strict=True))


def ndjson_lines(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterator[bytes]:
    """One JSON object a line, keys as the column names. Yields blocks of whole lines."""
    for block in blocks(queryset, columns):
        yield b"\n".join(_json(block, columns)) + b"\n"


def records(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterator[tuple[str, int, bytes]]:
    """`(id, version, JSON object)` of each row."""
    paths = ["public_id", "version", *_paths(columns)]
    for lines in _blocks(list(queryset.values_list(*paths))):
        objects = _json(_turned(lines, paths, columns), columns)
        yield from ((row[0], row[1], record) for row, record in zip(lines, objects, strict=True))


def _json(block: list[Sequence[Any]], columns: Sequence[Column]) -> list[bytes]:
    names, zone = [column.name for column in columns], timezone.get_current_timezone()
    local = [
        [_local(v, zone) for v in values] if datetime in map(type, values) else values for values in block
    ]
    return [orjson.dumps(dict(zip(names, row, strict=True)), default=str) for row in zip(*local, strict=True)]


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


def _cells(values: Sequence[Any], zone: tzinfo) -> Sequence[str]:
    """The values of one column as cells: None is empty, times are local, text is guarded and quoted where it must be."""
    types = set(map(type, values)) - {type(None)}
    if types <= _PLAIN:
        return ["" if v is None else str(v) for v in values]
    if types == {datetime}:
        return ["" if v is None else v.astimezone(zone).isoformat() for v in values]
    if types == {bool}:
        return ["" if v is None else "是" if v else "否" for v in values]
    texts = (
        values if types == {str} else [_cells([v], zone)[0] if type(v) in _KNOWN else str(v) for v in values]
    )
    return _quoted(["" if not v else v if v[0] not in _SUSPECT else _guarded(v) for v in texts])


def _quoted(texts: Sequence[str]) -> Sequence[str]:
    """As RFC 4180 has it. Most columns hold no sign that asks for quotes: one look at all of it tells."""
    whole = "".join(texts)
    if "\x00" in whole:
        texts = [text.replace("\x00", "") for text in texts]
    if not any(sign in whole for sign in _SIGNS):
        return texts
    return [f'"{t.replace(_QUOTE, _QUOTE * 2)}"' if any(sign in t for sign in _SIGNS) else t for t in texts]


def _guarded(text: str) -> str:
    """Text that a spreadsheet shows and never computes."""
    text = text.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _local(value: Any, zone: tzinfo) -> Any:
    return value.astimezone(zone) if isinstance(value, datetime) else value
