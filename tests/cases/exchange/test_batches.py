"""A batch from above: received, filled, followed to its last lead, closed only when the count is right and all are done."""

from datetime import timedelta

import pytest

from cases import services as real
from cases.models import Batch, Lead
from povertyaudit.core import moment, verify
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Recusal
from tests import factories
from tests.cases.conftest import services
from tests.core.machines import API, assert_refusal, machine
from tests.core.test_clock_pages import post

pytestmark = pytest.mark.django_db
SAID = {
    "title": "省委巡视组移交问题线索",
    "sender": "市委巡察办",
    "promised": "2",
    "sender_number": "巡移〔2026〕3号",
}


def receive(people, **values):
    said = {
        "title": "上级交办", "sender": "市纪委监委", "promised": 2, "received_on": moment.today(), "by": people.casemgr,
    }  # fmt: skip
    return real.receive(**said | values)


def test_a_batch_is_received_filled_and_closed_on_pages(client, make, people):
    client.force_login(people.casemgr)
    today, deadline = moment.today(), moment.today() + timedelta(days=40)
    said = {**SAID, "received_on": str(today), "deadline": str(deadline)}
    assert post(client, "/batches/new/", said).status_code == 302
    batch = Batch.objects.get()
    assert batch.number == f"990101-PC-{today.year}-001"
    assert Clock.objects.of(batch).get().due_on == deadline
    leads = [make("concluded"), make()]
    ids = [lead.public_id for lead in leads]
    answer = post(
        client, "/leads/bulk/join-batch/", {"ids": ids, "go": "1", "batch": batch.public_id, "note": ""}
    )
    assert answer.status_code == 200
    page = client.get(batch.get_absolute_url()).content.decode()
    assert f'href="/leads/?batch={batch.public_id}&amp;progress=open">1</a>' in page
    assert f'href="/leads/?batch={batch.public_id}">2</a>' in page
    assert leads[1].number in page
    shown = client.get(f"/leads/?batch={batch.public_id}&progress=open").content.decode()
    assert leads[1].number in shown
    assert leads[0].number not in shown
    refused = post(client, f"{batch.get_absolute_url()}close/", {"note": ""})
    assert refused.status_code == 422
    assert f"还有 1 件没有办结，不能结清：{leads[1].number}。" in refused.content.decode()
    services.forward(leads[1], by=people.casemgr, forwarded_to="县公安局")
    assert post(client, f"{batch.get_absolute_url()}close/", {"note": "全部办结"}).status_code == 302
    assert Clock.objects.of(batch).get().state == "stopped"
    assert verify.verify().broken == []


def test_a_count_that_does_not_match_keeps_it_open_and_a_closed_one_takes_no_more(make, people):
    batch = receive(people)
    lead = make("concluded")
    services.join_batch(lead, by=people.casemgr, batch=batch)
    with pytest.raises(RuleBroken) as refusal:
        real.close_batch(batch, by=people.casemgr)
    assert refusal.value.message.startswith("来文载明 2 件，已登记 1 件")
    real.amend_batch(batch, by=people.casemgr, promised=1)
    real.close_batch(Batch.objects.get(), by=people.casemgr)
    for act in (
        lambda: services.join_batch(make(), by=people.casemgr, batch=batch),
        lambda: services.leave_batch(lead, by=people.casemgr, note="列错"),
        lambda: make.register(by=people.casemgr, channel="superior", batch=batch),
    ):
        with pytest.raises(RuleBroken) as refusal:
            act()
        assert "已经结清" in refusal.value.message
    real.reopen_batch(Batch.objects.get(), by=people.casemgr, note="又来一件。")
    services.leave_batch(lead, by=people.casemgr, note="列错。")
    assert Lead.objects.get(pk=lead.pk).batch is None


def test_a_lead_joins_its_batch_when_it_is_registered(client, make, people):
    batch = receive(people)
    page = lambda user: (client.force_login(user), client.get("/leads/new/").content.decode())[1]  # noqa: E731
    assert f"{batch.number} 上级交办" in page(people.casemgr)
    assert 'name="batch"' not in page(people.inspector1)
    lead = make.register(by=people.casemgr, channel="superior", batch=batch)
    assert lead.batch == batch
    with pytest.raises(RuleBroken):
        services.join_batch(lead, by=people.casemgr, batch=batch)


