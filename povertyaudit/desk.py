"""What 我的工作 is made of, whoever shows it: the page, the calendar of a person, the day's letter. Rows through scope."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from povertyaudit import home
from povertyaudit.core.home import LIMIT, Entry, Section
from povertyaudit.core.models import Notification, User


@dataclass(frozen=True)
class Dated:
    """A line of 我的工作 with the day it is due."""

    entry: Entry
    due_on: date


SCREEN = 2 * LIMIT  # lines: as many as one reads before going on


def sections(user: User, start: int = 0) -> list[Section]:
    """The sections that have something to say to him, empty ones too, from the one at `start` on."""
    return [section for make in home.SECTIONS[start:] if (section := make(user)) is not None]


def first_screen(user: User) -> tuple[list[Section], int]:
    """The sections up to a screen full of lines, and at which the rest begins (0: these are all)."""
    found: list[Section] = []
    for start, make in enumerate(home.SECTIONS):
        if sum(len(section.entries) for section in found) >= SCREEN:
            return found, start
        if (section := make(user)) is not None:
            found.append(section)
    return found, 0


def others(user: User) -> list[Section]:
    """What he sent on and others now have in hand."""
    found = [section for make in home.OTHERS if (section := make(user)) is not None]
    return [section for section in found if section.entries]


def dated(found: Iterable[Section]) -> list[Dated]:
    """Each matter with a date once, under the act that waits for him where one does; the first due first."""
    kept: dict[tuple[str, date], Dated] = {}
    for one in _dates(found):
        key = (one.entry.url, one.due_on)
        if key not in kept or one.entry.what and not kept[key].entry.what:
            kept[key] = one
    return sorted(kept.values(), key=lambda one: (one.due_on, one.entry.number))


def _dates(found: Iterable[Section]) -> Iterator[Dated]:
    for section in found:
        for entry in section.entries:
            due: Any = getattr(entry.clock, "due_on", entry.clock)
            if isinstance(due, date):
                yield Dated(entry, due)


def mentions(user: User) -> Any:
    """Messages that name him in a comment."""
    return Notification.objects.visible_to(user).mentions()
