"""Background work: one row, one worker at a time, nothing lost when a worker is killed or the broker is gone."""

import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction

from povertyaudit.celery import app
from povertyaudit.core import daily, jobs, moment, tasks
from povertyaudit.core.models import Heartbeat, Job, ScanRun, Seal
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.models.outbox import ScanState

calls = []


def note(payload, lease):
    calls.append(payload)
    return {"seen": len(calls)}


def fail(payload, lease):
    raise ZeroDivisionError("举报人 13812345678")


def lose(payload, lease):
    Job.objects.filter(pk=lease.job.pk).update(claim="another worker")
    lease.renew()


@pytest.fixture(autouse=True)
def handlers(settings):
    calls.clear()
    settings.JOB_HANDLERS = settings.JOB_HANDLERS | {
        name: f"tests.core.test_jobs.{name}" for name in ("note", "fail", "lose")
    }
    settings.JOB_HANDLERS["slow"] = "tests.core.worker_process.slow"


@pytest.fixture
def sent(monkeypatch):
    """The wake-ups that went to the broker."""
    found = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **kwargs: found.append(args[0]))
    return found


@pytest.mark.django_db
def test_a_job_is_done_once(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("note", {"a": 1}, "k")
        assert jobs.enqueue("note", {"a": 1}, "k") == job
    assert sent == [job.pk]
    assert [jobs.run(job.pk), jobs.run(job.pk)] == ["done", "not mine"]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result, calls) == (JobState.DONE, 1, {"seen": 1}, [{"a": 1}])


@pytest.mark.django_db
def test_nothing_is_sent_when_the_verb_is_rolled_back(sent, django_capture_on_commit_callbacks):
    def verb():
        with transaction.atomic():
            jobs.enqueue("note", {}, "k")
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        verb()
    assert sent == []
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_when_it_is_enqueued():
    with pytest.raises(KeyError):
        jobs.enqueue("nobody", {}, "k")


@pytest.mark.django_db
def test_a_job_waits_for_its_time(sent):
    job = jobs.enqueue("note", {}, "k", run_after=moment.now() + timedelta(hours=1))
    assert (jobs.run(job.pk), jobs.sweep(), sent) == ("not mine", 0, [])
    Job.objects.update(run_after=moment.now())
    assert (jobs.sweep(), sent) == (1, [job.pk])


@pytest.mark.django_db
def test_what_fails_is_tried_again_later_and_keeps_only_the_kind_of_error(caplog):
    job = jobs.enqueue("fail", {}, "k")
    assert jobs.run(job.pk) == "again"
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.QUEUED, "ZeroDivisionError")
    assert job.run_after > moment.now()
    assert "13812345678" not in caplog.text
    Job.objects.update(run_after=moment.now(), attempts=jobs.MAX_ATTEMPTS - 1)
    assert jobs.run(job.pk) == "failed"
    assert jobs.retry(Job.objects.get())
    assert Job.objects.get().state == JobState.QUEUED


@pytest.mark.django_db
def test_a_job_whose_worker_always_dies_ends_as_failed():
    job = jobs.enqueue("note", {}, "k")
    past = moment.now() - timedelta(seconds=1)
    Job.objects.update(state=JobState.RUNNING, lease_until=past, attempts=jobs.MAX_ATTEMPTS)
    assert jobs.run(job.pk) == "failed"
    assert calls == []


@pytest.mark.django_db
def test_a_lease_that_runs_is_respected_and_one_that_ended_taken_over(sent):
    job = jobs.enqueue("note", {}, "k")
    first = jobs.claim(job.pk)
    assert jobs.claim(job.pk) is None
    assert jobs.sweep() == 0
    Job.objects.update(lease_until=moment.now() - timedelta(seconds=1))
    second = jobs.claim(job.pk)
    assert second is not None
    with pytest.raises(jobs.LeaseLost):
        first.renew()
    assert not first.finish(state=JobState.DONE)
    assert Job.objects.get().attempts == 2


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_leaves_the_row_alone():
    job = jobs.enqueue("lose", {}, "k")
    assert jobs.run(job.pk) == "lost"
    assert Job.objects.get().claim == "another worker"


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_do_it_once(sent):
    job, gate, outcomes = jobs.enqueue("note", {}, "k"), threading.Barrier(8), []

    def go():
        gate.wait()
        try:
            outcomes.append(jobs.run(job.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] + ["not mine"] * 7
    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_gone_does_not_disturb_the_page(monkeypatch, caplog):
    def gone(*args, **kwargs):
        raise OSError("connection refused: 秘密内容")

    monkeypatch.setattr(app, "send_task", gone)
    with transaction.atomic():
        jobs.enqueue("note", {"secret": "秘密内容"}, "k")
    assert Job.objects.get().state == JobState.QUEUED
    assert "broker not reached" in caplog.text
    assert "秘密内容" not in caplog.text
    assert jobs.run(Job.objects.get().pk) == "done"


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_redis_that_is_gone_is_noticed_within_seconds():
    from celery import Celery

    lonely = Celery("lonely", broker="redis://127.0.0.1:1/0", set_as_current=True)
    lonely.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    began = time.monotonic()
    try:
        with transaction.atomic():
            jobs.enqueue("note", {}, "k")
    finally:
        app.set_current()
    assert time.monotonic() - began < 5
    assert Job.objects.get().state == JobState.QUEUED


# the clock


@pytest.mark.django_db
def test_the_clock_asks_each_minute_what_the_day_still_owes(sent, time_machine):
    works = (
        "seal",
        "read_files",
        "summaries",
        "visit-quotas",
        "period-reports",
        "unit-ranking",
        "escalate",
        "village-sheets",
        "progress-week",
        "assessments",
        "activities",
        "answering",
        "reports",
        "exchange_tidy",
    )
    others = [f"{work}:2026-11-23" for work in works]
    time_machine.move_to("2026-11-23T07:29:00+08:00")
    assert daily.tick() == others
    time_machine.move_to("2026-11-23T07:30:00+08:00")
    assert daily.tick() == daily.tick() == ["remind:2026-11-23", *others]
    assert Job.objects.count() == len(others) + 1
    assert moment.now() - Heartbeat.objects.get(name="clock").at < timedelta(seconds=5)
    assert [jobs.run(job.pk) for job in Job.objects.all()] == ["done"] * (len(others) + 1)
    assert ScanRun.objects.get().state == ScanState.DONE
    assert Seal.objects.count() <= 1
    assert daily.tick() == others
    assert tasks.seal() == "seal:2026-11-23"


@pytest.mark.django_db
def test_a_failed_morning_is_set_on_its_feet_again(sent, time_machine):
    time_machine.move_to("2026-11-23T09:00:00+08:00")
    daily.tick()
    Job.objects.filter(kind="remind").update(state=JobState.FAILED, attempts=jobs.MAX_ATTEMPTS)
    daily.tick()
    job = Job.objects.get(kind="remind")
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


@pytest.mark.django_db
def test_a_morning_that_waited_over_midnight_scans_for_the_day_it_is(sent, time_machine):
    time_machine.move_to("2026-11-23T09:00:00+08:00")
    daily.tick()
    time_machine.move_to("2026-11-25T09:00:00+08:00")
    assert jobs.run(Job.objects.get(kind="remind").pk) == "done"
    assert str(ScanRun.objects.get().day) == "2026-11-25"
