"""公文: one paper as data — title, number, addressee, blocks, signature, date — turned into a docx and a printable page.

    paper = Paper(title="扶贫专线快报", number="第 12 期", addressee="委领导",
                  blocks=(Text("一、来电情况", heading=True), Listing(("…", "…")), Grid(("编号", "摘要"), rows)),
                  signed="县纪委监委信访室", dated=date(2026, 11, 24))
    papers.keep(digest, paper, by=by)           # in the verb's transaction: an Attachment of the dossier

The look follows GB/T 9704-2012 (A4, 37/28/35/26 mm, title in 小标宋, text in 仿宋 16 pt on lines of 28 pt). The same
paper gives the same bytes, always: nothing in the file says when it was made.
"""

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from povertyaudit.core import files
from povertyaudit.core.models import Attachment, User

SONG, FANGSONG, HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
# What an office program takes where the font the standard names is not installed.
INSTEAD = {SONG: "FZXiaoBiaoSong-B05S,宋体,SimSun", FANGSONG: "仿宋,FangSong", HEI: "SimHei"}
TITLE, BODY, SMALL = Pt(22), Pt(16), Pt(12)  # 二号, 三号, 小四
LINE = Pt(28)
INDENT = Pt(32)  # two characters
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 — a constant: the file must not say when it was made
ZIPPED = (1980, 1, 1, 0, 0, 0)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Text:
    """A paragraph, or a heading of the first order."""

    words: str
    heading: bool = False
    kind = "text"

    @property
    def lines(self) -> list[str]:
        return self.words.splitlines()


@dataclass(frozen=True)
class Listing:
    """Numbered paragraphs: 1. 2. 3."""

    items: Sequence[str]
    kind = "listing"


@dataclass(frozen=True)
class Grid:
    """A table; every row has as many cells as there are heads. `key`: its name where it can be taken away."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    key: str = ""
    kind = "grid"

    @property
    def named(self) -> list[list[tuple[str, str]]]:
        """Rows of (head, cell): on a phone each cell says what it is."""
        return [list(zip(self.heads, row, strict=False)) for row in self.rows]


Block = Text | Listing | Grid


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper. Empty parts are left out."""

    title: str
    number: str = ""
    addressee: str = ""
    blocks: Sequence[Block] = ()
    signed: str = ""
    dated: date | None = None

    @property
    def dated_words(self) -> str:
        """2026年11月4日, as the standard writes it."""
        return day_words(self.dated) if self.dated else ""


def day_words(day: date) -> str:
    """2026年11月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def ordinal(number: int) -> str:
    """1 … 99 in Chinese: 一, 十, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return words + (_DIGITS[ones] if ones or not tens else "")


def keep(
    target: Any, paper: Paper, *, by: User | None, kind: str = "paper", name: str = "", verb: str = ""
) -> Attachment:
    """Keep the paper as a docx with its dossier, as one recorded act; `by` None: made by the clock."""
    title = name or paper.title
    return files.keep_made(target, docx_of(paper), f"{title}.docx", by=by, kind=kind, title=title, verb=verb)


def docx_of(paper: Paper) -> bytes:
    """The paper as a Word file. The same paper gives the same bytes."""
    document: Any = Document()
    lay_out(document)
    line(document, paper.title, SONG, TITLE, ALIGN.CENTER, exactly=Pt(32))
    if paper.number:
        line(document, paper.number, FANGSONG, BODY, ALIGN.CENTER)
    line(document, "", FANGSONG, BODY)
    if paper.addressee:
        line(document, f"{paper.addressee}：", FANGSONG, BODY)
    for block in paper.blocks:
        _block(document, block)
    if paper.signed or paper.dated:
        line(document, "", FANGSONG, BODY)
        line(document, paper.signed, FANGSONG, BODY, ALIGN.RIGHT, right=INDENT)
        line(document, paper.dated_words, FANGSONG, BODY, ALIGN.RIGHT, right=2 * INDENT)
    core = document.core_properties
    core.author, core.title, core.comments = "", paper.title, ""
    core.created = core.modified = MADE
    raw = io.BytesIO()
    document.save(raw)
    return zipped_anew(raw)


def lay_out(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", BODY
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    fonts = next(
        part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml"
    )
    named = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in INSTEAD.items()
    )
    # The library has no way to the font table.
    fonts._blob = fonts.blob.replace(b"</w:fonts>", f"{named}</w:fonts>".encode())
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    """— 1 —, centred at the foot of every page."""
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        run = run_of(paragraph, text if not kind else "", "宋体", Pt(14))
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Grid):
        _grid(document, block)
    elif isinstance(block, Listing):
        for number, words in enumerate(block.items, 1):
            line(document, f"{number}．{words}", FANGSONG, BODY, ALIGN.JUSTIFY, first=INDENT)
    elif block.heading:
        line(document, block.words, HEI, BODY, first=INDENT)
    else:
        for words in block.lines:
            line(document, words, FANGSONG, BODY, ALIGN.JUSTIFY, first=INDENT)


def _grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=0, cols=len(block.heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _rows(table, [block.heads], HEI)
    _rows(table, block.rows, FANGSONG)


def _rows(table: Any, rows: Sequence[Sequence[str]], font: str) -> None:
    """The library draws the first row, walking through the table for each cell; the others are copies of it."""
    if not rows:
        return
    drawn = table.add_row()
    for cell in drawn.cells:
        shape(cell.paragraphs[0], "", font, SMALL, exactly=Pt(18))
    table._tbl.remove(drawn._tr)
    for words in rows:
        row = deepcopy(drawn._tr)
        table._tbl.append(row)
        for run, said in zip(row.iter(qn("w:r")), words, strict=True):
            run.text = said


def line(
    document: Any, words: str, font: str, size: Pt, align: Any = None, *, first: Any = None, right: Any = None,
    exactly: Any = LINE,
) -> None:  # fmt: skip
    paragraph = document.add_paragraph()
    shape(paragraph, words, font, size, exactly=exactly)
    paragraph.alignment = align
    paragraph.paragraph_format.first_line_indent = first
    paragraph.paragraph_format.right_indent = right


def shape(paragraph: Any, words: str, font: str, size: Pt, *, exactly: Any) -> None:
    run_of(paragraph, words, font, size)
    form = paragraph.paragraph_format
    form.line_spacing, form.space_before, form.space_after = exactly, Pt(0), Pt(0)


def run_of(paragraph: Any, words: str, font: str, size: Pt) -> Any:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = "Times New Roman", size
    run._r.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def zipped_anew(raw: io.BytesIO) -> bytes:
    """The parts in one order and with one time, so that equal papers are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(out, "w") as made:
        for name in sorted(given.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, ZIPPED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            made.writestr(entry, given.read(name))
    return out.getvalue()