def test_programs_do_the_same_and_get_the_same_refusals(make, people):
    desk = machine(people.casemgr)
    said = {**SAID, "promised": 1, "received_on": str(moment.today())}
    made = desk.post(f"{API}batches/", said, format="json")
    assert made.status_code == 201
    number, place = made.json()["number"], f"{API}batches/{made.json()['id']}/"
    answer = desk.post(
        f"{API}leads/bulk/join_batch/", {"ids": [make().number], "batch": number}, format="json"
    )
    assert [one["ok"] for one in answer.json()["results"]] == [True]
    shown = desk.get(place).json()
    assert (shown["registered"], shown["unfinished"], shown["actions"]) == (1, 1, ["close", "amend"])
    assert_refusal(desk.post(f"{place}close/", {}, format="json"), 422)
    assert_refusal(desk.post(f"{API}batches/", said | {"promised": 0}, format="json"), 400)
    early = said | {"deadline": str(moment.today() - timedelta(days=1))}
    assert_refusal(desk.post(f"{API}batches/", early, format="json"), 422)
    stale = desk.post(f"{place}amend/", {"promised": 3}, format="json", headers={"If-Match": 'W/"9"'})
    assert_refusal(stale, 412)


def test_only_the_registry_sees_batches_and_figures_count_what_one_sees(client, make, people):
    batch = receive(people)
    lead = make.register(by=people.casemgr, channel="superior", batch=batch)
    for name in ("inspector1", "leader", "official", "neighbour", "sysadmin"):
        user = getattr(people, name)
        assert machine(user).get(f"{API}batches/{batch.public_id}/").status_code == 404
        client.force_login(user)
        assert client.get(batch.get_absolute_url()).status_code == 404
    assert_refusal(
        machine(people.inspector1).post(
            f"{API}batches/", {**SAID, "received_on": "2026-01-05"}, format="json"
        ),
        403,
    )
    Recusal.objects.create(
        person=people.casemgr.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.secretary,
    )  # fmt: skip
    shown = machine(people.casemgr).get(f"{API}batches/{batch.public_id}/").json()
    assert (shown["registered"], shown["unfinished"]) == (0, 0)
    with pytest.raises(RuleBroken) as refusal:
        real.close_batch(batch, by=factories.fresh(people.casemgr))
    assert lead.number not in refusal.value.message


def test_the_list_of_batches_costs_the_same_for_many(client, people, django_assert_max_num_queries):
    client.force_login(people.casemgr)
    for _ in range(4):
        receive(people)
    client.get("/batches/")
    with django_assert_max_num_queries(23):
        assert client.get("/batches/").status_code == 200


def test_a_deadline_taken_back_gives_the_period_of_the_rule_again(client, people):
    batch = receive(people)
    counted = Clock.objects.of(batch).get().due_on
    named = moment.today() + timedelta(days=5)
    real.amend_batch(batch, by=people.casemgr, deadline=named)
    real.amend_batch(Batch.objects.get(), by=people.casemgr, title="改名")
    assert Clock.objects.of(batch).get().due_on == named
    client.force_login(people.casemgr)
    said = {"title": "改名", "sender": "市纪委监委", "sender_number": "", "promised": "2", "deadline": ""}
    assert post(client, f"{batch.get_absolute_url()}amend/", said).status_code == 302
    assert Batch.objects.get().deadline is None
    assert Clock.objects.of(batch).get().due_on == counted


def test_the_page_and_the_closing_count_the_same_leads_and_no_lead_of_a_closed_batch_begins_anew(
    client, make, people
):
    batch, lead = receive(people, promised=1), make("concluded")
    services.join_batch(lead, by=people.casemgr, batch=batch)
    Recusal.objects.create(
        person=people.casemgr.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.secretary,
    )  # fmt: skip
    client.force_login(people.casemgr)
    assert "没有登记到本批次" not in client.get(batch.get_absolute_url()).content.decode()
    real.close_batch(batch, by=factories.fresh(people.casemgr))
    with pytest.raises(RuleBroken) as refusal:
        services.reopen(lead, by=people.secretary, note="有新情况。")
    assert "请先撤销批次的结清" in refusal.value.message
    real.reopen_batch(Batch.objects.get(), by=people.casemgr, note="有一件重新办理。")
    services.reopen(lead, by=people.secretary, note="有新情况。")
    assert Lead.objects.get(pk=lead.pk).state == "signed_for"
