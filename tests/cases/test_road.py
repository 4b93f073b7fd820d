"""From registration to the end: the main road and its side roads."""

from datetime import timedelta

import pytest

from cases.models import Lead
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Clock, Notification, Role
from tests import factories
from tests.cases.conftest import services, tick_all


def again(lead):
    return Lead.objects.get(pk=lead.pk)


def running(lead):
    return set(Clock.objects.of(lead).running().values_list("code", flat=True))


@pytest.mark.parametrize("state", [
    "registered", "dispatched", "signed_for", "proposed", "approved", "in_step", "held", "case_filed", "concluded",
    "forwarded", "merged",
])  # fmt: skip
def test_a_lead_reaches_every_state_through_its_verbs(make, state):
    assert make(state).state == state


def test_the_number_tells_county_office_and_year(make):
    lead = make()
    assert lead.number == f"990101-XF-{moment.today().year}-0001"
    assert make().number.endswith("-0002")


def test_from_registration_to_a_sanction_everybody_does_his_part(make, people):
    p = people
    lead = make("in_step", identity_status="claimed", complainant={"name": "李四", "phone": "0744-1"})
    assert running(lead) == {"lead.acknowledge", "lead.verify"}
    services.acknowledge(lead, by=p.petition)
    services.finish_step(lead, by=p.inspector1, result="初核属实，涉嫌违纪。")
    services.propose(lead, by=p.inspector1, method="file_case", proposal="建议立案。")
    with pytest.raises(NotAllowed):
        services.approve(lead, by=p.leader)  # 立案 is for the head
    services.approve(lead, by=p.secretary, note="同意立案。")
    services.file_case(lead, by=p.inspector1, handling_unit=p.investigator.home.unit)
    assert running(lead) == {"case.investigate"}
    with pytest.raises(NotAllowed):
        services.start_step(lead, by=p.inspector1)
    services.start_step(lead, by=p.investigator)
    services.finish_step(lead, by=p.investigator, result="违纪事实清楚。")
    assert running(lead) == set()
    services.propose(lead, by=p.investigator, method="adjudicate", proposal="移送审理。")
    services.approve(lead, by=p.secretary)
    assert Lead.objects.visible_to(p.adjudicator).filter(pk=lead.pk).exists()
    services.start_step(lead, by=p.adjudicator)
    assert running(lead) == {"case.adjudicate"}
    services.finish_step(lead, by=p.adjudicator, result="同意给予警告处分。")
    assert again(lead).acting_unit == p.investigator.home.unit
    assert again(lead).handler == p.investigator
    services.propose(lead, by=p.investigator, method="close", proposal="结案。")
    services.approve(lead, by=p.secretary)
    with pytest.raises(RuleBroken, match="王某某还没有登记处理决定"):
        services.conclude(lead, by=p.investigator, close_kind="sanctioned", result_text="给予政务警告处分。")
    person = lead.subjects.get()
    services.decide(
        lead, by=p.adjudicator, subject=person, measure="admin_warning", document_number="青监〔2026〕1 号"
    )
    tick_all(lead, p.investigator)
    services.conclude(lead, by=p.investigator, close_kind="sanctioned", result_text="给予政务警告处分。")
    assert running(lead) == {"lead.feedback"}
    services.feedback(lead, by=p.petition, note="已当面反馈，无异议。")
    lead = again(lead)
    assert (lead.state, lead.concluded_on, running(lead)) == ("concluded", moment.today(), set())
    assert [step.method for step in lead.steps.all()] == [
        "verify",
        "file_case",
        "investigate",
        "adjudicate",
        "close",
    ]
    verbs = list(AuditEntry.objects.of(lead).order_by("seq").values_list("verb", flat=True))
    assert verbs[0] == "lead.register"
    assert verbs[-1] == "lead.feedback"


def test_the_clock_of_the_disposition_opinion_runs_from_signing_to_approval(make, people):
    lead = make("signed_for")
    clock = Clock.objects.of(lead).get(code="lead.propose")
    assert clock.owner_unit == people.inspector1.home.unit
    assert clock.leader_user == people.leader
    assert clock.body_unit == people.casemgr.home.unit
    services.propose(lead, by=people.inspector1, method="verify", proposal="初核。")
    assert "lead.propose" in running(lead)
    services.approve(lead, by=people.leader)
    assert "lead.propose" not in running(lead)


