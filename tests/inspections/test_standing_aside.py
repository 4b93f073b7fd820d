"""轮次回避: in force from the day it is declared, decided by the leader or the office, and held by scope and verbs alike."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from cases import services as cases
from inspections import services
from inspections.models import Finding, RoundObject, RoundRecusal
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import makers

pytestmark = pytest.mark.django_db


def web(user):
    client = Client()
    client.force_login(factories.fresh(user))
    return client


def api(user):
    client = APIClient()
    client.force_authenticate(factories.fresh(user))
    return client


@pytest.fixture
def story(people):
    """A round with a leader and a member, two objects with a finding each."""
    made = makers.round_(people)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"}]
    services.set_team(made, by=people.patroloffice, members=members)
    found = makers.objects(people, made, "柳溪镇\n白杨乡")
    made.refresh_from_db()
    return made, found["柳溪镇"], found["白杨乡"]


def sees(user, model):
    return set(model.objects.visible_to(factories.fresh(user)).values_list("pk", flat=True))


def test_who_declares_stands_aside_at_once_and_from_everything_of_that_object(people, story):
    made, town, other = story
    finding = makers.finding(people, made)
    assert finding.object == town
    page = web(people.inspector1).post(
        f"/rounds/{made.public_id}/declare_recusal/", {"objects": [town.public_id], "ground": "home"}
    )
    assert page.status_code == 302, page.context["form"].errors
    assert sees(people.inspector1, RoundObject) == {other.pk}
    assert sees(people.inspector1, Finding) == set()
    assert sees(people.patrol1, RoundObject) == {town.pk, other.pk}
    member, machine = web(people.inspector1), api(people.inspector1)
    for path in (town.get_absolute_url(), f"{town.get_absolute_url()}enter/", finding.get_absolute_url()):
        assert member.get(path).status_code == 404
    assert (
        machine.post(f"/api/v1/round-objects/{town.public_id}/enter/", {}, format="json").status_code == 404
    )
    assert finding.number not in member.get(made.get_absolute_url()).content.decode()
    mine = RoundRecusal.objects.get()
    assert (mine.user, mine.object, mine.state) == (people.inspector1, town, "declared")


def test_he_records_nothing_on_it_whatever_door_he_takes(people, story):
    made, town, _ = story
    services.declare_recusal(made, by=people.inspector1, objects=[town], ground="unit")
    said = {
        "problem_class": "资金使用", "text": "一", "found_on": makers.STARTS,
        "unit": factories.unit("柳溪镇人民政府", region=factories.TOWN),
    }  # fmt: skip
    with pytest.raises(NotAllowed) as refused:
        services.record_finding(made, by=people.inspector1, **said)
    assert refused.value.code == "recused"
    with pytest.raises(NotAllowed):
        services.record_finding(made, by=people.inspector1, object=town, **said)
    body = {**said, "unit": said["unit"].public_id, "object": town.public_id, "found_on": "2026-03-02"}
    answer = api(people.inspector1).post(
        f"/api/v1/rounds/{made.public_id}/record_finding/", body, format="json"
    )
    assert (answer.status_code, answer.data["field"]) == (400, "object")
    page = web(people.inspector1).post(f"/rounds/{made.public_id}/record_finding/", body)
    assert page.status_code == 400
    services.record_finding(made, by=people.patrol1, **said)


def test_the_leader_decides_and_who_need_not_stand_aside_is_back(people, story):
    made, town, other = story
    services.declare_recusal(made, by=people.inspector1, objects=[town, other], ground="other", text="邻居")
    first, second = RoundRecusal.objects.order_by("pk")
    url = f"/api/v1/rounds/{made.public_id}/decide_recusal/"
    granted = api(people.patrol1).post(
        url, {"recusal": first.public_id, "decision": "granted"}, format="json"
    )
    assert granted.status_code == 200, granted.data
    silent = api(people.patrol1).post(
        url, {"recusal": second.public_id, "decision": "refused"}, format="json"
    )
    assert (silent.status_code, silent.data["field"]) == (422, "note")
    page = web(people.patrol1).post(
        f"/rounds/{made.public_id}/decide_recusal/",
        {"recusal": second.public_id, "decision": "refused", "note": "不影响公正"},
    )
    assert page.status_code == 302, page.context["form"].errors
    assert sees(people.inspector1, RoundObject) == {other.pk}
    with pytest.raises(RuleBroken):
        services.decide_recusal(made, by=people.patrol1, recusal=first, decision="refused", note="一")
    services.decide_recusal(made, by=people.patroloffice, recusal=first, decision="lifted", note="情形消失")
    assert sees(people.inspector1, RoundObject) == {town.pk, other.pk}
    assert verify().broken == []


def test_nobody_decides_about_himself_and_a_leader_only_in_his_team(people, story):
    made, town, _ = story
    services.declare_recusal(made, by=people.patrol1, objects=[town], ground="kin", text="表兄")
    own = RoundRecusal.objects.get()
    with pytest.raises(NotAllowed):
        services.decide_recusal(made, by=people.patrol1, recusal=own, decision="granted")
    second = [{"user": people.patrol2, "role": "leader"}]
    services.set_team(made, by=people.patroloffice, team="巡察二组", members=second)
    made.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.decide_recusal(made, by=people.patrol2, recusal=own, decision="granted")
    with pytest.raises(NotAllowed):
        services.decide_recusal(made, by=people.inspector1, recusal=own, decision="granted")
    services.decide_recusal(made, by=people.patroloffice, recusal=own, decision="granted")
    assert RoundRecusal.objects.get().decided_by == people.patroloffice


def test_the_leader_orders_a_member_to_stand_aside(people, story):
    made, town, _ = story
    with pytest.raises(NotAllowed):
        services.declare_recusal(
            made, by=people.inspector1, member=people.patrol1, objects=[town], ground="kin"
        )
    services.declare_recusal(made, by=people.patrol1, member=people.inspector1, objects=[town], ground="kin")
    assert RoundRecusal.objects.get().state == "granted"
    assert town.pk not in sees(people.inspector1, RoundObject)


def test_no_ground_is_declared_too_and_each_member_says_so(people, story):
    made, town, _ = story
    answer = api(people.inspector1).post(
        f"/api/v1/rounds/{made.public_id}/declare_recusal/", {}, format="json"
    )
    assert answer.status_code == 200, answer.data
    said = {one["name"]: one["declared_on"] for one in answer.data["members"]}
    assert said[people.inspector1.display_name]
    assert said[people.patrol1.display_name] is None
    for wrong in ({"ground": "kin"}, {"objects": [town]}, {"objects": [town], "ground": "other"}):
        with pytest.raises(RuleBroken):
            services.declare_recusal(made, by=people.inspector1, **wrong)
    with pytest.raises(NotAllowed):
        services.declare_recusal(made, by=people.patrol2)


def test_ties_declared_before_keep_a_member_away_from_the_objects_they_touch(people, story):
    made, town, other = story
    cases.declare(by=people.inspector2, kind="home", home=town.region)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.inspector2, "role": "member"}]
    services.set_team(made, by=people.patroloffice, members=members)
    assert sees(people.inspector2, RoundObject) == {other.pk}
    assert RoundRecusal.objects.get().get_ground_display() == "家乡所在地"
    makers.objects(people, made, "石桥坳村")
    assert RoundRecusal.objects.count() == 2
    assert verify().broken == []


def test_grounds_are_read_by_those_who_decide_and_by_oneself(people, story):
    made, town, other = story
    services.declare_recusal(made, by=people.inspector1, objects=[town], ground="kin", text="妻弟任镇长")
    for who, known in ((people.inspector1, True), (people.patrol1, True), (people.patroloffice, True)):
        assert ("妻弟任镇长" in web(who).get(made.get_absolute_url()).content.decode()) is known
    members = [{"user": one, "role": "member"} for one in (people.inspector1, people.investigator)]
    services.set_team(
        made, by=people.patroloffice, members=[*members, {"user": people.patrol1, "role": "leader"}]
    )
    assert "妻弟任镇长" not in web(people.investigator).get(made.get_absolute_url()).content.decode()
    assert api(people.investigator).get(f"/api/v1/rounds/{made.public_id}/recusals/").data == []
    assert len(api(people.patrol1).get(f"/api/v1/rounds/{made.public_id}/recusals/").data) == 1


def test_what_nobody_decided_in_time_is_decided_after_the_round_and_the_round_is_closed(people, story):
    made, town, _ = story
    services.declare_recusal(made, by=people.inspector1, objects=[town], ground="home")
    services.finish_round(made, by=people.patroloffice)
    office, own = web(people.patroloffice), RoundRecusal.objects.get()
    assert "没有决定" in office.post(f"{made.get_absolute_url()}close_round/", {}).content.decode()
    page = office.get(made.get_absolute_url()).content.decode()
    assert f'decide_recusal/">决定{people.inspector1.display_name}的回避' in page
    late = api(people.patroloffice).post(
        f"/api/v1/rounds/{made.public_id}/declare_recusal/",
        {"member": people.patrol1.username, "objects": [town.public_id], "ground": "kin"},
        format="json",
    )
    assert late.status_code == 200, late.data
    said = {"recusal": own.public_id, "decision": "granted"}
    assert web(people.patrol1).post(f"{made.get_absolute_url()}decide_recusal/", said).status_code == 302
    assert office.post(f"{made.get_absolute_url()}close_round/", {}).status_code == 302
    closed = api(people.patroloffice).post(
        f"/api/v1/rounds/{made.public_id}/decide_recusal/",
        {**said, "decision": "lifted", "note": "一"},
        format="json",
    )
    assert closed.status_code == 409
