"""Periods of reports and boards: any from day to day, and the same days of the year before."""

from calendar import monthrange
from datetime import date, timedelta

from funds import spans
from funds.spans import Span


def year_before(one: Span, today: date) -> Span | None:
    """The same period a year earlier; of one that still runs only as many days as have passed."""
    if one.first is None or one.last is None:
        return None
    last = min(one.last, today) if one.holds(today) else one.last
    first, cut = back(one.first), back(last)
    if last == one.last and one.last.day == monthrange(one.last.year, one.last.month)[1]:
        cut = cut.replace(day=monthrange(cut.year, cut.month)[1])
    return Span(f"{one.key}-1y", f"{first.year} 年同期", first, cut)


def back(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def days(first: date, last: date) -> Span:
    """From day to day, both counted in."""
    return Span(f"{first}_{last}", f"{first} 至 {last}", first, last)


def ten_days(day: date) -> Span:
    """The 旬 a day lies in: 1–10, 11–20, 21 to the end of the month."""
    part = min((day.day - 1) // 10, 2)
    first = day.replace(day=part * 10 + 1)
    last = day.replace(day=monthrange(day.year, day.month)[1] if part == 2 else part * 10 + 10)
    words = f"{day.year} 年 {day.month} 月{'上中下'[part]}旬"
    return Span(f"{day:%Y-%m}.{part + 1}", words, first, last)


def to_date(one: Span) -> Span:
    """From the first of January of the year the period ends in: what counts on through the year."""
    if one.last is None:
        return one
    first = date(one.last.year, 1, 1)
    return Span(f"{one.key}+", f"{one.last.year} 年累计", first, one.last)


def before(one: Span) -> Span | None:
    """The whole period before, of the same kind."""
    if one.first is None or one.last is None:
        return None
    day = one.first - timedelta(days=1)
    if "." in one.key:
        return ten_days(day)
    if "_" in one.key:
        return days(day - (one.last - one.first), day)
    if "Q" in one.key:
        return spans.of_quarter(day.year, (day.month + 2) // 3)
    return spans.of_month(day.year, day.month) if "-" in one.key else spans.of_year(day.year)
