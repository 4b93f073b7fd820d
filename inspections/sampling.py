"""Random draws that can be repeated: whoever has the list and the seed gets the same rows, with any tool.

A row's lot is the SHA-256 of "<seed>:<key>" in UTF-8; the rows with the smallest lots are drawn, in that order. The order
of the list and the machine do not matter.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from inspections.models.plans import MOST_LINES
from povertyaudit.core import cleaning, file_types
from povertyaudit.core.errors import RuleBroken, Several

MB = 1024 * 1024
LARGEST = 2 * MB  # bytes of an uploaded list
LONGEST_INDEX = 9  # digits
TOLD = 10  # faulty lines named at once
HEADS = frozenset({"户主", "户主姓名", "姓名", "name"})
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Line = tuple[str, str]  # name of the head of the household, address


def drawn(seed: str, keys: Iterable[str], size: int) -> list[str]:
    """The `size` keys with the smallest lots, smallest first."""
    return sorted(keys, key=lambda key: (lot(seed, key), key))[:size]


def lot(seed: str, key: str) -> str:
    """Hex digest that decides when `key` is drawn."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def key_of(line: Any) -> str:
    """What stands for a row in the draw."""
    return "\t".join(line).rstrip("\t")


def households(text: str, upload: UploadedFile | None) -> list[Line]:
    """The households pasted or uploaded, cleaned. Raises RuleBroken or Several with the lines that are wrong."""
    if upload is not None and text.strip():
        raise RuleBroken("sample.two_lists", "名单或者粘贴，或者上传，请只留一种。", field="file")
    field = "file" if upload is not None else "text"
    rows = list(_uploaded(upload) if upload is not None else _pasted(text))
    if not rows:
        raise RuleBroken("sample.empty", "名单是空的，请粘贴或者上传农户名单。", field=field)
    if len(rows) > MOST_LINES:
        raise RuleBroken(
            "sample.too_long", f"名单共 {len(rows)} 户，最多 {MOST_LINES} 户，请按村分开。", field=field
        )
    return _checked(rows, field)


def _checked(rows: list[tuple[int, list[str]]], field: str) -> list[Line]:
    wrong: list[RuleBroken] = []
    known: dict[Line, int] = {}
    for place, cells in rows:
        try:
            name = cleaning.clean_line(cells[0], max_length=60)
            words = cleaning.clean_line(" ".join(cells[1:]), max_length=200, required=False)
        except ValidationError as refused:
            wrong.append(RuleBroken("sample.line", f"第 {place} 行：{refused.messages[0]}", field=field))
            continue
        if (first := known.setdefault((name, words), place)) != place:
            said = f"第 {place} 行与第 {first} 行相同，请删去一行或者补充住址。"
            wrong.append(RuleBroken("sample.twice", said, field=field))
    if wrong:
        raise Several(wrong[:TOLD]) if len(wrong) > 1 else wrong[0]
    return list(known)


def _pasted(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines of name and address, apart by tab, comma or Chinese comma."""
    try:
        plain = cleaning.clean_text(text, max_length=LARGEST, required=False)
    except ValidationError as refused:
        raise RuleBroken("sample.text", refused.messages[0], field="text") from None
    return _cells(plain.replace("，", ","))


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    mark = "\t" if "\t" in text.partition("\n")[0] else ","
    lines = csv.reader(io.StringIO(text), delimiter=mark)
    return _without_head((lines.line_num, [cell.strip() for cell in cells]) for cells in _patient(lines))


def _patient(lines: Any) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error:
        raise RuleBroken("sample.csv", "名单的格式不对，请核对引号和分隔符。", field="file") from None


def _without_head(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, (place, cells) in enumerate(rows):
        if any(cells) and not (number == 0 and cells[0].strip().lower() in HEADS):
            yield place, cells


def _uploaded(upload: UploadedFile) -> Iterator[tuple[int, list[str]]]:
    if (upload.size or 0) > LARGEST:
        raise RuleBroken("sample.too_large", "名单文件不能超过 2 MB，请按村分开上传。", field="file")
    data = upload.read()
    if data.startswith(b"PK\x03\x04"):
        if file_types.check(data, upload.name or "").extension != "xlsx":
            raise RuleBroken("sample.type", "名单请用 xlsx 或 CSV 文件。", field="file")
        return _without_head(_first_sheet(data))
    if (upload.name or "").lower().endswith((".xlsx", ".xls")):
        text = "这个文件不是 xlsx 表格，或者已经损坏：请用表格软件另存为 xlsx 或者 CSV 后再上传。"
        raise RuleBroken("sample.broken", text, field="file")
    for code in ("utf-8-sig", "gb18030"):
        try:
            return _cells(cleaning.clean_text(data.decode(code), max_length=LARGEST, required=False))
        except UnicodeDecodeError:
            continue
        except ValidationError:
            break
    raise RuleBroken("sample.type", "名单请用 xlsx 或 CSV 文件。", field="file")


def _first_sheet(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first sheet of a workbook that `file_types` has looked through: inflated, without DTD."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            shared = _shared(book)
            sheets = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
            root = ElementTree.fromstring(book.read(sheets[0]))  # noqa: S314 — the probe refused DTDs
    except (KeyError, IndexError, zipfile.BadZipFile, ElementTree.ParseError):
        raise RuleBroken(
            "sample.type", "这个 xlsx 文件读不出表格，请另存为 CSV 后再上传。", field="file"
        ) from None
    for place, row in enumerate(root.iter(f"{_SHEET}row"), 1):
        yield place, [_cell(cell, shared) for cell in list(row)[:10]] or [""]


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 — the probe refused DTDs
    return ["".join(part.text or "" for part in one.iter(f"{_SHEET}t")) for one in root.iter(f"{_SHEET}si")]


def _cell(cell: Any, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_SHEET}t")).strip()
    value = cell.findtext(f"{_SHEET}v") or ""
    if cell.get("t") == "s":
        # A number of thousands of digits is no place in the list, and `int` refuses it.
        known = value.isdecimal() and len(value) <= LONGEST_INDEX and int(value) < len(shared)
        return shared[int(value)].strip() if known else ""
    return value.strip()
