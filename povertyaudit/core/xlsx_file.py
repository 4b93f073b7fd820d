"""The first sheet of an xlsx, row by row: flat memory but for the shared texts, and bounded whatever the file declares.

Numbers come as Excel shows them, with 15 digits: a longer one typed as a number has lost its end already.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from povertyaudit.core.errors import RuleBroken

MB = 1024 * 1024
PACKED_CAP, UNPACKED_CAP, TEXTS_CAP = 60 * MB, 1200 * MB, 2_000_000  # bytes, bytes, shared texts
PIECE = 256 * 1024
WIDEST = 200  # columns; what lies to the right of them is not looked at
BOOK, RELATIONS, TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_LETTERS = re.compile("[A-Z]{1,3}")
DAMAGED = RuleBroken("sheet.damaged", "xlsx 文件已损坏或不完整，请用 Excel 重新保存后再载入。", field="file")
TOO_LARGE = RuleBroken("sheet.too_large", "xlsx 文件太大，请另存为 CSV 后再载入。", field="file")


def rows(data: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """`(row number, texts)` of every row that holds something. Raises RuleBroken for a file that cannot be read."""
    if data.seek(0, 2) > PACKED_CAP:
        raise TOO_LARGE
    try:
        with zipfile.ZipFile(data) as archive:
            texts = _texts(archive)
            yield from _Sheet(texts).read(archive, _first_sheet(archive))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, OSError, EOFError, RuntimeError):
        raise DAMAGED from None
    except (expat.ExpatError, NotImplementedError, IndexError):
        raise DAMAGED from None


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The member's bytes as they really are, up to the cap."""
    read = 0
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            read += len(piece)
            if read > UNPACKED_CAP:
                raise TOO_LARGE
            yield piece


def _parser(start: Callable[[str, dict[str, str]], None]) -> Any:
    """A parser that refuses definitions of a file's own and hears of the start of each element by its plain name."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_definitions
    parser.StartElementHandler = start
    return parser


def _no_definitions(*_: Any) -> None:
    raise DAMAGED


def _plain(name: str) -> str:
    return name.rpartition(":")[2]


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The member that holds the first sheet of the book."""
    sheets: list[str] = []
    targets: dict[str, str] = {}

    def heard(name: str, said: dict[str, str]) -> None:
        if _plain(name) == "sheet":
            sheets.append(next(value for key, value in said.items() if _plain(key) == "id" and ":" in key))
        elif _plain(name) == "Relationship":
            targets[said["Id"]] = said["Target"]

    for part in (BOOK, RELATIONS):
        parser = _parser(heard)
        for piece in _pieces(archive, part):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    target = targets[sheets[0]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _texts(archive: zipfile.ZipFile) -> list[str]:
    """The texts cells point at; of one with several runs all, without what is written above it as a reading."""
    found: list[str] = []
    if TEXTS not in archive.namelist():
        return found
    open_: dict[str, Any] = {"parts": [], "in": False, "aside": 0}

    def start(name: str, _said: dict[str, str]) -> None:
        plain = _plain(name)
        if plain == "si":
            open_["parts"] = []
        elif plain == "rPh":
            open_["aside"] += 1
        open_["in"] = plain == "t" and not open_["aside"]

    def end(name: str) -> None:
        plain = _plain(name)
        open_["in"] = False
        if plain == "rPh":
            open_["aside"] -= 1
        elif plain == "si":
            if len(found) >= TEXTS_CAP:
                raise TOO_LARGE
            found.append("".join(open_["parts"]))

    parser = _parser(start)
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: open_["parts"].append(text) if open_["in"] else None
    for piece in _pieces(archive, TEXTS):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found


class _Sheet:
    """Hears one sheet and gives its rows as they are complete."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.done: list[tuple[int, list[str]]] = []
        self.cells: list[str] = []
        self.number, self.at = 0, -1
        self.type, self.said, self.hearing = "", "", False
        self.columns: dict[str, int] = {}

    def read(self, archive: zipfile.ZipFile, name: str) -> Iterator[tuple[int, list[str]]]:
        parser = _parser(self.start)
        parser.EndElementHandler, parser.CharacterDataHandler = self.end, self.hear
        for piece in _pieces(archive, name):
            parser.Parse(piece, False)
            yield from self.done
            self.done.clear()
        parser.Parse(b"", True)
        yield from self.done

    def start(self, name: str, said: dict[str, str]) -> None:
        plain = name if ":" not in name else _plain(name)
        if plain == "c":
            place = said.get("r")
            self.at = self.at + 1 if place is None else self.column(place)
            self.type, self.said = said.get("t", "n"), ""
        elif plain in {"v", "t"}:
            self.hearing = True
        elif plain == "row":
            self.number = int(said.get("r", self.number + 1))
            self.cells, self.at = [], -1

    def hear(self, text: str) -> None:
        if self.hearing:
            self.said += text

    def end(self, name: str) -> None:
        plain = name if ":" not in name else _plain(name)
        if plain in {"v", "t"}:
            self.hearing = False
        elif plain == "c":
            if self.said and self.at < WIDEST:
                cells = self.cells
                while len(cells) < self.at:
                    cells.append("")
                cells.append(self.value())
        elif plain == "row" and self.cells:
            self.done.append((self.number, self.cells))

    def value(self) -> str:
        if self.type == "s":
            return self.texts[int(self.said)]
        if self.type == "n" and len(self.said) > 15:
            return f"{float(self.said):.15g}"
        return self.said

    def column(self, place: str) -> int:
        """AB12 → 27."""
        letters = _LETTERS.match(place)
        if letters is None:
            raise DAMAGED
        key = letters[0]
        if key not in self.columns:
            at = 0
            for char in key:
                at = at * 26 + ord(char) - 64
            self.columns[key] = at - 1
        found = self.columns[key]
        if found < len(self.cells):
            raise DAMAGED
        return found
