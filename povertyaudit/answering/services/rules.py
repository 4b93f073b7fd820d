"""The figures terms and letters are held to on a day."""

from datetime import date, timedelta

from inspections.services.attendance import days_of
from povertyaudit.answering.models import AnsweringRule
from povertyaudit.core.models import RegionAttribute


def amount(code: str, day: date | None = None) -> int:
    """The figure of the rule in force on the day (today); 0 when there is none."""
    rule = AnsweringRule.objects.on(day).filter(code=code).first()
    return int(rule.amount) if rule else 0


def months_on(day: date, months: int) -> date:
    """The last day of a term of so many months that begins on `day`."""
    at = day.year * 12 + day.month - 1 + months
    first = date(at // 12, at % 12 + 1, 1)
    return first + timedelta(days=min(day.day - 1, days_of(first)) - 1)


def is_listed(region_code: str, day: date) -> bool:
    """不摘帽不脱钩: whether the village bears a mark in the year of the day, and the rule asks about it."""
    if not amount("keep_listed", day):
        return False
    return RegionAttribute.objects.filter(region_id=region_code, year=day.year).exists()
