"""Which row of a sheet is its heading, and which of its columns is which: by name, by other names, by what was chosen before."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from povertyaudit.core.likeness import plain
from povertyaudit.sheets.columns import Column
from povertyaudit.sheets.reading import Grid, refused

WITHIN = 30  # rows in which the heading is looked for
LONGEST = 60  # characters of a heading
_ASIDE = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_WAN = re.compile(r"[（(【\[]?\s*(?:单位[:：])?\s*万元\s*[）)】\]]?")


@dataclass(frozen=True)
class Head:
    """One column of the sheet: where it stands, what it is called, what it is taken for ("" for nothing)."""

    at: int
    heading: str
    name: str = ""
    wan: bool = False  # its sums are 万元

    def kept(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Heads:
    """The row of headings, counted from 0, and the columns below it."""

    row: int
    heads: Sequence[Head]


def key(heading: Any) -> str:
    """A heading in one form: without blanks, stars and brackets, whatever hand wrote it."""
    return plain(str(heading or ""))


def _bare(heading: Any) -> str:
    """The same without remarks in brackets and units, for headings that are not known as a whole."""
    words = str(heading or "")
    return key(_ASIDE.sub("", words) or words).removesuffix("万元").removesuffix("元")


def known(columns: Iterable[Column]) -> dict[str, str]:
    """Heading in one form → name of the column; a whole name comes before a part, a name before another column's others."""
    found: dict[str, str] = {}
    listed = list(columns)
    for spelt in (key, _bare):
        for column in listed:
            found.setdefault(spelt(column.label), column.name)
        for column in listed:
            for other in column.aliases:
                found.setdefault(spelt(other), column.name)
    return found


def _named(heading: str, names: Mapping[str, str], remembered: Mapping[str, str]) -> str:
    """What a heading is taken for; "" for nothing."""
    spelt = key(heading)
    return remembered.get(spelt, names.get(spelt) or names.get(_bare(heading), ""))


def find(grid: Grid, columns: Sequence[Column], remembered: Mapping[str, str]) -> Heads:
    """The heading of the sheet: the row near the top that names most columns. Raises RuleBroken where none does."""
    names = known(columns)
    best: tuple[int, int, list[str]] = (0, 0, [])
    for at in range(min(WITHIN, len(grid.rows))):
        words = _words(grid, at)
        hits = {named for one in words if one and (named := _named(one, names, remembered))}
        if len(hits) > best[0]:
            best = (len(hits), at, words)
    hits_, row, words = best
    if hits_ < min(2, len(columns)):
        wanted = "、".join(column.label for column in columns if column.required)
        raise refused("heads", f"没有找到表头，请核对列名；至少要有：{wanted}。也可以先下载模板。")
    return Heads(row, _taken(words, names, remembered))


def _words(grid: Grid, at: int) -> list[str]:
    """The words of a row as headings: a merged cell speaks for all it covers, an empty one for what stands above it."""
    row = [_text(value) for value in grid.rows[at]]
    for top, left, bottom, right in grid.merged:
        if top <= at <= bottom and (bottom > top or right == left) and top < len(grid.rows):
            said = _text(grid.rows[top][left]) if left < len(grid.rows[top]) else ""
            row += [""] * (right + 1 - len(row))
            for place in range(left, right + 1):
                row[place] = row[place] or said
    return row


def _text(value: Any) -> str:
    return re.sub(r"\s+", "", value)[:LONGEST] if isinstance(value, str) else ""


def _taken(words: Sequence[str], names: Mapping[str, str], remembered: Mapping[str, str]) -> list[Head]:
    """Each column with what it is taken for; the first that fits gets the name."""
    used: set[str] = set()
    found = []
    for at, heading in enumerate(words):
        if not heading:
            continue
        name = _named(heading, names, remembered)
        name = "" if name in used else name
        used.add(name)
        found.append(Head(at, heading, name, bool(_WAN.search(heading))))
    return found
