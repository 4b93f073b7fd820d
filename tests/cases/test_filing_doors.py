"""The pages and the API from 立案 to execution, and the figures that open their rows."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from cases.models import Case, Lead, Outcome
from cases.services import enter_past
from cases.workflow import LEAD
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Region
from tests import factories
from tests.cases.conftest import services, tick_all
from tests.cases.trial import decide, member, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(people):
    def enter(number, **more):
        values = {
            "by": people.casemgr, "region": Region.objects.get(code=factories.VILLAGE), "title": "套取扶持资金问题",
            "case_number": f"青纪立〔2018〕{number} 号", "received_on": date(2018, 1, 5), "filed_on": date(2018, 2, number),
            "decided_on": date(2018, 5, 2), "concluded_on": date(2018, 5, 9), "name": "周某某", "measure": "party_warning",
            "party_member": True, "document_number": "1", "result_text": "已处分。", "leader": people.leader,
            "handling_unit": people.investigator.home.unit, "money_kind": "recovered", "owed_fen": 500, "taken_fen": 400,
            "returned_fen": 100,
        }  # fmt: skip
        return enter_past(**values | more)

    return enter


def caller(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_a_case_concluded_before_the_register_is_entered_whole(past, people):
    case = past(3)
    lead, outcome = case.lead, Outcome.objects.get(lead=case.lead)
    assert (lead.state, lead.close_kind, lead.filed_on) == ("concluded", "sanctioned", date(2018, 2, 3))
    assert (outcome.state, outcome.effect_until, outcome.counts) == ("executed", date(2019, 5, 2), True)
    assert lead.case_persons.get().party_filed_on == date(2018, 2, 3)
    for wrong, field in (
        ({}, "case_number"), ({"filed_on": date(2018, 1, 1)}, "filed_on"), ({"concluded_on": date(2018, 5, 1)}, "concluded_on"),
        ({"money_kind": ""}, "money_kind"), ({"leader": people.petition}, "leader"), ({"party_member": False}, "measure"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refusal:
            past(4 if wrong else 3, **wrong)
        assert refusal.value.field == field
    with pytest.raises(NotAllowed):
        past(5, by=people.inspector1)
    assert Case.objects.count() == 1


def test_the_figures_above_the_lists_open_their_rows(past, people, client):
    for number in (1, 2, 3):
        past(number)
    past(4, measure="none_exempt")
    client.force_login(people.casemgr)
    days = {"filed_from": "2018-02-02", "filed_to": "2018-02-28"}
    page = client.get("/cases/", days).content.decode()
    for words in ("3 件 3 人", "2 人</a>", "/outcomes/?tab=sanctions&amp;filed_from=2018-02-02"):
        assert words in page
    rows = client.get("/outcomes/", {"tab": "sanctions", **days}).content.decode()
    assert rows.count("党内警告") >= 2
    assert "免予处分" not in rows.split('id="list"')[1]
    found = caller(people.casemgr).get("/api/v1/cases/totals/", days).json()
    assert found == {
        "cases": 3, "persons": 3, "sanctioned": 2, "owed_fen": 1500, "taken_fen": 1200, "returned_fen": 300,
    }  # fmt: skip
    board = client.get("/outcomes/forms/").content.decode()
    assert "2018 年第 2 季度" in board
    assert "3（100.0%）" in board
    assert "tab=counted&amp;form=2&amp;decided_from=2018-04-01&amp;decided_to=2018-06-30" in board
    assert 'once=true&amp;form=2">3 人' in client.get("/outcomes/").content.decode()
    totals = caller(people.casemgr).get("/api/v1/outcomes/totals/", {"once": "true", "form": 2}).json()
    assert totals["form_2"] == 3
    assert caller(people.neighbour).get("/api/v1/cases/totals/").json()["cases"] == 0


def test_decided_on_the_page_executed_on_the_page_and_seen_by_the_api(make, people, client):
    lead = tried(make, subjects=member())
    client.force_login(people.adjudicator)
    url, person = lead.get_absolute_url(), lead.subjects.get()
    page = client.get(f"{url}decide/").content.decode()
    assert person.public_id in page
    today = moment.today().isoformat()
    said = {
        "subject": person.public_id,
        "measure": "party_serious_warning",
        "decided_on": today,
        "facts": "虚报冒领。",
    }
    refused = client.post(f"{url}decide/", said)
    assert refused.status_code == 422
    assert "文号" in refused.content.decode()
    assert client.post(f"{url}decide/", said | {"document_number": "青纪〔2026〕7 号"}).status_code == 302
    outcome = Outcome.objects.get(lead=lead)
    shown = client.get(outcome.get_absolute_url()).content.decode()
    assert "为什么到这一天" in shown
    assert "第二种形态" in shown
    assert outcome.number in client.get(url).content.decode()
    for verb in ("record_execution", "correct"):
        assert client.get(f"{outcome.get_absolute_url()}{verb}/").status_code == 200
    duty = outcome.duties.first()
    done = {"duty": duty.public_id, "done_on": today, "applies": "yes", "paper": "宣布记录"}
    assert client.post(f"{outcome.get_absolute_url()}record_execution/", done).status_code == 302
    told = caller(people.adjudicator).get(f"/api/v1/outcomes/{outcome.public_id}/").json()
    assert [d["done_on"] for d in told["duties"]] == [today, None, None]
    assert "record_execution" in told["actions"]
    assert "待执行的处理" in client.get("/").content.decode()
    line = b"".join(caller(people.casemgr).get("/api/v1/outcomes/ledger.csv").streaming_content).decode()
    assert "党内严重警告" in line
    assert client.get("/outcomes/?tab=pending").content.decode().count(outcome.number) == 1
    client.force_login(people.neighbour)
    assert client.get(outcome.get_absolute_url()).status_code == 404


def test_money_and_filing_are_recorded_on_the_pages(make, people, client):
    lead = make("case_filed", subjects=member())
    client.force_login(people.investigator)
    url, person = lead.get_absolute_url(), lead.subjects.get()
    said = {
        "subject": person.public_id,
        "kind": "refund",
        "owed_fen": "120.50",
        "taken_fen": "",
        "returned_fen": "",
        "paper": "收 1",
    }
    assert client.post(f"{url}record_money/", said).status_code == 302
    money = lead.money.get()
    assert (money.owed_fen, money.taken_fen) == (12050, 0)
    said = {"money": money.public_id, "taken_fen": "120.50", "returned_fen": "", "paper": "收 2"}
    assert client.post(f"{url}note_money/", said).status_code == 302
    said = {"subject": person.public_id, "state_filed_on": moment.today().isoformat()}
    assert client.post(f"{url}file_person/", said).status_code == 302
    assert Lead.objects.get(pk=lead.pk).case_persons.get().party_filed_on is None
    page = client.get(url).content.decode()
    assert "涉案款物（应缴合计 120.50 元）" in page
    assert "政务立案" in page


def test_the_lists_cost_the_same_for_one_and_for_many(past, people, client, django_assert_max_num_queries):
    client.force_login(people.casemgr)
    past(1)
    client.get("/cases/")
    for address in ("/cases/", "/outcomes/"):
        with django_assert_max_num_queries(60) as few:
            client.get(address)
        for number in (2, 3, 4):
            past(number + (10 if address == "/outcomes/" else 0))
        with django_assert_max_num_queries(len(few)):
            client.get(address)


def test_a_decision_over_rest_names_the_article_it_breaks(make, people):
    lead = tried(make)
    answer = caller(people.adjudicator).post(
        f"/api/v1/leads/{lead.public_id}/decide/",
        {"subject": "1", "measure": "admin_removal", "document_number": "1"}, format="json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["field"]) == (422, "measure")
    assert "第二十二条" in answer.json()["message"]
    assert decide(make, lead, "admin_warning").number


def test_a_past_case_that_is_opened_again_comes_to_an_end(past, people):
    lead = past(3).lead
    services.reopen(lead, by=people.casemgr, note="处分决定有误。")
    lead = Lead.objects.get(pk=lead.pk)
    assert "hand_back" not in [step.name for step in LEAD.offered(lead, people.investigator)]
    with pytest.raises(WrongState, match="请提出处置意见"):
        services.hand_back(lead, by=people.investigator, note="不归本室。")
    with pytest.raises(RuleBroken):
        services.propose(lead, by=people.investigator, method="close", proposal="了结。")
    services.propose(lead, by=people.investigator, method="adjudicate", proposal="重新审理。")
    services.approve(lead, by=people.secretary)
    services.start_step(lead, by=people.adjudicator)
    with pytest.raises(WrongState):
        services.return_again(lead, by=people.adjudicator, note="事实不清。")
    services.finish_step(lead, by=people.adjudicator, result="事实清楚。")
    services.propose(lead, by=people.investigator, method="close", proposal="结案。")
    services.approve(lead, by=people.secretary)
    tick_all(lead, people.investigator)
    done = {"by": people.investigator, "close_kind": "sanctioned", "result_text": "维持原处分。"}
    assert services.conclude(lead, **done).state == "concluded"