def test_the_forwarding_clock_runs_from_receipt_to_dispatch_and_anew_after_handing_back(make, people):
    lead = make()
    assert running(lead) == {"lead.forward"}
    make.dispatch(lead)
    assert running(lead) == {"lead.sign_for"}
    services.hand_back(lead, by=people.inspector1, note="不属于本室联系地区。")
    assert running(lead) == {"lead.forward"}
    lead = again(lead)
    assert (lead.state, lead.handling_unit, lead.leader, lead.handler) == ("registered", None, None, None)
    assert lead.dispatches.get().handed_back_reason == "不属于本室联系地区。"
    assert Notification.objects.filter(user=people.casemgr, kind="lead.hand_back").exists()
    make.dispatch(lead)
    services.sign_for(lead, by=people.inspector2)
    assert again(lead).state == "signed_for"


def test_a_superiors_date_overrides_three_months(make):
    day = moment.today() + timedelta(days=40)
    lead = make(by=make.people.casemgr, channel="superior", result_due_on=day)
    assert Clock.objects.of(lead).get(code="lead.assigned").due_on == day


def test_a_superiors_lead_has_three_months_when_no_date_is_named(make):
    lead = make(by=make.people.casemgr, channel="superior")
    clock = Clock.objects.of(lead).get(code="lead.assigned")
    assert clock.due_on > lead.received_on + timedelta(days=85)


def test_the_head_extends_the_superiors_period_once_by_three_months(make, people):
    lead = make(by=people.casemgr, channel="superior")
    before = Clock.objects.of(lead).get(code="lead.assigned").due_on
    with pytest.raises(NotAllowed):
        services.extend(lead, by=people.casemgr, clock="lead.assigned", months=3, note="案情复杂。")
    services.extend(lead, by=people.secretary, clock="lead.assigned", months=3, note="案情复杂。")
    assert Clock.objects.of(lead).get(code="lead.assigned").due_on > before
    with pytest.raises(RuleBroken):
        services.extend(lead, by=people.secretary, clock="lead.assigned", months=3, note="再延。")
    day = before + timedelta(days=300)
    services.extend(lead, by=people.casemgr, clock="lead.assigned", due_on=day, note="上级同意再延。")
    assert Clock.objects.of(lead).get(code="lead.assigned").due_on == day
    assert again(lead).result_due_on == day


def test_an_inquiry_has_fifteen_working_days_and_then_a_month(make, people):
    lead = make("in_step", method="talk_inquiry", sub_method="inquiry")
    assert running(lead) == {"lead.inquiry_reply"}
    services.record_reply(lead, by=people.inspector1, replied_on=moment.today())
    assert running(lead) == {"lead.talk"}
    with pytest.raises(RuleBroken):
        services.record_reply(lead, by=people.inspector1, replied_on=moment.today())
    services.finish_step(lead, by=people.inspector1, result="说明合理，予以采信。")
    assert running(lead) == set()


def test_sending_back_returns_the_opinion_with_reasons_and_leaves_the_month_running(make, people):
    lead = make("proposed")
    with pytest.raises(RuleBroken):
        services.send_back(lead, by=people.leader, note=" ")
    services.send_back(lead, by=people.leader, note="请补充核查方案。")
    lead = again(lead)
    assert (lead.state, lead.method) == ("signed_for", "")
    assert "lead.propose" in running(lead)
    assert lead.steps.get().opinion == "请补充核查方案。"
    assert Notification.objects.filter(user=people.inspector1, kind="lead.send_back").exists()
    services.propose(lead, by=people.inspector2, method="verify", proposal="附核查方案。")
    assert again(lead).steps.count() == 2


def test_nobody_approves_his_own_proposal_even_with_another_account(make, people):
    twin = factories.user(Role.DEPUTY, unit=people.leader.home.unit, person=people.inspector1.person)
    lead = make("proposed")
    Lead.objects.filter(pk=lead.pk).update(leader=twin)
    lead.refresh_from_db()
    with pytest.raises(NotAllowed) as refusal:
        services.approve(lead, by=twin)
    assert refusal.value.code == "lead.own_proposal"


