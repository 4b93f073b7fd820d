"""变动推送: signed, tried again, kept in a log, sent again; it says how many rows changed and nothing of them."""

import json
import runpy
from datetime import timedelta

import pytest
from django.conf import settings as project

from povertyaudit.core import changes, jobs, moment, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Channel, Job, Role, User
from povertyaudit.exchange.models import Hook, HookDelivery
from povertyaudit.exchange.services import hooks
from tests import factories
from tests.core.machines import API, assert_refusal, machine, misuse
from tests.core.sending import later
from tests.core.test_channels import SECRET, switched_on
from tests.core.test_clock_pages import post
from tests.inspections import makers


@pytest.fixture
def hook(people, receiver, settings, time_machine):
    time_machine.move_to("2026-11-24T10:00:00+08:00", tick=False)
    User.objects.filter(pk=people.ledgerclient.pk).update(is_service=True, region=factories.QINGHE)
    channel = switched_on(people, receiver, settings)
    made = machine(people.sysadmin).post(
        f"{API}hooks/",
        {"channel": channel.public_id, "user": "ledgerclient", "things": ["misuses"]},
        format="json",
    )
    assert made.status_code == 201, made.content
    return Hook.objects.get()


def beat():
    """What the clock and the worker would do now."""
    for _, kind, payload in hooks.owed(moment.today(), moment.now()):
        job = Job.objects.create(kind=kind, key=f"hooks:test:{Job.objects.count()}", payload=payload)
        assert jobs.run(job.pk) == "done"


def test_a_change_is_told_once_signed_and_without_contents(people, hook, receiver):
    beat()
    assert receiver.got == []
    misuse(people, title="围墙维修")
    misuse(people)
    beat()
    beat()
    (got,) = receiver.got
    said = json.loads(got["body"])
    assert said["changes"] == {"misuses": 2}
    assert "围墙" not in got["body"].decode()
    is_ours = runpy.run_path(str(project.BASE_DIR / "docs/clients/receiver.py"))["is_ours"]
    is_ours.__globals__["time"] = type("T", (), {"time": staticmethod(lambda: moment.now().timestamp())})
    assert is_ours(got["headers"], got["body"], SECRET)
    assert not is_ours(got["headers"], got["body"] + b" ", SECRET)
    late = moment.now().timestamp() + 301
    is_ours.__globals__["time"] = type("T", (), {"time": staticmethod(lambda: late)})
    assert not is_ours(got["headers"], got["body"], SECRET)
    assert HookDelivery.objects.get().state == "sent"


def test_what_the_account_cannot_see_is_not_told(people, hook, receiver):
    people.ledgerclient.posts.update(region=factories.YUNPING)
    misuse(people)
    beat()
    assert receiver.got == []


def test_another_county_is_not_told_of_whatever_the_account_reaches(people, hook, receiver):
    """The channel is this county's: a service account of the level above reaches both. What moves there is told once
    more: a copy of this county alone has a row to delete."""
    people.ledgerclient.posts.update(region=factories.QINGHE[:4] + "0" * 8)
    row, there = misuse(people), factories.unit("云屏县扶贫办", region=factories.YUNPING)
    beat()
    assert json.loads(receiver.got[0]["body"])["changes"] == {"misuses": 1}
    moved = {"region": there.region, "responsible_unit": there}
    rows.change(row, verb="misuse.amend", by=people.finance, changes=moved)
    beat()
    assert [json.loads(got["body"])["changes"] for got in receiver.got] == [{"misuses": 1}] * 2
    rows.change(row, verb="misuse.amend", by=people.neighbour, changes={"title": "改过"})
    beat()
    assert len(receiver.got) == 2


