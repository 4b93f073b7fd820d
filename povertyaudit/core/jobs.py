"""Background work as rows: enqueue in the verb's transaction, claim by one UPDATE, keep by a lease, sweep what is left.

The broker only carries a wake-up. Whether it loses it, doubles it or is not there at all, the row is found by the
sweep and done; a handler must therefore bear being run again from the start.
"""

import gc
import logging
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from povertyaudit.core import moment
from povertyaudit.core.models import Heartbeat, Job
from povertyaudit.core.models.jobs import JobState

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 20
# A job makes rows by the ten thousand, none of them garbage: looking through them every 700 objects takes a quarter of it.
SELDOM = (50_000, 20, 50)
# A thread that only sends to the database (`core.inserting`) waits this long (s) for the one that computes, not 5 ms a time.
SHORT_TURNS = 0.0005
LONGEST_WAIT = timedelta(hours=1)
SWEEP_AT_MOST = 200
WORK = "povertyaudit.core.tasks.work"
log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has taken the job over: stop quietly, it is in good hands."""


@dataclass
class Lease:
    """The right to work on a job; `renew` it at least every 60 seconds of work. Given to the handler."""

    job: Job
    token: str

    def renew(self, **values: Any) -> None:
        """Hold on, noting how far the work is. Raises LeaseLost when the job is no longer ours."""
        if not self._mine().update(lease_until=moment.now() + LEASE, **values):
            raise LeaseLost(self.job.key)

    def finish(self, **values: Any) -> bool:
        """Write the outcome if the job is still ours."""
        return bool(self._mine().update(lease_until=None, claim="", **values))

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, claim=self.token, state=JobState.RUNNING)


Handler = Callable[[dict[str, Any], Lease], dict[str, Any] | None]


def enqueue(kind: str, payload: dict[str, Any], key: str, *, run_after: datetime | None = None) -> Job:
    """Insert the job in the caller's transaction and wake the worker after the commit; the same key is one job.

    A worker or broker that is not there does not disturb the caller. Raises KeyError for an unknown kind.
    """
    handler_of(kind)
    job, created = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "payload": payload, "run_after": run_after or moment.now()}
    )
    if created and run_after is None:
        transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job


def wake(job_id: int) -> bool:
    """Tell a worker that a job waits. False when the broker is not to be reached; the sweep makes it good."""
    try:
        current_app.send_task(WORK, args=(job_id,), retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 — whatever the broker is, its absence must not undo the page
        log.warning("broker not reached, job %s waits for the sweep: %s", job_id, type(error).__name__)
        return False
    return True


def handler_of(kind: str) -> str:
    """The dotted path of the function that does jobs of this kind."""
    path: str = settings.JOB_HANDLERS[kind]
    return path


def claim(job_id: int, *, from_others: bool = False) -> Lease | None:
    """Take the job by one conditional UPDATE; None when it is done, not due, or somebody else's.

    `from_others` takes it from whoever has it, too: he stops at his next renewal.
    """
    token, now = secrets.token_hex(16), moment.now()
    rows = Job.objects.filter(pk=job_id)
    taken = (rows.unfinished() if from_others else rows.claimable(now)).update(
        state=JobState.RUNNING, claim=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Lease(Job.objects.get(pk=job_id), token) if taken else None


def run(job_id: int) -> str:
    """Do one job, if it can be claimed; return what became of it. Never raises what a handler raises."""
    lease = claim(job_id)
    if lease is None:
        return "not mine"
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(SHORT_TURNS)
    job = lease.job
    if job.attempts > MAX_ATTEMPTS:  # its worker died again and again
        lease.finish(state=JobState.FAILED, finished_at=moment.now())
        return "failed"
    try:
        handler: Handler = import_string(handler_of(job.kind))
        result = handler(job.payload, lease)
    except LeaseLost:
        return "lost"
    except Exception as error:  # noqa: BLE001 — the row keeps the kind of error and is tried again
        return _put_back(lease, type(error).__name__)
    lease.finish(state=JobState.DONE, finished_at=moment.now(), result=result or {}, error="")
    return "done"


def _put_back(lease: Lease, error: str) -> str:
    job = lease.job
    log.error("job %s (%s) attempt %s: %s", job.pk, job.kind, job.attempts, error)
    if job.attempts >= MAX_ATTEMPTS:
        lease.finish(state=JobState.FAILED, error=error, finished_at=moment.now())
        return "failed"
    wait = min(LONGEST_WAIT, timedelta(seconds=10 * 2 ** min(job.attempts, 12)))
    lease.finish(state=JobState.QUEUED, error=error, run_after=moment.now() + wait)
    return "again"


def sweep() -> int:
    """Wake the worker for what is due and nobody's: never sent, sent in vain, or left by a worker that died."""
    waiting = Job.objects.claimable(moment.now()).order_by("run_after", "id").values_list("pk", flat=True)
    found = list(waiting[:SWEEP_AT_MOST])
    for job_id in found:
        if not wake(job_id):
            break
    return len(found)


def retry(job: Job) -> bool:
    """Set a failed job to be tried anew, with its attempts forgotten."""
    changed = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED, attempts=0, run_after=moment.now(), finished_at=None
    )
    return bool(changed) and (wake(job.pk) or True)


def beat(name: str) -> None:
    """Leave a sign of life."""
    if not Heartbeat.objects.filter(name=name).update(at=moment.now()):
        Heartbeat.objects.get_or_create(name=name, defaults={"at": moment.now()})
