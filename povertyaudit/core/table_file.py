"""A table of any length out of a CSV or an xlsx: which column is which, and the cells of every row in their order."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from povertyaudit.core import file_types, xlsx_file
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.list_file import LONGEST_CELL, Heads, delimiter_of, encoding_in

XLSX = b"PK\x03\x04"
HEAD_WITHIN = 10  # titles may stand above the heads of a sheet
LARGEST = 20 * xlsx_file.MB  # of a list that is read in memory


@dataclass(frozen=True)
class Table:
    """`at` says in which cell a column stands; `rows` are (line of the file, cells), short where the file's are."""

    at: dict[str, int]
    rows: Iterator[tuple[int, Sequence[str]]]


def opened(data: IO[bytes], heads: Heads, needed: Sequence[str]) -> Table:
    """The table in `data`, which is read while its rows are taken. `needed`: columns without which it is none.

    Raises RuleBroken with one sentence, also while rows are taken, when the file as a whole cannot be read.
    """
    opening = data.read(4)
    data.seek(0)
    lines = _told(xlsx_file.rows(data) if opening == XLSX else _csv(data))
    above: list[tuple[int, Sequence[str]]] = []
    for line, cells in lines:
        named = [heads.found(cell) for cell in cells]
        if {name for name, _ in named} & set(heads.bare[:2]):
            return Table(_places(named, heads, needed), lines)
        above.append((line, cells))
        if len(above) >= HEAD_WITHIN:
            break
    words = "、".join(heads.spellings[name][0] for name in needed)
    raise RuleBroken("table.heads", f"文件里没有找到表头，请核对第一行的列名（{words}）。", field="file")


def content_of(upload: UploadedFile) -> bytes:
    """The bytes of a list that was uploaded. Raises RuleBroken when there are too many or none."""
    if (upload.size or 0) > LARGEST:
        text = f"清单文件不能超过 {LARGEST // xlsx_file.MB} MB，请拆分后再上传。"
        raise RuleBroken("file.too_large", text, field="file")
    upload.seek(0)
    data: bytes = upload.read()
    if not data.strip():
        raise RuleBroken("file.empty", "文件是空的，请重新选择。", field="file")
    return data


def named_rows(
    data: bytes, name: str, heads: Heads, needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """`(line, {column: text})` of a list in memory, which is looked through by `file_types` first. Raises as `opened`."""
    if data.startswith(XLSX) and file_types.check(data, name).extension != "xlsx":
        raise RuleBroken("file.type", "清单请用 xlsx 或者 CSV 文件。", field="file")
    if not data.startswith(XLSX) and name.lower().endswith((".xlsx", ".xls")):
        raise xlsx_file.DAMAGED
    table = opened(io.BytesIO(data), heads, needed)
    for line, cells in table.rows:
        yield line, {column: cells[at] for column, at in table.at.items() if at < len(cells)}


def _places(named: Sequence[tuple[str | None, int]], heads: Heads, needed: Sequence[str]) -> dict[str, int]:
    at: dict[str, int] = {}
    ranks: dict[str, int] = {}
    for place, (name, rank) in enumerate(named):
        if name is None or rank > ranks.get(name, rank):
            continue
        if rank == ranks.get(name):
            text = f"文件里有两列“{heads.spellings[name][0]}”，请删去一列后再载入。"
            raise RuleBroken("table.twice", text, field="file")
        at[name], ranks[name] = place, rank
    if absent := [heads.spellings[name][0] for name in needed if name not in at]:
        text = f"文件里没有“{'”“'.join(absent)}”列，请核对列名后再载入。"
        raise RuleBroken("table.columns", text, field="file")
    return at


def _csv(data: IO[bytes]) -> Iterator[tuple[int, Sequence[str]]]:
    encoding = encoding_in(data)
    data.seek(0)
    text = io.TextIOWrapper(data, encoding=encoding, newline="")
    try:
        opening = "".join(text.readline(LONGEST_CELL) for _ in range(HEAD_WITHIN))
        text.seek(0)  # not chained: a line that was cut above would be counted as two
        lines = csv.reader(text, delimiter=delimiter_of(opening))
        for cells in lines:
            if any(cells):
                yield lines.line_num, cells
    except csv.Error:
        words = f"CSV 文件第 {lines.line_num} 行附近的引号或分隔符不对，请改正后再载入。"
        raise RuleBroken("file.csv", words, field="file") from None
    finally:
        if not data.closed:
            text.detach()


def _told(lines: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        yield from lines
    except UnicodeDecodeError:
        text = "文件的文字编码认不出来，请另存为 UTF-8 后再载入。"
        raise RuleBroken("file.encoding", text, field="file") from None
