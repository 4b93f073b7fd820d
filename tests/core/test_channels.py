"""Two officers stand for a channel: one proposes and tests, the other confirms, either switches off. Both doors."""

import logging

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from povertyaudit.core import channels, moment, verify
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import AuditEntry, AuditValue, Channel, Delivery, Post, Role
from povertyaudit.core.models.channels import ChannelState
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.core.receivers import Receiver
from tests.core.test_clock_pages import post

SECRET = "SEC-geheim-0123456789"


def propose(people, receiver=None, **more):
    url = receiver.url if isinstance(receiver, Receiver) else "https://robot.example.cn/send?key=k-ey-7"
    given = {"name": "值班群", "kind": "webhook", "url": url, "secret": SECRET} | more
    return channels.propose(by=people.sysadmin, **given)


def switched_on(people, receiver, settings, **more):
    settings.OUTBOUND_HOSTS = [*settings.OUTBOUND_HOSTS, receiver.host]
    return channels.confirm(propose(people, receiver, **more), by=people.secadmin)


def test_one_officer_proposes_and_the_other_confirms_on_pages(client, people):
    client.force_login(people.sysadmin)
    assert "提出外发渠道" in client.get("/channels/").content.decode()
    given = {"name": "值班群", "kind": "webhook", "unit": "", "url": "https://robot.example.cn/send?key=k-ey-7",
             "secret": SECRET, "note": "供值班使用"}  # fmt: skip
    answer = post(client, "/channels/new/", given)
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "须由安全保密管理员确认" in page
    assert "OUTBOUND_HOSTS" in page
    channel = Channel.objects.get()
    assert post(client, f"{channel.get_absolute_url()}confirm/", {"note": ""}).status_code == 403
    client.force_login(people.secadmin)
    assert "待确认的外发渠道" in client.get("/").content.decode()
    assert "robot.example.cn" in client.get(f"{channel.get_absolute_url()}confirm/").content.decode()
    assert post(client, f"{channel.get_absolute_url()}confirm/", {"note": ""}).status_code == 302
    channel.refresh_from_db()
    assert (channel.state, channel.confirmed_by) == (ChannelState.ON, people.secadmin)
    assert verify.verify().broken == []


def test_the_same_over_rest(people):
    given = {
        "name": "值班群",
        "kind": "feishu",
        "url": "https://open.example.cn/hook/k-ey-7",
        "secret": SECRET,
    }
    sysadmin, secadmin = machine(people.sysadmin), machine(people.secadmin)
    made = sysadmin.post(f"{API}channels/", given)
    assert made.status_code == 201
    row = made.json()
    assert (row["state"], row["host"], row["open"], row["actions"]) == (
        "proposed", "open.example.cn", False, ["switch_off"],
    )  # fmt: skip
    assert_refusal(sysadmin.post(f"{API}channels/{row['id']}/confirm/", {}), 403)
    assert secadmin.post(f"{API}channels/{row['id']}/confirm/", {}).json()["state"] == "on"
    assert_refusal(sysadmin.post(f"{API}channels/{row['id']}/try_out/"), 422)  # the operator opened nothing
    for officer in (secadmin, sysadmin):
        assert officer.post(f"{API}channels/{row['id']}/switch_off/", {}).json()["state"] == "off"
        assert sysadmin.post(f"{API}channels/{row['id']}/repropose/", {}).json()["state"] == "proposed"
    assert_refusal(secadmin.post(f"{API}channels/{row['id']}/switch_off/", {}), 403)
    assert_refusal(secadmin.post(f"{API}channels/{row['id']}/refuse/", {}), 422)
    assert secadmin.post(f"{API}channels/{row['id']}/refuse/", {"note": "不明"}).json()["state"] == "refused"


@pytest.mark.parametrize("name", ["casemgr", "official", "secretary", "neighbour", "ledgerclient"])
def test_nobody_else_knows_of_channels(client, people, name):
    channel, user = propose(people), getattr(people, name)
    assert machine(user).get(f"{API}channels/").json()["results"] == []
    assert machine(user).get(f"{API}deliveries/").json()["results"] == []
    assert_refusal(machine(user).get(f"{API}channels/{channel.public_id}/"), 404)
    client.force_login(user)
    for address in ("/channels/", "/deliveries/", "/channels/new/"):
        assert client.get(address).status_code == 403
    assert client.get(channel.get_absolute_url()).status_code == 404


def test_who_proposed_cannot_confirm_later_in_the_other_post(people):
    channel = propose(people)
    Post.objects.filter(user=people.sysadmin).update(ended_at=moment.now())
    later = factories.user(Role.SECADMIN, unit=people.secadmin.home.unit, person=people.sysadmin.person)
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        channels.confirm(channel, by=later)


