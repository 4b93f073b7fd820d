"""What an app hands to the home page, the rail and the search. The lists stand in povertyaudit/home.py.

Example:

    def waiting_leads(user) -> Section:                     # cases/home.py; rows through scope, at most LIMIT of them
        rows = Lead.objects.visible_to(user).waiting_for(user)
        entries = [Entry.of(row, what="签收") for row in first(rows.for_list(), "due_on")]
        return Section("待我办理的线索", "/leads/?tab=mine", entries, counted(rows))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from povertyaudit.core import keyset
from povertyaudit.core.context import memory_of

LIMIT = 8
MOST = 1000  # above it nobody reads the number: the page shows 999+, and the database stops counting


def first(rows: Any, ordering: str) -> list[Any]:
    """The lines of a section: what a list ordered so would begin with, at the same cost."""
    return keyset.take(rows, ordering, size=LIMIT).rows


def counted(rows: Any, found: Sequence[Any] | None = None, *, newest: bool = False) -> int:
    """How many there are, at most `MOST`; `found` are the first of them: where they are few, they are all.

    `newest`: the database looks for them from the end, where open matters lie, and stops there once there are enough.
    """
    if found is not None and len(found) < LIMIT:
        return len(found)
    number: int = rows.order_by(*(["-pk"] if newest else [])).values("pk")[:MOST].count()
    return number


@dataclass(frozen=True)
class Note:
    """Where in a record the words were found: `label` says where (with an address: a file), `text` is what stands there.

    is_found  all of `text` is what was looked for, whichever way it was typed
    """

    label: str
    text: str
    url: str = ""
    is_found: bool = False


@dataclass(frozen=True)
class Entry:
    """A line on the home page or among search results."""

    number: str
    title: str
    url: str
    what: str = ""  # the act that waits: 签收, 申请销号
    clock: Any = None  # a Clock row or a due date
    state: Any = None  # the row whose state is shown
    notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, row: Any, *, what: str = "", clock: Any = None, title: str = "") -> "Entry":
        """The line of a dossier row."""
        words = title or getattr(row, "title", "") or str(row)
        return cls(row.number or str(row), words, row.get_absolute_url(), what, clock, row)

    def with_note(self, note: Note) -> "Entry":
        """The same line with one more note."""
        return replace(self, notes=(*self.notes, note))


@dataclass(frozen=True)
class Section:
    """A titled group of lines with the address of the whole list; `beside`: further lists as (label, address, how many)."""

    title: str
    link: str
    entries: Sequence[Entry] = field(default_factory=list)
    count: int = 0
    urgent: bool = False
    beside: Sequence[tuple[str, str, int]] = ()


@dataclass(frozen=True)
class RailEntry:
    """A section of the left rail.

    roles  who can use it; `count` is one cheap query of what matters to the user (0: no number shown).
    """

    key: str
    label: str
    url: str
    roles: frozenset[str]
    count: Callable[[Any], int] | None = None
    under: str = ""  # heading it stands under: given by povertyaudit/home.py

    def number(self, user: Any) -> int:
        """What `count` says, asked once in a request: the rail shows it, and a section of 我的工作 about the same rows
        need not look for them where there are none."""
        if self.count is None:
            return 0
        known = memory_of(user)
        key = ("rail", self.url)
        if key not in known:
            known[key] = self.count(user)
        return int(known[key])
