"""What the clock does three times a minute: leaves a sign of life and sees that the day's work stands ready as jobs.

Nothing is scheduled for a moment that can be missed: each beat asks what today still owes.
"""

from datetime import date, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from povertyaudit.core import channels, deliveries, jobs, moment, sealing
from povertyaudit.core.models import Job, ScanRun
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.models.outbox import ScanState

SEAL_AFTER = time(0, 30)


def tick() -> list[str]:
    """One beat of the clock; returns the keys of the jobs that stand ready. Two clocks by mistake do no harm."""
    jobs.beat("clock")
    ready = []
    day, now = moment.today(), timezone.localtime(moment.now()).time()
    if scan_is_owed(day, now):
        ready.append(_stand(f"remind:{day}", "remind", {"day": day.isoformat()}))
    if now >= SEAL_AFTER:
        ready.append(_stand(f"seal:{day}", "seal", {}))
    ready += [
        _stand(*owed) for path in settings.DAILY_WORK for owed in import_string(path)(day, moment.now())
    ]
    if deliveries.waiting():
        channels.soon()
    return ready


def scan_hour() -> time:
    """Local time from which the morning's reminders go out."""
    return time.fromisoformat(settings.SCAN_AFTER)


def scan_is_owed(day: date, now: time) -> bool:
    """True from the scan hour on until the day's scan has finished."""
    return now >= scan_hour() and not ScanRun.objects.filter(day=day, state=ScanState.DONE).exists()


def _stand(key: str, kind: str, payload: dict[str, Any]) -> str:
    """The day's job, set on its feet again when it failed."""
    job: Job = jobs.enqueue(kind, payload, key)
    if job.state == JobState.FAILED:
        jobs.retry(job)
    return key


def seal_job(_payload: dict[str, Any], _lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: the day's seal."""
    made = sealing.seal()
    return {"seal": made.seq if made else None}
