"""Rounds: how they are called, who runs them, one authorisation at a time, levels, closing, and the page that tells all."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from inspections import services
from inspections.models import Round, TeamMember
from inspections.words import numeral, round_name
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Region, UnitKind
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.machines import PDF
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


def later(people, name="第二轮", **more):
    return services.open_round(
        by=people.patroloffice, name=name, region=Region.objects.get(code=factories.QINGHE),
        starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 30), approved_by=people.secretary, **more,
    )  # fmt: skip


def test_numerals_and_names():
    assert [numeral(n) for n in (1, 10, 12, 20, 35, 99)] == ["一", "十", "十二", "二十", "三十五", "九十九"]
    county, city = (
        Region(code="990101000000", name="青禾县", level=3),
        Region(code="990100000000", name="澄江市", level=2),
    )
    assert round_name(county, 12, 8, "special") == "第十二届县委第八轮巡察"
    assert round_name(city, 5, 1, "linked") == "第五届市委第一轮巡察"
    assert (
        round_name(Region(code="990103000000", name="东区", level=3), 1, 2, "check")
        == "第一届区委第二轮专项检查"
    )


def test_a_round_is_named_by_session_and_ordinal_unless_a_name_is_typed(people):
    common = {"region": factories.QINGHE, "starts_on": "2026-03-02", "ends_on": "2026-04-30"}
    made = api(people.patroloffice).post(
        "/api/v1/rounds/", {**common, "approved_by": "secretary", "session": 12, "ordinal": 8}, format="json"
    )
    assert (made.status_code, made.data["name"]) == (201, "第十二届县委第八轮巡察"), made.data
    page = web(people.patroloffice).post("/rounds/new/", {
        **common, "kind": "supervise", "approved_by": people.secretary.public_id, "session": "12", "ordinal": "8",
        "name": "春季督查", "body_kind": "supervisors",
    })  # fmt: skip
    assert page.status_code == 302, page.context["form"].errors
    typed = Round.objects.get(name="春季督查")
    assert (typed.session, typed.get_body_kind_display(), typed.run_by.name) == (
        12,
        "党委政府督查室",
        "县委巡察办",
    )
    for bad in ({}, {"session": "12"}, {"session": "0", "ordinal": "1"}, {"session": "100", "ordinal": "1"}):
        refused = web(people.patroloffice).post(
            "/rounds/new/", {**common, "kind": "regular", "approved_by": people.secretary.public_id, **bad}
        )
        assert refused.status_code in {400, 422}, bad
    assert Round.objects.count() == 2


def test_several_teams_one_leader_each_and_nobody_in_two(people):
    made = makers.round_(people)
    second = [
        {"user": people.patrol2, "role": "leader"}, {"user": people.inspector1, "role": "member"},
        {"user": people.sector, "role": "envoy", "seconded_from": date(2026, 3, 1), "seconded_to": date(2026, 5, 1)},
    ]  # fmt: skip
    services.set_team(
        made, by=people.patroloffice, team="巡察二组", members=second, authorisation="县委巡发〔2026〕3号"
    )
    assert [team.name for team in made.teams.all()] == ["巡察一组", "巡察二组"]
    with pytest.raises(RuleBroken) as refused:
        services.set_team(made, by=people.patroloffice, members=[
            {"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"},
        ])  # fmt: skip
    assert "巡察组" in refused.value.message
    made.refresh_from_db()
    services.set_team(made, by=people.patroloffice, team="巡察二组", members=[
        {"user": people.inspector1, "role": "leader"}, {"user": people.patrol2, "role": "member"},
    ])  # fmt: skip
    assert TeamMember.objects.get(user=people.inspector1).role == "leader"
    assert TeamMember.objects.filter(round=made).count() == 3
    page = web(people.patroloffice).get(f"{made.get_absolute_url()}set_team/?team=巡察二组").content.decode()
    assert "县委巡发〔2026〕3号" in page
    assert verify().broken == []


def test_who_led_the_last_inspection_of_an_object_leads_the_next_only_with_a_reason(people):
    first = makers.round_(people)
    makers.objects(people, first, "柳溪镇")
    second = later(people)
    leader = [{"user": people.patrol1, "role": "leader"}]
    services.set_team(second, by=people.patroloffice, members=leader)
    second.refresh_from_db()
    answer = api(people.patroloffice).post(
        f"/api/v1/rounds/{second.public_id}/add_objects/", {"names": "柳溪镇"}, format="json"
    )
    assert (answer.status_code, answer.data["code"]) == (422, "set_team.repeat")
    assert not second.round_objects.exists()
    services.add_objects(second, by=people.patroloffice, names="白杨乡")
    reason = {"members": [{"user": "patrol1", "role": "leader"}], "repeat_reason": "领导小组同意"}
    url = f"/api/v1/rounds/{second.public_id}/set_team/"
    assert api(people.patroloffice).post(url, reason, format="json").status_code == 200
    second.refresh_from_db()
    services.add_objects(second, by=people.patroloffice, names="柳溪镇")
    bare = {"members": reason["members"]}
    refused = api(people.patroloffice).post(url, bare, format="json")
    assert (refused.status_code, refused.data["field"]) == (422, "repeat_reason")
    other = [{"user": people.patrol2, "role": "leader"}]
    second.refresh_from_db()
    services.set_team(second, by=people.patroloffice, members=other)


def test_a_secret_round_before_is_not_told_by_the_warning(people):
    hidden = makers.round_(people, "保密", secret=True)
    makers.objects(people, hidden, "柳溪镇")
    second_office = factories.user("patrol_office", unit=factories.unit("县委巡察办"))
    second = services.open_round(
        by=second_office, name="第二轮", region=Region.objects.get(code=factories.QINGHE), starts_on=date(2026, 7, 1),
        ends_on=date(2026, 8, 30), approved_by=people.leader,
    )  # fmt: skip
    services.set_team(second, by=second_office, members=[{"user": people.patrol1, "role": "leader"}])
    second.refresh_from_db()
    services.add_objects(second, by=second_office, names="柳溪镇")


def test_rounds_of_two_levels_are_linked_and_the_upper_one_shows_the_figures(people):
    city = Region.objects.get(code="990100000000")
    office = factories.user(
        "patrol_office", unit=factories.unit("市委巡察办", UnitKind.PATROL_OFFICE, city.pk), region=city.pk
    )
    head = factories.user(
        "secretary", unit=factories.unit("市纪委监委", UnitKind.COMMISSION, city.pk), region=city.pk
    )
    upper = services.open_round(
        by=office, region=city, session=5, ordinal=2, kind="linked", starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 1),
        approved_by=head,
    )  # fmt: skip
    below = makers.round_(people)
    makers.objects(people, below)
    answer = api(office).post(
        f"/api/v1/rounds/{upper.public_id}/link_round/", {"below": below.name}, format="json"
    )
    assert answer.status_code == 200, answer.data
    page = web(office).get(upper.get_absolute_url()).content.decode()
    assert "下级轮次" in page
    assert below.name in page
    assert "第五届市委第二轮巡察" in web(people.patrol1).get(below.get_absolute_url()).content.decode()
    below.refresh_from_db()
    for wrong in (below, upper):
        with pytest.raises(RuleBroken):
            services.link_round(upper, by=office, below=wrong)
    with pytest.raises(RuleBroken):
        services.link_round(below, by=people.patroloffice, below=upper)
    secret = makers.round_(people, "保密", secret=True)
    assert (
        web(office).post(f"{upper.get_absolute_url()}link_round/", {"below": secret.public_id}).status_code
        == 400
    )


def test_a_round_with_something_owed_is_not_closed_and_the_list_says_what(people):
    made = makers.round_(people)
    found = makers.finding(people, made)
    objects = makers.objects(people, made, "白杨乡")
    services.declare_recusal(made, by=people.patrol1, objects=list(objects.values()), ground="home")
    with pytest.raises(WrongState):
        services.close_round(made, by=people.patroloffice)
    services.finish_round(made, by=people.patroloffice)
    answer = api(people.patroloffice).post(f"/api/v1/rounds/{made.public_id}/close_round/", {}, format="json")
    assert (answer.status_code, answer.data["code"]) == (422, "close_round.open")
    assert found.number in answer.data["message"]
    assert "白杨乡" in answer.data["message"]
    assert web(people.patroloffice).post(f"{made.get_absolute_url()}close_round/", {}).status_code == 422


def test_a_round_with_nothing_owed_is_closed_once(people):
    made = makers.round_(people)
    services.hand_on(makers.finding(people, made), by=people.patroloffice)
    services.finish_round(made, by=people.patroloffice)
    assert web(people.patroloffice).post(f"{made.get_absolute_url()}close_round/", {}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.closed_on is not None) == ("closed", True)
    assert api(people.patroloffice).get(f"/api/v1/rounds/{made.public_id}/").data["actions"] == ["set_rhythm"]


def test_the_page_tells_objects_people_figures_and_who_owes_what(people):
    made = makers.round_(people)
    makers.objects(people, made)
    makers.finding(people, made)
    page = web(people.patroloffice).get(made.get_absolute_url()).content.decode()
    for words in (
        "进展",
        "待办",
        "3 个对象没有进驻",
        "申报回避情况",
        people.patrol1.display_name,
        "材料",
        "人员抽取",
    ):
        assert words in page, words
    assert f"/round-objects/?round={made.public_id}&amp;state=not_entered" in page
    assert f"/findings/?round={made.public_id}" in page
    services.declare_recusal(made, by=people.patrol1)
    owed = 'declare_recusal/">申报回避情况'
    assert owed in page
    assert owed not in web(people.casemgr).get(made.get_absolute_url()).content.decode()


def test_the_page_costs_the_same_with_one_object_and_with_ten(people):
    made = makers.round_(people)
    makers.objects(people, made, "柳溪镇")
    makers.finding(people, made)
    client = web(people.patroloffice)
    client.get(made.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(made.get_absolute_url())
    departments = [factories.unit(f"县第{n}局", UnitKind.DEPARTMENT) for n in range(9)]
    services.add_objects(made, by=people.patroloffice, units=departments)
    for _ in range(4):
        makers.finding(people, made)
    with CaptureQueriesContext(connection) as many:
        client.get(made.get_absolute_url())
    assert len(many) == len(few)


def test_papers_of_the_round_are_seen_as_it_is(people):
    made = makers.round_(people, secret=True)
    said = {"title": "工作方案", "file": SimpleUploadedFile("方案.pdf", PDF, content_type="application/pdf")}
    assert web(people.patrol1).post(f"{made.get_absolute_url()}attach/", said).status_code == 302
    paper = Attachment.objects.get()
    assert "工作方案" in web(people.patrol1).get(made.get_absolute_url()).content.decode()
    for who in (people.casemgr, people.leader, people.patrol2):
        assert not Attachment.objects.visible_to(factories.fresh(who)).exists()
        assert web(who).get(paper.get_absolute_url()).status_code == 404
