"""A clock from start to stop: pauses, extensions, a superior's date, the rule in force, and why this date."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import clock_rules, clocks, moment, reference_clocks
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several, WrongState
from povertyaudit.core.models import AuditEntry, Clock, ClockRule, LadderStep, Region
from povertyaudit.core.models.clocks import ClockState
from povertyaudit.core.models.rules import RuleState
from tests import factories
from tests.core.targets import Target
from tests.factories import QINGHE, YUNPING

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def target():
    return Target()


def started(target, code="petition.answer", on=MONDAY, **more):
    return clocks.start(target, code, on=on, **more)


def test_the_reference_table_is_loaded_once(target):
    reference_clocks.install(ClockRule, LadderStep)
    assert ClockRule.objects.count() == len(reference_clocks.RULES)
    for rule in reference_clocks.RULES:
        assert clock_rules.rule_for(rule.code, target.region, rule.law.since).code == rule.code


def test_a_matter_keeps_the_rule_in_force_when_it_began(target):
    old = started(target, "item.rectify", on=date(2023, 5, 8))
    clocks.stop(target, "item.rectify", date(2023, 6, 1))
    new = started(target, "item.rectify", on=date(2024, 5, 8))
    assert (old.rule.amount, new.rule.amount) == (2, 6)


def test_a_rule_of_the_place_goes_before_the_general_one(target):
    general = clock_rules.rule_for("lead.verify", target.region, MONDAY)
    local = ClockRule.objects.get(pk=general.pk)
    local.pk, local.public_id, local.region_id, local.amount = None, "x" * 22, QINGHE, 2
    local.save(force_insert=True)
    assert clock_rules.rule_for("lead.verify", target.region, MONDAY).amount == 2
    assert clock_rules.rule_for("lead.verify", Region.objects.get(pk=YUNPING), MONDAY).amount == 3


def test_without_a_rule_no_clock_starts(target):
    with pytest.raises(RuleBroken, match="没有施行中的期限规则"):
        started(target, "no.such", on=MONDAY)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1889, 1, 1), date(9999, 12, 31)])
def test_absurd_dates_are_refused(target, day):
    with pytest.raises(RuleBroken, match="不合情理"):
        started(target, on=day)
    started(target)
    with pytest.raises(RuleBroken, match="不合情理"):
        clocks.override(target, "petition.answer", day, reason="x", by=None)


def test_one_clock_of_a_rule_runs_at_a_time(target):
    clock = started(target)
    with pytest.raises(WrongState):
        started(target)
    clock.pk, clock.public_id = None, "y" * 22
    with pytest.raises(IntegrityError), transaction.atomic():
        clock.save(force_insert=True)
    clocks.stop(target, "petition.answer", MONDAY)
    assert started(target).state == ClockState.RUNNING


def test_stopping_late_stays_visible(target):
    due = started(target).due_on
    change = clocks.stop(target, "petition.answer", due.replace(day=due.day + 3), "x.conclude")
    assert change.clock.late_by == 3
    assert "超期 3 天" in change.sentence
    assert clocks.stop(target, "petition.answer", due) is None
    assert "超期 3 天" in clocks.explain(Clock.objects.get(pk=change.clock.pk))[-1]


def test_a_pause_moves_the_date_when_it_ends(target):
    due = started(target, "lead.acknowledge").due_on
    clocks.pause(target, "lead.acknowledge", reason="等待鉴定", by=None, on=date(2026, 3, 4))
    assert clocks.due_of(target) is None  # nobody is pressed for a clock that stands still
    with pytest.raises(WrongState):
        clocks.pause(target, "lead.acknowledge", reason="x", by=None, on=date(2026, 3, 4))
    change = clocks.resume(target, "lead.acknowledge", on=date(2026, 3, 11))
    assert (change.clock.due_on - due).days == 7
    assert change.changes == {"clock.lead.acknowledge.due_on": (due, change.clock.due_on)}
    assert change.clock.original_due_on == due


def test_a_pause_cannot_end_before_it_began(target):
    started(target)
    clocks.pause(target, "petition.answer", reason="x", by=None, on=date(2026, 3, 9))
    with pytest.raises(RuleBroken):
        clocks.resume(target, "petition.answer", on=date(2026, 3, 8))


def test_the_rule_limits_extensions(target):
    started(target)
    with pytest.raises(RuleBroken, match="最多延长 30 日"):
        clocks.extend(target, "petition.answer", days=31, reason="复杂", by=None)
    with pytest.raises(RuleBroken, match="理由"):
        clocks.extend(target, "petition.answer", days=30, reason=" ", by=None)
    for amounts in ({}, {"days": 1, "months": 1}, {"days": -1}, {"days": 10**18}):
        with pytest.raises(RuleBroken, match="请写明延长多少"):
            clocks.extend(target, "petition.answer", reason="x", by=None, **amounts)
    assert clocks.extend(target, "petition.answer", days=30, reason="复杂", by=None).clock.due_on == date(
        2026, 6, 5
    )
    with pytest.raises(RuleBroken, match="只能延长 1 次"):
        clocks.extend(target, "petition.answer", days=1, reason="复杂", by=None)


def test_a_superiors_date_goes_before_what_was_counted(target):
    started(target, "lead.propose")
    clocks.extend(target, "lead.propose", days=5, reason="等材料", by=None, on=date(2026, 3, 5))
    change = clocks.override(
        target, "lead.propose", date(2026, 3, 20), reason="市纪委要求", by=None, on=date(2026, 3, 6)
    )
    assert (change.clock.due_on, change.clock.provisional) == (date(2026, 3, 20), False)
    later = clocks.extend(target, "lead.propose", days=7, reason="经同意", by=None, on=date(2026, 3, 7))
    assert later.clock.due_on == date(2026, 3, 27)
    with pytest.raises(RuleBroken, match="不能早于起算日"):
        clocks.override(target, "lead.propose", date(2026, 3, 1), reason="x", by=None)


def test_a_pause_after_a_superiors_date_moves_it(target):
    started(target, "lead.propose", due_on=date(2026, 3, 20), reason="市纪委要求")
    clocks.pause(target, "lead.propose", reason="x", by=None, on=date(2026, 3, 10))
    assert clocks.resume(target, "lead.propose", on=date(2026, 3, 13)).clock.due_on == date(2026, 3, 23)


def test_lists_cost_one_query_for_any_number_of_rows(django_assert_num_queries):
    rows = [Target() for _ in range(10)]
    for row in rows[:7]:
        started(row)
        started(row, "lead.forward")
    with django_assert_num_queries(1):  # the running clocks with their rules
        found = clocks.due_many(rows)
        assert {found[row.pk].rule.name for row in rows[:7]} == {"不属本级管辖的移送主管机关"}
    assert set(found) == {row.pk for row in rows[:7]}
    assert clocks.due_many([]) == {}


def test_starting_costs_a_fixed_number_of_queries(target, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):  # rule, open?, published years, days of one year, insert
        started(target, "lead.forward")


def test_a_new_handler_is_reminded_instead(target):
    people = factories.cast()
    started(target, owner_user=people.inspector1)
    assert clocks.address(target, owner_user=people.inspector2) == 1
    assert clocks.due_of(target).owner_user == people.inspector2
    with pytest.raises(TypeError):
        clocks.address(target, boss=people.leader)


def test_the_date_explains_itself(target):
    clock = started(target, "lead.propose", on=date(2026, 9, 1), event="第一监督检查室签收")
    text = "".join(clocks.explain(clock))
    for piece in ("2026-09-01 第一监督检查室签收，当日不计入", "监督执纪工作规则（2019）》第二十一条", "期限为 1 个月",
                  "届满日 2026-10-01 适逢国庆节放假，顺延至下一个工作日 2026-10-08", "到期日为 2026-10-08（星期四）"):  # fmt: skip
        assert piece in text


def test_it_names_skipped_and_swapped_days_and_guesses(target):
    clock = started(target, "lead.acknowledge", on=date(2026, 9, 22))
    text = "".join(clocks.explain(clock))
    assert "2026-10-01 至 2026-10-07 国庆节放假，不计入。" in text
    assert "2026-10-10（星期六）国庆节调休上班，计入。" in text
    guess = started(Target(), "lead.acknowledge", on=date(2026, 12, 25))
    assert "2027 年的放假安排尚未载入，本日期为暂定" in "".join(clocks.explain(guess))


def test_it_names_who_paused_extended_and_overrode(target):
    people = factories.cast()
    started(target, "lead.propose")
    clocks.pause(target, "lead.propose", reason="等待审计报告", by=people.leader, on=date(2026, 3, 4))
    clocks.resume(target, "lead.propose", by=people.leader, on=date(2026, 3, 6))
    clocks.extend(target, "lead.propose", days=3, reason="材料不齐", by=people.leader, on=date(2026, 3, 9))
    clocks.override(
        target, "lead.propose", date(2026, 3, 20), reason="上级交办", by=people.leader, on=date(2026, 3, 10)
    )
    text = "".join(clocks.explain(Clock.objects.get()))
    for piece in ("暂停计时 2 天（leader某：等待审计报告）", "2026-03-09 延长 3 日（leader某：材料不齐），已被上级指定的日期取代",
                  "2026-03-10 指定到期日为 2026-03-20（leader某：上级交办），以此为准", "到期日为 2026-03-20（星期五），原为 2026-04-02"):  # fmt: skip
        assert piece in text


# rules are changed by two persons


def draft(people, **changes):
    general = clock_rules.rule_for("lead.verify", QINGHE, moment.today())
    values = {"region": Region.objects.get(pk=QINGHE), "valid_from": moment.today(), "amount": 2} | changes
    return clock_rules.propose(general, by=people.casemgr, **values)


def test_a_changed_rule_holds_only_after_another_person_confirmed_it():
    people = factories.cast()
    rule = draft(people)
    assert clock_rules.rule_for("lead.verify", QINGHE, moment.today()).amount == 3
    confirmed = clock_rules.confirm(rule, by=people.secadmin)
    assert clock_rules.rule_for("lead.verify", QINGHE, moment.today()).pk == confirmed.pk
    assert ClockRule.objects.filter(code="lead.verify").count() == 2  # the old row stays
    assert [e.verb for e in AuditEntry.objects.of(rule)] == ["rule.create", "rule.confirm"]
    with pytest.raises(WrongState):
        clock_rules.confirm(rule, by=people.secadmin)


def test_nobody_confirms_his_own_change_with_a_second_account():
    """The proposer's term ended and he became an officer: he still does not confirm what he proposed."""
    people = factories.cast()
    rule = draft(people)
    people.casemgr.posts.update(ends_on=moment.today() - timedelta(days=1))
    unit, person = people.secadmin.home.unit, people.casemgr.person
    twin = factories.user("secadmin", unit=unit, person=person, since=moment.today())
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        clock_rules.confirm(rule, by=twin)


