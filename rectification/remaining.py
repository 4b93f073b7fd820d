"""How much time is left, in the working days people plan by."""

from datetime import date, timedelta

from povertyaudit.core import moment
from povertyaudit.core.calendars import NationalCalendar

FURTHEST = 400  # days looked at; further away nobody counts


def working_days_left(due_on: date) -> int:
    """Working days after today up to and with the day; 0 when it has passed."""
    today, calendar = moment.today(), NationalCalendar()
    span = min((due_on - today).days, FURTHEST)
    return sum(calendar.day(today + timedelta(days=n)).works for n in range(1, span + 1))


def in_words(due_on: date) -> str:
    """还有 12 天（8 个工作日）；超期 3 天; 今天到期."""
    days = (due_on - moment.today()).days
    if days < 0:
        return f"超期 {-days} 天"
    return f"还有 {days} 天（{working_days_left(due_on)} 个工作日）" if days else "今天到期"
