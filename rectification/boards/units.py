"""Items by the unit that answers for them: 县领导牵头事项, and all a reader may see."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet

from povertyaudit.core.models import Role, Unit, User
from povertyaudit.core.views import BoardLine, Figure
from rectification import standing
from rectification.models import Item

# head, and the condition it counts
FIGURES = (
    ("未销号", "open"), ("其中已超期", "late"), (f"{standing.NEAR_DAYS} 天以内到期", "near"), ("长期坚持", "kept"),
    ("已销号", "closed"),
)  # fmt: skip
HEADS = [head for head, _ in FIGURES] + ["销号率"]
COUNTED = (*(word for _, word in FIGURES), "issued")


def items_address(**conditions: Any) -> str:
    """The list of items under these conditions, whatever view the reader keeps as his own."""
    return (
        f"/items/?{urlencode({key: value for key, value in conditions.items() if value} | {'view': 'all'})}"
    )


def leads(user: User) -> bool:
    """A county leader is shown what he leads."""
    return Role.COUNTY_LEADER in user.roles


def seen(user: User) -> Any:
    rows = Item.objects.visible_to(user)
    return rows.filter(leading_leader=user) if leads(user) else rows


def by_unit(rows: Any, *words: str, through: date | None = None) -> QuerySet[Any]:
    """One line per unit that answers first (主责), `unit` is its key; today, or as of a day."""
    mains = rows.filter(standing.ISSUED, units__is_main=True).order_by()
    counted = mains.values(unit=F("units__unit")).annotate(**standing.counts(*words, through=through))
    found: QuerySet[Any] = counted.filter(n_issued__gt=0)
    return found


def lines(user: User) -> list[BoardLine]:
    """The units with most overdue first."""
    groups = {row["unit"]: row for row in by_unit(seen(user), *COUNTED)}
    units = Unit.objects.in_bulk(list(groups))
    order = sorted(groups.values(), key=lambda row: (-row["n_late"], -row["n_open"], row["unit"]))
    return [
        _line(units[row["unit"]].name, row, leads(user), main_unit=units[row["unit"]].public_id)
        for row in order
    ]


def whole(user: User) -> BoardLine:
    return _line("合计", seen(user).order_by().aggregate(**standing.counts(*COUNTED)), leads(user))


def _line(label: str, row: Any, led: bool, **where: str) -> BoardLine:
    given = {"led": "true" if led else "", **where}
    figures = [Figure(row[f"n_{word}"], items_address(standing=word, **given)) for _, word in FIGURES]
    rate = standing.share(row["n_closed"], row["n_issued"])
    return BoardLine(
        label, [*figures, Figure(row["n_issued"], items_address(standing="issued", **given), rate)]
    )


def finding(found: list[BoardLine], total: BoardLine, led: bool) -> str:
    """What the board says, in words."""
    if not found:
        return ""
    opened, late, near, _, closed, issued = total.figures
    words = f"{'您牵头的' if led else ''}整改事项已下发 {issued.value:,} 项，已销号 {closed.words} 项，未销号 {opened.words} 项"
    words += f"，其中已超期 {late.words} 项" if late.value else "，没有超期的"
    words += f"，{standing.NEAR_DAYS} 天以内到期 {near.words} 项" if near.value else ""
    first, second = found[0].figures[1], found[1].figures[1] if len(found) > 1 else None
    most = second is not None and first.value > second.value
    worst = f"；{found[0].label}超期最多，{first.words} 项" if most else ""
    return f"{words}{worst}。"
