"""专题: a theme with its checklist, the rounds and leads under it, and figures that open exactly their rows."""

from datetime import date

import pytest
from django.test import Client
from rest_framework.test import APIClient

from inspections import services
from inspections.models import Campaign, CampaignLead
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Recusal
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import Maker
from tests.cases.trial import decide
from tests.inspections import makers

pytestmark = pytest.mark.django_db
NEW = {
    "name": "易地搬迁专题", "region": factories.QINGHE, "year": 2026, "quarter": 2, "starts_on": "2026-04-01",
    "ends_on": "2026-06-30",
}  # fmt: skip


def web(user):
    client = Client()
    client.force_login(factories.fresh(user))
    return client


def api(user):
    client = APIClient()
    client.force_authenticate(factories.fresh(user))
    return client


@pytest.fixture
def make(people):
    return Maker(people)


def test_the_whole_way_on_pages(people, make):
    office, registry = web(people.patroloffice), web(people.casemgr)
    made = office.post(
        "/campaigns/new/", {**NEW, "points": "资金使用：\n补助不到户\n虚报冒领\n项目管理:\n项目闲置"}
    )
    assert made.status_code == 302, made.context["form"].errors
    row = Campaign.objects.get()
    assert (row.number, row.points.count()) == ("990101-ZT-2026-01", 3)
    lead = make("registered")
    said = {"leads": lead.number, "point": row.points.get(text="虚报冒领").public_id}
    tied = registry.post(f"{row.get_absolute_url()}tie_leads/", said)
    assert tied.status_code == 302, tied.context["form"].errors
    page = registry.get(row.get_absolute_url()).content.decode()
    assert f"/campaign-leads/?campaign={row.public_id}&amp;stage=found" in page
    assert lead.number in page
    assert (
        lead.number in registry.get(f"/campaign-leads/?campaign={row.public_id}&stage=found").content.decode()
    )
    assert (
        lead.number
        not in registry.get(f"/campaign-leads/?campaign={row.public_id}&stage=filed").content.decode()
    )
    assert "资金使用" in office.get(f"{row.get_absolute_url()}set_points/").content.decode()
    untied = registry.post(f"{row.get_absolute_url()}untie_lead/", {"lead": lead.number, "note": "误列"})
    assert untied.status_code == 302, untied.context["form"].errors
    assert office.post(f"{row.get_absolute_url()}close_campaign/", {}).status_code == 302
    assert registry.post(f"{row.get_absolute_url()}tie_leads/", said).status_code == 409
    assert verify().broken == []


def test_the_same_by_api(people, make):
    office, registry = api(people.patroloffice), api(people.casemgr)
    made = office.post("/api/v1/campaigns/", {**NEW, "points": list(makers.POINTS)}, format="json")
    assert made.status_code == 201, made.data
    url, lead = f"/api/v1/campaigns/{made.data['id']}", make("registered")
    said = {"leads": [lead.number], "point": "2"}
    assert registry.post(f"{url}/tie_leads/", said, format="json").status_code == 200
    again = registry.post(f"{url}/tie_leads/", said, format="json")
    assert (again.status_code, again.data["field"]) == (422, "leads")
    assert [one["point"] for one in registry.get(f"{url}/leads/").data] == ["虚报冒领"]
    figures = registry.get(f"{url}/figures/").data
    assert (figures["found"], figures["filed"], figures["points"][1]["leads"]) == (1, 0, 1)
    bad = office.post(f"{url}/set_points/", {"points": [{"aspect": "一", "text": "二"}]}, format="json")
    assert (bad.status_code, bad.data["code"]) == (422, "set_points.used")
    assert office.post(f"{url}/close_campaign/", {}, format="json").data["state"] == "closed"
    assert office.post(f"{url}/reopen_campaign/", {}, format="json").status_code == 422
    assert office.post(f"{url}/reopen_campaign/", {"note": "还有"}, format="json").data["state"] == "open"


