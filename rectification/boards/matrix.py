"""巡察办's matrix: units by rounds, each cell with how many are open of how many, and its worst light."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from povertyaudit.core.models import Unit, User
from povertyaudit.core.views import BoardLine, Figure
from rectification import standing
from rectification.board_filters import of_rounds
from rectification.boards.units import items_address
from rectification.models import Item

WORDS = ("issued", "open", "late", "near", "closed")
Counts = dict[str, int]


@dataclass(frozen=True)
class Cell:
    """Open of all, and the worst light with how many it is about; every figure opens its rows."""

    open: Figure
    all: Figure
    light: Figure
    tone: str  # of the light: late, soon, calm, kept


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell | None]  # one per round; None where the unit has nothing of the round
    total: Cell


@dataclass(frozen=True)
class Matrix:
    """`heads`: the rounds as (name, address). The totals are sums of the cells."""

    heads: list[tuple[str, str]]
    rows: list[Row]
    totals: list[Cell]
    whole: Cell


def counts(user: User, which: str, through: date | None) -> dict[tuple[int, int], Counts]:
    """(round, unit) → figures: one grouped question for the whole matrix."""
    words = [word for word in WORDS if through is None or word not in standing.NOW_ONLY]
    chosen = of_rounds(user, which).order_by().values("pk")
    found = Item.objects.visible_to(user).filter(
        standing.ISSUED, finding__round__in=chosen, units__is_main=True
    )
    grouped = found.order_by().values(round=F("finding__round"), unit=F("units__unit"))
    counted = grouped.annotate(**standing.counts(*words, through=through)).filter(n_issued__gt=0)
    return {(row["round"], row["unit"]): {"n_near": 0, **row} for row in counted}


def matrix(user: User, which: str, through: date | None = None) -> Matrix:
    """Rounds in their order of time, the newest first; units with most overdue first. `through`: as of that day."""
    found = counts(user, which, through)
    keys = {key for key, _ in found}
    rounds = list(of_rounds(user, which).filter(pk__in=keys).order_by("-starts_on", "-pk"))
    units = Unit.objects.in_bulk({unit for _, unit in found})
    by_unit = {key: _added(row for (_, unit), row in found.items() if unit == key) for key in units}
    order = sorted(units, key=lambda key: (-by_unit[key]["n_late"], -by_unit[key]["n_open"], key))
    return Matrix(
        [(row.name, row.get_absolute_url()) for row in rounds],
        [
            Row(
                units[key].name,
                [
                    _cell(found[one.pk, key], round=one.public_id, main_unit=units[key].public_id)
                    if (one.pk, key) in found else None
                    for one in rounds
                ],
                _cell(by_unit[key], rounds=which, main_unit=units[key].public_id),
            )
            for key in order
        ],
        [
            _cell(_added(row for (key, _), row in found.items() if key == one.pk), round=one.public_id)
            for one in rounds
        ],
        _cell(_added(found.values()), rounds=which),
    )  # fmt: skip


def _added(rows: Iterable[Counts]) -> Counts:
    kept = list(rows)
    return {f"n_{word}": sum(row[f"n_{word}"] for row in kept) for word in WORDS}


def _cell(row: Counts, **where: str) -> Cell:
    def figure(word: str, text: str = "") -> Figure:
        return Figure(row[f"n_{word}"], items_address(standing=word, **where), text)

    return Cell(figure("open"), figure("issued"), *_light(row, figure))


def _light(row: Counts, figure: Any) -> tuple[Figure, str]:
    """The worst there is, in words and in the tone of the clocks."""
    if row["n_late"]:
        return figure("late", f"超期 {row['n_late']:,}"), "late"
    if row["n_near"]:
        return figure("near", f"{standing.NEAR_DAYS} 天内 {row['n_near']:,}"), "soon"
    if row["n_open"]:
        return figure("open", "期限内"), "calm"
    return figure("closed", "无未销号"), "kept"


def flat(found: Matrix) -> tuple[list[str], list[BoardLine]]:
    """(headings, lines) with a column for each figure of a cell, the totals last: for a spreadsheet."""
    names = ["合计", *(name for name, _ in found.heads)]
    heads = [f"{name} {what}" for name in names for what in ("未销号", "已下发", "最紧的期限")]
    rows = [(row.label, [row.total, *row.cells]) for row in found.rows]
    rows.append(("合计", [found.whole, *found.totals]))
    nothing = Figure(0, "", " ")
    lines = [
        BoardLine(
            label,
            [
                one
                for cell in cells
                for one in ((cell.open, cell.all, cell.light) if cell else (nothing,) * 3)
            ],
        )
        for label, cells in rows
    ]
    return heads, lines


def finding(found: Matrix) -> str:
    """What the matrix says, in words."""
    if not found.rows:
        return ""
    whole, late = found.whole, sum(1 for row in found.rows if row.total.tone == "late")
    words = f"{len(found.heads)} 个轮次、{len(found.rows)} 个单位共 {whole.all.words} 项，未销号 {whole.open.words} 项"
    return f"{words}；{late} 个单位有超期事项。" if late else f"{words}，没有超期的。"
