"""The morning scan as a whole: killed, doubled, told of, and what a message may not hold."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from povertyaudit.core import moment, notify, remind
from povertyaudit.core.models import (
    AuditEntry,
    Clock,
    Notification,
    Post,
    Recusal,
    ScanRun,
)
from povertyaudit.core.models.outbox import ScanState
from tests import factories
from tests.core.targets import Target
from tests.core.test_reminders import before, begin, clock, people, told  # noqa: F401 — fixtures


def test_a_scan_leaves_one_entry_with_counts(clock):  # noqa: F811
    remind.scan(before(clock, 1))
    entry = AuditEntry.objects.get(verb="remind.scan")
    assert entry.changes["messages"] == 2
    assert entry.changes["stages"] == {"due.1d": 2}
    assert entry.actor_name == "系统"
    assert ScanRun.objects.get().counts["people"] == 2


def test_many_clocks_cost_queries_by_the_batch(people, django_assert_max_num_queries, monkeypatch):  # noqa: F811
    for _ in range(30):
        begin(people)
    with django_assert_max_num_queries(
        42
    ):  # the last scan; per batch: ids, kinds, six audiences, sent keys, insert, lease
        assert remind.scan(before(Clock.objects.first(), -8)).messages == 30 * 5


def test_a_scan_killed_in_the_middle_is_completed_by_the_next(people, monkeypatch):  # noqa: F811
    monkeypatch.setattr(remind, "BATCH", 2)
    for _ in range(6):
        begin(people)
    day, put, calls = before(Clock.objects.first(), 3), notify.put, []

    def dying(rows):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        put(rows)

    monkeypatch.setattr(notify, "put", dying)
    with pytest.raises(KeyboardInterrupt):
        remind.scan(day)
    assert Notification.objects.count() == 4
    monkeypatch.setattr(notify, "put", put)
    assert not remind.scan(day).ran  # the dead scan's lease still runs
    ScanRun.objects.update(lease_until=moment.now() - timedelta(seconds=1))
    assert remind.scan(day).messages == 6
    assert Notification.objects.count() == 6
    assert AuditEntry.objects.filter(verb="remind.scan").count() == 1


def test_a_scan_that_lost_its_lease_stops(clock, monkeypatch):  # noqa: F811
    run = remind._claim(before(clock, 1))
    assert remind._claim(before(clock, 1)) is None
    ScanRun.objects.update(claim="somebody else")
    with pytest.raises(remind.LeaseLost):
        remind._renew(run)


@pytest.mark.django_db(transaction=True)
def test_two_scans_at_once_double_nothing():
    people = factories.cast()  # noqa: F811
    for _ in range(20):
        begin(people)
    day, results = before(Clock.objects.first(), 1), []
    gate = threading.Barrier(2)

    def go():
        gate.wait()
        try:
            results.append(remind.scan(day))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Notification.objects.count() == 40
    assert sum(r.messages for r in results) == 40
    assert ScanRun.objects.get().state == ScanState.DONE


@pytest.mark.django_db(transaction=True)
def test_even_without_the_claim_the_database_refuses_doubles(monkeypatch):
    people = factories.cast()  # noqa: F811
    for _ in range(20):
        begin(people)
    clock = Clock.objects.first()  # noqa: F811
    day, gate = before(clock, 1), threading.Barrier(2)
    run = ScanRun.objects.create(day=day)
    owed = remind._owed(list(Clock.objects.values_list("pk", flat=True)), remind.ladder(day), day, run)
    twin = remind._owed(list(Clock.objects.values_list("pk", flat=True)), remind.ladder(day), day, run)

    def go(rows):
        gate.wait()
        try:
            notify.put(rows)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(rows,)) for rows in (owed, twin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Notification.objects.count() == 40


def test_the_command_says_what_it_did(clock, capsys):  # noqa: F811
    day = str(before(clock, 1))
    call_command("remind", "--today", day)
    assert "新发提醒 2 条" in capsys.readouterr().out
    ScanRun.objects.update(state=ScanState.RUNNING, lease_until=moment.now() + timedelta(minutes=1))
    with pytest.raises(CommandError, match="正在进行"):
        call_command("remind", "--today", day)


def test_telling_twice_is_silent_and_leaves_out_who_may_not_hear(people):  # noqa: F811
    target = Target()
    Recusal.objects.create(
        person=people.inspector2.person, target_label="tests.target", target_id=target.pk, reason="x",
        declared_by=people.casemgr,
    )  # fmt: skip
    Post.objects.filter(user=people.adjudicator).update(ends_on=date(2020, 1, 1))
    everybody = [people.inspector1, people.inspector2, people.adjudicator, people.ledgerclient]
    for _ in range(2):
        notify.tell(everybody, "lead.dispatch:1", kind="lead", text="990101 已分办。", target=target)
    assert told() == [("inspector1", "1")]


@pytest.mark.parametrize("secret", ["13812345678", "420101199001011234", "42010119900101123x"])
def test_a_message_with_an_identity_in_it_is_a_mistake(people, secret):  # noqa: F811
    with pytest.raises(ValueError, match="must not hold"):
        notify.tell([people.casemgr], "k", kind="lead", text=f"联系 {secret}。")
    notify.tell([people.casemgr], "k", kind="lead", text="990101-XF-2026-0012 已分办（2026-11-30）。")
