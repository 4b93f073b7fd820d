"""属上级管辖的检举控告: a slip with two days and two numbers, for the desk and the head alone; no word of content anywhere."""

from datetime import timedelta

import pytest
from django.db import models
from rest_framework.test import APIClient

from cases import services
from cases.models import SuperiorReceipt
from povertyaudit.core import comments, moment, remind
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Clock, Notification
from tests import factories

HERE = "/api/v1/superior-receipts/"


def machine(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def slip(people):
    return services.receive_for_superior(by=people.petition, received_on=moment.today() - timedelta(days=1))


def clock_of(slip):
    return Clock.objects.of(slip).get()


def test_the_desk_registers_and_sends_up_on_pages(client, people):
    today = str(moment.today())
    client.force_login(people.petition)
    assert "不录入、不复印、不摘抄" in client.get("/superior-receipts/new/").content.decode()
    client.post("/superior-receipts/new/", {"received_on": today})
    slip = SuperiorReceipt.objects.get()
    assert slip.number == f"990101-SJ-{moment.today().year}-0001"
    assert (clock_of(slip).code, clock_of(slip).state) == ("lead.send_up", "running")
    assert slip.number in client.get("/").content.decode()
    assert "上级管辖件" in client.get("/superior-receipts/?tab=waiting").content.decode()
    page = client.get(slip.get_absolute_url()).content.decode()
    assert 'id="comments"' not in page
    sent = client.post(f"{slip.get_absolute_url()}send-up/", {"sent_on": today, "expected_version": 1})
    assert sent.status_code == 302
    client.post(f"{slip.get_absolute_url()}record_receipt/", {"superior_receipt": "澄信收〔2026〕31号"})
    slip.refresh_from_db()
    assert (slip.state, slip.superior_receipt, slip.sent_by) == (
        "sent",
        "澄信收〔2026〕31号",
        people.petition,
    )
    assert clock_of(slip).state == "stopped"


def test_the_same_by_rest_and_the_head_may_send_it_himself(people):
    desk, head = machine(people.casemgr), machine(people.secretary)
    made = desk.post(HERE, {"received_on": str(moment.today())}, format="json")
    assert (made.status_code, made.json()["actions"]) == (201, ["send_up"])
    address = f"{HERE}{made.json()['id']}/"
    done = head.post(f"{address}send_up/", {"superior_receipt": "JW-12"}, format="json")
    assert (done.status_code, done.json()["state"], done.json()["actions"]) == (200, "sent", [])
    assert head.post(f"{address}send_up/", {}, format="json").status_code == 409


def test_there_is_no_room_for_a_word_of_content(people, slip):
    free = [
        field.name
        for field in SuperiorReceipt._meta.concrete_fields
        if isinstance(field, models.TextField)
        or isinstance(field, models.CharField)
        and not (field.choices or field.validators[1:] or not field.editable)
    ]
    assert free == []
    desk, address = machine(people.petition), f"{HERE}{slip.public_id}/"
    for body in (
        {"note": "反映县长"},
        {"superior_receipt": "反映县长收钱"},
        {"superior_receipt": "x" * 31},
        {"superior_receipt": "反映县长收钱2026年的事1号"},
    ):
        assert desk.post(f"{address}send_up/", body, format="json").status_code in (400, 422), body
    assert (
        desk.post(HERE, {"received_on": str(moment.today()), "title": "x"}, format="json").status_code == 400
    )
    with pytest.raises(NotAllowed):
        comments.write(slip, by=people.petition, text="反映县长")
    assert desk.post(f"{address}comments/", {"text": "反映县长"}, format="json").status_code in (404, 405)
    assert SuperiorReceipt.objects.get().state == "waiting"


SEEING = {"petition", "secretary"}


@pytest.mark.parametrize("who", [name for name, *_ in factories.PEOPLE])
def test_only_the_desk_and_the_head_learn_that_it_came(client, people, slip, who):
    user = getattr(people, who)
    client.force_login(user)
    seen = who in SEEING
    assert client.get(slip.get_absolute_url()).status_code == (200 if seen else 404)
    assert machine(user).get(f"{HERE}{slip.public_id}/").status_code == (200 if seen else 404)
    assert (slip.number in client.get("/superior-receipts/").content.decode()) == seen
    assert (slip.number in client.get(f"/search/?q={slip.number}").content.decode()) == (
        seen or f'value="{slip.number}"' in client.get(f"/search/?q={slip.number}").content.decode()
    )


def test_reminders_go_to_the_desk_and_the_head_alone(people, slip):
    remind.scan(clock_of(slip).due_on + timedelta(days=9))
    told = set(Notification.objects.filter(number=slip.number).values_list("user__username", flat=True))
    assert told == SEEING


def test_the_days_are_in_order_and_late_sending_stays_late(people, slip):
    for day in (slip.received_on - timedelta(days=1), moment.today() + timedelta(days=1)):
        with pytest.raises(RuleBroken) as refusal:
            services.send_up(slip, by=people.petition, sent_on=day)
        assert refusal.value.field == "sent_on"
    with pytest.raises(RuleBroken):
        services.receive_for_superior(by=people.petition, received_on=moment.today() + timedelta(days=1))
    old = services.receive_for_superior(by=people.petition, received_on=moment.today() - timedelta(days=30))
    services.send_up(old, by=people.petition)
    assert clock_of(old).late_by


def test_who_may(people, slip):
    for who in ("inspector1", "leader", "official", "neighbour"):
        with pytest.raises(NotAllowed):
            services.send_up(slip, by=getattr(people, who))
    with pytest.raises(NotAllowed):
        services.receive_for_superior(by=people.inspector1, received_on=moment.today())
    with pytest.raises(WrongState):
        services.record_receipt(slip, by=people.petition, superior_receipt="1")
    assert AuditEntry.objects.filter(verb__startswith="superior_receipt.").count() == 1
