"""Messages leave by confirmed channels only: signed, bundled, tried again, given up, and with nothing in them."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as project
from django.db import connection

from povertyaudit.core import channels, deliveries, jobs, moment, notify, outbound, remind
from povertyaudit.core.models import Channel, Clock, Delivery, Job, Notification, OutboundHost, Post, Recusal
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.core.receivers import Receiver
from tests.core.targets import Target
from tests.core.test_channels import SECRET, propose, switched_on
from tests.core.test_clock_pages import post
from tests.core.test_reminders import before, begin

SITE = "https://ledger.example"
NUMBER = "990101-XF-2026-0012"
DAY = "2026-11-24T10:00:00+08:00"  # a Tuesday


@pytest.fixture(autouse=True)
def working_hours(time_machine, settings):
    time_machine.move_to(DAY, tick=False)
    settings.SITE_URL = SITE


def tell(user, key="k", number=NUMBER, url="/leads/abc/", text="题目：王小明虚报冒领。", **more):
    users = user if isinstance(user, list) else [user]
    return notify.tell(users, key, kind="lead.dispatch", number=number, text=text, url=url, **more)


def deliver():
    """What the worker would do now."""
    job = Job.objects.create(
        kind="deliver", key=f"deliver:test:{Job.objects.count()}", run_after=moment.now()
    )
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    return job.result


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def later(time_machine, **span):
    time_machine.move_to(moment.now() + timedelta(**span), tick=False)


# nothing leaves


def test_nothing_is_queued_until_operator_and_both_officers_agree(people, receiver, settings, mailoutbox):
    people.casemgr.email = "casemgr@example.invalid"
    people.casemgr.save()
    tell(people.casemgr, "nothing")
    channel = propose(people, receiver)
    settings.OUTBOUND_HOSTS, settings.NOTIFY_BY_MAIL = [receiver.host], True
    tell(people.casemgr, "proposed")
    assert not Delivery.objects.exists()
    settings.OUTBOUND_HOSTS = []
    channels.confirm(channel, by=people.secadmin)
    tell(people.casemgr, "not named")
    assert not Delivery.objects.exists()
    settings.OUTBOUND_HOSTS = [receiver.host]
    tell(people.casemgr, "all three")
    assert deliver() == {"sent": 1}
    assert (len(receiver.got), len(mailoutbox)) == (1, 0)


def test_a_host_taken_off_the_list_gets_nothing_that_waited(people, receiver, settings):
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    settings.OUTBOUND_HOSTS = []
    assert deliver() == {}
    assert (states(), receiver.got) == (["suppressed"], [])
    assert not outbound.post(receiver.url, b"{}", {}).ok
    assert receiver.got == []


def test_switching_off_stops_what_waits_at_once(people, receiver, settings):
    channel = switched_on(people, receiver, settings)
    tell(people.casemgr)
    channels.switch_off(channel, by=people.secadmin)
    assert states() == ["suppressed"]
    deliver()
    assert receiver.got == []


def test_a_redirect_is_not_followed(people, receiver, settings):
    other = Receiver()
    settings.OUTBOUND_HOSTS = [other.host]
    switched_on(people, receiver, settings)
    receiver.answers, receiver.headers = [(302, b"")], {"Location": other.url}
    tell(people.casemgr)
    deliver()
    assert (len(receiver.got), other.got, Delivery.objects.get().answer) == (1, [], "302")
    other.stop()


def test_no_proxy_of_the_surroundings_is_used(people, receiver, settings, monkeypatch):
    proxy = Receiver()
    monkeypatch.setenv("http_proxy", proxy.url)
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    deliver()
    assert (len(receiver.got), proxy.got) == (1, [])
    proxy.stop()


# what leaves


@pytest.mark.parametrize("kind", ["webhook", "wecom", "dingtalk", "feishu", "mail"])
def test_number_and_link_are_all_that_leaves(people, receiver, settings, mailoutbox, kind):
    people.casemgr.email = "casemgr@example.invalid"
    people.casemgr.save()
    settings.NOTIFY_BY_MAIL = True
    way = {
        "kind": kind,
        "unit": people.casemgr.home.unit,
        "secret": "" if kind in {"wecom", "mail"} else SECRET,
    }
    switched_on(people, receiver, settings, **way, **({"url": ""} if kind == "mail" else {}))
    tell(people.casemgr, "numbered")
    deliver()
    tell(people.casemgr, "secret plan", number="", url="/rounds/secretround/", text="某轮巡察计划已拟定。")
    deliver()
    tell(people.casemgr, "not a number", number="王小明虚报冒领", url="/leads/abc/")
    deliver()
    tell(people.casemgr, "an odd address", url="/search/?q=王小明")
    tell(people.casemgr, "unnumbered", number="未编号", url="/rounds/secretround/")
    deliver()
    got = [f"{one['path']}{one['headers']}{one['body'].decode()}" for one in receiver.got]
    got += [m.message().as_string() + m.subject + m.body for m in mailoutbox]
    assert len(got) == 4
    for text in got:
        plain = text.encode().decode("unicode_escape", errors="ignore") + text
        for planted in ("王小明", "虚报", "题目", "secretround", "某轮", "/search/", "未编号", "天", "值班群",
                        people.casemgr.display_name, people.casemgr.username + "某", "信访", SECRET):  # fmt: skip
            assert planted not in plain, planted
    first, second, _, last = [json.loads(t) for t in receiver.texts] or [{"text": m.body} for m in mailoutbox]
    assert f"{NUMBER}\\n{SITE}/leads/abc/" in json.dumps(first)
    assert "您有一条新消息" in json.dumps(second, ensure_ascii=False)
    assert f"{SITE}/notifications/" in json.dumps(second)
    assert "您有 2 条新消息" in json.dumps(last, ensure_ascii=False)


def test_without_a_site_address_there_is_no_link(people, receiver, settings):
    settings.SITE_URL = ""
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    deliver()
    assert json.loads(receiver.texts[0])["text"] == NUMBER


def test_the_generic_webhook_is_signed_as_standard_webhooks_are(people, receiver, settings):
    key = base64.b64encode(b"k" * 24).decode()
    switched_on(people, receiver, settings, secret=f"whsec_{key}")
    tell(people.casemgr)
    deliver()
    got = receiver.got[0]
    head, delivery = got["headers"], Delivery.objects.get()
    signed = f"{head['Webhook-Id']}.{head['Webhook-Timestamp']}.".encode() + got["body"]
    mac = hmac.new(b"k" * 24, signed, hashlib.sha256).digest()
    assert head["Webhook-Signature"] == "v1," + base64.b64encode(mac).decode()
    assert head["Idempotency-Key"] == head["Webhook-Id"] == delivery.batch == json.loads(got["body"])["id"]
    assert json.loads(got["body"])["to"] == people.casemgr.public_id


def test_robots_get_their_own_shape_and_signature(people, receiver, settings):
    unit, now = people.casemgr.home.unit, int(moment.now().timestamp())
    for kind in ("wecom", "dingtalk", "feishu"):
        secret = "" if kind == "wecom" else SECRET
        switched_on(people, receiver, settings, kind=kind, secret=secret, unit=unit, name=kind)
    tell(people.casemgr)
    assert deliver() == {"sent": 3}
    wecom, ding, feishu = ({**one, "json": json.loads(one["body"])} for one in receiver.got)
    assert wecom["json"] == {"msgtype": "text", "text": {"content": f"{NUMBER}\n{SITE}/leads/abc/"}}
    query = parse_qs(urlsplit(ding["path"]).query)
    mac = hmac.new(SECRET.encode(), f"{now * 1000}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert query == {"timestamp": [str(now * 1000)], "sign": [base64.b64encode(mac).decode()]}
    assert ding["json"]["msgtype"] == "text"
    mac = hmac.new(f"{now}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert feishu["json"]["timestamp"] == str(now)
    assert feishu["json"]["sign"] == base64.b64encode(mac).decode()
    assert feishu["json"]["content"] == {"text": f"{NUMBER}\n{SITE}/leads/abc/"}


def test_a_robot_that_says_no_with_200_is_not_taken_for_success(people, receiver, settings):
    switched_on(people, receiver, settings, kind="dingtalk")
    receiver.answers = [(200, b'{"errcode": 310000, "errmsg": "sign not match"}')]
    tell(people.casemgr)
    deliver()
    assert (states(), Delivery.objects.get().answer) == (["queued"], "code 310000")
    receiver.answers = [(200, b"<html>")]
    Delivery.objects.update(next_at=moment.now())
    deliver()
    assert Delivery.objects.get().answer == "unreadable"


def test_a_group_is_told_once_of_one_matter_told_to_several(people, receiver, settings):
    unit = people.inspector1.home.unit
    switched_on(people, receiver, settings, kind="wecom", secret="", unit=unit)
    tell([people.inspector1, people.inspector2, people.casemgr])
    assert deliver() == {"sent": 1}
    assert (states(), len(receiver.got)) == (["sent", "sent"], 1)
    assert NUMBER in receiver.texts[0]


def test_only_people_of_the_unit_or_county_are_reached(people, receiver, settings):
    switched_on(people, receiver, settings)
    tell([people.casemgr, people.neighbour])
    assert list(Delivery.objects.values_list("user__username", flat=True)) == ["casemgr"]


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


# letters through a real mail server


class MailServer:
    """Answers `refuse` to every recipient where one is set; keeps what it took."""

    def __init__(self):
        self.got, self.refuse = [], ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope.content.decode())
        return "250 taken"


@pytest.fixture
def mail(people, settings):
    """A mail server on the loopback that the operator named, and a channel both officers stand for."""
    server = MailServer()
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.OUTBOUND_HOSTS = [f"127.0.0.1:{settings.EMAIL_PORT}"]
    settings.NOTIFY_BY_MAIL = True
    people.casemgr.email = "casemgr@example.invalid"
    people.casemgr.save()
    channels.confirm(propose(people, kind="mail", url="", secret=""), by=people.secadmin)
    yield server
    controller.stop()


def test_a_letter_bears_the_same_id_each_time_it_is_tried(people, mail, time_machine):
    mail.refuse = "451 later"
    tell(people.casemgr)
    assert deliver() == {"failed": 1}
    row = Delivery.objects.get()
    assert (row.state, row.answer, mail.got) == ("queued", "recipient", [])
    mail.refuse = ""
    time_machine.move_to(row.next_at, tick=False)
    assert deliver() == {"sent": 1}
    letter = mail.got[0]
    assert f"X-Delivery-Id: {row.batch}" in letter
    assert f"Message-ID: <{row.batch}@localhost>" in letter
    assert Delivery.objects.get().answer == "accepted"


def test_a_mail_server_the_operator_no_longer_names_gets_nothing(people, mail, settings):
    tell(people.casemgr)
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]  # another port
    deliver()
    assert (states(), mail.got) == (["suppressed"], [])


def test_letters_go_to_the_server_that_was_confirmed_or_not_at_all(people, mail, settings):
    tell(people.casemgr)
    settings.EMAIL_HOST = "localhost"
    settings.OUTBOUND_HOSTS = [*settings.OUTBOUND_HOSTS, f"localhost:{settings.EMAIL_PORT}"]
    deliver()
    assert (states(), mail.got) == (["suppressed"], [])


def test_a_mail_server_that_is_gone_is_tried_again(people, mail, settings, time_machine):
    tell(people.casemgr)
    settings.EMAIL_PORT = 1
    settings.OUTBOUND_HOSTS = ["127.0.0.1:1"]
    Channel.objects.update(host="127.0.0.1:1")
    assert deliver() == {"failed": 1}
    assert (states(), Delivery.objects.get().answer) == (["queued"], "refused")


# set-based


def test_the_morning_scan_queues_by_the_batch(people, receiver, settings, django_assert_max_num_queries):
    switched_on(people, receiver, settings)
    for _ in range(30):
        begin(people)
    with django_assert_max_num_queries(55):  # some more than without channels, whatever the number of clocks
        assert remind.scan(before(Clock.objects.first(), -8)).messages == 150
    assert Delivery.objects.count() == 150


def test_without_channels_the_scan_asks_nothing_about_them(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert channels.in_use() == []


def test_letters_are_counted_in_the_scan(people, settings, mailoutbox):
    settings.NOTIFY_BY_MAIL = True
    channels.confirm(propose(people, kind="mail", url="", secret=""), by=people.secadmin)
    people.official.email = "official@example.invalid"
    people.official.save()
    begin(people)
    remind.scan(before(Clock.objects.first(), 3))
    assert Notification.objects.get().scan.counts["letters"] == 1
    deliver()
    assert [m.to for m in mailoutbox] == [["official@example.invalid"]]
    assert mailoutbox[0].extra_headers["X-Delivery-Id"] == Delivery.objects.get().batch


# the log


def test_the_log_shows_the_way_and_not_the_matter(client, people, receiver, settings):
    channel = switched_on(people, receiver, settings)
    tell(people.casemgr)
    deliver()
    row = Delivery.objects.get()
    for user in (people.sysadmin, people.auditor):
        client.force_login(user)
        pages = [client.get(a).content.decode() for a in ("/deliveries/", row.get_absolute_url())]
        pages.append(machine(user).get(f"{API}deliveries/").content.decode())
        for page in pages:
            assert row.public_id[:8] in page
            assert receiver.host in page
            for hidden in (NUMBER, "/leads/abc/", people.casemgr.display_name, people.casemgr.public_id):
                assert hidden not in page
    query = f"?state=sent&channel={channel.public_id}&host=127&group=task&attempts=1&on_from=2026-11-24"
    assert len(machine(people.sysadmin).get(f"{API}deliveries/{query}").json()["results"]) == 1
    assert machine(people.sysadmin).get(f"{API}deliveries/?attempts=2").json()["results"] == []
    for user in (people.secadmin, people.casemgr):
        client.force_login(user)
        assert client.get("/deliveries/").status_code == 403
        assert machine(user).get(f"{API}deliveries/").json()["results"] == []
    client.force_login(people.sysadmin)
    assert "未能外发的消息" in client.get("/reminders/").content.decode()


def test_lists_cost_the_same_however_long(client, people, receiver, settings, django_assert_max_num_queries):
    switched_on(people, receiver, settings)
    for n in range(30):
        tell([people.casemgr, people.leader], f"k{n}")
    deliver()
    client.force_login(people.sysadmin)
    for address, most in (("/deliveries/", 22), ("/channels/", 22), (f"{API}deliveries/", 12)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


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
