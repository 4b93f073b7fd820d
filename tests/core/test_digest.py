"""每日摘要, and the last day of a statutory period: one letter a day; the one reminder that passes quiet hours."""

from datetime import datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from povertyaudit import digest
from povertyaudit.core import channels, jobs, preferences, remind
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.models import Clock, Delivery, Job, NoticePreference, Notification
from povertyaudit.core.models.rules import of_law
from tests.core.machines import API, assert_refusal, machine
from tests.core.sending import deliver, tell, working_hours  # noqa: F401 — the hour of its stories
from tests.core.test_channels import propose, switched_on
from tests.core.test_clock_pages import post
from tests.core.test_reminders import begin

DAY = "2026-11-24"


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def letters(people, settings, *users):
    """Mail switched on, with an address for each."""
    settings.NOTIFY_BY_MAIL = True
    channels.confirm(propose(people, kind="mail", url="", secret=""), by=people.secadmin)
    for user in users:
        user.email = f"{user.username}@example.invalid"
        user.save(update_fields=["email"])


def owed_and_done():
    """What the clock would set up and the worker do now: how many were told."""
    told = 0
    for key, kind, payload in digest.owed(timezone.localdate(), timezone.now()):
        job = jobs.enqueue(kind, payload, key)
        Job.objects.filter(pk=job.pk).update(
            state="queued", claim="", lease_until=None
        )  # done again, as after a kill
        assert jobs.run(job.pk) == "done"
        job.refresh_from_db()
        told += job.result["told"]
    return told


@pytest.fixture
def reader(people, settings):
    """Wants one letter a day, at nine."""
    letters(people, settings, people.casemgr, people.leader)
    preferences.change(people.casemgr, by=people.casemgr, digest=True, digest_at=time(9))
    return people.casemgr


def test_one_letter_a_day_with_counts_and_no_names(reader, people, mailoutbox, time_machine, client):
    time_machine.move_to(f"{DAY}T08:59:00+08:00", tick=False)
    tell([reader, people.leader], "k1")
    tell(reader, "k2")
    assert owed_and_done() == 0
    assert [row.user for row in Delivery.objects.all()] == [people.leader]  # no letters for each message
    time_machine.move_to(f"{DAY}T09:00:20+08:00", tick=False)
    assert owed_and_done() == 1
    assert owed_and_done() == 0
    deliver()
    deliver()
    [letter] = [one for one in mailoutbox if one.to == [reader.email]]
    assert (letter.subject, letter.body) == (
        "今日工作摘要", "今日摘要：未读消息 2 条。\nhttps://ledger.example/",
    )  # fmt: skip
    preferences.change(reader, by=reader, digest_at=time(10))
    time_machine.move_to(f"{DAY}T10:00:20+08:00", tick=False)
    assert owed_and_done() == 0
    # What carries the letter is no message.
    client.force_login(reader)
    assert "今日摘要" not in client.get("/notifications/?tab=all").content.decode()
    assert machine(reader).get(f"{API}notifications/").json()["results"][0]["text"].startswith("题目")
    time_machine.move_to("2026-11-25T10:00:20+08:00", tick=False)
    assert owed_and_done() == 1
    assert Notification.objects.filter(kind="desk.digest").count() == 2


def test_nothing_to_say_is_not_said_nor_on_a_day_of_rest_nor_late(reader, people, time_machine):
    time_machine.move_to(f"{DAY}T09:00:20+08:00", tick=False)
    assert owed_and_done() == 0
    tell(reader)
    time_machine.move_to("2026-11-28T09:00:20+08:00", tick=False)  # a Saturday
    assert owed_and_done() == 0
    time_machine.move_to(f"{DAY}T20:00:00+08:00", tick=False)  # the clock stood still all day
    assert digest.owed(timezone.localdate(), timezone.now()) == []
    time_machine.move_to("2026-11-25T09:00:20+08:00", tick=False)
    [(_, _, payload)] = digest.owed(timezone.localdate(), timezone.now())
    time_machine.move_to("2026-11-26T07:00:00+08:00", tick=False)
    assert digest.job(payload, None) == {"told": 0}


