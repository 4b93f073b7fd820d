"""The page of a round is put together from parts, each told by whoever knows it: `settings.ROUND_PARTS` names them.

    class Visits(Part):                                        # inspections/pages/visits.py
        beside = frozenset({"plan_visit"})                     # verbs that stand beside a table, not in the head
        def counters(self, seen): return [Counter("走访户数", n, f"/visits/?round={seen.row.public_id}", "户")]
        def owed(self, seen):     return [Owed("3 个走访计划没有完成", "巡察一组", "/visits/?…")]
        def tables(self, seen):   return [Table("走访", COLUMNS, rows, "…", seen.offered.get("plan_visit"), "visits")]

then "inspections.pages.visits.Visits" in povertyaudit/wiring.py, in the order of the page. Count and list in scope (`seen.user`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

from inspections.models import Round
from povertyaudit.core.models import User
from povertyaudit.core.views import Fact, Table


@dataclass(frozen=True)
class Seen:
    """A round under the eyes of a reader; `offered`: verb → (label, address) of what he may do now."""

    row: Round
    user: User
    offered: Mapping[str, tuple[str, str]]
    kept: dict[str, Any] = field(default_factory=dict)  # what one part has read and asks for twice


@dataclass(frozen=True)
class Counter:
    """A figure of the round that opens exactly its rows."""

    label: str
    value: int
    url: str = ""
    unit: str = "个"


@dataclass(frozen=True)
class Owed:
    """What is still to be done, by whom, with the address where it is done; `due` a Clock or a day."""

    what: str
    who: str = ""
    url: str = ""
    due: Any = None


class Part:
    """One part; nothing by default."""

    beside: ClassVar[frozenset[str]] = frozenset()

    def facts(self, seen: Seen) -> Sequence[Fact]:
        return ()

    def counters(self, seen: Seen) -> Sequence[Counter]:
        return ()

    def owed(self, seen: Seen) -> Sequence[Owed]:
        return ()

    def tables(self, seen: Seen) -> Sequence[Table]:
        return ()


def parts() -> list[Part]:
    """All parts, in the order of the page."""
    return [import_string(path)() for path in settings.ROUND_PARTS]
