"""处分宣布情况报告: each quarter the registry reports how far sanctions were announced; clock #22 runs until it has."""

from datetime import date

import pytest

from cases.models import Outcome, WorkSummary
from cases.services import record_execution, reporting, summary_papers, summing
from povertyaudit.core import daily, jobs
from povertyaudit.core.models import Attachment, Clock, Job, Notification, Region, Unit
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.trial import decide, member, tried
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
QUARTER, NEXT = (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def due(row):
    return Clock.objects.of(row).get(code="sanction.report_quarter")


@pytest.fixture
def row(people, make, time_machine):
    """Three sanctions of the third quarter: one announced in it, one after it, one not; the clock has made the draft."""
    made = []
    for day in ("08-10", "09-10", "09-10"):
        time_machine.move_to(f"2026-{day}T10:00:00+08:00")
        made.append(decide(make, tried(make, subjects=member()), "party_warning"))
    for outcome, day in ((made[1], "2026-09-15"), (made[2], "2026-10-03")):
        time_machine.move_to(f"{day}T10:00:00+08:00")
        duty = outcome.duties.get(kind="announce")
        by = factories.fresh(people.adjudicator)
        record_execution(Outcome.objects.get(pk=outcome.pk), by=by, duty=duty, paper="会议记录")
    time_machine.move_to("2026-10-09T08:00:00+08:00")
    daily.tick()
    jobs.run(Job.objects.get(kind="summaries").pk)
    return WorkSummary.objects.get(period="sanction")


def test_drafted_by_the_clock_sent_by_the_registry_and_the_next_counts_from_that_day(
    client, people, row, time_machine
):
    assert (row.first_day, row.last_day, row.unit, row.state) == (*QUARTER, None, "draft")
    found = {one["key"]: (one["value"], one["before"]) for one in row.figures}
    assert found == {"decided": (3, 0), "announced": (1, 0), "unannounced": (2, None), "late": (1, None)}
    assert "宣布处分决定 1 件，期末未宣布 2 件，其中已超过宣布期限 1 件" in row.text
    assert "周某某" not in row.text
    clock = due(row)
    assert (clock.started_on, clock.due_on, clock.state) == (date(2026, 9, 30), date(2026, 12, 30), "running")
    client.force_login(factories.fresh(people.casemgr))
    assert row.number in client.get("/").content.decode()
    page = client.get(row.get_absolute_url()).content.decode()
    assert ("2026-12-30" in page, "处分宣布情况报告（2026年第三季度）" in page) == (True, True)
    for figure in row.figures[:3]:
        assert client.get(figure["url"]).context["count"].number == figure["value"], figure
    time_machine.move_to("2027-01-04T09:00:00+08:00")
    client.force_login(factories.fresh(people.casemgr))
    later = summing.draft(row.region, "sanction", NEXT)
    assert due(later).started_on == NEXT[1]
    at = f"{row.get_absolute_url()}send/"
    assert "期限从今天起算" in client.get(at).content.decode()
    assert client.post(at, {"note": "已核对。"}).status_code == 302
    clock = due(row)
    assert (clock.state, clock.stopped_on, clock.late_by > 0) == ("stopped", date(2027, 1, 4), True)
    assert (due(later).started_on, due(later).start_event) == (date(2027, 1, 4), "上次报告")
    assert Attachment.objects.of(row).exists()
    assert Notification.objects.filter(user=people.countyleader, number=row.number).exists()
    assert verify().broken == []


def test_over_rest_and_only_by_the_registry(people, row):
    at = f"{API}summaries/{row.public_id}/"
    for other in (people.inspector1, people.petition, people.neighbour):
        assert machine(factories.fresh(other)).get(at).status_code == 404
    desk = machine(factories.fresh(people.casemgr))
    assert_refusal(desk.post(f"{at}tell/", {"document_number": "1"}, format="json"), 403)
    assert desk.post(f"{at}send/", {}, format="json").json()["state"] == "sent"
    assert due(row).stopped_by_verb == "summary.send"
    found = desk.get(f"{API}outcomes/?unannounced_on=2026-09-30").json()["results"]
    assert len(found) == 2


def test_where_nothing_was_decided_and_nothing_is_left_there_is_nothing_to_report(people, make, row):
    county = Region.objects.get(code=factories.QINGHE)
    assert summing.draft(county, "sanction", (date(2026, 4, 1), date(2026, 6, 30))) is None
    assert summing.draft(county, "sanction", QUARTER) is None  # once
    assert set(reporting.RULES) == {"told", "sanction"}


def test_after_a_quarter_with_nothing_to_report_the_time_runs_from_the_end_of_the_next(people, row):
    """Three months from a report of half a year ago would be over before there was anything to report. To whom it goes,
    and who signs: the discipline body to the party committee of the county."""
    said = summary_papers.paper_of(row)
    assert (said.addressee, said.signed) == (f"{row.region.name}委", f"{row.region.name}纪律检查委员会")
    registry = Unit.objects.get(name="案件监督管理室", region=row.region)
    Unit.objects.filter(pk=registry.pk).update(parent=Unit.objects.get(name="县纪委监委", region=row.region))
    assert summary_papers.paper_of(row).signed == "县纪委监委"
    summing.send(row, by=factories.fresh(people.casemgr))
    later = summing.draft(row.region, "sanction", (date(2027, 1, 1), date(2027, 3, 31)))
    clock = due(later)
    assert (clock.start_event, clock.started_on) == ("季度终了", date(2027, 3, 31))
    assert clock.due_on > later.last_day
    next_one = summing.draft(row.region, "sanction", NEXT)
    assert (due(next_one).start_event, due(next_one).started_on) == ("上次报告", date(2026, 10, 9))
