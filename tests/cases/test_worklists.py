"""Work lists by role, 清零看板 and 片区月例会清单: every figure opens exactly its rows, and nothing shows through."""

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import worklists
from cases.filters import LeadFilter
from cases.models import Lead
from povertyaudit.core import moment
from povertyaudit.core.models import Area, Post, Region, Role
from povertyaudit.core.scope import scope_choices
from tests import factories
from tests.cases.conftest import services

pytestmark = pytest.mark.django_db
FIGURE = re.compile(r'<a href="(/leads/\?[^"]+)">(\d+)</a>')


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def page(who, url):
    answer = web(who).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def listed(who, url):
    """Numbers of the leads the page lists."""
    return set(re.findall(r'">(\d{6}-\w+-\d{4}-\d{4})</a>', page(who, url)))


def opened(who, url):
    """What the list behind a figure holds, by the list's own filters."""
    asked = QueryDict(urlsplit(url.replace("&amp;", "&")).query)
    user = factories.fresh(who)
    found = LeadFilter(asked, queryset=Lead.objects.visible_to(user), request=SimpleNamespace(user=user))
    scope_choices(found.form, user)
    assert found.is_valid(), found.errors
    return set(found.qs.values_list("number", flat=True))


def numbers(*leads):
    return {lead.number for lead in leads}


@pytest.fixture
def area(people):
    made = Area.objects.create(name="河东片区", county_id=factories.QINGHE)
    made.regions.set([Region.objects.get(code=factories.TOWN)])
    return made


@pytest.fixture
def head(people, area):
    """片长: a leader of the body who has no lead of his own."""
    unit = people.leader.home.unit
    user = factories.user(Role.DEPUTY, unit=unit, username="pianzhang")
    Post.objects.create(
        user=user,
        unit=unit,
        role=Role.DEPUTY,
        region_id=factories.QINGHE,
        area=area,
        starts_on=moment.today(),
    )
    return user


def test_each_role_has_its_own_lists(people, make):
    proposed, step, new, sent = make("proposed"), make("in_step"), make(), make("dispatched")
    assert listed(people.leader, "/leads/?tab=sign") == numbers(proposed)
    assert listed(people.leader, "/leads/?tab=elsewhere") == numbers(step, sent)
    assert listed(people.inspector1, "/leads/?tab=mine") == numbers(step, sent)
    assert listed(people.inspector1, "/leads/?tab=elsewhere") == numbers(proposed)
    assert listed(people.casemgr, "/leads/?tab=mine") == numbers(new)
    assert listed(people.casemgr, "/leads/?tab=elsewhere") == numbers(proposed, step, sent)
    assert listed(people.petition, "/leads/?tab=elsewhere") == numbers(proposed, step, new, sent)
    services.finish_step(step, by=people.inspector1, result="属实。")
    services.propose(step, by=people.inspector1, method="close", proposal="予以了结。")
    services.approve(step, by=people.secretary)
    assert listed(people.secretary, "/leads/?tab=elsewhere") == numbers(step)
    leaders, office = page(people.leader, "/leads/"), page(people.inspector1, "/leads/")
    assert "待签批" in leaders
    assert "待我办理" not in leaders
    assert "待签批" not in office


def test_home_names_the_lists_that_hold_something(people, make):
    make("in_step")
    lead = make("proposed")
    home = page(people.leader, "/")
    assert "待签批的线索" in home
    assert '/leads/?tab=elsewhere">待他人办理</a> <span class="num">1' in home
    assert "暂存待复核" not in home
    services.approve(lead, by=people.leader)
    assert '/leads/?tab=elsewhere">待他人办理</a> <span class="num">2' in page(people.leader, "/")


def test_held_leads_come_up_when_their_day_comes(people, make, time_machine):
    held, later = make("held"), make("held")
    Lead.objects.get(pk=later.pk)
    assert listed(people.inspector1, "/leads/?tab=review") == set()
    services.extend(
        later, by=people.secretary, note="仍无条件。", clock="lead.hold_review", due_on=None, months=6
    )
    time_machine.move_to(moment.now() + timedelta(days=55))
    assert listed(people.inspector1, "/leads/?tab=review") == numbers(held)
    assert "暂存待复核" in page(people.casemgr, "/")
    assert listed(people.casemgr, "/leads/?tab=elsewhere") == set()


def many(people, make):
    """Leads of several ages, offices and places, and some that must not count."""
    today = moment.today()
    for state, age, place in (
        ("registered", 10, factories.VILLAGE), ("in_step", 40, factories.TOWN), ("held", 75, factories.OTHER_TOWN),
        ("proposed", 100, factories.QINGHE), ("signed_for", 200, factories.VILLAGE), ("dispatched", 0, factories.TOWN),
    ):  # fmt: skip
        make(state, received_on=today - timedelta(age), region=Region.objects.get(code=place))
    make("concluded", received_on=today - timedelta(50))
    make(kind="consultation", category=None, subjects=[])
    make(by=people.inspector1, channel="own_discovery", received_on=today - timedelta(31))


