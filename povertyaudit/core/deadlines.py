"""How a legal period is counted. Pure: no database, no clock on the wall.

民法典 art. 201–203: the first day is not counted, a period of months ends on the same-numbered day or on the last
day of the month, and a last day that is a holiday gives way to the next working day. Applying these articles to
party rules is an analogy, so each of the three is a switch of the rule (docs: domain §1.6).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"


UNIT_NAMES = {Unit.WORKING_DAYS: "个工作日", Unit.DAYS: "日", Unit.MONTHS: "个月"}


@dataclass(frozen=True, kw_only=True)
class Period:
    """`amount` units and the three switches of 民法典 art. 201–203."""

    amount: int
    unit: Unit
    exclude_start: bool = True
    month_end_clip: bool = True
    roll_over: bool = True

    def __str__(self) -> str:
        return f"{self.amount} {UNIT_NAMES[self.unit]}"


@dataclass(frozen=True)
class Day:
    """One day of the calendar and why it is worked or not; `swapped` = a weekend worked for a holiday (调休)."""

    on: date
    works: bool
    reason: str
    swapped: bool = False
    provisional: bool = False


class WorkCalendar(Protocol):
    """Whatever can say of a day whether people work."""

    def day(self, on: date) -> Day:
        """Return what `on` is."""


@dataclass(frozen=True)
class Pause:
    """A clock stood still from `since`; it went on at `until` (None: still stands). Not counted: since < d <= until."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class Due:
    """The last day of a period and everything that moved it.

    `counted_to` is the last day before it was rolled over a holiday; `skipped` the days off in a count of working
    days; `swapped` the weekends worked and counted; `rolled` the days off the end was moved over; `paused` how many
    days stood still; `provisional` is true when a day was judged without a published holiday notice.
    """

    on: date
    counted_to: date
    skipped: tuple[Day, ...] = ()
    swapped: tuple[Day, ...] = ()
    rolled: tuple[Day, ...] = ()
    paused: int = 0
    provisional: bool = False


@dataclass
class _Count:
    """What the counting has met so far."""

    calendar: WorkCalendar
    pauses: Sequence[Pause]
    skipped: list[Day] = field(default_factory=list)
    swapped: list[Day] = field(default_factory=list)
    rolled: list[Day] = field(default_factory=list)
    paused: int = 0
    provisional: bool = False

    def stands_still(self, on: date) -> bool:
        return any(p.until is not None and p.since < on <= p.until for p in self.pauses)

    def look(self, on: date) -> Day:
        day = self.calendar.day(on)
        self.provisional = self.provisional or day.provisional
        return day


def due(
    period: Period,
    start: date,
    calendar: WorkCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Iterable[Period] = (),
) -> Due:
    """Return the last day of `period` from `start`, with pauses left out and extensions added.

    Months added to months lengthen the period (3 + 3 months = 6 months from the start); any other extension is
    counted on from the day the period would have ended, holidays considered.
    Raises OverflowError when the end lies beyond the year 9999.
    """
    count = _Count(calendar, pauses)
    on = end = start
    for number, leg in enumerate(_legs(period, extensions)):
        end = on
        includes_start = number == 0 and not leg.exclude_start
        if leg.unit is Unit.MONTHS:
            end = _months(leg, end, count, includes_start=includes_start)
        else:
            end = _days(leg, end - ONE_DAY if includes_start else end, count)
        on, count.rolled = end, []
        if leg.unit is not Unit.WORKING_DAYS and period.roll_over:
            on = _roll(end, count)
    return Due(
        on,
        end,
        tuple(count.skipped),
        tuple(count.swapped),
        tuple(count.rolled),
        count.paused,
        count.provisional,
    )


def _legs(period: Period, extensions: Iterable[Period]) -> Iterator[Period]:
    """Join months to months; everything else is a leg of its own."""
    leg = period
    for more in extensions:
        if more.unit is leg.unit is Unit.MONTHS:
            leg = Period(
                amount=leg.amount + more.amount,
                unit=leg.unit,
                exclude_start=leg.exclude_start,
                month_end_clip=leg.month_end_clip,
                roll_over=leg.roll_over,
            )
        else:
            yield leg
            leg = more
    yield leg


def _days(leg: Period, after: date, count: _Count) -> date:
    """Count days or working days, beginning with the day after `after`."""
    on, left = after, leg.amount
    while left:
        on += ONE_DAY
        if count.stands_still(on):
            count.paused += 1
        elif leg.unit is Unit.DAYS:
            left -= 1
        else:
            day = count.look(on)
            if day.works:
                left -= 1
                count.swapped += [day] if day.swapped else []
            else:
                count.skipped.append(day)
    return on


def _months(leg: Period, start: date, count: _Count, *, includes_start: bool) -> date:
    """Add months, then a day for each day that stood still."""
    end = add_months(start, leg.amount, clip=leg.month_end_clip)
    if includes_start:
        end -= ONE_DAY
    on = start
    while on < end:
        on += ONE_DAY
        if count.stands_still(on):
            count.paused += 1
            end += ONE_DAY
    return end


def _roll(end: date, count: _Count) -> date:
    """Move a last day that is a day off to the next working day (art. 203)."""
    day = count.look(end)
    while not day.works:
        count.rolled.append(day)
        day = count.look(day.on + ONE_DAY)
    return day.on


def add_months(start: date, months: int, *, clip: bool = True) -> date:
    """Return the same-numbered day `months` later; where there is none the last of the month, or the 1st after it."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    if year > date.max.year:
        raise OverflowError("the period ends after the year 9999")
    last = monthrange(year, month)[1]
    if start.day <= last:
        return date(year, month, start.day)
    return date(year, month, last) if clip else date(year, month, last) + ONE_DAY


STAGES = ((7, "7d"), (3, "3d"), (1, "1d"), (0, "today"))
"""Days left and the reminder that goes out then; after the day one a week, for ever."""

FIRST_STAGE_DAYS = STAGES[0][0]


def stage(due_on: date, today: date) -> str | None:
    """Return the latest reminder that should have gone out by `today`, so a missed morning is made good."""
    left = (due_on - today).days
    if left < 0:
        return f"overdue-{(-left - 1) // 7 + 1}"
    reached = [name for days, name in STAGES if left <= days]
    return reached[-1] if reached else None


@dataclass(frozen=True)
class Light:
    """How near a date is: level 0 calm, 1 within a week, 2 within three days, 3 overdue; always with words."""

    level: int
    words: str


def light(due_on: date, today: date) -> Light:
    """Return the light of a running clock (domain §4.5: counties differ in colour, so a level is stored)."""
    left = (due_on - today).days
    if left < 0:
        return Light(3, f"已超期 {-left} 天")
    if left == 0:
        return Light(2, "今天到期")
    words = f"还有 {left} 天"
    return Light(2 if left <= 3 else 1 if left <= FIRST_STAGE_DAYS else 0, words)
