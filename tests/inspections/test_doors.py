"""The same verbs through pages and API; bad input; what a list costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from inspections.models import Finding, Round
from povertyaudit.core.models import Unit
from tests import factories
from tests.inspections import makers

pytestmark = pytest.mark.django_db
NEW = {
    "name": "第三届县委第七轮巡察", "kind": "special", "region": factories.QINGHE, "starts_on": "２０２６-03-02",
    "ends_on": "2026年4月30日",
}  # fmt: skip


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def test_the_whole_way_on_pages(people):
    office, team = web(people.patroloffice), web(people.patrol1)
    assert office.get("/rounds/new/").status_code == 200
    made = office.post("/rounds/new/", {**NEW, "approved_by": people.secretary.public_id})
    assert made.status_code == 302, made.context["form"].errors
    row = Round.objects.get()
    members = {
        "members-TOTAL_FORMS": "1", "members-INITIAL_FORMS": "0", "members-0-user": people.patrol1.public_id,
        "members-0-role": "leader",
    }  # fmt: skip
    assert office.get(f"/rounds/{row.public_id}/set-team/").status_code == 200
    assert office.post(f"/rounds/{row.public_id}/set_team/", members).status_code == 302
    unit = Unit.objects.get(name="柳溪镇人民政府")
    found = {
        "problem_class": "funds", "text": "滞留资金", "unit": unit.public_id, "found_on": "2026-03-10", "immediate": "on",
    }  # fmt: skip
    assert team.get(f"/rounds/{row.public_id}/record_finding/").status_code == 200
    assert team.post(f"/rounds/{row.public_id}/record_finding/", found).status_code == 302
    finding = Finding.objects.get()
    assert "滞留资金" in team.get(f"/findings/{finding.public_id}/").content.decode()
    assert "滞留资金" in office.get(f"/rounds/{row.public_id}/").content.decode()
    done = office.post(f"/rounds/{row.public_id}/finish_round/", {"finished_on": "2026-05-06"})
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.state == "finished"


def test_the_whole_way_by_api(people):
    office, team = api(people.patroloffice), api(people.patrol1)
    made = office.post("/api/v1/rounds/", {**NEW, "approved_by": "secretary"}, format="json")
    assert made.status_code == 201, made.data
    row = made.data["id"]
    assert set(made.data["actions"]) == {
        "record_finding", "set_team", "add_objects", "declare_recusal", "decide_recusal", "link_round", "draw_people",
        "join_campaign", "attach", "finish_round",
        "hand_lead", "set_reviewers", "set_rhythm", "amend_round",
    }  # fmt: skip
    members = {"members": [{"user": "patrol1", "role": "leader"}]}
    set_ = office.post(f"/api/v1/rounds/{row}/set_team/", members, format="json", HTTP_IF_MATCH=made["ETag"])
    assert set_.status_code == 200, set_.data
    again = office.post(f"/api/v1/rounds/{row}/set_team/", members, format="json", HTTP_IF_MATCH=made["ETag"])
    assert again.status_code == 412
    found = {
        "problem_class": "资金使用", "text": "滞留资金", "unit": "柳溪镇人民政府", "found_on": "2026-03-10",
    }  # fmt: skip
    first = team.post(f"/api/v1/rounds/{row}/record_finding/", found, format="json")
    second = team.post("/api/v1/findings/", {**found, "round": row}, format="json")
    assert (first.status_code, second.status_code) == (201, 201), (first.data, second.data)
    assert len(team.get("/api/v1/findings/").data["results"]) == 2
    done = office.post(f"/api/v1/rounds/{row}/finish_round/", {"finished_on": "2026-05-06"}, format="json")
    assert (done.status_code, done.data["state"], set(done.data["actions"])) == (
        200,
        "finished",
        {
            "join_campaign",
            "amend_round",
            "attach",
            "link_round",
            "hand_lead",
            "set_reviewers",
            "set_rhythm",
            "close_round",
            "declare_recusal",
            "decide_recusal",
        },
    )
    late = team.post(f"/api/v1/rounds/{row}/record_finding/", found, format="json")
    assert late.status_code == 409


def test_who_may_not_gets_403_and_who_may_not_know_gets_404(people):
    row = makers.round_(people)
    assert web(people.casemgr).get(f"/rounds/{row.public_id}/set_team/").status_code == 403
    assert api(people.casemgr).post(f"/api/v1/rounds/{row.public_id}/finish_round/").status_code == 403
    assert web(people.casemgr).get("/rounds/new/").status_code == 403
    for who in (people.neighbour, people.official, people.auditor):
        assert web(who).get(f"/rounds/{row.public_id}/").status_code == 404
        assert api(who).get(f"/api/v1/rounds/{row.public_id}/").status_code == 404
        assert api(who).post(f"/api/v1/rounds/{row.public_id}/finish_round/").status_code == 404


BAD = (
    {"name": ""},
    {"name": "轮" * 101},
    {"name": "轮\x00次"},
    {"name": "轮\x07次"},
    {"starts_on": "0001-01-01"},
    {"starts_on": "2026-02-30"},
    {"starts_on": "9999-12-31"},
    {"kind": "nothing"},
    {"region": "110000000000"},
    {"region": factories.YUNPING},
    {"approved_by": "nobody"},
    {"approved_by": ""},
    {"window_months": "999"},
    {"window_months": "-1"},
    {"window_months": "3"},
    {"ends_on": "2026-01-01"},
)


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_with_a_sentence_on_both_doors(people, bad):
    page = web(people.patroloffice).post(
        "/rounds/new/", {**NEW, "approved_by": people.secretary.public_id, **bad}
    )
    assert page.status_code in {400, 403, 422}
    call = api(people.patroloffice).post(
        "/api/v1/rounds/", {**NEW, "approved_by": "secretary", **bad}, format="json"
    )
    assert call.status_code in {400, 403, 422}
    assert call.data["message"].endswith(("。", "）。"))
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    "body", [[], "x", {"members": "x"}, {"members": [1]}, {"members": []}, {"nothing": 1}]
)
def test_malformed_json_is_400(people, body):
    row = makers.round_(people)
    answer = api(people.patroloffice).post(f"/api/v1/rounds/{row.public_id}/set_team/", body, format="json")
    assert answer.status_code == 400
    assert set(answer.data) >= {"code", "message", "field"}


def test_a_unit_of_the_neighbour_is_no_valid_choice(people):
    row = makers.round_(people)
    foreign = Unit.objects.get(name="松涛镇人民政府")
    found = {"problem_class": "funds", "text": "二", "unit": foreign.public_id, "found_on": "2026-03-10"}
    assert web(people.patrol1).post(f"/rounds/{row.public_id}/record_finding/", found).status_code == 400
    call = api(people.patrol1).post(f"/api/v1/rounds/{row.public_id}/record_finding/", found, format="json")
    assert call.status_code == 400
    assert call.data["field"] == "unit"


def test_a_name_taken_by_a_round_i_must_not_know_of_gives_a_neutral_sentence(people):
    makers.round_(people, "第三届县委第七轮巡察", secret=True)
    second = factories.user("patrol_office", unit=factories.unit("县委巡察办"))
    call = api(second).post("/api/v1/rounds/", {**NEW, "approved_by": "secretary"}, format="json")
    assert call.status_code == 422
    assert "巡察" not in call.data["message"]


@pytest.mark.parametrize("path", ["/rounds/", "/findings/", "/api/v1/rounds/", "/api/v1/findings/"])
def test_a_list_costs_the_same_with_one_row_and_with_ten(people, path):
    client = api(people.patroloffice) if path.startswith("/api") else web(people.patroloffice)
    makers.finding(people, makers.round_(people, "第一轮"))
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for n in range(9):
        makers.finding(people, makers.round_(people, f"第{n + 2}轮"))
    with CaptureQueriesContext(connection) as ten:
        assert client.get(path).status_code == 200
    assert len(ten) == len(one)
