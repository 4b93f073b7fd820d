"""Periods a board may be asked for: a year, a quarter, a month, all; each with the one before it to compare with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

A_KEY = re.compile(r"(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?")
YEARS, QUARTERS, MONTHS = 6, 8, 12
FIRST = 1950  # no register begins earlier


@dataclass(frozen=True)
class Span:
    """`first` and `last` day, both in it; without days: all there is."""

    key: str
    words: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first is not None and self.last is not None and self.first <= day <= self.last

    def days(self) -> dict[str, str]:
        """The conditions of a list that holds exactly what was found in it."""
        if self.first is None or self.last is None:
            return {}
        return {"found_from": self.first.isoformat(), "found_to": self.last.isoformat()}


ALL = Span("all", "全部")


def span(key: str, today: date) -> Span:
    """The period of the key (2026, 2026Q3, 2026-07, all); this year where it names none."""
    found = A_KEY.fullmatch(key)
    if key == ALL.key:
        return ALL
    if found is None or not FIRST <= int(found[1]) <= today.year + 1:
        return of_year(today.year)
    year = int(found[1])
    if found[2]:
        return of_quarter(year, int(found[2]))
    return of_month(year, int(found[3])) if found[3] else of_year(year)


def of_year(year: int) -> Span:
    return Span(f"{year}", f"{year} 年", date(year, 1, 1), date(year, 12, 31))


def of_quarter(year: int, number: int) -> Span:
    last = _month_end(year, number * 3)
    return Span(f"{year}Q{number}", f"{year} 年第 {number} 季度", date(year, number * 3 - 2, 1), last)


def of_month(year: int, month: int) -> Span:
    return Span(f"{year}-{month:02}", f"{year} 年 {month} 月", date(year, month, 1), _month_end(year, month))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def before(one: Span, today: date) -> Span | None:
    """The period before; of one that still runs only as many days as have passed, so that like is compared with like."""
    if one.first is None or one.last is None:
        return None
    day = one.first - timedelta(days=1)
    if "Q" in one.key:
        past = of_quarter(day.year, (day.month + 2) // 3)
    else:
        past = of_month(day.year, day.month) if "-" in one.key else of_year(day.year)
    if not one.holds(today) or today == one.last or past.first is None or past.last is None:
        return past
    if one.key.isdigit():
        cut = date(day.year, today.month, min(today.day, _month_end(day.year, today.month).day))
    else:
        cut = min(past.last, past.first + (today - one.first))
    return Span(past.key, f"{past.words}同期", past.first, cut)


def choices(today: date) -> list[tuple[str, list[Span]]]:
    """(heading, periods), the latest first."""
    months = [(today.year * 12 + today.month - 1 - n) for n in range(MONTHS)]
    quarters = [today.year * 4 + (today.month - 1) // 3 - n for n in range(QUARTERS)]
    return [
        ("年", [of_year(today.year - n) for n in range(YEARS)]),
        ("季度", [of_quarter(n // 4, n % 4 + 1) for n in quarters]),
        ("月", [of_month(n // 12, n % 12 + 1) for n in months]),
        ("不限", [ALL]),
    ]
