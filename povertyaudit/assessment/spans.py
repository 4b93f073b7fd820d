"""The periods an assessment may be about: which days they have, how they are named, and which one follows which."""

from datetime import date, timedelta

from django.db import models


class PeriodKind(models.TextChoices):
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF = "half", "每半年"
    YEAR = "year", "每年"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
HALVES = ("上半年", "下半年")


def around(kind: str, day: date) -> tuple[date, date]:
    """First and last day of the period in which `day` lies."""
    size = MONTHS[PeriodKind(kind)]
    first = date(day.year, (day.month - 1) // size * size + 1, 1)
    return first, _after(first, size) - timedelta(days=1)


def before(kind: str, first: date) -> tuple[date, date]:
    """The period that ended on the day before `first`."""
    return around(kind, first - timedelta(days=1))


def over(kind: str, day: date) -> tuple[date, date]:
    """The last period that was over when `day` began."""
    return before(kind, around(kind, day)[0])


def _after(first: date, months: int) -> date:
    at = first.month - 1 + months
    return date(first.year + at // 12, at % 12 + 1, 1)


def in_words(kind: str, first: date) -> str:
    """2026年第三季度, 2026年上半年."""
    year = f"{first.year}年"
    if kind == PeriodKind.MONTH:
        return f"{year}{first.month}月"
    if kind == PeriodKind.QUARTER:
        return f"{year}第{'一二三四'[(first.month - 1) // 3]}季度"
    return f"{year}{HALVES[(first.month - 1) // 6]}" if kind == PeriodKind.HALF else f"{year}度"
