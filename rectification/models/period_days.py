"""Which days a period has, and how a paper names them."""

from datetime import date, timedelta

from inspections.models.rhythms import Cadence


def over(cadence: str, day: date) -> tuple[date, date] | None:
    """First and last day of the last period that was over before `day`; None where none is asked for."""
    month = day.replace(day=1)
    if cadence == Cadence.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday - timedelta(days=7), monday - timedelta(days=1)
    if cadence == Cadence.TEN_DAYS and day.day > 10:
        first = 1 if day.day <= 20 else 11
        return month.replace(day=first), month.replace(day=first + 9)
    if cadence in (Cadence.TEN_DAYS, Cadence.MONTH):
        last = month - timedelta(days=1)
        return last.replace(day=21 if cadence == Cadence.TEN_DAYS else 1), last
    return None


def in_words(first: date, last: date) -> str:
    """The period as a paper names it: 2026年11月, 2026年11月中旬, 2026年11月2日至11月8日."""
    ends_month = (last + timedelta(days=1)).day == 1
    same = (first.year, first.month) == (last.year, last.month)
    if same and first.day == 1 and ends_month:
        return f"{first.year}年{first.month}月"
    third = {(1, 10): "上旬", (11, 20): "中旬"}.get((first.day, last.day), "")
    if same and first.day == 21 and ends_month:
        third = "下旬"
    if same and third:
        return f"{first.year}年{first.month}月{third}"
    year = "" if last.year == first.year else f"{last.year}年"
    return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"
