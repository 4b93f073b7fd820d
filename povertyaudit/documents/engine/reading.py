"""A Word file as lines and tables, for the preview: what is shown is what was produced, not what was meant."""

import io
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.table import Table
from docx.text.paragraph import Paragraph

from povertyaudit.core.papers import HEI, SONG

SIDES = {ALIGN.CENTER: "center", ALIGN.RIGHT: "right"}


@dataclass(frozen=True)
class Line:
    """One paragraph: its words, where it stands, and whether it is the title or a heading."""

    words: str
    side: str = ""
    style: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def named(self) -> list[list[tuple[str, str]]]:
        """Rows of (head, cell): on a phone each cell says what it is."""
        return [list(zip(self.heads, row, strict=False)) for row in self.rows]


def lines_of(document: bytes) -> list[Line]:
    """Paragraphs and tables in their order; empty paragraphs only between others."""
    found = []
    for part in Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(part, Table):
            found.append(_table(part))
        else:
            found.append(_line(part))
    return found


def words_of(document: bytes) -> str:
    """All of it as text."""
    return "\n".join(
        "\n".join("\t".join(row) for row in (line.heads, *line.rows)) if line.rows else line.words
        for line in lines_of(document)
    )


def _table(part: Table) -> Line:
    """With its heads where the first row is said again on each page."""
    rows = [tuple(_cells(row)) for row in part.rows]
    headed = bool(part.rows) and part.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    return Line("", heads=rows[0] if headed else (), rows=tuple(rows[1:] if headed else rows))


def _cells(row: Any) -> list[str]:
    """A merged cell is one cell."""
    found: list[Any] = []
    for cell in row.cells:
        if not any(cell._tc is other._tc for other in found):
            found.append(cell)
    return [cell.text.strip() for cell in found]


def _line(part: Paragraph) -> Line:
    fonts = {
        run._r.rPr.rFonts.get(_EAST)
        for run in part.runs
        if run._r.rPr is not None and run._r.rPr.rFonts is not None
    }
    style = "title" if SONG in fonts else "heading" if HEI in fonts else ""
    return Line(part.text.strip(), SIDES.get(part.alignment, "") if part.alignment is not None else "", style)


_EAST = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
