"""办结情况通报: each quarter an office tells the petition office what became of its complaints; clock #25 runs until it has."""

from datetime import date

import pytest

from cases.models import WorkSummary
from cases.services import reporting, summing
from povertyaudit.core import clocks, daily, jobs
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Clock, Job, Notification, Region
from tests import factories
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def told(people, make, time_machine):
    """An office concluded two complaints in the third quarter; the clock has made its draft."""
    time_machine.move_to("2026-09-10T10:00:00+08:00")
    for _ in range(2):
        make("concluded", received_on=date(2026, 9, 1))
    make("in_step", received_on=date(2026, 9, 1))
    time_machine.move_to("2026-10-09T08:00:00+08:00")
    daily.tick()
    jobs.run(Job.objects.get(kind="summaries").pk)
    return WorkSummary.objects.get(period="told")


def due(row):
    return Clock.objects.of(row).get(code=reporting.RULE)


def test_the_draft_lies_with_the_office_and_its_period_runs(client, people, told):
    assert (told.unit, told.first_day, told.last_day) == (people.inspector1.home.unit, *QUARTER)
    assert {one["key"]: one["value"] for one in told.figures} == {"concluded": 2, "kind.direct": 2}
    clock = due(told)
    assert (clock.started_on, clock.state, clock.due_on) == (QUARTER[1], "running", date(2026, 12, 30))
    client.force_login(people.inspector1)
    assert "通报信访部门" in client.get("/").content.decode()
    assert "2026-12-30" in client.get("/summaries/").content.decode()
    for figure in told.figures:
        assert client.get(figure["url"]).context["count"].number == figure["value"]
    for other in (people.petition, people.investigator, people.neighbour):
        assert not WorkSummary.objects.visible_to(other).filter(pk=told.pk).exists()
    assert summing.draft(told.region, "told", QUARTER, told.unit) is None  # once


def test_told_under_a_number_it_ends_the_period_and_the_next_begins_with_that_day(
    client, people, make, told, time_machine
):
    at = told.get_absolute_url()
    with pytest.raises(NotAllowed):
        summing.tell(told, by=people.casemgr, document_number="1")
    with pytest.raises(RuleBroken):
        summing.tell(told, by=people.inspector1, document_number=" ")
    time_machine.move_to("2027-01-04T09:00:00+08:00")
    client.force_login(factories.fresh(people.inspector1))
    assert client.post(f"{at}send/", {}).status_code == 403
    assert client.post(f"{at}tell/", {"document_number": "青纪监一〔2027〕1 号"}).status_code == 302
    told = WorkSummary.objects.get(pk=told.pk)
    clock = due(told)
    assert (told.state, clock.state, clock.late_by > 0) == ("sent", "stopped", True)  # too late for ever
    assert Attachment.objects.of(told).exists()
    assert Notification.objects.filter(user=people.petition, number=told.number).exists()
    assert WorkSummary.objects.visible_to(people.petition).filter(pk=told.pk).exists()
    client.force_login(factories.fresh(people.petition))
    page = client.get(at).content.decode()
    assert "青纪监一〔2027〕1 号" in page
    assert client.get(told.figures[0]["url"]).context["count"].number == 2
    later = summing.draft(told.region, "told", (date(2026, 10, 1), date(2026, 12, 31)), told.unit)
    assert due(later).started_on == told.sent_on == date(2027, 1, 4)


def test_a_draft_that_is_there_already_counts_from_the_day_the_one_before_it_was_sent(
    people, told, time_machine
):
    time_machine.move_to("2027-01-04T09:00:00+08:00")
    later = summing.draft(told.region, "told", (date(2026, 10, 1), date(2026, 12, 31)), told.unit)
    assert due(later).started_on == date(2026, 12, 31)
    time_machine.move_to("2027-01-08T09:00:00+08:00")
    office = factories.fresh(people.inspector1)
    summing.tell(told, by=office, document_number="青纪监一〔2027〕1 号")
    clock = due(later)
    assert (clock.started_on, clock.state, clock.start_event) == (date(2027, 1, 8), "running", "上次通报")
    assert clock.due_on == date(2027, 4, 8)
    assert due(told).stopped_on == date(2027, 1, 8)


def test_over_rest_and_overdue_is_seen(people, told, time_machine):
    at = f"{API}summaries/{told.public_id}/"
    time_machine.move_to("2027-01-04T09:00:00+08:00")
    assert clocks.due_of(told) is not None
    office = machine(factories.fresh(people.inspector1))
    assert_refusal(office.post(f"{at}tell/", {}, format="json"), 400)
    assert_refusal(
        machine(factories.fresh(people.casemgr)).post(f"{at}tell/", {"document_number": "1"}, format="json"),
        403,
    )
    sent = office.post(f"{at}tell/", {"document_number": "青纪监一〔2027〕1 号"}, format="json").json()
    assert (sent["state"], sent["document_number"], sent["unit"]) == (
        "sent",
        "青纪监一〔2027〕1 号",
        told.unit.public_id,
    )


def test_no_text_of_it_says_who_complained(client, people, make, told, time_machine):
    """Leaders read it, and whoever stands in for one of them."""
    time_machine.move_to("2026-09-20T10:00:00+08:00")
    who = {"name": "欧阳铁柱", "phone": "13800138000"}
    make("concluded", received_on=date(2026, 9, 1), identity_status="claimed", complainant=who)
    time_machine.move_to("2026-10-09T09:00:00+08:00")
    at, office = told.get_absolute_url(), factories.fresh(people.inspector1)
    client.force_login(office)
    for verb, said in (
        ("amend", {"text": "欧阳铁柱反映的已办结。"}), ("amend", {"text": "已办结。", "note": "电话 138 0013 8000"}),
        ("tell", {"document_number": "1", "note": "欧阳铁柱在场。"}),
    ):  # fmt: skip
        answer = client.post(f"{at}{verb}/", said)
        assert (answer.status_code, "需要保密的反映人信息" in answer.content.decode()) == (422, True), said
        assert_refusal(
            machine(office).post(f"{API}summaries/{told.public_id}/{verb}/", said, format="json"), 422
        )
    assert client.post(f"{at}amend/", {"text": "已办结三件。"}).status_code == 302


def test_an_office_without_a_finished_complaint_has_nothing_to_tell(people, told):
    county = Region.objects.get(code=factories.QINGHE)
    assert [unit.pk for unit in reporting.tellers(county, QUARTER)] == [told.unit_id]
    assert reporting.tellers(county, (date(2026, 4, 1), date(2026, 6, 30))) == []
    assert reporting.quarter_before(date(2026, 1, 5)) == (date(2025, 10, 1), date(2025, 12, 31))