def test_a_digest_at_night_is_refused_at_every_door(client, people):
    answer = machine(people.official).patch(
        f"{API}notification-preferences/", {"digest": True, "digest_at": "06:00"}
    )
    assert_refusal(answer, 422)
    client.force_login(people.official)
    page = client.get("/account/notices/")
    given = {"digest": "on", "digest_at": "22:00", "quiet": "on", "quiet_from": "21:00", "quiet_to": "07:30",
             "expected_version": page.context["version"]}  # fmt: skip
    wrong = post(client, "/account/notices/", given)
    assert wrong.status_code == 422
    assert "摘要时间在夜间不打扰的时间以内" in wrong.content.decode()
    assert post(client, "/account/notices/", given | {"digest_at": "08:30"}).status_code == 302
    row = NoticePreference.objects.get(user=people.official)
    assert (row.digest, row.digest_at) == (True, time(8, 30))
    for hours in ((time(21), time(7, 30), time(22)), (time(12), time(14), time(13))):
        start, end, wanted = hours
        with pytest.raises(IntegrityError), transaction.atomic():
            NoticePreference.objects.filter(pk=row.pk).update(
                quiet_from=start, quiet_to=end, digest_at=wanted
            )


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24T10:00", "2026-11-24T10:00"),
        ("2026-11-24T06:00", "2026-11-24T07:30"),  # the night ends on the day itself: it waits for that
        ("2026-11-24T21:30", "2026-11-24T21:30"),  # it does not: the morning would be too late
        ("2026-11-28T06:00", "2026-11-28T07:30"),  # a Saturday: the night is kept, the day of rest is not
        ("2026-11-28T12:00", "2026-11-28T12:00"),
    ],
)
def test_the_last_day_of_a_statutory_period_passes_quiet_hours(db, now, until):
    day = at(now).date()
    assert preferences.wake(at(now), preferences.USUAL, NationalCalendar(), day) == at(until)
    over = at(now).replace(day=at(now).day - 1).date()
    calm = preferences.wake(at(now), preferences.USUAL, NationalCalendar())
    assert preferences.wake(at(now), preferences.USUAL, NationalCalendar(), over) == calm  # no news any more


def test_which_periods_are_statutory_is_said_by_their_dated_rule():
    assert of_law(None, "中国共产党纪律检查机关监督执纪工作规则")
    assert not of_law(None, "地方做法，未见上级规定")
    assert not of_law("990101000000", "县纪委监委办案时限规定（本县）")


@pytest.mark.parametrize(("region", "statutory"), [(False, True), (True, False)])
def test_the_morning_scan_names_it(people, region, statutory):
    clock = begin(people)
    if region:
        type(clock.rule).objects.filter(pk=clock.rule_id).update(region=people.casemgr.home.region)
    remind.scan(clock.due_on)
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert kinds == {"due.today_law" if statutory else "due.today"}
    assert preferences.group_of("due.today_law") == "due"
    assert Clock.objects.count() == 1


def test_at_night_it_goes_out_alone_and_the_others_wait(people, receiver, settings, time_machine):
    switched_on(people, receiver, settings)
    time_machine.move_to(f"{DAY}T22:30:00+08:00", tick=False)
    tell(people.casemgr, "k1")
    Delivery.objects.update(next_at=timezone.now())  # as after a fault in the evening
    type(people.casemgr).objects.filter(pk=people.casemgr.pk)
    rows = Notification.objects.all()
    remind.notify.tell(
        [people.casemgr],
        "k2",
        kind=preferences.LAST_DAY,
        number="990101-XF-2026-0013",
        text="今天到期。",
        url="/leads/b/",
    )
    assert rows.count() == 2
    deliver()
    states = dict(Delivery.objects.values_list("notification__key", "state"))
    assert states == {"k1": "queued", "k2": "sent"}
    assert Delivery.objects.get(notification__key="k1").next_at == at("2026-11-25T07:30")


def test_who_wants_a_digest_still_hears_of_the_last_day(reader, mailoutbox):
    remind.notify.tell(
        [reader],
        "k",
        kind=preferences.LAST_DAY,
        number="990101-XF-2026-0013",
        text="今天到期。",
        url="/leads/b/",
    )
    deliver()
    assert [one.body for one in mailoutbox] == ["990101-XF-2026-0013\nhttps://ledger.example/leads/b/"]
