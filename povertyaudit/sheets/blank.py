"""The empty sheet of a kind: Chinese headings, drop-downs of today's lists, a remark on each heading, an example row."""

import io
from collections.abc import Sequence
from typing import Any

from django import forms
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from povertyaudit.core.forms import (
    CleanCodeField,
    DateField,
    IdNumberField,
    MoneyField,
    MonthField,
    NumberField,
    UnitField,
)
from povertyaudit.core.models import User
from povertyaudit.sheets.columns import Column
from povertyaudit.sheets.kinds.base import Kind
from povertyaudit.sheets.lookups import Lookups

LISTS = "选项"
ROWS = 1000  # rows with drop-downs and formats
MOST_CHOICES = 500
MUST = PatternFill("solid", fgColor="FFFCE4D6")
MAY = PatternFill("solid", fgColor="FFD9E1F2")
GREY = Font(color="FF808080", italic=True)
THIN = Side(style="thin", color="FFBFBFBF")
FORMATS: tuple[tuple[type[forms.Field], str], ...] = (
    (MoneyField, "#,##0.00"), (DateField, "yyyy-mm-dd"), (IdNumberField, "@"), (MonthField, "@"), (CleanCodeField, "@"),
    (NumberField, "@"),
)  # fmt: skip


def choices_of(field: Any, lookups: Lookups) -> list[str]:
    """The words of a drop-down; none where the list would be too long to choose from."""
    if isinstance(field, forms.BooleanField):
        return ["是", "否"]
    if isinstance(field, NumberField | forms.ModelMultipleChoiceField) or not isinstance(
        field, forms.ChoiceField
    ):
        return []
    if hasattr(field, "queryset") and hasattr(field, "url") and not isinstance(field, UnitField):
        return []  # regions
    named = lookups.of(field)
    words = {id(row) if hasattr(row, "pk") else row: word for word, row in reversed(_shown(named))}
    found = list(dict.fromkeys(reversed(list(words.values()))))
    return found if len(found) <= MOST_CHOICES else []


def _shown(named: Any) -> list[tuple[str, Any]]:
    return [(named.shown[spelt], row) for spelt, row in named.by_word.items() if spelt not in named.twice]


def format_of(field: forms.Field) -> str:
    """The number format of a column."""
    return next((words for kind, words in FORMATS if isinstance(field, kind)), "General")


def template(kind: Kind, by: User) -> bytes:
    """The workbook to fill in. The example stands below the heading and is written over."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = kind.label[:31]
    columns = list(kind.columns())
    for at, column in enumerate(columns, 1):
        head(sheet, at, column)
        example = sheet.cell(2, at, column.example or None)
        example.font = GREY
    listed(book, sheet, columns, Lookups(by), 2, ROWS)
    _help(book, kind, columns)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def head(sheet: Any, at: int, column: Column, row: int = 1) -> None:
    """A heading with its remark; those that must be filled stand out."""
    cell = sheet.cell(row, at, column.label)
    cell.font, cell.fill = Font(bold=True), MUST if column.required else MAY
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = Border(bottom=THIN, right=THIN)
    words = "必填。" if column.required else "可不填。"
    cell.comment = Comment(f"{words}{column.field.help_text}", "系统", width=280, height=110)
    sheet.column_dimensions[get_column_letter(at)].width = max(12, min(36, len(column.label) * 2 + 6))


def listed(
    book: Any,
    sheet: Any,
    columns: Sequence[Column],
    lookups: Lookups,
    first: int,
    last: int,
    *,
    shift: int = 0,
) -> None:
    """Formats and drop-downs of the rows; long lists lie in a hidden sheet."""
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for at, column in enumerate(columns, 1 + shift):
        letter, words = get_column_letter(at), choices_of(column.field, lookups)
        sheet.column_dimensions[letter].number_format = format_of(column.field)
        for line in range(first, min(last, first + 200) + 1):
            sheet.cell(line, at).number_format = format_of(column.field)
        if not words:
            continue
        for line, word in enumerate(words, 1):
            lists.cell(line, at, word).data_type = "s"
        rule = DataValidation(
            type="list", formula1=f"'{LISTS}'!${letter}$1:${letter}${len(words)}", allow_blank=not column.required,
            showErrorMessage=True, errorTitle="请从列表中选择", error="请选择列表中的一项，或者留空。",
        )  # fmt: skip
        rule.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(rule)


def _help(book: Any, kind: Kind, columns: Sequence[Column]) -> None:
    sheet = book.create_sheet("填写说明")
    sheet.append(["列名", "是否必填", "怎样填写", "表格里也可以叫作"])
    for column in columns:
        sheet.append([
            column.label, "必填" if column.required else "可不填", str(column.field.help_text), "、".join(column.aliases),
        ])  # fmt: skip
    sheet.append([])
    sheet.append(
        [
            f"灰色斜体的是例子，请删去或者改写。上传前不必删去本页。上传后系统先核对，不会直接登记{kind.label}。"
        ]
    )
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in (("A", 22), ("B", 10), ("C", 60), ("D", 50)):
        sheet.column_dimensions[letter].width = width