def test_the_database_refuses_one_person_on_both_sides():
    people = factories.cast()
    rule = draft(people)
    for fields in (
        {"confirmed_by": people.casemgr, "state": RuleState.CONFIRMED},
        {"state": RuleState.CONFIRMED},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClockRule.objects.filter(pk=rule.pk).update(**fields)


def test_rules_are_changed_only_by_the_office_for_its_own_region_and_not_backwards():
    people = factories.cast()
    general = clock_rules.rule_for("lead.verify", QINGHE, moment.today())
    with pytest.raises(NotAllowed):
        clock_rules.propose(general, by=people.leader)
    with pytest.raises(NotAllowed):
        draft(people, region=Region.objects.get(pk=YUNPING))
    with pytest.raises(NotAllowed):
        draft(people, region=None)
    with pytest.raises(
        NotAllowed, match="只能适用于您管辖的地区"
    ):  # seen from the county, but not its to rule
        draft(people, region=Region.objects.get(pk="990100000000"))
    with pytest.raises(RuleBroken, match="不能早于今天"):
        draft(people, valid_from=date(2020, 1, 1))
    for amount in (0, 99999):
        with pytest.raises((RuleBroken, Several)):
            draft(people, amount=amount)
    with pytest.raises(NotAllowed):
        clock_rules.confirm(draft(people), by=people.sysadmin)
    with pytest.raises(RuleBroken, match="理由"):
        clock_rules.refuse(draft(people), by=people.secadmin, note="")
    refused = clock_rules.refuse(draft(people), by=people.secadmin, note="依据不足")
    assert (refused.state, refused.version) == ("refused", 2)
