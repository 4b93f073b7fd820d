"""A whole ledger as xlsx: typed cells, flat memory, as many sheets as it takes (the fast writer measured in decision 025).

    write_ledger(path, (SheetColumn("编号", "text"), SheetColumn("涉及金额（元）", "money")), rows,
                 title="问题线索台账", notes=("导出时间：2026-11-30 09:00",), count=rows_expected)

Text is written as text, whatever it begins with: the writer makes no formula. A number of more than 15 digits goes out
as text, because a spreadsheet would change its end. Money is given in 分 and written in 元.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import chain, islice
from os import PathLike
from typing import Any, BinaryIO, Literal

from django.utils import timezone
from rustpy_xlsxwriter import Format, write_worksheets

Kind = Literal["", "text", "date", "moment", "money", "number"]
ROWS_OF_SHEET = 1_048_576
BLOCK = 500  # rows turned sideways at once
LONGEST = 32_767  # UTF-16 units that a cell holds
CUT = "…（超出 Excel 单元格的字数上限，全文请在系统内查看）"
_EXACT = 10**15
_FIRST_YEAR = 1900
_FORMATS: dict[str, str] = {
    "": "General", "text": "@", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss", "money": "#,##0.00", "number": "General",
}  # fmt: skip
_WIDTHS: dict[str, float] = {"": 16, "text": 20, "date": 12, "moment": 20, "money": 16, "number": 10}
_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class SheetColumn:
    """Heading and kind of one column; `kind` left empty: each value by its own type. `width` in characters."""

    heading: str
    kind: Kind = ""
    width: float = 0


def write_ledger(
    target: str | PathLike[str] | BinaryIO,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    notes: Sequence[str] = (),
    count: int = 0,
    sheet_rows: int = ROWS_OF_SHEET,
) -> int:
    """Write the workbook and return how many rows it holds. `count` (at least as many) says how many sheets it takes.

    Raises ValueError when more rows come than the sheets hold: nothing is left out in silence.
    """
    headings = _headings(columns)
    counted = _Counted(_records(columns, headings, rows))
    room = sheet_rows - len(notes) - 2  # title and headings
    names = _sheet_names(title, max(1, -(-count // room)))
    sheets: list[tuple[str, Any]] = [(name, _filled(islice(counted, room), headings)) for name in names]
    frozen = {"general": {"row": len(notes) + 2, "col": 1}}
    look = _look(columns, headings, names, title, notes)
    write_worksheets(sheets, target, datetime_format="yyyy-mm-dd", freeze_panes=frozen, **look)
    if next(counted, None) is not None:
        raise ValueError(f"more than {room * len(names)} rows: give their count")
    return counted.number


class _Counted:
    """The records, counted as they go by; shared by the sheets, which take them one after the other."""

    def __init__(self, records: Iterator[dict[str, Any]]) -> None:
        self.records, self.number = records, 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self

    def __next__(self) -> dict[str, Any]:
        record = next(self.records)
        self.number += 1
        return record


def _headings(columns: Sequence[SheetColumn]) -> list[str]:
    """The headings, each once: the writer knows a column by it."""
    found: list[str] = []
    for column in columns:
        heading, n = column.heading, 1
        while heading in found:
            n += 1
            heading = f"{column.heading}（{n}）"
        found.append(heading)
    return found


def _sheet_names(title: str, number: int) -> list[str]:
    name = _NAME.sub("", title).strip()[:24] or "台账"
    return [name] if number == 1 else [f"{name}（{n}）" for n in range(1, number + 1)]


def _filled(records: Iterator[dict[str, Any]], headings: list[str]) -> Iterator[dict[str, Any]]:
    """The records; an empty line where there is none, because the writer learns the headings from the first."""
    first = next(records, None)
    yield from chain([first or dict.fromkeys(headings)], records)


def _look(
    columns: Sequence[SheetColumn], headings: list[str], names: list[str], title: str, notes: Sequence[str]
) -> dict[str, Any]:
    """How every sheet looks: heading block, widths, formats, filter, print."""
    last = max(1, len(headings) - 1)
    big = Format().set_bold().set_font_size(16).set_align("center")
    block = [(0, 0, 0, last, fitting(title), big)]
    block += [(n, 0, n, last, fitting(note), Format().set_align("left")) for n, note in enumerate(notes, 1)]
    shared: dict[str, Any] = {
        "column_widths": [column.width or _WIDTHS[column.kind] for column in columns],
        "column_formats": {
            h: Format().set_num_format(_FORMATS[c.kind]) for h, c in zip(headings, columns, strict=True) if c.kind
        },
        "header_format": Format().set_bold().set_text_wrap().set_border("thin").set_background_color("#E8EEF4"),
        "header_row": len(notes) + 1,
        "merge_ranges": block,
        "row_heights": {0: 28.0},
        "autofilter": True,
        "ignore_errors": [h for h, c in zip(headings, columns, strict=True) if c.kind == "text"],
        "page_setup": {
            "landscape": True, "paper_size": 9, "fit_to_pages": (1, 0), "repeat_rows": len(notes) + 1, "footer": "&C第 &P 页 共 &N 页",
        },
    }  # fmt: skip
    return {key: dict.fromkeys(names, value) for key, value in shared.items() if value}


def _records(
    columns: Sequence[SheetColumn], headings: list[str], rows: Iterable[Sequence[Any]]
) -> Iterator[dict[str, Any]]:
    """Rows as the writer takes them, values turned into cells a column at a time."""
    zone, rest = timezone.get_current_timezone(), iter(rows)
    while block := list(islice(rest, BLOCK)):
        sideways = [
            _cells(column.kind, values, zone) for column, values in zip(columns, zip(*block, strict=True), strict=True)
        ]  # fmt: skip
        for row in zip(*sideways, strict=True):
            yield dict(zip(headings, row, strict=True))


def _cells(kind: Kind, values: Sequence[Any], zone: tzinfo) -> Sequence[Any]:
    if kind == "money":
        return [_money(value) for value in values]
    types = set(map(type, values)) - {type(None)}
    if types <= {str}:
        longest = max((len(str(value)) for value in values if value), default=0)
        if longest <= LONGEST // 2:
            return values
    if kind == "text":
        return [None if value is None else fitting(str(_plain(value))) for value in values]
    return [_cell(value, zone) for value in values]


def _money(fen: Any) -> Any:
    """元 out of 分; what a spreadsheet could not hold to the 分 goes out as text."""
    if fen is None or fen == "":
        return None
    if not isinstance(fen, int | Decimal):
        return fitting(str(fen))
    exact = Decimal(fen)
    return fen / 100 if abs(exact) < _EXACT else f"{exact / 100:.2f}"


def _plain(value: Any) -> Any:
    return ("是" if value else "否") if isinstance(value, bool) else value


def _cell(value: Any, zone: tzinfo) -> Any:
    """One value by its own type."""
    found: Callable[[Any, tzinfo], Any] | None = _BY_TYPE.get(type(value))
    return found(value, zone) if found else value if value is None else fitting(str(value))


def _moment(value: datetime, zone: tzinfo) -> Any:
    local = value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value
    return local if local.year >= _FIRST_YEAR else local.isoformat(" ", "seconds")


def _day(value: date, zone: tzinfo) -> Any:
    return value if value.year >= _FIRST_YEAR else value.isoformat()


def _number(value: Any, zone: tzinfo) -> Any:
    with suppress(ArithmeticError):
        if abs(value) < _EXACT:
            return value
    return str(value)


_BY_TYPE: dict[type, Callable[[Any, tzinfo], Any]] = {
    str: lambda value, zone: fitting(value),
    bool: lambda value, zone: _plain(value),
    int: _number, float: _number, Decimal: _number, datetime: _moment, date: _day,
}  # fmt: skip


def fitting(value: str) -> str:
    """Text as a cell holds it; a longer one is cut, and says so."""
    if len(value) <= LONGEST // 2 or len(value.encode("utf-16-le")) // 2 <= LONGEST:
        return value
    room = (LONGEST - len(CUT)) * 2
    return value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
