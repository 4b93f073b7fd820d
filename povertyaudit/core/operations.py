"""How the background work stands: counts for the IT officer, no contents."""

from dataclasses import dataclass
from datetime import datetime

from povertyaudit.core import calendars, moment
from povertyaudit.core.models import Clock, Heartbeat, Job, Notification
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.models.outbox import MailState


@dataclass(frozen=True)
class Overview:
    """Signs of life, work that waits, and how far the calendar reaches."""

    clock_at: datetime | None
    worker_at: datetime | None
    queued: int
    failed: int
    letters: int
    calendar_until: int
    provisional: int


def overview() -> Overview:
    """Six cheap queries."""
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    calendar, year = calendars.NationalCalendar(), moment.today().year
    while calendar.is_published(year + 1):
        year += 1
    return Overview(
        clock_at=beats.get("clock"),
        worker_at=beats.get("worker"),
        queued=Job.objects.filter(state=JobState.QUEUED).count(),
        failed=Job.objects.filter(state=JobState.FAILED).count(),
        letters=Notification.objects.filter(mail_state=MailState.QUEUED).count(),
        calendar_until=year,
        provisional=Clock.objects.open().filter(provisional=True).count(),
    )
