"""每日摘要: one letter a day to who asked for it, at the hour he chose, with counts and a link; never a name or a number.

The letter hangs on a row with the key of its day, so that the job bears being run again; who chooses another hour on a
day he was told gets no second one.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from povertyaudit import desk, home
from povertyaudit.core import jobs, moment, notify
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.models import NoticePreference, Notification, User
from povertyaudit.core.models.outbox import DIGEST

JOB = "desk_digest"
BEATS = timedelta(
    hours=6
)  # a clock that stood still makes good an hour missed today, not one of the morning at night


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to: one job for each hour somebody chose that has come."""
    local = timezone.localtime(now)
    chosen = NoticePreference.objects.filter(digest=True, digest_at__lte=local.time())
    hours = sorted(set(chosen.values_list("digest_at", flat=True)))
    late = (local - BEATS).time() if local.hour >= BEATS.seconds // 3600 else time.min
    return [
        (f"desk:{day}:{at:%H%M}", JOB, {"day": day.isoformat(), "at": at.isoformat()})
        for at in hours
        if at >= late
    ]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: `payload` {"day": ISO date, "at": ISO time}. What waited over midnight is no longer said."""
    day, at = date.fromisoformat(payload["day"]), time.fromisoformat(payload["at"])
    if day != moment.today():
        return {"told": 0}
    key, works, told = f"{DIGEST}:{day}", NationalCalendar().day(day).works, 0
    chosen = NoticePreference.objects.filter(digest=True, digest_at=at, user__is_active=True)
    chosen = chosen.exclude(user__in=Notification.objects.filter(key=key).values("user"))
    for one in chosen.select_related("user").order_by("pk"):
        lease.renew()
        if works or not (one.quiet and one.quiet_rest_days):
            told += _tell(one.user, day, key)
    return {"told": told}


def _tell(user: User, day: date, key: str) -> bool:
    """Said where there is something to say."""
    words = said(user, day)
    return bool(words and notify.tell([user], key, kind=DIGEST, text=words, url="/"))


def said(user: User, day: date) -> str:
    """今日摘要：等您办理 5 项，今天到期 2 项，已超期 1 项，未读消息 3 条，其中提到您 1 条. Empty where all is nought.

    Dates are those of 我的工作, at most the first eight of each of its sections.
    """
    due = [one.due_on for one in desk.dated(desk.sections(user))]
    counts = (
        ("等您办理", sum(home.numbers_of(user).values()), "项"),
        ("今天到期", sum(one == day for one in due), "项"),
        ("已超期", sum(one < day for one in due), "项"),
        ("未读消息", home.unread_of(user).count(), "条"),
        ("其中提到您", desk.mentions(user).unread().count(), "条"),
    )
    words = [f"{label} {number} {unit}" for label, number, unit in counts if number]
    return f"今日摘要：{'，'.join(words)}。" if words else ""
