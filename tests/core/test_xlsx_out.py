"""Ledgers as xlsx: every value arrives as what it is, whatever it looks like, on as many sheets as it takes."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from povertyaudit.core.xlsx_out import CUT, SheetColumn, write_ledger

AWKWARD = [
    "=1+1", "+8613800000000", "-2", "@SUM(A1)", "1234567890123456789", "007", "2026-01-01", "3/4", "1e5", "TRUE",
    "一行\n二行\t表", "😀𠮷", " 前后有空格 ", "a_x0041_b", "<&>\"'", "http://example.invalid/", "无\x01控",
]  # fmt: skip
COLUMNS = (
    SheetColumn("编号", "text"),
    SheetColumn("日期", "date"),
    SheetColumn("时间", "moment"),
    SheetColumn("金额（元）", "money"),
    SheetColumn("件数"),
    SheetColumn("编号"),
)


def written(rows, columns=COLUMNS, **extra):
    file = io.BytesIO()
    number = write_ledger(file, columns, rows, title="问题线索台账", notes=("条件：全部",), **extra)
    return number, openpyxl.load_workbook(io.BytesIO(file.getvalue()))


def test_every_cell_is_of_its_type_and_looks_like_it():
    moment = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
    number, book = written([["=1+1", date(2026, 3, 4), moment, 123456, 7, True], [None] * 6])
    sheet = book["问题线索台账"]
    assert number == 2
    assert [sheet["A1"].value, sheet["A2"].value] == ["问题线索台账", "条件：全部"]
    assert [cell.value for cell in sheet[3]] == ["编号", "日期", "时间", "金额（元）", "件数", "编号（2）"]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[4]] == [
        ("=1+1", "s", "@"),
        (datetime(2026, 3, 4), "d", "yyyy-mm-dd"),
        (datetime(2026, 3, 5, 0, 30), "d", "yyyy-mm-dd hh:mm:ss"),
        (1234.56, "n", "#,##0.00"),
        (7, "n", "General"),
        ("是", "s", "General"),
    ]
    assert all(cell.value is None for cell in sheet[5])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B4", "A3:F5")


@pytest.mark.parametrize("kind", ["text", ""])
def test_text_stays_text_to_the_last_sign(kind):
    columns = (SheetColumn("甲", kind), SheetColumn("乙", kind))
    _, book = written([[text, "x"] for text in AWKWARD], columns)
    cells = [row[0] for row in book.active.iter_rows(min_row=4)]
    assert {cell.data_type for cell in cells} == {"s"}
    found = [
        cell.value.replace("_x0001_", "\x01").replace("_x005F_", "_").replace("_x0009_", "\t")
        for cell in cells
    ]
    assert found == AWKWARD


def test_what_a_spreadsheet_would_spoil_goes_out_as_text():
    _, book = written([["", date(1899, 1, 2), None, 10**18 + 1, 10**18 + 1, Decimal("0.10")]])
    assert [cell.value for cell in book.active[4]][1:] == [
        "1899-01-02", None, "10000000000000000.01", "1000000000000000001", 0.1,
    ]  # fmt: skip
    _, book = written([["😀" * 20_000, None, None, None, None, None]])
    long = book.active["A4"].value
    assert long.endswith(CUT)
    assert len(long.encode("utf-16-le")) // 2 <= 32_767


def test_more_rows_than_a_sheet_holds_go_on_the_next_and_none_is_lost():
    rows = [[str(n), None, None, n, n, None] for n in range(17)]
    number, book = written(iter(rows), count=17, sheet_rows=11)
    assert (number, book.sheetnames) == (17, ["问题线索台账（1）", "问题线索台账（2）", "问题线索台账（3）"])
    held = [row[0] for sheet in book for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert held == [row[0] for row in rows]
    with pytest.raises(ValueError, match="give their count"):
        written(iter(rows), count=8, sheet_rows=11)


def test_an_empty_ledger_has_its_headings():
    number, book = written([])
    assert number == 0
    assert book.active["A3"].value == "编号"
