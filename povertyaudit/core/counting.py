"""Count the due date of a clock from what its row holds: rule, start, pauses, extensions, a superior's date."""

from dataclasses import replace
from datetime import date
from typing import Any

from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.deadlines import Due, Pause, Period, Unit, WorkCalendar, due
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock


def recount(clock: Clock, calendar: WorkCalendar | None = None) -> Due | None:
    """Set `due_on` and `provisional` on the instance; None where a superior's date stands by itself."""
    result = counted(clock, calendar or NationalCalendar())
    if result is None:
        fixed: dict[str, str] = clock.override or {}
        clock.due_on, clock.provisional = date.fromisoformat(fixed["due_on"]), False
    else:
        clock.due_on, clock.provisional = result.on, result.provisional
    return result


def counted(clock: Clock, calendar: WorkCalendar) -> Due | None:
    """Count by `calendar`, changing nothing; None for a bare superior's date.

    After a superior's date only later pauses (in calendar days) and later extensions move the end.
    Raises RuleBroken `clock.absurd_date` when the end lies beyond the calendar.
    """
    pauses = [as_pause(p) for p in clock.pauses]
    legs = [as_period(e) for e in clock.extensions if not e.get("superseded")]
    if clock.override is None:
        return _due(clock.rule.period, clock.started_on, calendar, pauses, legs)
    fixed, since = date.fromisoformat(clock.override["due_on"]), date.fromisoformat(clock.override["on"])
    still = sum((p.until - p.since).days for p in pauses if p.until and p.since >= since)
    if still:
        legs.insert(0, Period(amount=still, unit=Unit.DAYS))
    if not legs:
        return None
    return _due(replace(legs[0], roll_over=clock.rule.roll_over), fixed, calendar, [], legs[1:])


def as_pause(stored: dict[str, Any]) -> Pause:
    """A stored pause as the pure counting takes it."""
    until = stored.get("until")
    return Pause(date.fromisoformat(stored["since"]), date.fromisoformat(until) if until else None)


def as_period(stored: dict[str, Any]) -> Period:
    """A stored extension as the pure counting takes it."""
    return Period(amount=stored["amount"], unit=Unit(stored["unit"]))


def _due(period: Period, start: date, calendar: WorkCalendar, pauses: list[Pause], more: list[Period]) -> Due:
    try:
        return due(period, start, calendar, pauses=pauses, extensions=more)
    except OverflowError as error:
        raise RuleBroken("clock.absurd_date", "算出的到期日太远，请核对日期和期限。") from error
