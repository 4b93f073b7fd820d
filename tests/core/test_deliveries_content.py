"""What leaves: number and link, in the shape and with the signature of each kind of channel, to whom it belongs."""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from povertyaudit.core import moment
from povertyaudit.core.models import Delivery
from tests.core.sending import NUMBER, SITE, deliver, states, tell, working_hours  # noqa: F401 — the hour of its stories
from tests.core.test_channels import SECRET, switched_on


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
