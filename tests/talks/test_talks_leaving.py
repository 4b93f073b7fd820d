"""约谈: whoever holds or records it leaves; another takes his place, or it is given to somebody else with another hour."""

import pytest

from povertyaudit.core import handing_over
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Notification, Recusal, Role
from povertyaudit.talks.services import minutes, notices
from tests import factories
from tests.factories import fresh
from tests.rectification.makers import second_account
from tests.talks import makers as make

pytestmark = pytest.mark.django_db


def colleague(who, role=Role.SUPERVISION, name="successor"):
    post = who.current_posts()[0]
    return factories.user(role, unit=post.unit, region=post.region_id, username=name)


def left(cast, who, heir):
    return handing_over.hand_over(fresh(who), by=cast.secadmin, successor=heir, note="调离")


def test_a_talk_goes_to_the_successor_and_what_is_signed_stays(cast):
    open_, held, signed = (make.talk(cast, state) for state in ("received", "held", "following"))
    heir = colleague(cast.inspector2)
    assert left(cast, cast.inspector2, heir).handed[heir]["约谈"] == 3
    assert [make.again(row).recorder for row in (open_, held, signed)] == [heir, heir, cast.inspector2]
    assert {clock.owner_user for clock in Clock.objects.running().filter(code=minutes.FOLLOW)} == {heir}
    chief = colleague(cast.secretary, Role.SECRETARY, "chief")
    assert left(cast, cast.secretary, chief).handed[chief]["约谈"] == 2
    assert [make.again(row).talker for row in (open_, held, signed)] == [chief, chief, cast.secretary]
    with make.later(hours=3):
        minutes.sign(make.again(held), by=fresh(chief))
    assert make.again(held).talker_signed


def test_who_stands_aside_takes_no_talk_over_and_another_is_named_with_the_new_hour(cast):
    row = make.talk(cast, "received")
    heir = colleague(cast.inspector2)
    twin = second_account(cast.secretary, Role.SUPERVISION, heir.home.unit, username="twin")
    Recusal.objects.create(
        person=heir.person,
        target_label="talks.talk",
        target_id=row.pk,
        reason="亲属",
        declared_by=cast.leader,
    )
    left(cast, cast.inspector2, heir)
    assert make.again(row).recorder == cast.inspector2
    told = Notification.objects.filter(number=row.number, text__contains="另行安排")
    assert set(told.values_list("user", flat=True)) == {cast.leader.pk, cast.secretary.pk}

    def again(by=cast.inspector1, **values):
        return notices.postpone(
            make.again(row), by=fresh(by), talk_at=row.talk_at, note="记录人离任", **values
        )

    with pytest.raises(RuleBroken, match="与原来相同"):
        again()
    with pytest.raises(RuleBroken, match="同一个人") as refused:
        again(recorder=twin)
    assert refused.value.field == "recorder"
    done = again(recorder=cast.inspector1)
    assert (done.recorder, done.received_at, done.talker) == (cast.inspector1, None, cast.secretary)
    heir = colleague(cast.secretary, Role.SECRETARY, "chief")
    kept = second_account(heir, Role.SUPERVISION, cast.inspector1.home.unit, username="kept")
    again(recorder=kept, by=cast.inspector1)
    left(cast, cast.secretary, heir)  # one person would talk and record
    assert make.again(row).talker == cast.secretary
