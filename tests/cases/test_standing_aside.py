"""Who must stand aside: declared ties take leads out of sight, refuse and propose others, stop the step, move the approval."""

import pytest

from cases.models import Declaration, Lead
from cases.services import declare, end_declaration
from povertyaudit.core import clocks, moment, verify
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification, Recusal, Region
from tests import factories
from tests.cases.conftest import services
from tests.core.machines import machine

pytestmark = pytest.mark.django_db


def again(lead):
    return Lead.objects.get(pk=lead.pk)


def sees(user, lead):
    return Lead.objects.visible_to(factories.fresh(user)).filter(pk=lead.pk).exists()


@pytest.mark.parametrize("tie", [
    {"kind": "kin", "name": "王某某", "relation": "堂弟"}, {"kind": "home", "home": factories.VILLAGE},
    {"kind": "home", "home": factories.TOWN}, {"kind": "unit", "unit_text": "石桥坳村"},
])  # fmt: skip
def test_a_declared_tie_takes_the_lead_out_of_sight_search_and_messages(client, make, people, tie):
    if "home" in tie:
        tie = tie | {"home": Region.objects.get(code=tie["home"])}
    declare(by=people.inspector1, **tie)
    lead = make("dispatched")
    assert not sees(people.inspector1, lead)
    assert sees(people.inspector2, lead)
    client.force_login(people.inspector1)
    assert client.get(lead.get_absolute_url()).status_code == 404
    assert lead.number not in client.get("/search/?q=王某某").content.decode()
    assert not Notification.objects.filter(user=people.inspector1, number=lead.number).exists()
    assert Notification.objects.filter(user=people.inspector2, number=lead.number).exists()


def test_who_has_no_tie_sees_everything(make, people):
    declare(by=people.inspector1, kind="kin", name="另一人")
    declare(by=people.inspector1, kind="home", home=Region.objects.get(code=factories.OTHER_TOWN))
    declare(by=people.neighbour, kind="kin", name="王某某")
    lead = make("dispatched")
    assert sees(people.inspector1, lead)
    assert not Recusal.objects.exists()


def test_naming_him_is_refused_with_the_ground_and_others_are_proposed(client, make, people):
    declare(by=people.inspector1, kind="kin", name="王某某")
    declare(by=people.leader, kind="unit", unit_text="石桥坳村")
    lead = make("registered")
    room = people.inspector1.home.unit
    with pytest.raises(RuleBroken) as refusal:
        make.dispatch(lead, leader=people.secretary, handler=people.inspector1)
    assert refusal.value.field == "handler"
    assert "应当回避这件线索（亲属关系）" in refusal.value.message
    assert f"可以选择：{people.inspector2.display_name}" in refusal.value.message
    assert "王某某" not in refusal.value.message
    body = {"handling_unit": room.name, "leader": "leader", "instruction": "请核实。"}
    answer = machine(people.casemgr).post(f"/api/v1/leads/{lead.public_id}/dispatch/", body, format="json")
    assert (answer.status_code, answer.json()["field"]) == (422, "leader")
    assert f"可以选择：{people.secretary.display_name}" in answer.json()["message"]
    make.dispatch(lead, leader=people.secretary)
    services.sign_for(lead, by=people.inspector2)
    for verb, values in (
        ("assign", {"by": people.casemgr, "handler": people.inspector1}),
        (
            "propose",
            {
                "by": people.inspector2,
                "method": "verify",
                "proposal": "初核。",
                "participants": [people.inspector1],
            },
        ),
    ):
        with pytest.raises(RuleBroken, match="回避"):
            getattr(services, verb)(lead, **values)


def test_who_would_register_his_own_tie_hands_it_to_a_colleague(make, people):
    declare(by=people.petition, kind="kin", name="王某某")
    with pytest.raises(NotAllowed, match="交本单位其他人员登记"):
        make("registered")
    assert not Lead.objects.exists()
    assert not Recusal.objects.exists()


def test_a_tie_found_later_stops_the_step_until_another_is_named(client, make, people):
    lead = make("in_step")
    colleague = factories.user("supervision", unit=people.inspector1.home.unit)
    answer = machine(people.inspector1).post(
        "/api/v1/declarations/", {"kind": "kin", "name": "王某某", "relation": "表兄"}, format="json"
    )
    assert answer.status_code == 201, answer.json()
    row = again(lead)
    assert (row.stopped_on, row.handler, row.state) == (moment.today(), None, "in_step")
    assert row.steps.get().standing == "因回避停办"
    assert Clock.objects.of(lead).get(code="lead.verify").state == "paused"
    assert not sees(people.inspector1, lead)
    for told in (people.leader, people.casemgr):
        assert Notification.objects.filter(
            user=told, kind="lead.stand_aside", text__contains="已停止办理"
        ).exists()
    with pytest.raises(RuleBroken, match="因回避停止办理"):
        services.finish_step(lead, by=people.inspector2, result="清楚。")
    client.force_login(people.casemgr)
    assert "本件已停止办理" in client.get(lead.get_absolute_url()).content.decode()
    with pytest.raises(RuleBroken) as refusal:  # one of two is left
        services.assign(lead, by=people.casemgr, handler=people.inspector2)
    assert refusal.value.field == "participants"
    body = {"handler": "inspector2", "participants": [colleague.username]}
    answer = machine(people.casemgr).post(f"/api/v1/leads/{lead.public_id}/assign/", body, format="json")
    assert answer.status_code == 200, answer.json()
    row = again(lead)
    assert (row.stopped_on, row.handler, row.steps.get().resumed_on) == (
        None,
        people.inspector2,
        moment.today(),
    )
    assert Clock.objects.of(lead).get(code="lead.verify").state == "running"
    services.finish_step(lead, by=people.inspector2, result="清楚。")
    assert verify.verify().broken == []


