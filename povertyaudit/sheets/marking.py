"""What is wrong, written into the same workbook: a red cell with a remark, a column at the end, and a sheet that lists all."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from povertyaudit.sheets.cells import as_written
from povertyaudit.sheets.reading import Grid

RESULT, OURS = "核对结果", "系统"
RED = PatternFill("solid", fgColor="FFFFC7CE")
HEAD = PatternFill("solid", fgColor="FFD9E1F2")
WRAP = Alignment(wrap_text=True, vertical="top")
Wrong = Sequence[tuple[int, Sequence[tuple[int | None, str]]]]  # line of the file, its problems


def marked(
    content: bytes, grid: Grid, head_row: int, headings: Mapping[int, str], wrong: Wrong, renew: Any = None
) -> bytes:
    """The workbook as it was given — one of another format as xlsx — with the remarks of an earlier look taken away."""
    if grid.extension == "xlsx":
        book = load_workbook(io.BytesIO(content))
        sheet = book[grid.sheet]
    else:
        book, sheet = _copied(grid)
    if RESULT in book.sheetnames:
        del book[RESULT]
    _cleared(sheet, head_row)
    last = max([*headings, 0]) + 1
    if sheet.cell(head_row, last).value != RESULT:
        last += 1
    head = sheet.cell(head_row, last, RESULT)
    head.font, head.fill = Font(bold=True), HEAD
    sheet.column_dimensions[get_column_letter(last)].width = 60
    for line, problems in wrong:
        _remark(sheet, line, last, problems)
    _listed(book, sheet.title, headings, wrong)
    if renew is not None:
        renew(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cleared(sheet: Any, head_row: int) -> None:
    """Take away what an earlier look wrote below the heading."""
    result = next((cell.column for cell in sheet[head_row] if cell.value == RESULT), None)
    for row in sheet.iter_rows(min_row=head_row + 1):
        for cell in row:
            if cell.column == result:
                cell.value = None
            elif cell.comment is not None and cell.comment.author == OURS:
                cell.comment, cell.fill = None, PatternFill()


def _remark(sheet: Any, line: int, last: int, problems: Sequence[tuple[int | None, str]]) -> None:
    by_cell: dict[int, list[str]] = {}
    for at, text in problems:
        if at is not None:
            by_cell.setdefault(at, []).append(text)
    for at, texts in by_cell.items():
        cell = sheet.cell(line, at + 1)
        if hasattr(cell, "fill") and type(cell).__name__ != "MergedCell":
            cell.fill = RED
            cell.comment = Comment("\n".join(texts), OURS, width=320, height=120)
    said = sheet.cell(line, last, "".join(text for _, text in problems))
    said.alignment, said.data_type = WRAP, "s"


def _listed(book: Any, title: str, headings: Mapping[int, str], wrong: Wrong) -> None:
    """The sheet that lists every mistake, each with a way to its cell."""
    sheet = book.create_sheet(RESULT)
    sheet.append([f"共 {len(wrong)} 行有错。改正后删去本表和“{RESULT}”列，或者原样重新上传。"])
    sheet.append(["行", "列", "问题"])
    for cell in sheet[2]:
        cell.font, cell.fill = Font(bold=True), HEAD
    for line, problems in wrong:
        for at, text in problems:
            letter = get_column_letter((at or 0) + 1)
            sheet.append([line, headings.get(at, "") if at is not None else "", text])
            cell = sheet.cell(sheet.max_row, 1)
            cell.hyperlink = f"#'{title}'!{letter}{line}"
            cell.style = "Hyperlink"
            sheet.cell(sheet.max_row, 2).data_type = sheet.cell(sheet.max_row, 3).data_type = "s"
    sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 24, 80
    sheet.freeze_panes = "A3"


def _copied(grid: Grid) -> tuple[Any, Any]:
    """A workbook with the values of the grid; no text becomes a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 — a new workbook has one
    sheet.title = (grid.sheet or "表格")[:31]
    for row in grid.rows:
        sheet.append([_cell(sheet, value) for value in row])
    return book, sheet


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str) and value:
        cell = WriteOnlyCell(sheet, as_written(value))
        cell.data_type = "s"
        return cell
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