def test_every_figure_opens_exactly_its_rows(people, make, area, head):
    many(people, make)
    for who in (people.casemgr, people.inspector1, people.petition, head):
        for way in ("office", "town", "area"):
            figures = FIGURE.findall(page(who, f"/leads/backlog/?by={way}"))
            assert figures, way
            for url, count in figures:
                assert len(opened(who, url)) == int(count), (who.username, way, url)
    url, count = figures[0]
    assert len(listed(head, url.replace("&amp;", "&"))) == int(count)
    board = page(people.casemgr, "/leads/backlog/?by=town")
    assert "未办结 7 件，其中 180 天以上 1 件" in board
    assert "青禾县 / 柳溪镇最多，5 件" in board
    assert "青禾县（未具体到乡镇）" in board
    assert "未划片区" in page(people.casemgr, "/leads/backlog/?by=area")


def test_what_one_may_not_see_is_in_no_figure(people, make):
    lead = make("in_step", received_on=moment.today() - timedelta(200))
    assert "未办结 1 件" in page(people.leader, "/leads/backlog/")
    services.recuse(lead, by=people.casemgr, person=people.inspector2, note="近亲属。")
    for who in (people.inspector2, people.neighbour):
        for way in ("office", "town", "area"):
            board = page(who, f"/leads/backlog/?by={way}")
            assert FIGURE.findall(board) == []
            assert "您能看到的线索都已办结。" in board
    assert web(people.finance).get("/leads/backlog/").status_code == 403
    assert web(people.official).get("/leads/meeting/").status_code == 403


def test_an_office_of_another_county_has_a_line_of_its_own(people, make):
    there = factories.unit("监督检查室", region=factories.YUNPING)
    factories.user(Role.SUPERVISION, unit=there, region=factories.YUNPING, username="afar")
    lead = make()
    services.dispatch(
        lead, by=people.casemgr, handling_unit=there, leader=people.leader, instruction="交叉办理。"
    )
    ours = factories.fresh(people.leader)
    board = page(ours, "/leads/backlog/")
    assert "外地部门承办" in board
    url, count = FIGURE.findall(board)[0]
    assert (count, listed(ours, url.replace("&amp;", "&"))) == ("1", numbers(lead))


def test_the_board_costs_the_same_for_one_lead_and_for_many(people, make, area):
    def cost():
        client = web(people.casemgr)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get("/leads/backlog/?by=town")
        return len(counted)

    make("in_step")
    cost()  # what a process asks once is asked now
    before = cost()
    many(people, make)
    assert cost() <= before


def test_the_head_of_an_area_sees_its_open_leads_for_the_meeting(people, make, area, head, time_machine):
    today = moment.today()
    here = make("in_step", received_on=today - timedelta(40))
    away = make(region=Region.objects.get(code=factories.OTHER_TOWN))
    over = make("concluded", received_on=today - timedelta(20))
    assert listed(head, "/leads/meeting/") == numbers(here)
    shown = page(head, "/leads/meeting/")
    assert "河东片区" in shown
    assert "40 天" in shown
    assert listed(head, f"/leads/meeting/?area={area.public_id}&open_on={today - timedelta(1)}") == numbers(
        here, over
    )
    assert listed(people.casemgr, "/leads/meeting/?area=none") == numbers(away)
    assert web(head).get(away.get_absolute_url()).status_code == 404
    assert "您是河东片区的片长" in page(head, f"{here.get_absolute_url()}why/")
    assert page(head, here.get_absolute_url()).count("/approve/") == 0
    told = web(head).get("/leads/meeting/?format=csv").getvalue().decode()
    assert here.number in told
    assert "河东片区" in told


def test_over_rest_the_same_conditions_find_the_same_rows(people, make, area, client):
    many(people, make)
    client.force_login(people.casemgr)
    for band in worklists.AGES:
        found = client.get("/api/v1/leads/", {"age": band.key}).json()["results"]
        assert {row["number"] for row in found} == opened(people.casemgr, f"/leads/?age={band.key}")
    assert len(client.get("/api/v1/leads/", {"area": area.public_id, "age": "all"}).json()["results"]) == 5
    assert client.get("/api/v1/leads/", {"age": "nonsense"}).status_code == 400


def test_what_went_back_to_its_sender_is_open_until_that_day(make):
    lead = make("returned", received_on=moment.today() - timedelta(9))
    for day, there in ((1, True), (0, False)):
        assert (
            worklists.open_on(Lead.objects.all(), moment.today() - timedelta(day)).filter(pk=lead.pk).exists()
            is there
        )
