"""The words of a docx, xlsx or PDF as JSON `{text, is_cut}`: what is too long is read as far as it goes.

Runs where nothing can be done but compute (`__main__`).
"""

import io
import json
import sys
import time
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

MOST, MOST_PAGES, SECONDS = 300_000, 800, 12  # characters, pages, seconds of computing
PART_CAP = 60 * 1024 * 1024  # bytes of one part of a document, unpacked
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def look(data: bytes) -> bytes:
    """Text with a line for each paragraph, row or line; leaves with a code where it cannot be read."""
    lines = _pdf(data) if data.startswith(b"%PDF-") else _office(data)
    kept: list[str] = []
    length, is_cut = 0, False
    until = time.process_time() + SECONDS
    for line in lines:
        plain = " ".join(line.replace("\0", "").split())
        if plain:
            kept.append(plain[: MOST - length])
            length += len(plain) + 1
        if length >= MOST or time.process_time() > until:
            is_cut = True
            break
    text = "\n".join(kept).encode("utf-8", "ignore").decode()
    return json.dumps({"text": text, "is_cut": is_cut}).encode()


def _pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415 — 0.3 s that an office document does not need
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        for page in PdfReader(io.BytesIO(data)).pages[:MOST_PAGES]:
            yield from page.extract_text().splitlines()
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError):
        sys.exit("damaged")


def _office(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                yield from _sheets(data)
            for name in PARTS:
                if name in names:
                    with archive.open(name) as part:
                        yield from _paragraphs(part.read(PART_CAP + 1))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, KeyError, RuntimeError):
        sys.exit("damaged")


def _sheets(data: bytes) -> Iterator[str]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            yield name
            for row in book.get_sheet_by_name(name).iter_rows():
                yield "，".join(_cell(value) for value in row if value not in ("", None))
    except CalamineError:
        sys.exit("damaged")


def _cell(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _paragraphs(content: bytes) -> Iterator[str]:
    """The words between the tags, read without a tree."""
    if len(content) > PART_CAP:
        sys.exit("bomb")
    found: list[str] = []
    reader = _Reader(found)
    try:
        for at in range(0, len(content), 1 << 20):
            reader.parser.Parse(content[at : at + (1 << 20)], False)
            *whole, rest = "".join(found).split("\n")
            found[:] = [rest]
            yield from whole
        reader.parser.Parse(b"", True)
    except expat.ExpatError:
        sys.exit("damaged")
    yield from "".join(found).split("\n")


class _Reader:
    """Puts down what stands in w:t, a line feed after each w:p."""

    def __init__(self, found: list[str]) -> None:
        self.found, self.inside = found, False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = lambda *_said: sys.exit("dtd")

    def start(self, name: str, _said: dict[str, str]) -> None:
        self.inside = name == f"{WORDS} t"
        if name in {f"{WORDS} tab", f"{WORDS} br"}:
            self.found.append(" ")

    def text(self, text: str) -> None:
        if self.inside:
            self.found.append(text.replace("\n", " "))

    def end(self, name: str) -> None:
        self.inside = False
        if name == f"{WORDS} p":
            self.found.append("\n")