@pytest.mark.django_db
def test_the_database_holds_the_two_pairs_of_eyes(people):
    channel = propose(people)
    for wrong in ({"state": "on"}, {"confirmed_by": people.sysadmin}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Channel.objects.filter(pk=channel.pk).update(**wrong)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"url": "http://robot.example.cn/x"}, "url"), ({"url": "ftp://robot.example.cn"}, "url"), ({"url": "robot"}, "url"),
     ({"url": "https://a:b@robot.example.cn/"}, "url"), ({"url": "https://robot.example.cn:99999/"}, "url"),
     ({"url": "https://[::1"}, "url"), ({"url": "https://机器人.cn/"}, "url"), ({"url": ""}, "url"),
     ({"url": "https://robot.example.cn/#x"}, "url"), ({"url": "http://127.0.0.1.example.cn/"}, "url"),
     ({"secret": "short"}, "secret"), ({"secret": "whsec_***************"}, "secret"), ({"kind": "wecom"}, "secret"),
     ({"kind": "mail"}, "url"), ({"kind": "pigeon"}, "kind"), ({"name": ""}, "name")],
)  # fmt: skip
def test_bad_input_is_one_sentence_at_its_field(people, wrong, field):
    given = {"name": "群", "kind": "webhook", "url": "https://robot.example.cn/x", "secret": SECRET} | wrong
    answer = machine(people.sysadmin).post(f"{API}channels/", given)
    assert answer.status_code in {400, 422}
    assert_refusal(answer, answer.status_code)
    assert answer.json()["field"] == field
    assert not Channel.objects.exists()


def test_address_and_secret_are_never_seen_again(client, people, caplog):
    caplog.set_level(logging.DEBUG)
    made = machine(people.sysadmin).post(
        f"{API}channels/",
        {"name": "群", "kind": "webhook", "url": "https://robot.example.cn/x?key=k-ey-7", "secret": SECRET},
        HTTP_IDEMPOTENCY_KEY="once",
    )
    channel = Channel.objects.get()
    seen = [made.content.decode(), caplog.text]
    for user in (people.sysadmin, people.secadmin, people.auditor):
        client.force_login(user)
        seen += [client.get(a).content.decode() for a in ("/channels/", channel.get_absolute_url())]
        seen.append(machine(user).get(f"{API}channels/").content.decode())
        seen.append(machine(user).get(f"{API}audit/").content.decode())
    client.force_login(people.sysadmin)
    wrong = {"name": "", "kind": "webhook", "url": "https://robot.example.cn/x?key=k-ey-7", "secret": SECRET}
    seen.append(post(client, "/channels/new/", wrong).content.decode())
    seen += [str(list(model.objects.values())) for model in (AuditEntry, AuditValue)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_channel")
        seen.append(str([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()]))
    for text in seen:
        assert "k-ey-7" not in text
        assert SECRET not in text
    assert channels.keys_of(channel)["secret"] == SECRET


def test_a_seal_moved_to_another_channel_does_not_open(people):
    from cryptography.exceptions import InvalidTag

    one, other = propose(people), propose(people, name="另一群")
    other.sealed = one.sealed
    with pytest.raises(InvalidTag):
        channels.keys_of(other)


def test_a_test_is_sent_by_the_way_of_all_deliveries(people, receiver, settings):
    from tests.core.sending import deliver

    channel = switched_on(people, receiver, settings)
    channels.try_out(channel, by=people.sysadmin)
    deliver()
    assert Delivery.objects.get().state == "sent"
    assert "这是一条测试消息" in receiver.texts[0]


def test_a_test_letter_needs_an_address(people, settings):
    settings.NOTIFY_BY_MAIL = True
    channel = channels.confirm(propose(people, kind="mail", url="", secret=""), by=people.secadmin)
    with pytest.raises(RuleBroken, match="没有登记邮箱"):
        channels.try_out(channel, by=people.sysadmin)


# what the operator is told


def said(capsys):
    call_command("check")
    out = capsys.readouterr()
    return out.out + out.err


def test_the_operator_is_told_what_does_not_make_sense(settings, capsys, db):
    settings.OUTBOUND_HOSTS = ["robot.example.cn"]
    assert "W023" in said(capsys)
    settings.SITE_URL, settings.NOTIFY_BY_MAIL, settings.EMAIL_HOST = (
        "https://ledger.example",
        True,
        "mail.example.cn",
    )
    assert "W024" in said(capsys)
    settings.OUTBOUND_HOSTS = ["robot.example.cn", "mail.example.cn"]
    assert "no issues" in said(capsys)


@pytest.mark.parametrize(
    "entry", ["https://robot.example.cn", "*.example.cn", "robot.example.cn/x", "a b", "host:0"]
)
def test_a_host_written_wrongly_stops_the_start(settings, entry, db):
    from django.core.management.base import SystemCheckError

    settings.OUTBOUND_HOSTS = [entry]
    with pytest.raises(SystemCheckError, match="E021"):
        call_command("check")
