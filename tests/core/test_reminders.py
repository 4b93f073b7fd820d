"""The morning scan: a range, once per person and stage, up a ladder, quiet when run twice, whole after a kill."""

from datetime import date, timedelta

import pytest

from povertyaudit.core import clocks, moment, remind
from povertyaudit.core.models import (
    LadderStep,
    Notification,
    Post,
    Recusal,
    Role,
    UnitKind,
)
from povertyaudit.core.models.ladder import Audience
from tests import factories
from tests.core.targets import Target
from tests.factories import QINGHE, TOWN

DUE = date(2026, 5, 1)  # counted: 60 days from 2 March; rolled to the 6th


@pytest.fixture
def people(db):
    return factories.cast()


@pytest.fixture
def clock(people):
    """A running clock due on 6 May with every addressee named."""
    return begin(people)


def begin(people, target=None, **more):
    given = {
        "owner_user": people.official,
        "owner_unit": people.official.home.unit,
        "head_user": people.unithead,
        "leader_user": people.countyleader,
        "body_unit": people.inspector1.home.unit,
    } | more
    clock = clocks.start(target or Target(), "petition.answer", on=date(2026, 3, 2), **given)
    assert clock.due_on == date(2026, 5, 6)
    return clock


def before(clock, days):
    return clock.due_on - timedelta(days=days)


def told(**narrow):
    rows = Notification.objects.filter(**narrow).order_by("pk").values_list("user__username", "key")
    return sorted((name, key.rsplit(":", 1)[1]) for name, key in rows)


def test_the_stages_and_the_ladder_of_one_clock(clock):
    assert remind.scan(before(clock, 8)).messages == 0
    for days in range(7, -16, -1):
        remind.scan(before(clock, days))
    body = [(name, key) for name in ("inspector1", "inspector2") for key in ("overdue-2", "overdue-3")]
    head = ["1d", "overdue-1", "overdue-2", "overdue-3", "today"]
    assert told() == sorted(
        [("official", key) for key in [*head, "3d", "7d"]]
        + [("unithead", key) for key in head]
        + [("countyleader", key) for key in ("overdue-1", "overdue-2", "overdue-3")]
        + body
    )


def test_it_never_goes_quiet(clock):
    for week in range(30):
        assert remind.scan(before(clock, -1 - 7 * week)).messages > 0


def test_missed_mornings_are_made_good_with_the_latest_stage_only(clock):
    remind.scan(before(clock, 7))
    remind.scan(before(clock, 1))  # six days down
    assert told(user__username="official") == [("official", "1d"), ("official", "7d")]


def test_a_second_scan_is_silent(clock):
    assert remind.scan(before(clock, 1)).messages == 2
    again = remind.scan(before(clock, 1))
    assert (again.ran, again.clocks, again.messages) == (True, 1, 0)


def test_a_moved_date_starts_its_stages_anew(people):
    target = Target()
    clock = begin(people, target)
    remind.scan(before(clock, 3))
    clocks.extend(target, "petition.answer", days=5, reason="x", by=None)
    assert remind.scan(before(clock, 1)).messages == 1


def test_stopped_and_paused_clocks_are_not_reminded(people):
    stopped, paused = Target(), Target()
    day = before(begin(people, stopped), 0)
    begin(people, paused)
    clocks.stop(stopped, "petition.answer", day)
    clocks.pause(paused, "petition.answer", reason="x", by=None, on=day)
    assert remind.scan(day).messages == 0


def test_who_left_is_passed_over_for_his_unit(clock, people):
    successor = factories.user(Role.LIAISON, unit=clock.owner_unit, region=TOWN, username="successor")
    Post.objects.filter(user=people.official).update(ends_on=before(clock, 10))
    remind.scan(before(clock, 3))
    assert told() == [("successor", "3d")]
    successor.is_active = False
    successor.save()
    assert remind.scan(before(clock, 2)).messages == 0


def test_the_recused_hear_nothing(clock, people):
    for person in (people.official.person, people.inspector1.person):
        Recusal.objects.create(
            person=person, target_label=clock.target_label, target_id=clock.target_id, reason="x",
            declared_by=people.casemgr,
        )  # fmt: skip
    remind.scan(before(clock, -8))
    assert {name for name, _ in told()} == {"unithead", "countyleader", "inspector2"}


def test_a_recusal_from_another_matter_or_ended_changes_nothing(clock, people):
    for target_id, ended in ((clock.target_id + 1, None), (clock.target_id, moment.now())):
        Recusal.objects.create(
            person=people.official.person, target_label=clock.target_label, target_id=target_id, reason="x",
            declared_by=people.casemgr, ended_at=ended,
        )  # fmt: skip
    remind.scan(before(clock, 3))
    assert told() == [("official", "3d")]


def test_a_unit_without_a_named_person_is_told_through_its_handlers(people):
    clock = begin(people, owner_user=None, head_user=None)
    Post.objects.create(  # a second post that ended, and one in another unit, draw nobody in
        user=people.otherofficial, unit=clock.owner_unit, role=Role.LIAISON, region_id=TOWN,
        starts_on=date(2016, 1, 1), ends_on=date(2020, 1, 1),
    )  # fmt: skip
    remind.scan(before(clock, 3))
    assert told() == [("official", "3d")]
    remind.scan(before(clock, 1))
    assert told()[-1] == ("unithead", "1d")


def test_officers_and_service_accounts_get_no_reminders(people):
    office = factories.unit("县纪委监委办公室", UnitKind.ROOM, QINGHE)
    clock = begin(
        people, owner_user=None, owner_unit=office, head_user=None, leader_user=None, body_unit=office
    )
    assert remind.scan(before(clock, -20)).messages == 0


def test_one_person_in_two_audiences_gets_one_message(people):
    clock = begin(people, head_user=people.official, leader_user=people.official)
    assert remind.scan(before(clock, -2)).messages == 1


def test_a_local_ladder_replaces_the_general_one(people):
    LadderStep.objects.create(
        audience=Audience.LEADER,
        days_left=7,
        region_id=QINGHE,
        valid_from=date(2026, 1, 1),
        source="县委文件",
    )
    clock = begin(people)
    remind.scan(before(clock, 7))
    assert {name for name, _ in told()} == {"official", "countyleader"}


def test_a_later_ladder_row_replaces_the_earlier_from_its_day(people):
    clock = begin(people)
    LadderStep.objects.create(
        audience=Audience.PERSON, days_left=1, valid_from=before(clock, 5), source="新规定"
    )
    assert remind.scan(before(clock, 6)).messages == 1
    assert remind.scan(before(clock, 3)).messages == 0


def test_the_text_says_number_days_and_date_and_nothing_else(clock):
    remind.scan(before(clock, 3))
    message = Notification.objects.get()
    assert message.text == f"{clock.number} 还有 3 天（2026-05-06）。"
    assert message.url == clock.url


# telling of an act
