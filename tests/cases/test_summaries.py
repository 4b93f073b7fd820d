"""周汇总、月排查、季分析: drafted by the clock, sent by the registry, and from then on what was sent is what stands."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from rest_framework.test import APIClient

from cases.models import Lead, WorkSummary
from cases.services import summing
from povertyaudit.core import daily, jobs, moment
from povertyaudit.core.models import Attachment, Job, Notification, Region
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import services as leads
from tests.cases.test_worklists import opened

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23T08:00:00+08:00"


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def county():
    return Region.objects.get(code=factories.QINGHE)


@pytest.fixture
def week(people, make, time_machine):
    """A week with two new leads, one concluded, one question; then Monday morning."""
    time_machine.move_to("2026-11-18T10:00:00+08:00")
    make("in_step", received_on=date(2026, 11, 17))
    make("concluded", received_on=date(2026, 11, 16))
    make(received_on=date(2026, 11, 10))
    make(kind="consultation", category=None, subjects=[], received_on=date(2026, 11, 18))
    time_machine.move_to(MONDAY)
    return {"week": (date(2026, 11, 16), date(2026, 11, 22))}


def drafted():
    """The clock beats, the worker works."""
    daily.tick()
    return jobs.run(Job.objects.get(kind="summaries").pk)


def figures(row):
    return {one["key"]: (one["value"], one["before"]) for one in row.figures}


def test_the_periods_are_those_that_are_over():
    found = summing.periods(date(2026, 1, 1))
    assert found == {
        "week": (date(2025, 12, 22), date(2025, 12, 28)),
        "month": (date(2025, 12, 1), date(2025, 12, 31)),
        "quarter": (date(2025, 10, 1), date(2025, 12, 31)),
        "sanction": (date(2025, 10, 1), date(2025, 12, 31)),
        "partners": (date(2025, 11, 21), date(2025, 12, 20)),
    }
    assert summing.before("quarter", date(2025, 10, 1)) == (date(2025, 7, 1), date(2025, 9, 30))


def test_in_the_morning_the_draft_lies_on_the_desk_of_the_registry_once(people, week):
    assert drafted() == "done"
    row = WorkSummary.objects.get(period="week")
    assert (row.period, row.first_day, row.last_day, row.state) == ("week", *week["week"], "draft")
    found = figures(row)
    assert found["received"] == (2, 1)
    assert found["concluded"] == (1, 0)
    assert found["open"] == (2, None)
    assert "新登记线索 2 件（上期 1 件）" in row.text
    told = Notification.objects.filter(kind="summary.draft", number=row.number)
    assert [one.user for one in told] == [people.casemgr]
    assert told[0].text == f"{row.number} 草稿已生成，请核对后报送。"
    assert "待报送的工作汇总" in web(people.casemgr).get("/").content.decode()
    daily.tick()
    Job.objects.filter(kind="summaries").update(state="queued", claim="", lease_until=None)
    assert jobs.run(Job.objects.get(kind="summaries").pk) == "done"
    assert {row.period for row in WorkSummary.objects.all()} == {"week", "partners"}  # a twentieth has passed
    assert WorkSummary.objects.count() == 2
    assert verify().broken == []


def test_killed_between_two_drafts_the_next_run_makes_the_rest(people, week, monkeypatch, time_machine):
    time_machine.move_to("2027-01-04T08:00:00+08:00")
    real, made = summing._draft, []

    def dies(*args):
        if made:
            raise MemoryError
        made.append(real(*args))
        return made[0]

    monkeypatch.setattr(summing, "_draft", dies)
    assert drafted() == "again"
    assert WorkSummary.objects.count() == 1
    monkeypatch.setattr(summing, "_draft", real)
    Job.objects.filter(kind="summaries").update(run_after=moment.now())
    assert jobs.run(Job.objects.get(kind="summaries").pk) == "done"
    assert {row.period for row in WorkSummary.objects.all()} == {
        "week",
        "month",
        "quarter",
        "partners",
        "told",
    }
    quarter = WorkSummary.objects.get(period="quarter")
    assert figures(quarter)["category.false_claim"] == (3, None)
    assert "腐败问题：虚报冒领 3 件" in quarter.text


def test_what_was_sent_stands_whatever_is_corrected_later(people, week):
    row = summing.draft(county(), "week", week["week"])
    base, desk = row.get_absolute_url(), web(people.casemgr)
    assert "2" in desk.get(base).content.decode()
    assert desk.get(f"{base}docx/").content[:2] == b"PK"
    assert web(people.secretary).get(base).status_code == 404
    assert web(people.inspector1).get(base).status_code == 404
    assert desk.post(f"{base}amend/", {"text": ""}).status_code == 400
    assert desk.post(f"{base}amend/", {"text": "本周平稳。"}).status_code == 302
    assert "本周平稳。" in desk.get(f"{base}send/").content.decode()
    assert desk.post(f"{base}send/", {"note": ""}).status_code == 302
    sent = WorkSummary.objects.get()
    before = (sent.figures, sent.text)
    assert (sent.state, sent.sent_by, sent.sent_on) == ("sent", people.casemgr, moment.today())
    told = Notification.objects.filter(kind="summary.send")
    assert {one.user for one in told} == {people.secretary, people.leader, people.countyleader}
    assert {one.text for one in told} == {f"{sent.number} 已报送，请阅。"}
    assert Attachment.objects.of(sent).get().original_name.endswith(".docx")
    leads.reopen(Lead.objects.get(state="concluded"), by=people.casemgr, note="结论有误，更正。")
    for verb, said in (("amend", {"text": "改写"}), ("recount", {}), ("send", {})):
        assert desk.post(f"{base}{verb}/", said).status_code == 409
    for name, value in (("text", "改写"), ("figures", []), ("state", "draft")):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            WorkSummary.objects.filter(pk=sent.pk).update(**{name: value})
    sent.refresh_from_db()
    assert (sent.figures, sent.text) == before
    page = web(people.countyleader).get(base).content.decode()
    assert "本周平稳。" in page
    assert "/leads/?" not in page
    assert web(people.leader).get(f"{base}paper/").status_code == 200
    assert web(people.neighbour).get(base).status_code == 404
    assert verify().broken == []


def test_a_draft_can_be_counted_again_and_its_figures_open_their_rows(people, make, week):
    row = summing.draft(county(), "week", week["week"])
    make(received_on=date(2026, 11, 20))
    desk = api(people.casemgr)
    url = f"/api/v1/summaries/{row.public_id}/"
    assert desk.post(f"{url}recount/", {}, format="json").data["version"] == row.version + 1
    told = {one["key"]: one["value"] for one in desk.get(url).data["figures"]}
    assert told["received"] == 3
    for one in WorkSummary.objects.get().figures:
        if one["url"]:
            assert len(opened(people.casemgr, one["url"])) == one["value"], one
    assert api(people.neighbour).post(f"{url}send/", {}, format="json").status_code == 404
    assert desk.post(f"{url}send/", {"note": "已核对。"}, format="json").data["state"] == "sent"
    refused = desk.post(f"{url}recount/", {}, format="json")
    assert refused.status_code == 409
    assert api(people.secretary).get("/api/v1/summaries/?period=week").data["results"][0]["title"] == (
        "问题线索周汇总（2026年11月16日至11月22日）"
    )


def test_before_six_and_without_a_single_lead_nothing_is_drafted(people, time_machine):
    time_machine.move_to("2026-11-23T05:00:00+08:00")
    assert summing.owed(moment.today(), moment.now()) == []
    time_machine.move_to(MONDAY)
    assert drafted() == "done"
    assert not WorkSummary.objects.exists()
