"""A round is opened by the inspection office, its team records what it finds, and it is finished once."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from inspections import services
from inspections.models import Campaign, Finding, Round, TeamMember
from inspections.workflow import ROUND
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, Stale, WrongState
from povertyaudit.core.models import AuditEntry, Region, Role
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.machines import PDF
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def test_the_window_is_that_of_the_rule_in_force_when_the_round_starts(people):
    new = makers.round_(people)
    old = services.open_round(
        by=people.patroloffice, name="旧轮次", region=new.region, starts_on=date(2023, 5, 8), ends_on=date(2023, 6, 30),
        approved_by=people.leader,
    )  # fmt: skip
    assert (new.window_months, old.window_months) == (6, 2)
    assert "巡视工作条例" in new.window_rule


def test_another_window_needs_the_paper_it_rests_on(people):
    with pytest.raises(RuleBroken) as refused:
        makers.round_(people, window_months=3)
    assert refused.value.field == "window_rule"
    assert makers.round_(people, window_months=3, window_rule="县委办〔2026〕11号").window_months == 3


def test_a_round_and_its_findings_are_numbered_in_order(people):
    made = makers.round_(people)
    first, second = makers.finding(people, made), makers.finding(people, made)
    assert made.number == "990101-XC-2026-01"
    assert [first.number[-4:], second.number[-4:]] == ["0001", "0002"]
    assert first.region_id == factories.TOWN


def test_who_opens_approves(people):
    for who in (people.patroloffice, people.casemgr):
        with pytest.raises(RuleBroken):
            services.open_round(
                by=people.patroloffice, name="一", region=Region.objects.get(code=factories.QINGHE),
                starts_on=makers.STARTS, ends_on=makers.ENDS, approved_by=who,
            )  # fmt: skip


def test_only_the_office_opens_and_only_in_its_own_county(people):
    values = {
        "name": "一", "starts_on": makers.STARTS, "ends_on": makers.ENDS, "approved_by": people.secretary, "secret": True,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        services.open_round(by=people.casemgr, region=Region.objects.get(code=factories.QINGHE), **values)
    with pytest.raises(RuleBroken):
        services.open_round(
            by=people.patroloffice, region=Region.objects.get(code=factories.YUNPING), **values
        )


def test_a_team_has_one_leader_and_nobody_twice(people):
    made = makers.round_(people)
    for members in (
        [{"user": people.patrol1, "role": "member"}],
        [{"user": people.patrol1, "role": "leader"}, {"user": people.patrol2, "role": "leader"}],
        [{"user": people.patrol1, "role": "leader"}, {"user": people.patrol1, "role": "member"}],
        [{"user": people.sysadmin, "role": "leader"}],
    ):
        with pytest.raises(RuleBroken):
            services.set_team(made, by=people.patroloffice, members=members)
    assert TeamMember.objects.count() == 1


def test_a_new_team_replaces_the_old(people):
    made = makers.round_(people)
    services.set_team(
        made,
        by=people.patroloffice,
        members=[{"user": people.patrol2, "role": "leader"}, {"user": people.inspector1, "role": "member"}],
    )
    assert {m.user.username for m in TeamMember.objects.all()} == {"patrol2", "inspector1"}
    with pytest.raises(NotAllowed):
        makers.finding(people, made)
    assert verify().broken == []


def test_a_stale_team_form_is_refused_with_both_values(people):
    made = makers.round_(people)
    with pytest.raises(Stale):
        services.set_team(
            made,
            by=people.patroloffice,
            members=[{"user": people.patrol1, "role": "leader"}],
            expected_version=1,
        )


def test_a_finding_lies_in_the_round_and_not_in_the_future(people):
    made = makers.round_(people)
    with pytest.raises(RuleBroken):
        makers.finding(people, made, found_on=makers.STARTS - timedelta(days=1))
    with pytest.raises(RuleBroken):
        makers.finding(people, made, found_on=date(2099, 1, 1))
    foreign = factories.unit("松涛镇人民政府", region="990102101000")
    with pytest.raises(RuleBroken):
        makers.finding(people, made, unit=foreign)
    assert Finding.objects.count() == 0


def test_a_finished_round_takes_no_more_findings(people):
    made = makers.round_(people)
    services.finish_round(made, by=people.patroloffice, finished_on=date(2026, 5, 8))
    with pytest.raises(WrongState):
        makers.finding(people, made)
    with pytest.raises(WrongState):
        services.finish_round(made, by=people.patroloffice)


def test_a_finding_is_handed_on_once_and_not_while_its_round_is_secret(people):
    made = makers.finding(people, makers.round_(people))
    assert services.hand_on(made, by=people.patroloffice).state == "handed_on"
    with pytest.raises(WrongState):
        services.hand_on(made, by=people.patroloffice)
    hidden = makers.finding(people, makers.round_(people, "第三届县委第六轮巡察", secret=True))
    with pytest.raises(WrongState):
        services.hand_on(hidden, by=people.patroloffice)


ALLOWED = {
    ("record_finding", "open"), ("set_team", "open"), ("add_objects", "open"), ("declare_recusal", "open"),
    ("declare_recusal", "finished"), ("decide_recusal", "open"), ("decide_recusal", "finished"), ("link_round", "open"), ("draw_people", "open"), ("join_campaign", "open"), ("join_campaign", "finished"), ("attach", "open"), ("attach", "finished"), ("link_round", "finished"), ("finish_round", "open"),
    ("close_round", "finished"), ("set_rhythm", "open"), ("set_rhythm", "finished"), ("set_rhythm", "closed"),
    ("hand_lead", "open"), ("hand_lead", "finished"), ("set_reviewers", "open"), ("set_reviewers", "finished"),
}  # fmt: skip


VERBS = {"attach": services.attach_to_round}


def arguments(name, people, made):
    """What a verb needs beside `by`."""
    town = factories.unit("柳溪镇人民政府", region=factories.TOWN)
    if name == "decide_recusal":
        services.declare_recusal(
            made, by=people.patrol1, objects=list(made.round_objects.all()), ground="home"
        )
    return {
        "set_team": {"members": [{"user": people.patrol2, "role": "leader"}]},
        "add_objects": {"names": "白杨乡"},
        "declare_recusal": {"member": people.patrol1},
        "decide_recusal": {"recusal": made.recusals.first(), "decision": "granted"},
        "hand_lead": {"leads": [{"title": "反映村干部冒领补助"}]},
        "set_reviewers": {"bodies": handed.bodies()},
        "draw_people": {"size": 1},
        "set_rhythm": {"cadence": "week", "note": "按周调度"},
        "attach": {"file": SimpleUploadedFile("方案.pdf", PDF, content_type="application/pdf")},
        "join_campaign": {"campaign": Campaign.objects.first()},
        "link_round": {"below": Round.objects.get(name="下级轮次")},
        "record_finding": {
            "problem_class": "资金使用", "text": "一", "unit": town, "found_on": makers.STARTS,
        },
    }.get(name, {})  # fmt: skip


@pytest.mark.parametrize("state", list(Round.State))
@pytest.mark.parametrize("name", list(ROUND.transitions))
def test_the_whole_table(people, name, state):
    """Of those who are on no team only the office acts. What a member of the team may do is tried elsewhere."""
    made = makers.round_(people)
    makers.round_(people, "下级轮次", team=False)
    makers.campaign(people)
    makers.pooled(people)
    makers.objects(people, made, "石桥坳村")
    said = arguments(name, people, made)
    if state != Round.State.OPEN:
        Round.objects.filter(pk=made.pk).update(state=state, finished_on=makers.ENDS, closed_on=closed(state))
    made.refresh_from_db()
    entries = AuditEntry.objects.count()
    for role in Role:
        by = factories.user(role, unit=factories.unit("某室"))
        if (name, state) in ALLOWED and role == Role.PATROL_OFFICE:
            with transaction.atomic():
                VERBS.get(name, getattr(services, name, None))(made, by=by, **said)
                transaction.set_rollback(True)
        else:
            with pytest.raises(DomainError):
                VERBS.get(name, getattr(services, name, None))(made, by=by, **said)
            assert AuditEntry.objects.count() == entries


def closed(state):
    return makers.ENDS if state == Round.State.CLOSED else None


def test_verbs_leave_one_entry_each_and_a_clean_record(people):
    made = makers.round_(people)
    makers.finding(people, made)
    services.finish_round(made, by=people.patroloffice)
    verbs = list(
        AuditEntry.objects.filter(target_label__startswith="inspections.").values_list("verb", flat=True)
    )
    assert verbs == ["round.open_round", "round.set_team", "finding.record_finding", "round.finish_round"]
    assert verify().broken == []
