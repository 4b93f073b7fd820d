"""Background work: real workers in processes of their own, killed in the middle."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection, transaction

from povertyaudit.core import jobs, moment
from povertyaudit.core.models import AuditEntry, Clock, Job, Notification
from povertyaudit.core.models.jobs import JobState
from tests import factories
from tests.core.test_jobs import handlers  # noqa: F401 — a fixture
from tests.core.test_reminders import begin


class Worker:
    """A worker of its own in a process of its own, on the database of the test and the broker of the settings."""

    def __init__(self, marks, seconds):
        database = connection.settings_dict
        env = os.environ | {"WORKER_MARKS": str(marks), "WORKER_SECONDS": str(seconds)}
        if connection.vendor == "sqlite":
            env["DATABASE_URL"] = f"sqlite:///{database['NAME']}"
        else:
            scheme, _, rest = os.environ["DATABASE_URL"].partition("://")
            place, _, options = rest.partition("?")
            env["DATABASE_URL"] = f"{scheme}://{place.rpartition('/')[0]}/{database['NAME']}?{options}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.worker_process"], cwd=settings.BASE_DIR, env=env
        )

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def worker(tmp_path):
    """Start workers; none outlives the test."""
    started = []

    def start(seconds):
        started.append(Worker(tmp_path, seconds))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def until(what, seconds=60, each=lambda: None):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        each()
        time.sleep(0.2)
    return False


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing(worker, tmp_path):
    first = worker(seconds=30)
    with transaction.atomic():
        for n in range(3):
            jobs.enqueue("slow", {"n": n}, f"slow:{n}")
    assert until(lambda: list(tmp_path.glob("began-*"))), "the broker woke nobody"
    first.kill()
    worker(seconds=0.2)
    assert until(lambda: Job.objects.filter(state=JobState.DONE).count() == 3, each=jobs.sweep)
    assert sorted(Job.objects.values_list("attempts", flat=True)) == [1, 1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_the_reminders_doubles_and_loses_nothing(worker, tmp_path):
    people = factories.cast()
    for _ in range(8):
        begin(people)
    day = Clock.objects.first().due_on
    first = worker(seconds=2)
    with transaction.atomic():
        jobs.enqueue("remind", {"day": day.isoformat()}, f"remind:{day}")
    assert until(lambda: len(list(tmp_path.glob("batch-*"))) >= 2)
    first.kill()
    assert 0 < Notification.objects.count() < 40
    worker(seconds=0)

    def again():
        Job.objects.filter(state=JobState.QUEUED).update(run_after=moment.now())
        jobs.sweep()

    assert until(lambda: Job.objects.filter(state=JobState.DONE).exists(), each=again)
    assert Notification.objects.count() == 40  # eight clocks long overdue, five people each
    assert AuditEntry.objects.filter(verb="remind.scan").count() == 1