def test_a_secret_round_is_not_told_to_have_left_either(people, hook, receiver):
    Hook.objects.update(things={"rounds": "inspections.round"})
    people.ledgerclient.posts.update(region=factories.QINGHE[:4] + "0" * 8)
    secret = makers.round_(people, secret=True)
    rows.change(secret, verb="round.amend", by=people.patroloffice, changes={"region_id": factories.YUNPING})
    beat()
    assert receiver.got == []


def test_the_officers_of_another_county_know_nothing_of_it(people, hook):
    far = factories.user(
        Role.SYSADMIN,
        unit=factories.unit("云屏县信息中心", region=factories.YUNPING),
        region=factories.YUNPING,
    )
    client = machine(far)
    assert client.get(f"{API}hooks/").json()["results"] == []
    assert_refusal(client.post(f"{API}hooks/{hook.public_id}/end/"), 404)


def test_only_a_channel_of_its_kind_takes_it(people, hook):
    channel = hook.channel
    channel.kind = "wecom"
    with pytest.raises(RuleBroken, match="通用推送"):
        hooks.open_hook(by=people.sysadmin, channel=channel, user=people.ledgerclient, things=["leads"])


def test_a_secret_round_is_not_counted(people, hook, receiver):
    Hook.objects.update(things={"rounds": "inspections.round"})
    makers.round_(people, secret=True)
    beat()
    assert receiver.got == []
    makers.round_(people, name="第八轮巡察")
    beat()
    (got,) = receiver.got
    assert json.loads(got["body"])["changes"] == {"rounds": 1}


def test_tried_again_with_growing_waits_then_given_up_and_sent_again_by_hand(
    people,
    hook,
    receiver,
    time_machine,
    client,
):
    receiver.answers[:] = [(503, b"")]
    misuse(people)
    beat()
    for minutes in (1, 5, 30, 120, 720):
        row = HookDelivery.objects.get()
        assert (row.state, row.next_at) == ("queued", moment.now() + timedelta(minutes=minutes))
        later(time_machine, minutes=minutes)
        beat()
    row = HookDelivery.objects.get()
    assert (row.state, row.attempts, row.answer, len(receiver.got)) == ("failed", 6, "503", 6)
    assert len({got["headers"]["Webhook-Id"] for got in receiver.got}) == 1
    receiver.answers[:] = [(200, b"")]
    client.force_login(people.sysadmin)
    assert "未发出" in client.get("/hook-deliveries/?tab=failed").content.decode()
    assert "misuses 1 处" in client.get(row.get_absolute_url()).content.decode()
    assert post(client, f"{row.get_absolute_url()}resend/", {"note": ""}).status_code == 302
    beat()
    row.refresh_from_db()
    assert (row.state, len(receiver.got)) == ("sent", 7)
    assert (
        machine(people.sysadmin).post(f"{API}hook-deliveries/{row.public_id}/resend/").json()["state"]
        == "queued"
    )


def test_nothing_goes_out_for_an_account_that_is_closed_or_a_hook_that_is_ended(
    people, hook, receiver, time_machine
):
    receiver.answers[:] = [(503, b"")]
    misuse(people)
    beat()
    row = HookDelivery.objects.get()
    again = machine(people.sysadmin).post(f"{API}hook-deliveries/{row.public_id}/resend/")
    assert_refusal(again, 409)  # it waits for its next turn anyway
    User.objects.filter(pk=people.ledgerclient.pk).update(is_active=False)
    misuse(people)
    beat()
    assert not Hook.objects.on().exists()
    assert HookDelivery.objects.count() == 1
    User.objects.filter(pk=people.ledgerclient.pk).update(is_active=True)
    assert machine(people.sysadmin).post(f"{API}hooks/{hook.public_id}/end/").status_code == 200
    later(time_machine, minutes=60)
    misuse(people)
    beat()
    assert not HookDelivery.objects.due(moment.now()).exists()
    assert len(receiver.got) == 1


