"""What the boards hand to the rail and the home page."""

from typing import Any

from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, first
from povertyaudit.core.models import Role
from rectification import standing
from rectification.boards import units, week
from rectification.home import READERS
from rectification.workflow import UNIT

RAIL = RailEntry("item_boards", "整改看板", "/item-boards/", READERS)


def this_week(user: Any) -> Section | None:
    """本周要做 of a unit: the first lines, by day; each leads to the form that does it."""
    if not user.roles & UNIT:
        return None
    found = week.duties(user, shown=LIMIT)
    entries = [
        Entry(one.number, one.title, one.url, one.what, one.day or one.row.due_on, one.row)
        for one in found[:LIMIT]
    ]
    return Section("本周要做", "/item-boards/week/", entries, len(found))


def led(user: Any) -> Section | None:
    """由我牵头 of a county leader: how many stand how, each number with its list; below, what falls due first."""
    if Role.COUNTY_LEADER not in user.roles:
        return None
    whole = units.whole(user)
    beside = [
        (head, figure.url, figure.value)
        for head, figure in zip(units.HEADS[:-1], whole.figures, strict=False)
    ]
    near = units.seen(user).filter(standing.conditions()["near"])
    entries = [Entry.of(row, clock=row.light) for row in first(near.for_list(), "due_on")]
    return Section(
        "由我牵头的整改事项", "/item-boards/units/", entries, whole.figures[-1].value, beside=beside
    )
