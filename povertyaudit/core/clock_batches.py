"""Clocks of one rule for many new rows: counted once per place and day, written in one statement.

What `clocks.start` does for one row; for work of the clock, inside its transaction. The rows must be new, so that no
clock of theirs can run.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.clock_rules import nearest
from povertyaudit.core.counting import recount
from povertyaudit.core.models import Clock, ClockRule

BATCH = 200  # rows in one statement


class ClockBatch:
    """`of` counts the date, `start` writes the clocks for the rows that were made meanwhile."""

    def __init__(self, code: str, event: str = "") -> None:
        self.code, self.event = code, event
        self._calendar = NationalCalendar()
        self._rules: dict[date, list[ClockRule]] = {}
        self._counted: dict[tuple[int, date], Clock] = {}

    def of(self, region_id: str, on: date) -> Clock:
        """A clock that runs from `on` in this place, as a pattern for `start`. Raises RuleBroken `clock.no_rule`."""
        if on not in self._rules:
            self._rules[on] = list(ClockRule.objects.in_force(self.code, on))
        rule = nearest(self._rules[on], self.code, region_id, on)
        if (rule.pk, on) not in self._counted:
            clock = Clock(
                rule=rule, code=self.code, started_on=on, start_event=self.event or rule.start_event
            )
            recount(clock, self._calendar)
            clock.original_due_on = clock.due_on
            self._counted[rule.pk, on] = clock
        return self._counted[rule.pk, on]

    def start(self, pairs: Iterable[tuple[Any, Clock, dict[str, Any]]]) -> Sequence[Clock]:
        """Write (new row, its clock, addressees as in `clocks.start`)."""
        made = []
        for target, clock, addressees in pairs:
            made.append(
                Clock(
                    target_label=target._meta.label_lower,
                    target_id=target.pk,
                    number=target.number or "",
                    url=target.get_absolute_url(),
                    region_id=target.region_id,
                    rule=clock.rule,
                    code=self.code,
                    started_on=clock.started_on,
                    start_event=clock.start_event,
                    due_on=clock.due_on,
                    original_due_on=clock.original_due_on,
                    provisional=clock.provisional,
                    **addressees,
                )  # fmt: skip
            )
        return Clock.objects.bulk_create(made, batch_size=BATCH)
