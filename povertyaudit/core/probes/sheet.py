"""The first filled sheet of a workbook (xlsx, xls, ods) as JSON; what has no business in a list leaves with a code.

Runs where nothing can be done but compute (`__main__`): a workbook that unpacks without end, or says it is 16,384
columns wide, ends this process and not ours.
"""

import io
import json
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

office: Any = import_module(f"{__package__}.office" if __package__ else "office")
biff: Any = import_module(f"{__package__}.biff" if __package__ else "biff")

OLE = b"\xd0\xcf\x11\xe0"
MOST_ROWS, MOST_COLUMNS = 50_100, 200
KEPT = "_系统"  # the hidden sheet of a working sheet of ours
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
# Names of streams in an OLE file, as they stand in its directory.
STREAMS = (
    ("rights", ("DRMEncryptedDataSpace", "DRMContent")),
    ("encrypted", ("EncryptedPackage",)),
    ("macro", ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")),
    ("embedded", ("\x01Ole10Native", "ObjectPool", "MBD0")),
)


# An xls with a password to open: behind the first record (BOF of the workbook), perhaps WRITEPROTECT, stands FILEPASS.
LOCKED_XLS = re.compile(rb"\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0", re.DOTALL)


def look(data: bytes) -> bytes:
    """{"kind", "sheet", "rows", "merged", "kept"}: rows without the empty ones at their end."""
    return read(data, judge(data))


def read(data: bytes, kind: str) -> bytes:
    """The same of a workbook that was judged."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = first_filled(book)
    except PasswordError:
        sys.exit("encrypted")
    except (CalamineError, ValueError, OSError, KeyError):
        sys.exit("damaged")
    return json.dumps({**found, "kind": kind}, ensure_ascii=False, default=plain).encode()


def judge(data: bytes) -> str:
    """xlsx, xls or ods."""
    if data.startswith(OLE):
        judge_ole(data)
        return "xls"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members, end = archive.infolist(), archive.start_dir
            kind = archive.read("mimetype").strip() if "mimetype" in archive.namelist() else b""
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, KeyError):
        sys.exit("damaged")
    judge_parts([member.filename for member in members])
    if kind != ODS:
        if office.package(data, office.Budget(), 0) != "xlsx":
            sys.exit("type")
        return "xlsx"
    judge_ods(data, members, end)
    return "ods"


def judge_ole(data: bytes) -> None:
    """xls, or a workbook of today that was locked: both are OLE files."""
    for code, names in STREAMS:
        if any(f"{name}\0".encode("utf-16-le") in data for name in names if name != "MBD0"):
            sys.exit(code)
    if "MBD0".encode("utf-16-le") in data:
        sys.exit("embedded")
    if LOCKED_XLS.search(data):
        sys.exit("encrypted")
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        sys.exit("type")
    try:
        if biff.is_linked(data):
            sys.exit("linked")
    except biff.Broken:
        sys.exit("damaged")


def judge_parts(names: list[str]) -> None:
    for name in names:
        if name.startswith("xl/externalLinks/"):
            sys.exit("linked")
        if name.startswith(("xl/embeddings/", "Object ")) or "/oleObject" in name:
            sys.exit("embedded")
        if name.startswith(("Basic/", "Scripts/")) or name.endswith("vbaProject.bin"):
            sys.exit("macro")


def judge_ods(data: bytes, members: list[zipfile.ZipInfo], end: int) -> None:
    budget = office.Budget()
    budget.count(len(members))
    office.judge_names([member for member in members if not member.filename.endswith("/")])
    for member, start in office.placed(data, members, end):
        content = office.inflate(data, member, start, budget)
        if member.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
            sys.exit("encrypted")
        if b"<!DOCTYPE" in content:
            sys.exit("dtd")


def first_filled(book: Any) -> dict[str, Any]:
    """The first sheet people see that holds something."""
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows = filled(sheet)
        if rows:
            merged = getattr(sheet, "merged_cell_ranges", None) or []
            top = [(first, (last[0], min(last[1], MOST_COLUMNS))) for first, last in merged if first[0] < 60]
            kept = filled(book.get_sheet_by_name(KEPT)) if KEPT in book.sheet_names else []
            return {"sheet": about.name, "rows": rows, "merged": top[:500], "kept": kept}
    sys.exit("empty")


def filled(sheet: Any) -> list[list[Any]]:
    """Every row up to the last that holds something, cut off behind its last cell."""
    if sheet.start is None:
        return []
    before: list[Any] = [None] * sheet.start[
        1
    ]  # empty rows above are given, empty columns on the left are not
    rows: list[list[Any]] = []
    for cells in sheet.iter_rows():
        rows.append(cut([*before, *cells[:MOST_COLUMNS]]))
        if len(rows) > MOST_ROWS:
            break
    while rows and not rows[-1]:
        rows.pop()
    return rows


def cut(cells: list[Any]) -> list[Any]:
    last = len(cells)
    while last and cells[last - 1] in ("", None):
        last -= 1
    return cells[:last]


def plain(value: Any) -> Any:
    """Days and times as JSON has them: marked, so that a text that looks like one stays a text."""
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, time | timedelta):
        return {"text": str(value)}
    raise TypeError(type(value))