def test_the_funnel_counts_what_the_reader_may_know(people, make):
    row = makers.campaign(people)
    tried, filed, plain = make("in_step"), make("case_filed"), make("registered")
    decide(make, tried, "first_criticism")
    services.tie_leads(row, by=people.casemgr, leads=[tried, filed, plain])
    rows = CampaignLead.objects.visible_to(factories.fresh(people.casemgr))
    stages = {
        stage: rows.at(stage, people.casemgr).count()
        for stage in ("found", "filed", "sanctioned", "transferred")
    }
    assert (stages["found"], stages["sanctioned"]) == (3, 0)
    assert stages["filed"] >= 1
    assert not CampaignLead.objects.visible_to(factories.fresh(people.patroloffice)).exists()
    assert plain.number not in web(people.patroloffice).get(row.get_absolute_url()).content.decode()
    Recusal.objects.create(
        person=people.casemgr.person, target_label="cases.lead", target_id=plain.pk, reason="亲属",
        declared_by=people.leader,
    )  # fmt: skip
    assert api(people.casemgr).get(f"/api/v1/campaigns/{row.public_id}/figures/").data["found"] == 2


def test_a_lead_out_of_sight_is_not_found_at_either_door(people, make):
    row, lead = makers.campaign(people), make("registered")
    with pytest.raises(RuleBroken):
        services.tie_leads(row, by=people.inspector1, leads=[lead])
    url = f"/campaigns/{row.public_id}/tie_leads/"
    assert web(people.inspector1).post(url, {"leads": lead.number}).status_code == 400
    answer = api(people.inspector1).post(f"/api/v1{url}", {"leads": [lead.number]}, format="json")
    assert answer.status_code == 400
    assert web(people.patrol1).get(url).status_code == 403
    assert web(people.neighbour).get(row.get_absolute_url()).status_code == 404
    assert web(people.official).get(row.get_absolute_url()).status_code == 404


def test_rounds_and_findings_stand_under_it_and_its_points(people):
    row, made = makers.campaign(people), makers.round_(people)
    point = row.points.get(text="虚报冒领")
    with pytest.raises(RuleBroken):
        makers.finding(people, made, point=point)
    made = services.join_campaign(made, by=people.patroloffice, campaign=row)
    found = makers.finding(people, made, point=point)
    assert found.point == point
    page = web(people.patroloffice).get(row.get_absolute_url()).content.decode()
    assert made.name in page
    assert f"/findings/?campaign={row.public_id}" in page
    other = makers.campaign(people, "另一专题")
    with pytest.raises(RuleBroken):
        services.join_campaign(made, by=people.patroloffice, campaign=other)
    closed = services.close_campaign(other, by=people.casemgr)
    with pytest.raises(RuleBroken):
        services.join_campaign(makers.round_(people, "第二轮"), by=people.patroloffice, campaign=closed)


def test_a_secret_round_is_not_counted_for_others(people):
    row = makers.campaign(people)
    made = makers.round_(people, secret=True)
    services.join_campaign(made, by=people.patroloffice, campaign=row)
    makers.finding(people, made)
    url = f"/api/v1/campaigns/{row.public_id}/figures/"
    assert [api(who).get(url).data["rounds"] for who in (people.patroloffice, people.leader)] == [1, 0]
    assert api(people.leader).get(url).data["findings"] == 0


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""}, {"year": "1"}, {"year": "9" * 12}, {"quarter": "7"}, {"ends_on": "2026-03-01"},
        {"region": factories.YUNPING}, {"points": "没有方面\n"}, {"points": "资金：\n同一条\n同一条"},
        {"points": "资金：\n" + "长" * 201}, {"name": "题\x00"},
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(people, bad):
    answer = web(people.patroloffice).post("/campaigns/new/", {**NEW, **bad})
    assert answer.status_code in {400, 403, 422}
    assert not Campaign.objects.exists()


def test_who_may_open_and_close(people):
    with pytest.raises(NotAllowed):
        services.open_campaign(
            by=people.inspector1, name="一", region=factories.places()[factories.QINGHE], year=2026,
            starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1),
        )  # fmt: skip
    row = makers.campaign(people)
    with pytest.raises(NotAllowed):
        services.close_campaign(row, by=people.inspector1)
    with pytest.raises(WrongState):
        services.reopen_campaign(row, by=people.casemgr, note="一")