def test_on_pages_the_it_officer_opens_and_ends_it(people, hook, receiver, client):
    client.force_login(people.sysadmin)
    form = {
        "channel": hook.channel_id, "user": people.ledgerclient.public_id, "things": "leads、items", "note": "",
    }  # fmt: skip
    assert post(client, "/hooks/new/", form).status_code == 302
    fresh = Hook.objects.first()
    assert set(fresh.things) == {"leads", "items"}
    assert "items、leads" in client.get("/hooks/").content.decode()
    assert post(client, f"{fresh.get_absolute_url()}end/", {"note": ""}).status_code == 302
    assert_refusal(machine(people.sysadmin).post(f"{API}hooks/{fresh.public_id}/end/"), 409)
    client.force_login(people.casemgr)
    assert client.get("/hooks/").status_code == 403
    assert client.get(fresh.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [({"user": "finance"}, "user"), ({"things": ["regions"]}, "things"), ({"things": []}, "things")],
)
def test_what_makes_no_sense_is_refused(people, hook, change, field):
    asked = {"channel": hook.channel.public_id, "user": "ledgerclient", "things": ["leads"]} | change
    answer = machine(people.sysadmin).post(f"{API}hooks/", asked, format="json")
    assert_refusal(answer, 422)
    assert answer.json()["field"] == field


def test_the_clock_asks_nothing_where_nobody_listens(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert hooks.owed(moment.today(), moment.now()) == []


def test_what_leaves_the_scope_is_told_by_its_county_alone(people, hook, receiver):
    people.ledgerclient.posts.update(region=factories.QINGHE)
    row, there = misuse(people), factories.unit("云屏县扶贫办", region=factories.YUNPING)
    beat()
    moved = {"region": there.region, "responsible_unit": there}
    rows.change(row, verb="misuse.amend", by=people.finance, changes=moved)
    beat()
    assert len(receiver.got) == 2
    people.ledgerclient.posts.update(region=factories.YUNPING)
    home = factories.unit("柳溪镇人民政府")
    rows.change(
        row,
        verb="misuse.amend",
        by=people.neighbour,
        changes={"region": home.region, "responsible_unit": home},
    )
    beat()
    assert len(receiver.got) == 2  # it left the other county, whose channel this is not


def test_what_was_there_before_is_not_told(people, hook):
    misuse(people)
    late = hooks.open_hook(
        by=people.sysadmin, channel=hook.channel, user=people.ledgerclient, things=["misuses"]
    )
    beat()
    assert list(HookDelivery.objects.values_list("hook", flat=True)) == [hook.pk]
    assert late.seen > hook.seen


def test_two_workers_send_a_message_once(people, hook, receiver):
    misuse(people)
    changes.number()
    hooks._tell(hook)
    (row,) = HookDelivery.objects.for_list()
    assert (hooks._send(row), hooks._send(row)) == ("sent", "elsewhere")
    assert len(receiver.got) == 1


def test_nothing_goes_out_over_a_channel_that_is_off(people, hook, receiver):
    misuse(people)
    changes.number()
    hooks._tell(hook)
    Channel.objects.update(state="off")
    assert not HookDelivery.objects.due(moment.now()).exists()
    misuse(people)
    beat()
    Channel.objects.update(state="on")
    assert (receiver.got, HookDelivery.objects.count()) == ([], 1)


def test_the_it_officer_alone_opens_ends_and_sends_again(people, hook):
    row = HookDelivery.objects.create(hook=hook, state="sent")
    with pytest.raises(NotAllowed):
        hooks.open_hook(by=people.casemgr, channel=hook.channel, user=people.ledgerclient, things=["leads"])
    for act in (lambda: hooks.end(hook, by=people.auditor), lambda: hooks.resend(row, by=people.auditor)):
        with pytest.raises(NotAllowed):
            act()


def test_old_messages_are_forgotten(people, hook):
    for days in (89, 91):
        HookDelivery.objects.create(hook=hook, created_at=moment.now() - timedelta(days=days))
    assert hooks.sweep() == 1
