"""A morning scan looks at what reached a stage and at what changed since the scan before; on Mondays at everything."""

from datetime import date, timedelta

import pytest

from povertyaudit.core import clocks, granting, handing_over, remind, rows
from povertyaudit.core.models import Clock, Notification, Post, Role, ScanRun
from tests import factories
from tests.cases.conftest import Maker
from tests.factories import QINGHE, TOWN

THURSDAY = date(2026, 4, 30)  # six days before the clock is due: in the stage "7d" since Wednesday

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people, time_machine):
    """A lead whose clock is due on Wednesday 6 May, scanned on the Wednesday and the Thursday before."""
    time_machine.move_to(f"{THURSDAY - timedelta(days=2)}T09:00:00+08:00", tick=False)
    lead = Maker(people)("signed_for")
    Clock.objects.all().delete()
    clocks.start(
        lead, "lead.propose", on=date(2026, 4, 1), due_on=date(2026, 5, 6), reason="上级要求",
        owner_user=people.official, owner_unit=people.official.home.unit,
    )  # fmt: skip
    for day in (THURSDAY - timedelta(days=1), THURSDAY):
        time_machine.move_to(f"{day}T06:00:00+08:00", tick=False)
        remind.scan(day)
    time_machine.move_to(f"{THURSDAY}T09:00:00+08:00", tick=False)
    return lead


def told(user):
    rows = Notification.objects.filter(user=user, kind__startswith="due").order_by("pk")
    return [key.rsplit(":", 1)[1] for key in rows.values_list("key", flat=True)]


def deputy(people, name):
    return factories.user(Role.DEPUTY, unit=people.leader.home.unit, region=QINGHE, username=name)


def test_a_date_that_reached_no_stage_is_not_looked_at_again(lead, people):
    assert ScanRun.objects.get(day=THURSDAY).counts["clocks"] == 0
    assert remind.scan(THURSDAY + timedelta(days=1)).clocks == 0
    assert remind.scan(THURSDAY + timedelta(days=3)).clocks == 1  # Sunday: three days are left from here
    assert told(people.official) == ["7d", "3d"]


def test_who_is_named_meanwhile_is_told_the_next_morning(lead, people, time_machine):
    clocks.address(lead, owner_user=people.unithead)
    rows.write(
        lead, verb="lead.amend", by=people.casemgr, changes={"title": "反映危房改造补助被截留"}
    )  # as a verb does
    remind.scan(THURSDAY + timedelta(days=1))
    assert told(people.unithead) == ["7d"]


def test_who_gets_a_post_meanwhile_is_told_the_next_morning(lead, people):
    newcomer = factories.user(Role.LIAISON, unit=people.official.home.unit, region=TOWN, username="newcomer")
    Post.objects.filter(user=newcomer).delete()
    clocks.address(lead, owner_user=None)
    granting.grant(newcomer, by=people.secadmin, unit=people.official.home.unit, role=Role.LIAISON)
    remind.scan(THURSDAY + timedelta(days=1))
    assert told(newcomer) == ["7d"]


def test_a_leader_who_takes_over_is_told_the_next_morning(lead, people, time_machine):
    leaver, heir = (deputy(people, name) for name in ("leaver", "heir"))
    clocks.address(lead, leader_user=leaver)  # the clock alone names him: the lead will have no entry
    friday = THURSDAY + timedelta(days=8)  # two days late: leaders have been told since the day before
    for day in (friday - timedelta(days=1), friday):
        time_machine.move_to(f"{day}T06:00:00+08:00", tick=False)
        remind.scan(day)
    time_machine.move_to(f"{friday}T09:00:00+08:00", tick=False)
    handing_over.hand_over(factories.fresh(leaver), by=people.secadmin, successor=heir)
    remind.scan(friday + timedelta(days=1))
    assert told(heir) == ["overdue-1"]


def test_on_mondays_everything_near_its_date_is_looked_at(lead, people):
    remind.scan(THURSDAY + timedelta(days=3))
    clocks.address(lead, owner_user=people.unithead)  # by no verb: nothing stands in the record
    assert remind.scan(THURSDAY + timedelta(days=4)).clocks == 1
    assert told(people.unithead) == ["3d"]
