"""The same verbs through the page and through REST, stale forms, filters, ledgers, and what a list costs."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases.models import Lead
from povertyaudit.core import moment
from tests import factories
from tests.cases.conftest import services


def machine(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def press(client, people):
    """Press a verb on its page as somebody."""

    def go(lead, verb, who, **values):
        client.force_login(getattr(people, who))
        shown = client.get(f"{lead.get_absolute_url()}{verb}/")
        assert shown.status_code == 200, (verb, shown.context["refusal"])
        values.setdefault("expected_version", shown.context["version"])
        return client.post(f"{lead.get_absolute_url()}{verb}/", values)

    return go


def state(lead):
    return Lead.objects.get(pk=lead.pk).state


def test_dispatch_to_conclusion_on_pages(make, people, press):
    lead, today = make(identity_status="claimed", complainant={"name": "李四"}), str(moment.today())
    room, chief = people.inspector1.home.unit, people.leader
    press(lead, "acknowledge", "petition", acknowledged_on=today)
    press(
        lead,
        "dispatch",
        "casemgr",
        mode="self",
        handling_unit=room.name,
        leader=chief.public_id,
        instruction="请核实。",
    )
    assert state(lead) == "dispatched"
    press(lead, "sign-for", "inspector1")
    press(lead, "propose", "inspector1", method="talk_inquiry", sub_method="talk", proposal="谈话。")
    press(lead, "send_back", "leader", note="补充方案。")
    press(lead, "propose", "inspector1", method="talk_inquiry", sub_method="talk", proposal="谈话，附方案。")
    press(lead, "approve", "leader", note="同意。")
    alone = press(lead, "start_step", "inspector1")
    assert (alone.status_code, "谈话须由两人以上进行" in alone.content.decode()) == (422, True)
    two = [people.inspector1.public_id, people.inspector2.public_id]
    press(lead, "start_step", "inspector1", participants=two)
    press(lead, "record_reply", "inspector1", replied_on=today)
    press(lead, "finish_step", "inspector1", result="说明清楚。")
    press(lead, "propose", "inspector1", method="close", proposal="予以了结。")
    press(lead, "approve", "leader")
    press(lead, "conclude", "inspector1", close_kind="talk_accepted", result_text="采信了结。")
    press(lead, "feedback", "petition", fed_back_on=today, note="无异议。")
    assert state(lead) == "concluded"


def test_the_side_verbs_on_pages(make, people, press):
    lead = make("signed_for")
    press(lead, "assign", "casemgr", handler=people.inspector2.public_id)
    press(lead, "press", "leader", note="请抓紧。")
    press(lead, "add_subject", "inspector1", name="赵某", kind="official", principal="on")
    press(lead, "add_number", "inspector1", issuer="市信访室", number="99-1")
    press(lead, "extend", "secretary", clock="lead.propose", amount="10", unit="days", note="案情复杂。")
    fresh = Lead.objects.get(pk=lead.pk)
    assert (fresh.handler, fresh.pressed_times, fresh.subjects.count()) == (people.inspector2, 1, 2)
    press(lead, "merge", "casemgr", into=make().number)
    assert state(lead) == "merged"
    other = make()
    press(other, "forward", "petition", forwarded_to="县公安局")
    assert state(other) == "forwarded"
    for word, verb, more in (
        ("held", "reactivate", {}),
        ("concluded", "reopen", {}),
        ("dispatched", "hand_back", {}),
    ):
        third = make(word)
        press(third, verb, "casemgr" if verb == "reopen" else "inspector1", note="理由。", **more)
        assert state(third) == ("registered" if verb == "hand_back" else "signed_for")


def test_dispatch_to_approval_over_rest(make, people):
    lead = make()
    base = f"/api/v1/leads/{lead.public_id}"

    def act(who, verb, **body):
        answer = machine(getattr(people, who)).post(f"{base}/{verb}/", body, format="json")
        assert answer.status_code == 200, answer.json()
        return answer.json()

    sent = act("casemgr", "dispatch", handling_unit="第一监督检查室", leader="leader", instruction="请核实。")
    assert sent["state_display"] == "待签收"
    signed = act("inspector1", "sign_for")
    assert "propose" in signed["actions"]
    assert signed["due_on"]
    act("inspector1", "propose", method="verify", proposal="初核。")
    refused = machine(people.inspector1).post(f"{base}/approve/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "approve.role")
    assert act("leader", "approve", note="同意。")["steps"][0]["standing"] == "已批准"
    again = machine(people.leader).post(f"{base}/approve/", {}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "approve.state")
    broken = machine(people.inspector1).post(f"{base}/finish_step/", {"result": "  "}, format="json")
    assert broken.status_code == 400
    alone = machine(people.inspector1).post(f"{base}/start_step/", {}, format="json")
    assert (alone.status_code, alone.json()["code"]) == (422, "start.two_persons")
    act("inspector1", "start_step", participants=["inspector1", "inspector2"])
    early = machine(people.inspector1).post(
        f"{base}/propose/", {"method": "close", "proposal": "x"}, format="json"
    )
    assert early.status_code == 409


def test_rules_broken_are_422_with_their_field(make, people):
    lead = make("signed_for")
    base = f"/api/v1/leads/{lead.public_id}"
    answer = machine(people.inspector1).post(
        f"{base}/propose/", {"method": "talk_inquiry", "proposal": "谈。"}, format="json"
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "sub_method")
    extend = {"clock": "lead.propose", "months": 1, "note": "复杂"}
    assert machine(people.secretary).post(f"{base}/extend/", extend, format="json").status_code in (200, 422)


def test_an_old_etag_is_refused_with_the_record_as_it_is(make, people):
    lead = make()
    api = machine(people.petition)
    base = f"/api/v1/leads/{lead.public_id}/"
    old = api.get(base).headers["ETag"]
    assert (
        api.post(f"{base}amend/", {"title": "新的摘要"}, format="json", headers={"If-Match": old}).status_code
        == 200
    )
    stale = api.post(f"{base}amend/", {"title": "又一个"}, format="json", headers={"If-Match": old})
    assert stale.status_code == 412
    assert stale.json()["current"]["title"] == "新的摘要"


def test_a_stale_form_shows_both_values(client, make, people):
    lead = make()
    services.amend(lead, by=people.casemgr, title="他人改过的摘要")
    client.force_login(people.petition)
    answer = client.post(f"{lead.get_absolute_url()}amend/", {
        "kind": "complaint", "region": factories.TOWN, "category": "false_claim", "title": "我改的摘要", "text": "情况",
        "expected_version": lead.version,
    })  # fmt: skip
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "他人改过的摘要" in page
    assert "我改的摘要" in page
    assert Lead.objects.get(pk=lead.pk).title == "他人改过的摘要"


def test_amending_keeps_what_was_not_said_and_records_the_change(client, make, people):
    lead = make()
    answer = machine(people.petition).post(
        f"/api/v1/leads/{lead.public_id}/amend/", {"amount_fen": 500}, format="json"
    )
    assert answer.status_code == 200, answer.json()
    fresh = Lead.objects.get(pk=lead.pk)
    assert (fresh.amount_fen, fresh.title) == (500, lead.title)
    client.force_login(people.petition)
    assert "5.00 元" in client.get(lead.get_absolute_url()).content.decode()


def test_filters_and_words_are_the_same_on_page_and_rest(client, make, people):
    one = make("signed_for", title="反映乱收费", category=None, style=None or _style("misconduct"))
    two = make()
    client.force_login(people.casemgr)
    api = machine(people.casemgr)
    for query, found in (
        ("state=signed_for", {one}), ("style=misconduct", {one}), ("q=乱收费", {one}), ("q=王某某", {one, two}),
        ("category=false_claim", {two}), ("channel=visit", set()), (f"region={factories.OTHER_TOWN}", set()),
        (f"region={factories.TOWN}", {one, two}), ("received_from=2099-01-01", set()), ("due=week", {two}),
    ):  # fmt: skip
        page = client.get(f"/leads/?{query}").content.decode()
        told = {row["number"] for row in api.get(f"/api/v1/leads/?{query}").json()["results"]}
        assert told == {lead.number for lead in found}, query
        for lead in (one, two):
            assert (lead.number in page) == (lead in found), query
    assert api.get("/api/v1/leads/?nonsense=1").status_code == 400


def _style(code):
    from cases.models import Category

    return Category.objects.get(code=code)


def test_tabs_show_what_waits_and_what_is_late(client, make, people):
    from datetime import timedelta

    with moment.pretend(moment.now() - timedelta(days=60)):
        late = make("signed_for")
    new = make()
    client.force_login(people.inspector1)
    assert late.number in client.get("/leads/?tab=mine").content.decode()
    client.force_login(people.casemgr)
    assert late.number in client.get("/leads/?tab=overdue").content.decode()
    assert new.number in client.get("/leads/?tab=soon").content.decode()
    assert late.number not in client.get("/leads/?tab=concluded").content.decode()
    assert new.number in client.get("/").content.decode()


def test_the_missing_box_says_what_is_owed_to_a_named_complainant(client, make, people):
    lead = make(identity_status="claimed", complainant={"name": "李四"})
    client.force_login(people.petition)
    assert "还没有告知受理" in client.get(lead.get_absolute_url()).content.decode()


def test_the_ledger_holds_every_lead_of_the_county_and_nothing_of_the_complainant(make, people):
    make("concluded", identity_status="claimed", complainant={"name": "李四"}, title="=cmd()")
    lead = make(subjects=[{"name": "王某"}, {"name": "赵某"}])
    api = machine(people.ledgerclient)
    text = b"".join(api.get("/api/v1/leads/ledger.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["state"] for row in rows] == ["concluded", "registered"]
    assert rows[0]["title"] == "'=cmd()"
    assert set(rows[1]["subjects"].split("、")) == {"王某", "赵某"}
    assert (rows[1]["subject_count"], rows[1]["registering_unit"]) == ("2", "信访室")
    assert not {"complainant", "phone", "registered_by"} & set(rows[0])
    lines = b"".join(api.get("/api/v1/leads/ledger.ndjson?state=registered").streaming_content).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [lead.public_id]
    assert api.get("/api/v1/leads/ledger.digest").json()["count"] == 2


def test_ledger_client_reads_and_does_nothing(make, people):
    lead = make()
    api = machine(people.ledgerclient)
    assert api.get(f"/api/v1/leads/{lead.public_id}/").json()["actions"] == []


def queries(act):
    act()  # what is read once per process is not the list's price
    with CaptureQueriesContext(
        connection,
    ) as seen:
        act()
    return len(seen)


def test_lists_cost_the_same_with_one_row_and_with_ten(client, make, people):
    client.force_login(people.casemgr)
    api = machine(people.casemgr)

    def costs():
        return (
            queries(lambda: client.get("/leads/")),
            queries(lambda: api.get("/api/v1/leads/")),
            queries(lambda: b"".join(api.get("/api/v1/leads/ledger.ndjson").streaming_content)),
            queries(lambda: client.get("/")),
        )

    make("proposed")
    first = costs()
    for word in (
        "proposed",
        "registered",
        "in_step",
        "held",
        "concluded",
        "case_filed",
        "dispatched",
        "merged",
        "approved",
    ):
        make(word)
    assert Lead.objects.count() >= 10
    second = costs()
    assert second[:3] == first[:3]
    assert (
        second[3] - first[3] <= 6
    )  # keys twice, rows, persons and clocks of a section that was empty: it asked nothing
