"""Tried again, given up, dropped: what fails holds up nothing else, and a kill sends nothing under a second id."""

import contextlib
import json
import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.db import connection

from povertyaudit.core import channels, deliveries, jobs, moment, outbound
from povertyaudit.core.models import Channel, Delivery, Job, Notification, OutboundHost, Post, Recusal
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.core.receivers import Receiver
from tests.core.sending import SITE, deliver, later, states, tell, working_hours  # noqa: F401 — the hour of its stories
from tests.core.targets import Target
from tests.core.test_channels import propose, switched_on
from tests.core.test_clock_pages import post

# tried again, given up


def test_it_is_tried_again_with_growing_waits_and_given_up(people, receiver, settings, time_machine):
    switched_on(people, receiver, settings)
    receiver.answers = [(404, b"")]
    tell(people.casemgr)
    waits = []
    for _ in range(20):
        deliver()
        row = Delivery.objects.get()
        if row.state != "queued":
            break
        waits.append(int((row.next_at - moment.now()).total_seconds() // 60))
        time_machine.move_to(row.next_at, tick=False)
    assert waits[:4] == [1, 5, 30, 120]
    assert (row.state, row.answer, row.attempts) == ("failed", "404", 6)
    assert len({one["headers"]["Webhook-Id"] for one in receiver.got}) == 1
    assert deliver() == {}


def test_what_was_given_up_is_sent_anew_by_hand_on_both_doors(client, people, receiver, settings):
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    row = Delivery.objects.get()
    caller = machine(people.sysadmin)
    assert_refusal(caller.post(f"{API}deliveries/{row.public_id}/retry/"), 409)
    Delivery.objects.update(state="failed", attempts=6, finished_at=moment.now())
    assert_refusal(machine(people.auditor).post(f"{API}deliveries/{row.public_id}/retry/"), 403)
    stale = caller.post(f"{API}deliveries/{row.public_id}/retry/", HTTP_IF_MATCH='W/"1"')
    assert_refusal(stale, 412)
    assert caller.post(f"{API}deliveries/{row.public_id}/retry/").json()["state"] == "queued"
    assert deliver() == {"sent": 1}
    Delivery.objects.update(state="expired")
    client.force_login(people.sysadmin)
    assert "重新发送" in client.get(row.get_absolute_url()).content.decode()
    assert post(client, f"{row.get_absolute_url()}retry/", {"note": ""}).status_code == 302
    assert states() == ["queued"]


def test_old_read_or_forbidden_news_is_not_sent(people, receiver, settings, time_machine):
    switched_on(people, receiver, settings)
    target = Target()
    for number, name in enumerate(("casemgr", "inspector1", "inspector2", "leader")):
        tell(getattr(people, name), f"k{number}", target=target)
    Notification.objects.filter(user=people.casemgr).update(read_at=moment.now())
    Post.objects.filter(user=people.inspector1).update(ends_on=moment.today() - timedelta(days=1))
    Recusal.objects.create(
        person=people.inspector2.person, target_label="tests.target", target_id=target.pk, reason="x",
        declared_by=people.casemgr,
    )  # fmt: skip
    Delivery.objects.filter(user=people.leader).update(expires_at=moment.now() - timedelta(seconds=1))
    deliver()
    assert (states(), receiver.got) == (["suppressed"] * 3 + ["expired"], [])


def test_one_broken_receiver_does_not_hold_up_the_others(people, receiver, settings, time_machine):
    broken = Receiver()
    for n in range(4):
        switched_on(people, broken, settings, name=f"坏 {n}", unit=people.casemgr.home.unit)
    broken.answers = [(503, b"")]
    switched_on(people, receiver, settings)
    for n in range(30):
        tell(people.casemgr, f"k{n}")
        tell(people.leader, f"k{n}")
    assert deliver() == {
        "sent": 2,
        "failed": 1,
    }  # one person, one bundle; the broken host is tried once in a run
    for _ in range(2):
        later(time_machine, minutes=6)
        deliver()
    circuit = OutboundHost.objects.get()
    assert circuit.failures == 3
    assert circuit.open_until == moment.now() + timedelta(minutes=5)
    later(time_machine, minutes=1)
    assert not deliveries.waiting()
    assert deliver() == {}
    assert len(broken.got) == 3
    later(time_machine, minutes=5)
    broken.answers = [(200, b"")]
    assert deliver() == {"sent": 4}
    assert OutboundHost.objects.get().open_until is None
    broken.stop()


def test_a_receiver_that_drips_is_cut_off(receiver, settings, monkeypatch):
    monkeypatch.setattr(outbound, "TIMEOUT", 2)
    monkeypatch.setattr(outbound, "WHOLE", 0.5)
    settings.OUTBOUND_HOSTS = [receiver.host]

    def drip(handler):
        for _ in range(40):
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n"[:1])
            time.sleep(0.1)

    receiver.answer = lambda handler: _quietly(drip, handler)
    began = time.perf_counter()
    answer = outbound.post(receiver.url, b"{}", {})
    assert (answer.ok, answer.word, answer.fault) == (False, "timeout", True)
    assert time.perf_counter() - began < 1.5


def _quietly(act, handler):
    with contextlib.suppress(OSError):
        act(handler)


@pytest.mark.parametrize(
    ("url", "word"), [("http://127.0.0.1:1/", "refused"), ("https://127.0.0.1:{port}/", "tls")]
)
def test_every_failure_has_a_word_and_no_content(receiver, settings, url, word):
    url = url.format(port=receiver.host.rpartition(":")[2])
    settings.OUTBOUND_HOSTS = [outbound.host_of(url)]
    assert outbound.post(url, b"{}", {}).word == word


def test_a_long_answer_is_not_read(receiver, settings):
    settings.OUTBOUND_HOSTS = [receiver.host]
    receiver.answers = [(200, b"x" * 2_000_000)]
    assert len(outbound.post(receiver.url, b"{}", {}).body) == outbound.ANSWER_LIMIT


def test_a_letter_nobody_can_send_does_not_stop_the_others(people, receiver, settings, mailoutbox):
    settings.NOTIFY_BY_MAIL = True
    channels.confirm(propose(people, kind="mail", url="", secret=""), by=people.secadmin)
    switched_on(people, receiver, settings)
    type(people.casemgr).objects.filter(pk=people.casemgr.pk).update(email="a@b\r\nBcc: c@d")
    tell(people.casemgr)
    assert deliver() == {"failed": 1, "sent": 1}
    assert (mailoutbox, len(receiver.got)) == ([], 1)
    assert sorted(Delivery.objects.values_list("state", "answer")) == [
        ("queued", "BadHeaderError"),
        ("sent", "200"),
    ]


def test_the_officer_sees_that_a_host_rests(client, people, receiver, settings):
    channel = switched_on(people, receiver, settings)
    OutboundHost.objects.create(
        host=receiver.host, failures=3, open_until=moment.now() + timedelta(minutes=5)
    )
    client.force_login(people.sysadmin)
    assert (
        "连续 3 次没有正常答复，暂停至 11-24 10:05" in client.get(channel.get_absolute_url()).content.decode()
    )


# killed


@pytest.mark.django_db(transaction=True)
def test_killed_between_sending_and_noting_it_sends_one_duplicate_under_the_same_id(
    receiver, settings, time_machine
):
    people = factories.cast()
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    receiver.delay = 30
    job = Job.objects.create(kind="deliver", key="deliver:kill")
    database = connection.settings_dict
    env = os.environ | {"OUTBOUND_HOSTS": receiver.host, "SITE_URL": SITE, "JOB": str(job.pk),
                        "VAULT_KEY": project.VAULT_KEY, "MOMENT": moment.now().isoformat()}  # fmt: skip
    if connection.vendor == "sqlite":
        env["DATABASE_URL"] = f"sqlite:///{database['NAME']}"
    else:
        scheme, _, rest = os.environ["DATABASE_URL"].partition("://")
        place, _, options = rest.partition("?")
        env["DATABASE_URL"] = f"{scheme}://{place.rpartition('/')[0]}/{database['NAME']}?{options}"
    worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=project.BASE_DIR, env=env)
    end = time.perf_counter() + 30
    while not receiver.got and time.perf_counter() < end:
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    assert (states(), len(receiver.got)) == (["queued"], 1)
    receiver.delay = 0
    assert deliver() == {}  # the dead worker's claim still runs
    later(time_machine, seconds=61)
    assert deliver() == {"sent": 1}
    assert deliver() == {}
    assert (states(), Delivery.objects.get().attempts) == (["sent"], 2)
    ids = [one["headers"]["Webhook-Id"] for one in receiver.got]
    assert len(ids) == 2
    assert len(set(ids)) == 1


WORKER = """
import os, django
from datetime import datetime
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
django.setup()
from povertyaudit.core import jobs, moment
with moment.pretend(datetime.fromisoformat(os.environ["MOMENT"])):
    jobs.run(int(os.environ["JOB"]))
"""


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once(receiver, settings):
    import threading

    people = factories.cast()
    switched_on(people, receiver, settings)
    for n in range(5):
        tell([people.casemgr, people.leader], f"k{n}", number=f"990101-XF-2026-{n:04d}")
    gate = threading.Barrier(4)

    def go(n):
        job = Job.objects.create(kind="deliver", key=f"deliver:{n}")
        gate.wait()
        try:
            jobs.run(job.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(states()) == {"sent"}
    said = [json.loads(text)["count"] for text in receiver.texts]
    assert sum(said) == 10
    assert Channel.objects.count() == 1
