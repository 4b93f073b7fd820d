"""工作表: rows sent out in a locked workbook and taken back — what each cell said then lies hidden beside it, sealed, so that
on return every cell can be compared three ways."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.core.xlsx_out import CUT, fitting
from povertyaudit.sheets import blank, cells
from povertyaudit.sheets.columns import NUMBER, Column
from povertyaudit.sheets.kinds.base import Kind
from povertyaudit.sheets.lookups import Lookups
from povertyaudit.sheets.reading import refused

KEPT, ID = "_系统", "系统标识"
MOST = 2000  # rows of one working sheet
HEAD_ROW = 2
SHUT = PatternFill("solid", fgColor="FFF2F2F2")
SALT = "povertyaudit.sheets.working"


@dataclass(frozen=True)
class Base:
    """A row as it was when it went out: column → what stood in the cell."""

    public_id: str
    version: int
    values: Mapping[str, Any] = field(default_factory=dict)


def seal(kind: str, base: Base) -> str:
    """The digest by which a row is known again as ours and unaltered."""
    said = json.dumps(
        [kind, base.public_id, base.version, base.values], ensure_ascii=False, sort_keys=True, default=str
    )
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()


def kind_in(kept: Sequence[Sequence[Any]]) -> str:
    """The kind a working sheet says it is of; "" for a sheet that is none."""
    return str(kept[0][1]) if kept and len(kept[0]) > 1 and kept[0][0] == SALT else ""


def bases(kind: str, kept: Sequence[Sequence[Any]]) -> dict[str, Base]:
    """What went out, by id. Raises RuleBroken where it was altered."""
    found: dict[str, Base] = {}
    for row in kept[1:]:
        public_id, version, digest, values = (
            *[str(cell) for cell in row[:3]],
            "".join(str(cell) for cell in row[3:]),
        )
        try:
            base = Base(public_id, int(float(version)), json.loads(values))
        except ValueError:
            raise refused("altered", ALTERED) from None
        if not constant_time_compare(seal(kind, base), digest):
            raise refused("altered", ALTERED)
        found[public_id] = base
    return found


ALTERED = "工作表里隐藏的部分被改动过，无法比较，请重新导出工作表填写。"


def shown(kind: Kind, column: Column, row: Any) -> Any:
    """What a cell says of a row, as JSON keeps it."""
    value = in_cell(kind, column, row)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def in_cell(kind: Kind, column: Column, row: Any) -> Any:
    """The same as the cell holds it: a text too long for one is cut and says so."""
    value = cells.shown(column.field, kind.now(row, column.name))
    return fitting(value) if isinstance(value, str) else value


def is_cut(value: Any) -> bool:
    """Whether a cell could not hold the whole text: what came back in it would end the rest."""
    return isinstance(value, str) and value.endswith(CUT)


def base_of(kind: Kind, columns: Sequence[Column], row: Any) -> Base:
    return Base(
        row.public_id, row.version, {one.name: shown(kind, one, row) for one in kept_columns(kind, columns)}
    )


def kept_columns(kind: Kind, columns: Sequence[Column]) -> list[Column]:
    """The columns that say what is registered."""
    return [one for one in columns if one.name not in kind.asides]


def write(kind: Kind, rows: Sequence[Any], by: User) -> bytes:
    """The workbook. Raises RuleBroken for none or too many."""
    if kind.change is None:
        raise RuleBroken("working.kind", f"{kind.label}登记以后不能用表格修改。")
    if not 0 < len(rows) <= MOST:
        raise RuleBroken("working.rows", f"工作表一次导出 1 至 {MOST} 条，请先筛选。")
    book = Workbook()
    sheet: Any = book.active
    sheet.title = kind.label[:31]
    columns = list(kind.columns())
    _title(sheet, kind, by, len(columns))
    sheet.cell(HEAD_ROW, 1, ID)
    for at, column in enumerate(columns, 2):
        blank.head(sheet, at, column, HEAD_ROW)
    for line, row in enumerate(rows, HEAD_ROW + 1):
        _row(sheet, line, kind, columns, row)
    blank.listed(book, sheet, columns, Lookups(by), HEAD_ROW + 1, HEAD_ROW + len(rows), shift=1)
    _keep(book, kind, columns, rows)
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = sheet.protection.sort = False
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(columns) + 1)}{HEAD_ROW + len(rows)}"
    book.security.lockStructure = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(sheet: Any, kind: Kind, by: User, width: int) -> None:
    text = f"{kind.label}工作表　导出人：{by.display_name}　{moment.today()}　灰底的格不能改；填好后在“表格导入”原样上传。"
    cell = sheet.cell(1, 2, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="center")
    sheet.merge_cells(start_row=1, start_column=2, end_row=1, end_column=max(3, width))


def _row(sheet: Any, line: int, kind: Kind, columns: Sequence[Column], row: Any) -> None:
    sheet.cell(line, 1, row.public_id).data_type = "s"
    for at, column in enumerate(columns, 2):
        value = None if column.name in kind.asides else in_cell(kind, column, row)
        cell = sheet.cell(line, at, cells.as_written(value))
        if isinstance(value, str):
            cell.data_type = "s"
        shut = column.name == NUMBER or column.name in kind.fixed or is_cut(value)
        cell.protection = Protection(locked=shut)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if shut:
            cell.fill = SHUT


def _keep(book: Any, kind: Kind, columns: Sequence[Column], rows: Sequence[Any]) -> None:
    """The hidden sheet. A cell holds 32,767 signs: longer values go on in the next."""
    sheet = book.create_sheet(KEPT)
    sheet.sheet_state = "veryHidden"
    sheet.append([SALT, kind.code])
    for row in rows:
        base = base_of(kind, columns, row)
        said = json.dumps(base.values, ensure_ascii=False)
        parts = [said[at : at + 16_000] for at in range(0, len(said), 16_000)]
        sheet.append(
            [base.public_id, str(base.version), seal(kind.code, base), *map(cells.as_written, parts)]
        )
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"


def renewed(book: Any, kind: Kind, ids: Sequence[str], rows: Mapping[str, Any]) -> None:
    """Write into a returned workbook what the rows say now: what is left in a cell is then meant."""
    if KEPT in book.sheetnames:
        del book[KEPT]
    _keep(book, kind, list(kind.columns()), [rows[one] for one in ids if one in rows])
