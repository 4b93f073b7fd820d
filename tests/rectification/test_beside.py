"""Extension, long-term care, pressing, reopening: what happens beside the straight way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification, Role
from rectification import services
from rectification.models import ExtensionRequest, Item, State
from tests import factories
from tests.rectification.makers import SEEN, again, api, at, finding, handed, second_account, shown


def test_an_extension_is_asked_for_and_granted(cast, client):
    item = at(cast, "accepted", days=30)
    until = item.due_on + timedelta(days=28)
    services.request_extension(item, by=cast.official, until=until, reason="汛期停工")
    assert Notification.objects.filter(user=cast.inspector1, text__contains="申请延期").exists()
    with pytest.raises(WrongState):
        services.request_extension(item, by=cast.official, until=until, reason="再申请")
    assert Clock.objects.of(item).get(code="item.rectify").state == "running"
    row = services.decide_extension(item, by=cast.inspector1, granted=True, note="同意")
    clock = Clock.objects.of(item).get(code="item.rectify")
    assert row.due_on == clock.due_on >= until
    assert row.original_due_on == item.due_on
    assert clock.extensions[0]["reason"] == "汛期停工"
    assert row.extension_requests.get().state == "granted"


def test_a_refused_extension_needs_a_reason_and_moves_nothing(cast):
    item = at(cast, "accepted")
    services.request_extension(
        item, by=cast.unithead, until=item.due_on + timedelta(days=9), reason="资金未到"
    )
    with pytest.raises(RuleBroken, match="理由"):
        services.decide_extension(item, by=cast.inspector1, granted=False)
    row = services.decide_extension(item, by=cast.inspector1, granted=False, note="理由不充分")
    assert row.due_on == item.due_on
    assert row.extension_requests.get().opinion == "理由不充分"


@pytest.mark.parametrize("days", [0, -1])
def test_an_extension_lies_after_the_date(cast, days):
    item = at(cast, "accepted")
    with pytest.raises(RuleBroken) as refused:
        services.request_extension(
            item, by=cast.official, until=item.due_on + timedelta(days=days), reason="x"
        )
    assert refused.value.field == "until"


def test_who_asks_does_not_decide(cast):
    item = at(cast, "accepted")
    services.request_extension(item, by=cast.official, until=item.due_on + timedelta(days=9), reason="x")
    asked = item.extension_requests.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionRequest.objects.filter(pk=asked.pk).update(
            state="granted", decided_by=cast.official, decided_on=moment.today()
        )
    with pytest.raises(NotAllowed):
        services.decide_extension(item, by=cast.official, granted=True)


def test_the_inspection_office_decides_for_what_a_round_found(cast):
    item = at(cast, "accepted", source="finding", finding=finding(cast), by=cast.patroloffice)
    services.request_extension(item, by=cast.official, until=item.due_on + timedelta(days=9), reason="x")
    with pytest.raises(NotAllowed):
        services.decide_extension(item, by=cast.inspector1, granted=True)
    assert services.decide_extension(item, by=cast.patroloffice, granted=True).due_on > item.due_on


def test_an_application_withdraws_the_open_request(cast):
    item = at(cast, "rectifying")
    services.request_extension(item, by=cast.official, until=item.due_on + timedelta(days=9), reason="x")
    services.apply(item, by=cast.unithead)
    assert item.extension_requests.get().state == "withdrawn"


def test_long_term_needs_a_stage_goal_and_runs_by_stages(cast, time_machine_at):
    item = at(cast, "accepted")
    with pytest.raises(RuleBroken) as refused:
        services.mark_long_term(item, by=cast.inspector1, stage_goal="  ")
    assert refused.value.field == "stage_goal"
    row = services.mark_long_term(item, by=cast.inspector1, stage_goal="每季度宣讲一次")
    assert (row.state, row.completion) == (State.LONG_TERM, "ongoing")
    assert set(Clock.objects.of(row).running().values_list("code", flat=True)) == {"item.stage"}
    first = row.next_stage_on
    with time_machine_at(days=20):
        row = services.report(row, by=factories.fresh(cast.official), text="已宣讲 12 场")
        assert row.next_stage_on == first
        row = services.report_stage(row, by=factories.fresh(cast.unithead), result="宣讲 12 场", met=True)
    assert row.next_stage_on > first
    assert row.state == State.LONG_TERM
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=row.pk).update(stage_goal="")


def test_a_long_term_item_is_taken_back_with_a_date(cast):
    item = at(cast, "long_term")
    row = services.reopen(
        item, by=cast.inspector1, note="改为限期整改", due_on=moment.today() + timedelta(days=40)
    )
    assert (row.state, row.reopened_count) == (State.RECTIFYING, 0)
    assert set(Clock.objects.of(row).running().values_list("code", flat=True)) == {"item.rectify"}


def test_a_long_term_item_applied_for_and_sent_back_runs_on_a_date(cast):
    item = at(cast, "long_term")
    shown(cast, item)
    services.apply(item, by=cast.unithead)
    row = services.send_back(item, by=cast.sector, note="成效不足")
    running = Clock.objects.of(row).running().get()
    assert (running.code, row.due_on, row.next_stage_on) == ("item.rectify", running.due_on, None)
    assert services.mark_long_term(row, by=cast.inspector1, stage_goal="每季度宣讲").state == State.LONG_TERM


def test_one_person_does_not_decide_his_own_request_with_another_account(cast):
    item = at(cast, "accepted")
    services.request_extension(item, by=cast.official, until=item.due_on + timedelta(days=9), reason="x")
    room = cast.inspector1.current_posts()[0].unit
    twin = second_account(cast.official, Role.SUPERVISION, room, username="twin")
    with pytest.raises(NotAllowed) as refused:
        services.decide_extension(item, by=twin, granted=True)
    assert refused.value.code == "decide_extension.same_person"


def test_pressing_leaves_the_state_and_says_so_to_the_unit(cast):
    item = at(cast, "accepted", leading_leader=cast.countyleader)
    with pytest.raises(RuleBroken):
        services.press(item, by=cast.casemgr)
    row = services.press(item, by=cast.casemgr, note="请于周五前报送")
    assert row.state == State.ACCEPTED
    told = Notification.objects.filter(kind="press").values_list("user__username", flat=True)
    assert set(told) == {"official", "unithead", "countyleader"}


def test_reopening_keeps_the_old_closing_and_counts_it_once(cast, time_machine_at, client):
    item = at(cast, "closed", days=30)
    due = moment.today() + timedelta(days=60)
    with pytest.raises(RuleBroken):
        services.reopen(item, by=cast.leader, note="反弹", due_on=moment.today())
    row = services.reopen(item, by=cast.leader, note="抽查发现反弹", due_on=due)
    assert (row.state, row.closed_on, row.verifier, row.reopened_count) == (State.RECTIFYING, None, None, 1)
    assert Item.objects.closed().count() == 0
    old = row.closings.get()
    assert (old.reopen_reason, old.verifier) == ("抽查发现反弹", cast.inspector2.person)
    with time_machine_at(days=90):
        services.apply(again(row), by=factories.fresh(cast.unithead))
        services.review(row, by=factories.fresh(cast.sector))
        services.verify(row, by=factories.fresh(cast.inspector2), **SEEN)
    row = again(row)
    assert row.closed_late
    assert [(c.no, c.late) for c in row.closings.all()] == [(1, False), (2, True)]
    assert Item.objects.closed().count() == 1
    assert len(api(client, cast.official).get(f"items/{row.public_id}/").json()["closings"]) == 2


def test_the_rule_sets_the_date_where_none_is_given(cast):
    item = at(cast, "issued", due_on=None)
    clock = Clock.objects.of(item).get(code="item.rectify")
    assert item.due_on == clock.due_on
    assert clock.override is None


def test_an_issued_date_moves_only_by_extension(cast):
    item = at(cast, "accepted")
    with pytest.raises(RuleBroken) as refused:
        services.edit(item, by=cast.inspector1, due_on=item.due_on + timedelta(days=1))
    assert refused.value.field == "due_on"


def test_a_new_main_unit_is_reminded_instead(cast):
    item = at(cast, "accepted")
    other = cast.otherhead.current_posts()[0].unit
    row = handed(cast, item, other, keeps_old=True)
    assert again(row).main_unit == other
    assert Clock.objects.of(item).get(code="item.rectify").owner_user == cast.otherofficial
    assert Item.objects.visible_to(cast.official).filter(pk=item.pk).exists()
