"""Where the marks and bands of a flow stand in its picture: pure arithmetic, in units of the view box."""

from dataclasses import dataclass

from funds.flow import Flow, Mark
from povertyaudit.core import render

WIDTH, BAR, TOP, GAP, TEXT, WORDS = (
    960,
    12,
    24,
    6,
    16,
    14,
)  # TEXT: height of one line; WORDS: letters of a name
LEFTS = (0, 400, WIDTH - BAR)
ROOM = 200  # height beside what the lines of text need


@dataclass
class Box:
    """A bar with its name beside it. `used`: how much of each side bands already take."""

    mark: Mark
    left: int
    top: float
    height: float
    last: bool
    url: str
    used_in: float = 0
    used_out: float = 0

    @property
    def text_at(self) -> tuple[int, float]:
        return self.left - 6 if self.last else self.left + BAR + 6, round(
            self.top + max(self.height, 1) / 2 + 4, 1
        )

    @property
    def name(self) -> str:
        label = self.mark.label
        return label if len(label) <= WORDS else f"{label[: WORDS - 1]}…"

    @property
    def sum(self) -> str:
        return f"{render.wan(self.mark.fen)} 万元"


@dataclass(frozen=True)
class Band:
    mark: Mark
    path: str


@dataclass(frozen=True)
class Picture:
    height: int
    boxes: list[Box]
    bands: list[Band]


def draw(flow: Flow) -> Picture:
    """Bars as high as their money, in the order of the tables; never closer than a line of text."""
    most = max(len(column) for column in flow.columns)
    space = most * (TEXT + GAP) + ROOM
    scale = min((space - len(column) * (TEXT + GAP)) / max(flow.whole.fen, 1) for column in flow.columns)
    columns = [_column(flow, number, scale) for number in range(len(flow.columns))]
    bands = [
        _band(mark, columns[side][mark.ends[0]], columns[side + 1][mark.ends[1]], scale)
        for side, marks in enumerate(flow.bands)
        for mark in _ordered(marks, columns[side], columns[side + 1])
    ]
    boxes = [box for column in columns for box in column.values()]
    return Picture(round(max(box.top + max(box.height, TEXT) for box in boxes) + GAP), boxes, bands)


def _column(flow: Flow, number: int, scale: float) -> dict[str, Box]:
    found, top = {}, float(TOP)
    for key, mark in flow.columns[number].items():
        height = max(mark.fen * scale, 1)
        slot = max(height, TEXT)
        begin = round(top + (slot - height) / 2, 1)
        url = flow.down(mark) or mark.asked.rows()
        found[key] = Box(mark, LEFTS[number], begin, round(height, 1), number == len(LEFTS) - 1, url)
        top += slot + GAP
    return found


def _ordered(marks: list[Mark], first: dict[str, Box], last: dict[str, Box]) -> list[Mark]:
    """From top to bottom on both sides, so that bands cross as little as they can."""
    return sorted(marks, key=lambda one: (first[one.ends[0]].top, last[one.ends[1]].top))


def _band(mark: Mark, first: Box, last: Box, scale: float) -> Band:
    height = mark.fen * scale
    a, b = first.top + first.used_out, last.top + last.used_in
    first.used_out += height
    last.used_in += height
    x, y = first.left + BAR, last.left
    middle = (x + y) / 2
    return Band(
        mark,
        f"M{x} {a:.1f}C{middle} {a:.1f} {middle} {b:.1f} {y} {b:.1f}V{b + height:.1f}"
        f"C{middle} {b + height:.1f} {middle} {a + height:.1f} {x} {a + height:.1f}Z",
    )
