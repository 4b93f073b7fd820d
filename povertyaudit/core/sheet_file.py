"""Read a list of rows from an upload, xlsx or CSV, in memory: what people upload never lies in a named file.

An xlsx is looked through by `file_types` first (inflated and counted, no DTD), then only its first sheet is read, cell
by cell at its place: a spreadsheet leaves empty cells out.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree

from django.core.files.uploadedfile import UploadedFile

from povertyaudit.core import file_types, list_file
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.list_file import Heads

MB = 1024 * 1024
LARGEST = 20 * MB
WIDEST = 60  # columns
LONGEST_INDEX = 9  # digits
UNREADABLE = "这个文件读不出表格，请用表格软件另存为 xlsx 或者 CSV 后再上传。"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Rows = Iterator[tuple[int, dict[str, str]]]


def content_of(upload: UploadedFile) -> bytes:
    """The bytes of a list that was uploaded. Raises RuleBroken when there are too many or none."""
    if (upload.size or 0) > LARGEST:
        raise RuleBroken(
            "file.too_large", f"清单文件不能超过 {LARGEST // MB} MB，请拆分后再上传。", field="file"
        )
    upload.seek(0)
    data: bytes = upload.read()
    if not data.strip():
        raise RuleBroken("file.empty", "文件是空的，请重新选择。", field="file")
    return data


def rows(data: bytes, name: str, heads: Heads) -> Rows:
    """`(row, {canonical column: text})` of every row that holds something. Raises RuleBroken at field `file`."""
    if data.startswith(b"PK\x03\x04"):
        if file_types.check(data, name).extension != "xlsx":
            raise RuleBroken("file.type", "清单请用 xlsx 或者 CSV 文件。", field="file")
        yield from _named(_first_sheet(data), heads)
    elif name.lower().endswith((".xlsx", ".xls")):
        raise RuleBroken("file.broken", UNREADABLE, field="file")
    else:
        try:
            yield from list_file.csv_rows(data, heads)
        except RuleBroken as refused:
            raise RuleBroken(refused.code, refused.message, field="file") from None


def _named(sheet: Iterator[tuple[int, dict[int, str]]], heads: Heads) -> Rows:
    """The cells under their names: those of the head line, or of the usual order where there is none."""
    columns: dict[int, str] | None = None
    for place, cells in sheet:
        if not any(cells.values()):
            continue
        if columns is None:
            said = {at: heads.canonical(text) for at, text in cells.items()}
            if heads.bare[0] in said.values():
                columns = {at: name for at, name in said.items() if name}
                continue
            columns = dict(enumerate(heads.bare))
        yield place, {columns[at]: text for at, text in cells.items() if at in columns}


def _first_sheet(data: bytes) -> Iterator[tuple[int, dict[int, str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            shared = _shared(book)
            sheets = sorted(
                (name for name in book.namelist() if name.startswith("xl/worksheets/sheet")),
                key=lambda name: (len(name), name),
            )
            with book.open(sheets[0]) as sheet:
                yield from _lines(sheet, shared)
    except (KeyError, IndexError, ValueError, zipfile.BadZipFile, ElementTree.ParseError):
        raise RuleBroken("file.unreadable", UNREADABLE, field="file") from None


def _lines(sheet: IO[bytes], shared: list[str]) -> Iterator[tuple[int, dict[int, str]]]:
    place = 0
    for _, row in ElementTree.iterparse(sheet, events=("end",)):  # noqa: S314 — the probe refused DTDs
        if row.tag != f"{_SHEET}row":
            continue
        said = row.get("r", "")
        place = int(said) if said.isdecimal() and len(said) <= LONGEST_INDEX else place + 1
        cells = {}
        for turn, cell in enumerate(row):
            at = _column(cell.get("r", ""), turn)
            if at < WIDEST:
                cells[at] = _text(cell, shared)
        yield place, cells
        row.clear()


def _column(reference: str, otherwise: int) -> int:
    """ "C7" → 2."""
    letters = reference.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return otherwise
    at = 0
    for letter in letters.upper():
        at = at * 26 + ord(letter) - 64
    return at - 1


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 — the probe refused DTDs
    return ["".join(part.text or "" for part in one.iter(f"{_SHEET}t")) for one in root.iter(f"{_SHEET}si")]


def _text(cell: Any, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_SHEET}t")).strip()
    value = str(cell.findtext(f"{_SHEET}v") or "").strip()
    if cell.get("t") == "s":
        known = value.isdecimal() and len(value) <= LONGEST_INDEX and int(value) < len(shared)
        return shared[int(value)].strip() if known else ""
    return value.removesuffix(".0")
