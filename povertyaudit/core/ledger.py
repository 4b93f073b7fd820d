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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from django.db.models import QuerySet
from django.utils import timezone

CHUNK = 2000
BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


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


def rows(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterator[list[Any]]:
    """The values of every row in the order of `columns`; server-side cursor on PostgreSQL, chunks on SQLite."""
    paths = dict.fromkeys(path for column in columns for path in column.paths())
    readers = [column.reader() for column in columns]
    for row in queryset.values(*paths).iterator(chunk_size=CHUNK):
        yield [_local(read(row)) for read in readers]


def csv_lines(
    queryset: QuerySet[Any], columns: Sequence[Column], *, chinese: bool = False
) -> Iterator[bytes]:
    """UTF-8 with BOM for the spreadsheet; no cell can start a formula. First line: names, or headings when `chinese`."""
    headings = [column.heading if chinese else column.name for column in columns]
    return csv_table(headings, rows(queryset, columns))


def csv_table(headings: Sequence[str], table: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A heading and the rows of `table`, a line at a time, as `csv_lines` says."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield (BOM + writer.writerow(headings)).encode()
    for cells in table:
        yield str(writer.writerow([_cell(value) for value in cells])).encode()


def ndjson_lines(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterator[bytes]:
    """One JSON object a line, keys as the column names."""
    names = [column.name for column in columns]
    for cells in rows(queryset, columns):
        yield orjson.dumps(dict(zip(names, cells, strict=True)), option=orjson.OPT_APPEND_NEWLINE)


def digest(queryset: QuerySet[Any]) -> tuple[int, str]:
    """How many rows, and SHA-256 hex over lines `id TAB version LF` sorted by id: lets a copy be compared."""
    seen, count = hashlib.sha256(), 0
    for public_id, version in (
        queryset.order_by("public_id").values_list("public_id", "version").iterator(CHUNK)
    ):
        seen.update(f"{public_id}\t{version}\n".encode())
        count += 1
    return count, seen.hexdigest()


class _Line:
    """A file that hands each written line straight back."""

    def write(self, text: str) -> str:
        return text


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _cell(value: Any) -> Any:
    """A cell as text that a spreadsheet shows and never computes."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
    return "" if value is None else value
