"""回头看: the days from approval to result, and who goes on when the checker leaves or the organising unit is merged."""

from datetime import timedelta

import pytest

from povertyaudit.core import handing_over, moment, remind, unit_changes
from povertyaudit.core.models import AuditEntry, Clock, Notification, Role
from povertyaudit.core.verify import verify
from rectification.models import LookBack, LookBackCheck
from rectification.services import look_back_checks as checks
from rectification.services import look_backs
from tests import factories
from tests.factories import fresh
from tests.funds.test_doors import api, web
from tests.rectification import look_back_makers as make
from tests.rectification.makers import at, second_account

pytestmark = pytest.mark.django_db


def clock_of(check):
    return Clock.objects.get(target_label="rectification.lookbackcheck", target_id=check.pk)


def reminded(day):
    """Who hears of it that morning."""
    before = set(Notification.objects.values_list("pk", flat=True))
    remind.scan(day)
    return set(Notification.objects.exclude(pk__in=before).values_list("user__username", flat=True))


def test_the_days_of_a_check_run_from_the_approval_to_its_result(cast):
    at(cast, "closed"), at(cast, "closed")
    plan = make.plan(cast, random_size=3)
    early, *_ = rows = make.rows(plan)
    make.assigned(cast, early)
    assert not Clock.objects.filter(code="lookback.check").exists(), "nothing runs before the approval"
    look_backs.approve(make.again(plan), by=cast.secretary)
    due = moment.today() + timedelta(days=30)
    assert {(one.due_on, one.head_user, one.leader_user) for one in map(clock_of, rows)} == {
        (due, cast.inspector1, cast.secretary)
    }
    assert [clock_of(row).owner_user for row in rows] == [cast.patroloffice, None, None]
    make.assigned(cast, rows[1])
    assert clock_of(rows[1]).owner_user == cast.patroloffice
    assert "剩 30 天" in web(cast.patroloffice).get("/").content.decode()
    listed = api(cast.patroloffice).get("/api/v1/look-back-checks/").data["results"]
    assert [one["due_on"] for one in listed] == [due.isoformat()] * 2
    assert "核查期限" in web(cast.patroloffice).get("/look-back-checks/").content.decode()
    checks.drop(make.again(rows[2]), by=fresh(cast.inspector1), note="房屋已拆除")
    assert clock_of(rows[2]).stopped_by_verb == "lookbackcheck.drop"
    make.recorded(cast, rows[1])
    assert (clock_of(rows[1]).state, clock_of(rows[1]).stopped_by_verb) == ("stopped", "lookbackcheck.record")
    assert reminded(due - timedelta(days=7)) == {cast.patroloffice.username}
    late = reminded(due + timedelta(days=9))
    assert late == {cast.patroloffice.username, cast.inspector1.username, cast.secretary.username}
    assert verify().broken == []


def test_a_cancelled_plan_reminds_nobody(cast):
    plan = make.plan(cast, "approved")
    look_backs.cancel(plan, by=fresh(cast.inspector1), note="改期")
    assert clock_of(make.rows(plan)[0]).state == "stopped"


def test_open_checks_go_to_the_successor_and_those_he_signed_back_to_the_desk(cast):
    desk = cast.patroloffice.current_posts()[0].unit
    heir = factories.user(Role.PATROL_OFFICE, unit=desk)
    row = make.check(cast, "assigned")
    leaver = fresh(cast.patroloffice)
    assert "待核查的回头看" not in handing_over.preview(leaver)[0].counts, "the number alone would tell of it"
    handing_over.hand_over(leaver, by=cast.secadmin, successor=heir, note="调任")
    row = make.again(row)
    assert (row.checker, row.state, clock_of(row).owner_user) == (heir, "assigned", heir)
    assert Notification.objects.filter(user=heir, text="有回头看核查由您办理。").exists()
    assert LookBackCheck.objects.visible_to(fresh(heir)).count() == 1
    signer = second_account(cast.inspector2, "patrol_office", desk)  # he verified the item
    handing_over.hand_over(fresh(heir), by=cast.secadmin, successor=signer, note="调任")
    row = make.again(row)
    assert (row.checker, row.state, clock_of(row).owner_user) == (None, "drawn", None)
    assert Notification.objects.filter(user=cast.inspector1, text__contains="请另行分派").exists()
    make.assigned(cast, row, cast.patrol1)
    assert clock_of(row).owner_user == cast.patrol1
    assert verify().broken == []


def test_an_open_plan_goes_on_with_the_unit_its_desk_was_merged_into(cast):
    desk, plan, old = cast.inspector1.current_posts()[0].unit, make.plan(cast, "approved"), make.plan(cast)
    look_backs.cancel(old, by=fresh(cast.inspector1), note="改期")
    room = factories.unit("第九监督检查室")
    heir = factories.user(Role.SUPERVISION, unit=room)
    (row,) = make.rows(plan)
    change = unit_changes.merge(desk, by=cast.casemgr, successor=room, effective_on=moment.today())
    unit_changes.confirm(change, by=cast.secadmin, note="文件齐全")
    units = dict(LookBack.objects.values_list("pk", "desk_unit"))
    assert units == {plan.pk: room.pk, old.pk: desk.pk}
    assert AuditEntry.objects.of(plan).filter(verb="lookback.follow_unit").count() == 1
    checks.assign(make.again(row), by=fresh(heir), checker=cast.patroloffice)
    assert Notification.objects.filter(user=heir, text__contains="由本单位继续组织").exists()
    assert make.again(row).unit == row.unit, "what was drawn stays"
