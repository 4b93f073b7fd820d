"""The clock beats late, or not at all for hours, or twice: the digest of a day goes out once, or is no longer said."""

from datetime import time

import pytest

from povertyaudit.core import preferences
from povertyaudit.core.models import Delivery, Notification
from tests.core.machines import API, machine
from tests.core.sending import deliver, tell, working_hours  # noqa: F401 — the hour of its stories
from tests.core.test_digest import DAY, owed_and_done, reader  # noqa: F401 — who wants a letter at nine

SATURDAY = "2026-11-28"


def beat(time_machine, moment):
    """The clock beats at that minute: how many were told."""
    time_machine.move_to(f"{moment}:00+08:00", tick=False)
    return owed_and_done()


@pytest.mark.parametrize(("at", "told"), [("09:01", 1), ("14:59", 1), ("15:01", 0), ("23:00", 0)])
def test_an_hour_missed_is_made_good_for_six_hours(reader, time_machine, at, told):  # noqa: F811
    tell(reader)
    assert beat(time_machine, f"{DAY}T{at}") == told
    assert beat(time_machine, f"{DAY}T23:30") == 0


def test_an_hour_after_midnight_is_not_cut_off_by_the_day_before(reader, time_machine):  # noqa: F811
    preferences.change(reader, by=reader, quiet=False, digest_at=time(0, 30))
    tell(reader)
    assert beat(time_machine, f"{DAY}T01:00") == 1


def test_beats_without_end_are_one_letter_and_the_next_day_another(reader, time_machine, mailoutbox):  # noqa: F811
    tell(reader)
    told = [beat(time_machine, f"{DAY}T{at}") for at in ("09:00", "09:01", "09:02", "12:00", "14:58")]
    deliver()
    assert told == [1, 0, 0, 0, 0]
    assert [one.subject for one in mailoutbox] == ["今日工作摘要"]
    assert beat(time_machine, "2026-11-25T11:00") == 1
    assert Notification.objects.filter(kind="desk.digest").count() == 2


def test_on_a_day_of_rest_only_who_asked_for_it_is_told(reader, people, time_machine):  # noqa: F811
    tell(reader)
    assert beat(time_machine, f"{SATURDAY}T09:05") == 0
    said = machine(people.casemgr).patch(f"{API}notification-preferences/", {"quiet_rest_days": False})
    assert said.status_code == 200
    assert beat(time_machine, f"{SATURDAY}T09:06") == 1


def test_who_left_is_told_nothing(reader, time_machine):  # noqa: F811
    tell(reader)
    type(reader).objects.filter(pk=reader.pk).update(is_active=False)
    assert beat(time_machine, f"{DAY}T09:05") == 0


def test_a_day_without_anything_leaves_no_letter_and_no_row(reader, time_machine, mailoutbox):  # noqa: F811
    assert beat(time_machine, f"{DAY}T09:00") == 0
    assert not Notification.objects.filter(kind="desk.digest").exists()
    assert not Delivery.objects.exists()
    deliver()
    assert mailoutbox == []
