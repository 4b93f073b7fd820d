"""How the background work stands: counts for the IT officer, no contents."""

from dataclasses import dataclass
from datetime import datetime

from povertyaudit.core import calendars, moment
from povertyaudit.core.models import Clock, Delivery, Heartbeat, Job
from povertyaudit.core.models.channels import DeliveryState
from povertyaudit.core.models.jobs import JobState


@dataclass(frozen=True)
class Overview:
    """Signs of life, work that waits, and how far the calendar reaches."""

    clock_at: datetime | None
    worker_at: datetime | None
    queued: int
    failed: int
    deliveries: int
    undelivered: int
    calendar_until: int
    provisional: int


def overview() -> Overview:
    """A few cheap queries."""
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    calendar, year = calendars.NationalCalendar(), moment.today().year
    while calendar.is_published(year + 1):
        year += 1
    return Overview(
        clock_at=beats.get("clock"),
        worker_at=beats.get("worker"),
        queued=Job.objects.filter(state=JobState.QUEUED).count(),
        failed=Job.objects.filter(state=JobState.FAILED).count(),
        deliveries=Delivery.objects.filter(state=DeliveryState.QUEUED).count(),
        undelivered=Delivery.objects.filter(state=DeliveryState.FAILED).count(),
        calendar_until=year,
        provisional=Clock.objects.open().filter(provisional=True).count(),
    )