def test_who_recuses_himself_in_the_middle_stops_it_too(make, people):
    lead = make("approved")
    services.recuse(lead, by=people.inspector1, note="与被反映人系近亲属。")
    with pytest.raises(RuleBroken, match="因回避停止办理"):
        services.start_step(lead, by=people.inspector2)
    services.assign(lead, by=people.inspector2, handler=people.inspector2)
    other = factories.user("supervision", unit=people.inspector1.home.unit)
    services.start_step(lead, by=people.inspector2, participants=[other])
    assert again(lead).state == "in_step"


def test_an_uninvolved_colleagues_tie_stops_nothing(make, people):
    lead = make("in_step")
    third = factories.user("supervision", unit=people.inspector1.home.unit)
    declare(by=third, kind="kin", name="王某某")
    assert again(lead).stopped_on is None
    assert not sees(third, lead)


def test_a_conflicted_approver_gives_way_to_the_next_above(client, make, people):
    lead = make("proposed")
    declare(by=people.leader, kind="kin", name="王某某")
    row = again(lead)
    assert (row.approver, row.stopped_on) == ("secretary", None)
    assert "分管领导应当回避，改由主要负责人审批。" in row.steps.get().why_asked
    assert Notification.objects.filter(
        user=people.secretary, number=lead.number, text__contains="改由您审批"
    ).exists()
    client.force_login(people.leader)
    assert client.get(f"{lead.get_absolute_url()}approve/").status_code == 404
    declare(by=people.secretary, kind="unit", unit_text="石桥坳村")
    row = again(lead)
    assert row.approver == "superior"
    assert "改由上一级纪检监察机关决定" in row.steps.get().why_asked
    with pytest.raises(RuleBroken, match="文号"):
        services.approve(lead, by=people.casemgr)
    services.approve(lead, by=people.casemgr, outside_number="澄纪〔2026〕9号", outside_on=moment.today())


def test_a_namesake_is_let_back_by_the_registry_and_stays_in_the_record(make, people):
    declare(by=people.inspector1, kind="kin", name="王某某")
    lead = make("registered")
    body = {"person": "inspector1", "note": "同名，不是其亲属。"}
    answer = machine(people.casemgr).post(
        f"/api/v1/leads/{lead.public_id}/lift_recusal/", body, format="json"
    )
    assert answer.status_code == 200, answer.json()
    make.dispatch(lead, handler=people.inspector1)  # the same tie does not recuse him again
    assert sees(people.inspector1, lead)
    with pytest.raises(RuleBroken):
        services.lift_recusal(lead, by=people.casemgr, person=people.inspector2, note="x")
    with pytest.raises(NotAllowed):
        services.lift_recusal(lead, by=people.inspector2, person=people.inspector1, note="x")


def test_a_subject_added_later_is_looked_at_too(make, people):
    declare(by=people.inspector2, kind="kin", name="赵某")
    lead = make("signed_for")
    assert sees(people.inspector2, lead)
    services.add_subject(lead, by=people.inspector1, name="赵某")
    assert not sees(people.inspector2, lead)


def test_declarations_are_ones_own_and_the_registrys(client, people):
    mine = declare(by=people.inspector1, kind="kin", name="冯某山", relation="堂弟")
    client.force_login(people.inspector1)
    assert "冯某山（堂弟）" in client.get("/declarations/?tab=mine").content.decode()
    assert "/declarations/" in client.get("/account/").content.decode()
    for who, status in ((people.casemgr, 200), (people.secretary, 200), (people.inspector2, 404), (people.leader, 404),
                        (people.neighbour, 404), (people.auditor, 404)):  # fmt: skip
        client.force_login(who)
        assert client.get(mine.get_absolute_url()).status_code == status, who.username
        assert machine(who).get(f"/api/v1/declarations/{mine.public_id}/").status_code == status
    client.force_login(people.casemgr)
    assert "申报人" in client.get("/declarations/new/").content.decode()
    client.post(
        "/declarations/new/", {"kind": "home", "home": factories.TOWN, "person": people.inspector2.public_id}
    )
    assert Declaration.objects.get(person=people.inspector2.person).home_id == factories.TOWN
    with pytest.raises(NotAllowed):
        declare(by=people.inspector1, kind="kin", name="某", person=people.inspector2)
    with pytest.raises(NotAllowed):
        declare(by=people.official, kind="kin", name="某")
    for wrong in ({"kind": "kin"}, {"kind": "home"}, {"kind": "unit"}, {"kind": "what"},
                  {"kind": "home", "home": Region.objects.get(code=factories.QINGHE)}):  # fmt: skip
        with pytest.raises(RuleBroken):
            declare(by=people.inspector1, **wrong)
    end_declaration(mine, by=people.inspector1, note="已调离。")
    with pytest.raises(WrongState):
        end_declaration(mine, by=people.inspector1, note="再撤。")
    assert clocks.due_of(mine) is None
