"""Read a list of rows from a CSV or JSON file of any size, row by row, in the spellings that circulate.

CSV: comma, tab or semicolon, with or without a head line. JSON: a list of objects, objects nested in one another to
any depth, or a map of code to name. UTF-8 with or without BOM, UTF-16 with BOM, GB18030.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import ijson

from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.errors import RuleBroken

CHUNK = 1024 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LONGEST_CELL = 10_000  # characters; a stray quotation mark must not swallow the file
OPENING = 30  # lines: a title, which has no columns, may stand above the heads


@dataclass(frozen=True)
class Heads:
    """How columns are spelt: canonical name → the other spellings; `bare` is their order where no head line stands."""

    spellings: Mapping[str, Sequence[str]]
    bare: Sequence[str]

    def canonical(self, word: str) -> str | None:
        """The canonical name of a column or key; None for one that is not asked for."""
        return self.found(word)[0]

    def found(self, word: str) -> tuple[str | None, int]:
        """As `canonical`, and which of its spellings it is: of two columns the one named first is meant."""
        plain = to_halfwidth(word).strip().lower().replace("_", "").replace(" ", "")
        for name, others in self.spellings.items():
            if plain in (known := (name, *others)):
                return name, known.index(plain)
        return None, 0


def rows(path: Path, heads: Heads) -> Iterator[tuple[int, dict[str, str]]]:
    """`(place, {canonical name: text})` of every row. `place` is the line of a CSV, the count of objects of a JSON.

    Raises RuleBroken with one sentence when the file as a whole cannot be read.
    """
    encoding = encoding_of(path)
    try:
        with path.open(encoding=encoding, newline="") as text:
            if text.read(200).lstrip()[:1] not in {"[", "{"}:
                text.seek(0)
                yield from _csv(text, heads)
                return
        with path.open("rb") as data:
            yield from _json(codecs.EncodedFile(data, "utf-8", encoding), heads)
    except UnicodeDecodeError:
        raise RuleBroken("file.encoding", "文件的文字编码认不出来，请另存为 UTF-8 后再载入。") from None
    except ijson.JSONError as wrong:
        raise RuleBroken("file.json", f"JSON 文件的格式不完整，请核对后再载入（{wrong}）。"[:200]) from None
    except csv.Error as wrong:
        raise RuleBroken("file.csv", f"CSV 文件的格式不对，请核对引号和分隔符（{wrong}）。"[:200]) from None


def encoding_of(path: Path) -> str:
    """UTF-8 if every byte of the file is; else what circulates in the country."""
    with path.open("rb") as data:
        return encoding_in(data)


def encoding_in(data: IO[bytes]) -> str:
    """As `encoding_of`, of what is open; it is read to its end."""
    decode = codecs.getincrementaldecoder("utf-8")()
    opening = data.read(CHUNK)
    for mark, name in BOMS:
        if opening.startswith(mark):
            return name
    try:
        while opening:
            decode.decode(opening)
            opening = data.read(CHUNK)
        decode.decode(b"", final=True)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def delimiter_of(opening: str) -> str:
    """What stands between the columns, by the first line or lines: of equals the first; a single column has none."""
    csv.field_size_limit(LONGEST_CELL)
    return max("\t;,", key=opening.count)


def _csv(text: IO[str], heads: Heads) -> Iterator[tuple[int, dict[str, str]]]:
    first = text.readline(LONGEST_CELL)
    text.seek(0)
    delimiter = delimiter_of(first)
    lines = csv.reader(text, delimiter=delimiter)
    named = [heads.canonical(cell) for cell in next(csv.reader([first.strip()], delimiter=delimiter), [])]
    has_head = heads.bare[0] in named
    if has_head:
        next(lines, None)
    columns = named if has_head else list(heads.bare)
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield lines.line_num, {name: cell for name, cell in zip(columns, cells, strict=False) if name}


@dataclass
class _Open:
    """An object that is not closed yet; `key` is the one just read."""

    key: str = ""
    values: dict[str, str] = field(default_factory=dict)


def _json(data: IO[bytes], heads: Heads) -> Iterator[tuple[int, dict[str, str]]]:
    """Objects are complete when they close, so children come before what they hang below: order must not matter."""
    stack: list[_Open] = []
    known: dict[str, str | None] = {}
    place, (first, second) = 0, heads.bare[:2]
    for event, value in ijson.basic_parse(data, use_float=True):
        if event == "start_map":
            stack.append(_Open())
        elif event == "map_key":
            stack[-1].key = value
        elif event == "end_map":
            done = stack.pop()
            if first in done.values:
                place += 1
                yield place, done.values
        elif stack and event in {"string", "number"}:
            key = stack[-1].key
            if key.isascii() and key.isdigit():
                place += 1
                yield place, {first: key, second: str(value)}
                continue
            if key not in known:
                known[key] = heads.canonical(key)
            if (name := known[key]) is not None:
                stack[-1].values.setdefault(name, str(value))
