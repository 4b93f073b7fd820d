"""单位销号率排名 as a board: as things stand now, or as a Monday kept it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from povertyaudit.core.models import Unit, User
from povertyaudit.core.views import BoardLine, Figure
from rectification import standing
from rectification.boards.units import by_unit, items_address
from rectification.models import Item, UnitRanking
from rectification.services.ranking import amount, last_of, ranked

HEADS = ("销号率", "超期或逾期销号", "后三名")
NO_PLACE = "不参加　"
WEEKS = 12  # of those kept so many are offered


def kept_for(user: User) -> list[UnitRanking]:
    """The rankings kept last, the newest first; a person of several counties sees those of the first."""
    found = list(UnitRanking.objects.visible_to(user).order_by("-day", "pk")[: WEEKS * 4])
    county = min((one.region_id for one in found), default="")
    return [one for one in found if one.region_id == county][:WEEKS]


def now(user: User) -> tuple[list[BoardLine], int]:
    """Counted this moment within what the reader sees."""
    least = amount("rank_least")
    places = ranked(by_unit(Item.objects.visible_to(user), "issued", "closed", "ever_late"), least)
    names, last = Unit.objects.in_bulk([row["unit"] for _, row in places]), last_of(places)
    lines = [
        _line(
            place,
            names[row["unit"]],
            (row["n_issued"], row["n_closed"], row["n_ever_late"]),
            int(row["unit"] in last),
        )
        for place, row in places
    ]
    return lines, least


def of_week(kept: UnitRanking) -> list[BoardLine]:
    """As it was kept; the figures open what the rows tell of that Sunday today."""
    through = date.fromordinal(kept.day.toordinal() - 1)
    return [
        _line(
            row.place,
            row.unit,
            (row.issued, row.closed, row.late),
            row.weeks_last,
            as_of=through.isoformat(),
            countable="true",
        )
        for row in kept.lines.select_related("unit")
    ]


def _line(place: int | None, unit: Unit, counted: Sequence[int], weeks: int, **more: Any) -> BoardLine:
    """The bar is that of the share; who takes no part has none."""
    issued, closed, late = counted

    def address(word: str) -> str:
        return items_address(standing=word, main_unit=unit.public_id, **more)

    long = round(closed * 1000 / issued) if place else 0
    share = Figure(long or issued, address("issued"), standing.share(closed, issued))
    lateness = Figure(late, address("ever_late"), standing.share(late, issued) if late else "0")
    again = Figure(weeks, "", "—" if not weeks else "后三名" if weeks == 1 else f"连续 {weeks} 周")
    return BoardLine(f"{place}　{unit.name}" if place else f"{NO_PLACE}{unit.name}", (share, lateness, again))


def finding(lines: list[BoardLine]) -> str:
    """The last three by name."""
    names = [line.label.split("　")[1] for line in lines if line.figures[2].value]
    if not lines:
        return ""
    taking = sum(1 for line in lines if not line.label.startswith(NO_PLACE))
    last = f"，后三名：{'、'.join(names)}" if names else ""
    return f"{taking} 个单位参加排名{last}。"
