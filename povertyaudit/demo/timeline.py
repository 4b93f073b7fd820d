"""History in the order it happened: each story is a generator that yields the moment of its next act."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from povertyaudit.core import moment

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
Story = Iterator[datetime]


@dataclass
class Timeline:
    """Runs stories interleaved by time, so that numbers and entries follow the calendar. Nothing happens today.

    A story whose next act would lie on `today` or later stops where it is.
    """

    today: date
    queue: list[tuple[datetime, int, Story]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)
    acts: int = 0

    def add(self, story: Story) -> None:
        """Take a story; its first `yield` says when it begins."""
        self._next(story, None)

    def run(self) -> None:
        """Let every story happen as far as yesterday."""
        while self.queue:
            self.step()

    def step(self) -> None:
        """Let the next act happen."""
        at, _, story = heapq.heappop(self.queue)
        with moment.pretend(at):
            self._next(story, at)
        self.acts += 1

    def _next(self, story: Story, now: datetime | None) -> None:
        """Let the story do what it does now and remember when it goes on: later, if only by minutes."""
        at = next(story, None)
        if at is None:
            return
        if now is not None and at <= now:
            at = now + timedelta(minutes=7)
        if at.astimezone(COUNTY_TIME).date() < self.today:
            heapq.heappush(self.queue, (at, next(self.order), story))


@dataclass(frozen=True)
class Diary:
    """Office hours: weekdays, some minute of the working day."""

    random: Random
    today: date

    def on(self, day: date) -> datetime:
        """Office hours of the weekday at or next after `day`; at or before it where that would reach today."""
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        if day >= self.today:
            day = self.today - timedelta(days=1)
            while day.weekday() >= SATURDAY:
                day -= timedelta(days=1)
        minutes = self.random.randrange(8 * 60)
        return datetime.combine(day, time(8, 40), COUNTY_TIME) + timedelta(minutes=minutes)

    def ago(self, days: int) -> datetime:
        """As `on`, so many days before today."""
        return self.on(self.today - timedelta(days=days))
