"""来件: kinds kept apart, the superior's transfers in time, and the way back to who sent what is not ours."""

import pytest
from rest_framework.test import APIClient

from cases.models import Lead
from cases.workflow import LEAD
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Clock
from tests import factories
from tests.cases.conftest import services


def again(lead):
    return Lead.objects.get(pk=lead.pk)


def running(lead):
    return set(Clock.objects.of(lead).running().values_list("code", flat=True))


def machine(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def offered(lead, user):
    return {
        step.name for step in LEAD.offered(Lead.objects.for_list().get(pk=lead.pk), factories.fresh(user))
    }


def question(make, **more):
    return make(kind="consultation", category=None, subjects=[], **more)


def test_a_question_is_neither_dispatched_nor_extended_and_says_so(make, people):
    lead = question(make)
    for who in (people.casemgr, people.secretary):
        assert not offered(lead, who) & {"dispatch", "extend"}
    with pytest.raises(WrongState, match="请直接答复后办结"):
        make.dispatch(lead)
    with pytest.raises(WrongState, match="没有正在计算的期限"):
        services.extend(lead, by=people.secretary, days=3, note="延长。")
    assert Lead.objects.for_list().get(pk=lead.pk).get_state_display() == "待答复"
    body = {"handling_unit": "第一监督检查室", "leader": "leader", "instruction": "请核实。"}
    answer = machine(people.casemgr).post(f"/api/v1/leads/{lead.public_id}/dispatch/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "dispatch.state")


def test_extend_is_offered_exactly_while_a_period_runs(make, people):
    lead = make()
    assert "extend" in offered(lead, people.secretary)
    Clock.objects.of(lead).update(state="stopped", stopped_on=lead.received_on)
    assert "extend" not in offered(lead, people.secretary)


def test_the_offer_asks_nothing_row_by_row(make, people, django_assert_num_queries):
    make(), make("signed_for")
    user = factories.fresh(people.secretary)
    user.current_posts()
    rows = list(Lead.objects.visible_to(user).for_list())
    with django_assert_num_queries(0):
        assert all("extend" in {step.name for step in LEAD.offered(row, user)} for row in rows)


def test_a_change_of_kind_keeps_the_rules_true(make, people):
    lead = make(identity_status="claimed", complainant={"name": "李四"})
    services.amend(lead, by=people.petition, kind="consultation")
    assert (running(lead), again(lead).acknowledgement_owed) == (set(), False)
    assert "dispatch" not in offered(lead, people.casemgr)
    assert "conclude" in offered(lead, people.petition)
    services.amend(lead, by=people.petition, kind="appeal")
    assert running(lead) == {"lead.forward", "lead.acknowledge"}
    assert "dispatch" in offered(lead, people.casemgr)


@pytest.mark.parametrize("end", ["dispatch", "forward", "return_to_sender", "question"])
def test_a_superiors_transfer_is_accepted_or_passed_on_in_five_working_days(make, people, end):
    lead = make(by=people.casemgr, channel="superior")
    assert running(lead) == {"lead.accept_transferred", "lead.assigned"}
    if end == "dispatch":
        make.dispatch(lead)
        assert "lead.assigned" in running(lead)
        assert "lead.accept_transferred" not in running(lead)
    elif end == "question":
        services.amend(lead, by=people.casemgr, kind="suggestion")
    elif end == "forward":
        services.forward(lead, by=people.casemgr, forwarded_to="县公安局")
    else:
        services.return_to_sender(
            lead, by=people.casemgr, returned_to="市纪委监委", note="应由市直机关办理。"
        )
    assert end == "dispatch" or running(lead) == set()
    assert Clock.objects.of(lead).get(code="lead.accept_transferred").state == "stopped"


def test_what_another_body_sent_goes_back_with_the_reason_by_page_and_rest(client, make, people):
    lead, other = (make(by=people.casemgr, channel="handover") for _ in range(2))
    client.force_login(people.casemgr)
    address = f"{lead.get_absolute_url()}return_to_sender/"
    assert client.post(address, {"returned_to": "县审计局", "note": ""}).status_code == 400
    client.post(address, {"returned_to": "县审计局", "note": "应由税务机关办理。"})
    back = again(lead)
    assert (back.state, back.returned_to, back.return_reason) == (
        "returned",
        "县审计局",
        "应由税务机关办理。",
    )
    assert "应由税务机关办理。" in client.get(lead.get_absolute_url()).content.decode()
    body = {"returned_to": "县审计局", "note": "应由税务机关办理。"}
    answer = machine(people.casemgr).post(
        f"/api/v1/leads/{other.public_id}/return_to_sender/", body, format="json"
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "returned")
    with pytest.raises(RuleBroken):
        services.merge(make(), by=people.casemgr, into=back)


def test_a_letter_of_a_citizen_has_no_sender_to_go_back_to(make, people):
    lead = make()
    assert "return_to_sender" not in offered(lead, people.casemgr)
    with pytest.raises(WrongState, match="请转办"):
        services.return_to_sender(lead, by=people.casemgr, returned_to="某单位", note="退回。")
