"""The same clock for many new rows: rules and calendar are read once, the clocks written in one statement.

What `clocks.start` does for one row; for work of the clock, inside its transaction. The rows must be new, so that no
clock of theirs can run.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from povertyaudit.core import inserting
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.clock_rules import nearest
from povertyaudit.core.clocks import overridden
from povertyaudit.core.counting import recount
from povertyaudit.core.models import Clock, ClockRule
from povertyaudit.core.sideways import Sideways

Started = tuple[
    Any, Clock, Mapping[str, Any]
]  # new row, its clock as a pattern, addressees as in `clocks.start`


class ClockBatch:
    """`of` counts the date, `start` writes the clocks for the rows that were made meanwhile."""

    def __init__(self, code: str, event: str = "") -> None:
        self.code, self.event = code, event
        self._calendar = NationalCalendar()
        self._every: list[ClockRule] | None = None
        self._rules: dict[date, list[ClockRule]] = {}
        self._counted: dict[tuple[int, date], Clock] = {}
        self._found: dict[tuple[str, date], Clock] = {}

    def of(self, region_id: str, on: date) -> Clock:
        """A clock that runs from `on` in this place, as a pattern for `start`. Raises RuleBroken `clock.no_rule`."""
        if (known := self._found.get((region_id, on))) is not None:
            return known
        rule = nearest(self._in_force(on), self.code, region_id, on)
        if (rule.pk, on) not in self._counted:
            clock = Clock(
                rule=rule, code=self.code, started_on=on, start_event=self.event or rule.start_event
            )
            recount(clock, self._calendar)
            clock.original_due_on = clock.due_on
            self._counted[rule.pk, on] = clock
        return self._found.setdefault((region_id, on), self._counted[rule.pk, on])

    def fixed(self, region_id: str, on: date, due_on: date, *, reason: str, event: str) -> Clock:
        """The same with a date fixed from outside, as `clocks.start(due_on=…)`. Raises RuleBroken."""
        rule = nearest(self._in_force(on), self.code, region_id, on)
        override = overridden(due_on, reason, None, on)
        clock = Clock(rule=rule, code=self.code, started_on=on, start_event=event, override=override)
        counted = recount(clock, self._calendar)
        clock.original_due_on = counted.on if counted else clock.due_on
        return clock

    def _in_force(self, on: date) -> list[ClockRule]:
        """As `ClockRule.objects.in_force`."""
        if self._every is None:
            self._every = list(ClockRule.objects.confirmed(self.code))
        if on not in self._rules:
            begun = [rule for rule in self._every if rule.valid_from <= on]
            self._rules[on] = [rule for rule in begun if rule.valid_to is None or rule.valid_to >= on]
        return self._rules[on]

    def start(self, pairs: Iterable[Started], lane: inserting.Lane | None = None) -> None:
        """Write the clocks, at once or with others on a lane."""
        made = list(pairs)
        if not made:
            return
        table = Sideways(Clock, len(made), _columns(made), {"code": self.code})
        if lane is None:
            inserting.insert(table)
        else:
            lane.put(table)


def _columns(made: Sequence[Started]) -> dict[str, list[Any]]:
    said = [{_key(name): _pk(value) for name, value in to.items()} for _, _, to in made]
    columns = {name: [one.get(name) for one in said] for name in {name for one in said for name in one}}
    for name in (
        "rule_id",
        "started_on",
        "start_event",
        "due_on",
        "original_due_on",
        "provisional",
        "override",
    ):
        columns[name] = [getattr(clock, name) for _, clock, _ in made]
    targets = [row for row, _, _ in made]
    return columns | {
        "target_label": [row._meta.label_lower for row in targets],
        "target_id": [row.pk for row in targets],
        "number": [row.number or "" for row in targets],
        "url": [row.get_absolute_url() for row in targets],
        "region_id": [row.region_id for row in targets],
    }


def _key(name: str) -> str:
    return name if name.endswith("_id") else f"{name}_id"


def _pk(value: Any) -> Any:
    return getattr(value, "pk", value)
