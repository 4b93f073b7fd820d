"""消息提醒方式: what each person hears outside the inbox, and when he is left alone."""

import json
from datetime import datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from povertyaudit.core import preferences
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.models import AuditEntry, Delivery, NoticePreference, Notification
from tests.core.machines import API, assert_refusal, machine
from tests.core.sending import deliver, tell, working_hours  # noqa: F401 — the hour of its stories
from tests.core.test_channels import switched_on
from tests.core.test_clock_pages import post


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24T10:00", "2026-11-24T10:00"),  # a Tuesday
        ("2026-11-24T20:59", "2026-11-24T20:59"),
        ("2026-11-24T21:00", "2026-11-25T07:30"),
        ("2026-11-25T03:00", "2026-11-25T07:30"),
        ("2026-11-25T07:30", "2026-11-25T07:30"),
        ("2026-11-27T22:00", "2026-11-30T07:30"),  # Friday night: over the week-end
        ("2026-11-28T12:00", "2026-11-30T07:30"),
        ("2026-09-30T22:00", "2026-10-08T07:30"),  # over the National Day holidays
        ("2026-02-14T12:00", "2026-02-14T12:00"),  # a Saturday made a working day
    ],
)
def test_the_usual_quiet_hours(now, until):
    assert preferences.wake(at(now), preferences.USUAL, NationalCalendar()) == at(until)


@pytest.mark.django_db
def test_quiet_hours_of_ones_own():
    noon = NoticePreference(quiet_from=time(12), quiet_to=time(14), quiet_rest_days=False)
    calendar = NationalCalendar()
    assert preferences.wake(at("2026-11-28T12:30"), noon, calendar) == at("2026-11-28T14:00")
    assert preferences.wake(at("2026-11-28T23:00"), noon, calendar) == at("2026-11-28T23:00")
    never = NoticePreference(quiet=False)
    assert preferences.wake(at("2026-11-28T23:00"), never, calendar) == at("2026-11-28T23:00")


@pytest.mark.parametrize(
    ("kind", "group"),
    [("due.7d", "due"), ("due.overdue", "press"), ("lead.press", "press"), ("press", "press"), ("lead.dispatch", "task"),
     ("item", "task"), ("system", "system"), ("comment", "mention"), ("mention", "mention")],
)  # fmt: skip
def test_every_kind_of_message_has_its_group(kind, group):
    assert preferences.group_of(kind) == group


def test_at_night_messages_wait_and_go_out_as_one_in_the_morning(people, receiver, settings, time_machine):
    switched_on(people, receiver, settings)
    time_machine.move_to("2026-11-24T22:30:00+08:00", tick=False)
    for n in range(3):
        tell(people.casemgr, f"k{n}", number=f"990101-XF-2026-{n:04d}")
    assert Notification.objects.filter(user=people.casemgr).count() == 3  # the inbox has them at once
    assert {row.next_at for row in Delivery.objects.all()} == {at("2026-11-25T07:30")}
    assert deliver() == {}
    time_machine.move_to("2026-11-25T07:30:00+08:00", tick=False)
    assert deliver() == {"sent": 1}
    assert json.loads(receiver.texts[0])["text"] == "您有 3 条新消息\nhttps://ledger.example/notifications/"


def test_what_was_held_up_until_the_night_waits_for_the_morning(people, receiver, settings, time_machine):
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    time_machine.move_to("2026-11-24T23:00:00+08:00", tick=False)
    assert deliver() == {}
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.next_at) == ("queued", 0, at("2026-11-25T07:30"))


def test_what_a_person_does_not_want_is_not_queued(people, receiver, settings):
    switched_on(people, receiver, settings)
    preferences.change(people.casemgr, by=people.casemgr, muted=["task.push"])
    tell([people.casemgr, people.leader])
    assert list(Delivery.objects.values_list("user__username", flat=True)) == ["leader"]


def test_ones_own_choices_over_rest(people):
    client = machine(people.official)
    first = client.get(f"{API}notification-preferences/")
    assert first.json() == {
        "version": 1, "muted": [], "quiet": True, "quiet_from": "21:00", "quiet_to": "07:30",
        "quiet_rest_days": True, "digest": False, "digest_at": "08:00", "media": [],
    }  # fmt: skip
    given = {"muted": ["due.mail"], "quiet_from": "22:00"}
    tag = {"HTTP_IF_MATCH": first["ETag"]}
    answer = client.patch(f"{API}notification-preferences/", given, **tag)
    assert (answer.status_code, answer.json()["muted"], answer.json()["quiet_from"]) == (
        200,
        ["due.mail"],
        "22:00",
    )
    assert_refusal(client.patch(f"{API}notification-preferences/", given, **tag), 412)
    for wrong in (
        {"muted": ["due.pigeon"]},
        {"muted": "due.mail"},
        {"quiet_from": "25:00"},
        {"colour": "red"},
    ):
        assert_refusal(client.patch(f"{API}notification-preferences/", wrong), 400)
    assert_refusal(client.patch(f"{API}notification-preferences/", {"quiet_to": "22:00"}), 422)
    once = {"HTTP_IDEMPOTENCY_KEY": "once"}
    versions = [
        client.patch(f"{API}notification-preferences/", given, **once).json()["version"] for _ in range(2)
    ]
    assert versions == [3, 3]
    assert machine(people.unithead).get(f"{API}notification-preferences/").json()["muted"] == []
    assert AuditEntry.objects.filter(verb="account.notices", actor=people.official).count() == 2


def test_ones_own_choices_on_the_page(client, people, receiver, settings):
    switched_on(people, receiver, settings)
    client.force_login(people.official)
    assert "/account/notices/" in client.get("/account/").content.decode()
    page = client.get("/account/notices/")
    assert "群机器人或推送" in page.content.decode()
    given = {"due": ["mail", "push"], "task": ["push"], "quiet": "on", "quiet_from": "20:00", "quiet_to": "08:00", "digest_at": "09:00",
             "expected_version": page.context["version"]}  # fmt: skip
    assert post(client, "/account/notices/", given).status_code == 302
    row = NoticePreference.objects.get(user=people.official)
    assert "task.mail" in row.muted
    assert "task.push" not in row.muted
    assert (row.quiet_from, row.quiet_rest_days) == (time(20), False)
    stale = post(client, "/account/notices/", given)
    assert stale.status_code == 412
    wrong = given | {"quiet_to": "20:00", "expected_version": 2}
    answer = post(client, "/account/notices/", wrong)
    assert answer.status_code == 422
    assert "不能是同一时间" in answer.content.decode()
    preferences.change(people.official, by=people.official, quiet=False)
    empty = post(client, "/account/notices/", wrong | {"quiet_to": ""})
    assert (empty.status_code, empty.context["version"]) == (400, 2)  # not the version he never saw


def test_the_database_holds_that_quiet_hours_have_a_length(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticePreference.objects.create(user=people.official, quiet_from=time(8), quiet_to=time(8))