def test_only_the_leader_named_at_dispatch_approves(make, people):
    other = factories.user(Role.DEPUTY, unit=people.leader.home.unit)
    lead = make("proposed")
    with pytest.raises(NotAllowed):
        services.approve(lead, by=other)
    with pytest.raises(NotAllowed):
        services.approve(lead, by=people.secretary)


def test_a_head_of_a_township_party_committee_is_for_the_secretary(make, people):
    lead = make("proposed", subjects=[{"name": "赵某", "principal": True}])
    assert lead.approver == "party"  # 监督执纪工作规则 art. 33


def test_forwarding_leaves_our_clocks_and_keeps_the_receipt(make):
    lead = make("forwarded", identity_status="claimed", complainant={"name": "李四"})
    assert running(lead) == set()
    assert (lead.forwarded_to, lead.forward_receipt) == ("县公安局", "公收 12")


def test_the_desk_and_the_office_know_what_is_owed_to_a_named_complainant(make, people):
    lead = make(identity_status="claimed", complainant={"name": "李四"})
    clock = Clock.objects.of(lead).get(code="lead.acknowledge")
    assert clock.owner_unit == people.petition.home.unit
    services.verify_identity(lead, by=people.petition, verified=True)
    assert again(lead).identity_status == "verified"
    services.acknowledge(lead, by=people.petition)
    assert not again(lead).acknowledgement_owed
    with pytest.raises(WrongState):
        services.acknowledge(lead, by=people.petition)


def test_a_name_found_untrue_owes_nobody_an_answer(make, people):
    lead = make(identity_status="claimed", complainant={"name": "李四"})
    services.verify_identity(lead, by=people.petition, verified=False)
    assert again(lead).identity_status == "anonymous"
    assert "lead.acknowledge" not in running(lead)


def test_a_complaint_found_to_be_a_question_loses_its_clocks_and_back_gets_them(make, people):
    lead = make(identity_status="claimed", complainant={"name": "李四"})
    assert running(lead) == {"lead.forward", "lead.acknowledge"}
    services.amend(lead, by=people.petition, kind="consultation")
    assert (running(lead), again(lead).acknowledgement_owed) == (set(), False)
    services.amend(lead, by=people.petition, kind="complaint")
    assert (running(lead), again(lead).acknowledgement_owed) == ({"lead.forward", "lead.acknowledge"}, True)


def test_a_head_found_among_the_persons_while_it_waits_moves_the_decision_to_the_secretary(make, people):
    lead = make("proposed")
    services.add_subject(lead, by=people.inspector1, name="赵某", principal=True)
    with pytest.raises(NotAllowed):
        services.approve(lead, by=people.leader)
    with pytest.raises(RuleBroken, match="文号"):
        services.approve(lead, by=people.secretary)
    services.approve(
        lead, by=people.secretary, outside_number="青委批〔2026〕3 号", outside_on=moment.today()
    )


def test_who_starts_a_step_for_a_colleague_does_not_take_it_from_him(make, people):
    lead = make("approved")
    assert again(lead).handler == people.inspector1
    services.start_step(lead, by=people.inspector2)
    assert again(lead).handler == people.inspector1


def test_concluding_ends_the_superiors_period_but_not_what_is_owed_to_the_complainant(make, people):
    lead = make("registered", by=people.casemgr, channel="superior", identity_status="claimed")
    make.handle(lead, "concluded", "close", "")
    assert running(lead) == {"lead.acknowledge", "lead.feedback"}


def test_nobody_is_told_of_his_own_act(make, people):
    lead = make("signed_for")
    services.assign(lead, by=people.inspector2, handler=people.inspector2)
    assert not Notification.objects.filter(user=people.inspector2, kind="lead.assign").exists()
    services.assign(lead, by=people.casemgr, handler=people.inspector1)
    assert Notification.objects.filter(user=people.inspector1, kind="lead.assign").exists()
