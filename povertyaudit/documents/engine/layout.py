"""The templates that come with the product, drawn by code: GB/T 9704-2012, fields in place of words.

built((Head("关于{{ 事项编号 }}的督办函"), Words("{{ 事项 }}"), Each("情况", "{{ 行.内容 }}"), Sheet("措施", (("序号", "序号"), …))))
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from povertyaudit.core.papers import (
    BODY,
    FANGSONG,
    HEI,
    INDENT,
    MADE,
    SMALL,
    SONG,
    TITLE,
    lay_out,
    line,
    shape,
    zipped_anew,
)

ROW = "行"  # how a template that comes with the product calls the row of a loop
WIDTH = 156  # mm between the margins


@dataclass(frozen=True)
class Words:
    """A paragraph of the text. `given`: only where this field is not empty."""

    words: str
    given: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of the first order."""

    words: str
    given: str = ""


@dataclass(frozen=True)
class Each:
    """A paragraph for each row of a list; `row` words it."""

    of: str
    row: str


@dataclass(frozen=True)
class Group:
    """Several paragraphs for each row of a list: (words, field of the row that must not be empty, or none)."""

    of: str
    parts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A table with a line for each row of a list: (head, field of the row, width in mm)."""

    of: str
    columns: Sequence[tuple[str, str, int]]


@dataclass(frozen=True)
class Form:
    """A form: lines of label and what stands beside it; with two pairs in a line four columns."""

    rows: Sequence[Sequence[tuple[str, str]]]


Block = Words | Heading | Each | Group | Sheet | Form


def built(blocks: Sequence[Block], *, letter: bool = True) -> bytes:
    """The template: title, number, addressee (of a letter), blocks, signature and date."""
    document: Any = Document()
    lay_out(document)
    line(document, "{{ 标题 }}", SONG, TITLE, ALIGN.CENTER, exactly=Pt(32))
    _if_given(document, "文号", lambda: line(document, "{{ 文号 }}", FANGSONG, BODY, ALIGN.CENTER))
    line(document, "", FANGSONG, BODY)
    if letter:
        _if_given(document, "主送", lambda: line(document, "{{ 主送 }}：", FANGSONG, BODY))
    for block in blocks:
        _draw(document, block)
    line(document, "", FANGSONG, BODY)
    line(document, "{{ 落款 }}", FANGSONG, BODY, ALIGN.RIGHT, right=INDENT)
    line(document, "{{ 日期 }}", FANGSONG, BODY, ALIGN.RIGHT, right=2 * INDENT)
    core = document.core_properties
    core.author, core.title, core.comments = "", "", ""
    core.created = core.modified = MADE
    raw = io.BytesIO()
    document.save(raw)
    return zipped_anew(raw)


def _mark(document: Any, words: str) -> None:
    """A paragraph that is only a mark and goes when the template is filled."""
    line(document, words, FANGSONG, BODY)


def _if_given(document: Any, name: str, draw: Any) -> None:
    """What `draw` draws, only where the field of this name is not empty; always where none is named."""
    if not name:
        draw()
        return
    _mark(document, f"{{%p if {name} %}}")
    draw()
    _mark(document, "{%p endif %}")


def _draw(document: Any, block: Block) -> None:
    if isinstance(block, Sheet):
        _sheet(document, block)
    elif isinstance(block, Form):
        _form(document, block)
    elif isinstance(block, Group):
        _mark(document, f"{{%p for {ROW} in {block.of} %}}")
        for words, given in block.parts:
            _if_given(document, f"{ROW}.{given}" if given else "", partial(_paragraph, document, words))
        _mark(document, "{%p endfor %}")
    elif isinstance(block, Each):
        _mark(document, f"{{%p for {ROW} in {block.of} %}}")
        _paragraph(document, block.row)
        _mark(document, "{%p endfor %}")
    else:
        _if_given(document, block.given, partial(_one, document, block))


def _one(document: Any, block: Words | Heading) -> None:
    if isinstance(block, Heading):
        line(document, block.words, HEI, BODY, first=INDENT)
    else:
        _paragraph(document, block.words)


def _paragraph(document: Any, words: str) -> None:
    line(document, words, FANGSONG, BODY, ALIGN.JUSTIFY, first=INDENT)


def _sheet(document: Any, block: Sheet) -> None:
    table = document.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _row(table, [head for head, _, _ in block.columns], HEI, head=True)
    _row(table, [f"{{%tr for {ROW} in {block.of} %}}"] + [""] * (len(block.columns) - 1), FANGSONG)
    _row(table, [f"{{{{ {ROW}.{name} }}}}" for _, name, _ in block.columns], FANGSONG)
    _row(table, ["{%tr endfor %}"] + [""] * (len(block.columns) - 1), FANGSONG)
    for column, (_, _, width) in zip(table.columns, block.columns, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _row(table: Any, cells: Sequence[str], font: str, *, head: bool = False) -> None:
    added = table.add_row()
    if head:  # said again on each page
        added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, words in zip(added.cells, cells, strict=True):
        shape(cell.paragraphs[0], words, font, SMALL, exactly=Pt(18))
        if head:
            cell.paragraphs[0].alignment = ALIGN.CENTER


def _form(document: Any, block: Form) -> None:
    """Labels narrow, what is said wide; a line of one pair takes the whole width."""
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = (Mm(28), Mm(50), Mm(28), Mm(50))
    for pairs in block.rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = added.cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        for place, (label, said) in enumerate(pairs):
            shape(cells[2 * place].paragraphs[0], label, HEI, SMALL, exactly=Pt(20))
            beside = cells[1].merge(cells[3]) if len(pairs) == 1 else cells[2 * place + 1]
            shape(beside.paragraphs[0], said, FANGSONG, SMALL, exactly=Pt(20))
            cells[2 * place]._tc.get_or_add_tcPr().append(_middle())


def _middle() -> Any:
    found = OxmlElement("w:vAlign")
    found.set(qn("w:val"), "center")
    return found
