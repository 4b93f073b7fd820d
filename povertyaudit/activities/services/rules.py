"""The dated figures activities are held to."""

from dataclasses import dataclass
from datetime import date, timedelta

from povertyaudit.activities.models import ActivityRule
from povertyaudit.core import moment


def amount(kind: str, day: date | None = None) -> str:
    """The amount in force on the day (today); empty where the rule was ended."""
    rule = ActivityRule.objects.on(day).filter(kind=kind).first()
    return rule.amount if rule else ""


def number(kind: str, day: date | None = None) -> int:
    return int(amount(kind, day) or 0)


@dataclass(frozen=True)
class WarningMonth:
    """警示教育月 of one year: its first and last day, and who has to hold a lesson in it ("all", "towns")."""

    first: date
    last: date
    who: str


def warning_month(year: int) -> WarningMonth | None:
    """As the rules of its last day say; None where there is none in that year."""
    at = min(date(year, 12, 31), moment.today())
    month = number("warning_month", at)
    if not 1 <= month <= 12:
        return None
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return WarningMonth(first, last, amount("warning_who", at) or "all")


def ahead(day: date) -> date:
    """The last day of which an end is told beforehand."""
    return day + timedelta(days=number("expiry_days", day))


def before(day: date) -> date:
    """What was in force without an end since this day or longer is to be looked at again; the first of days for none."""
    years = number("review_years", day)
    if not years:
        return date.min
    return date(day.year - years, day.month, min(day.day, 28))
