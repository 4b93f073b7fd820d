"""Which days are worked: our own table first, then the maintained package, then the statutory days as a guess.

1. `CalendarDay` — a year whose notice was loaded by `load_holidays` is judged by it alone; single days loaded for
   another year override what follows.
2. chinesecalendar — the State Council's notices of 2004–2026; it raises for a year it does not know.
3. holidays — statutory days and weekends only, no 调休: marked provisional until the notice is loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import chinese_calendar
import holidays
from chinese_calendar import constants

from povertyaudit.core.deadlines import WEEKDAYS, Day
from povertyaudit.core.models import CalendarDay, CalendarYear
from povertyaudit.core.models.calendar import DayKind

SATURDAY = 5
CHINESE_NAMES: Mapping[str, str] = {h.value: h.chinese for h in constants.Holiday}


@dataclass
class NationalCalendar:
    """A `WorkCalendar` over the three sources. Reads each year of our table once, when it is first asked for."""

    _days: dict[int, dict[date, CalendarDay]] = field(default_factory=dict)
    _published: set[int] | None = None

    def day(self, on: date) -> Day:
        """Return what `on` is; `provisional` when no notice covers its year."""
        own = self._own(on.year).get(on)
        if own is not None:
            return _from_table(own)
        if on.year in self._published_years():
            return _plain(on)
        try:
            return _from_package(on)
        except NotImplementedError:
            return _statutory(on)

    def is_published(self, year: int) -> bool:
        """True when a notice covers the year, in our table or in the package."""
        return year in self._published_years() or year in _package_years()

    def _own(self, year: int) -> dict[date, CalendarDay]:
        if year not in self._days:
            self._days[year] = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
        return self._days[year]

    def _published_years(self) -> set[int]:
        if self._published is None:
            self._published = set(CalendarYear.objects.values_list("year", flat=True))
        return self._published


def _from_table(row: CalendarDay) -> Day:
    works = row.kind == DayKind.WORKDAY
    swapped = works and row.day.weekday() >= SATURDAY
    return Day(row.day, works, f"{row.name}调休上班" if swapped else row.name, swapped=swapped)


def _plain(on: date, *, provisional: bool = False) -> Day:
    weekend = on.weekday() >= SATURDAY
    return Day(on, not weekend, WEEKDAYS[on.weekday()] if weekend else "", provisional=provisional)


def _from_package(on: date) -> Day:
    """Raises NotImplementedError for a year the package does not cover."""
    off, name = chinese_calendar.get_holiday_detail(on)
    chinese = CHINESE_NAMES.get(name, name) if name else ""
    if off:
        return Day(on, False, f"{chinese}放假" if chinese else WEEKDAYS[on.weekday()])
    if on.weekday() >= SATURDAY:
        return Day(on, True, f"{chinese}调休上班", swapped=True)
    return Day(on, True, "")


@cache
def _package_years() -> frozenset[int]:
    return frozenset(day.year for day in constants.holidays)


def _statutory(on: date) -> Day:
    name = _statutory_days(on.year).get(on)
    if name:
        return Day(on, False, f"{name}放假", provisional=True)
    return _plain(on, provisional=True)


@cache
def _statutory_days(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("CN", years=[year], language="zh_CN"))
