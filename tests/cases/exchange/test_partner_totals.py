"""每月20日汇总: what the members of the joint meeting report, and the month's total of hand-overs, frozen when it is sent."""

import threading
import time
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from cases import services
from cases.models import PartnerBody, PartnerReport, WorkSummary
from cases.services import partners, summing
from povertyaudit.core import daily, jobs
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Job, Region, Unit
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
MONTH = (date(2026, 10, 21), date(2026, 11, 20))


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def body(code):
    return PartnerBody.objects.get(code=code)


def report(people, code="water", **change):
    return partners.report(
        **{"by": people.casemgr, "body": body(code), "handed_over": 2, "under_way": 1} | change
    )


@pytest.fixture
def month(people, make, time_machine):
    """Two handed in by the audit, one of ours handed to the police; one member has reported. Then the morning after."""
    time_machine.move_to("2026-11-10T10:00:00+08:00")
    lead = make(received_on=date(2026, 11, 9))
    base = {"by": people.casemgr, "document": "移送函", "handed_on": date(2026, 11, 10)}
    services.open_handover(
        **base, direction="in", body=body("audit"), entries=[{"title": "租金未入账"}, {"title": "重复申领"}]
    )
    sent = services.open_handover(**base, direction="out", body=body("police"), leads=[lead])
    services.record_handover_receipt(sent, by=people.casemgr, receipt_by="法制大队")
    report(people, "audit", handed_over=2, under_way=0)
    time_machine.move_to("2026-11-21T08:00:00+08:00")


def test_months_end_on_the_twentieth():
    assert partners.month_of(date(2026, 11, 20)) == MONTH
    assert partners.month_of(date(2026, 11, 21)) == (date(2026, 11, 21), date(2026, 12, 20))
    assert partners.over(date(2026, 11, 20)) == (date(2026, 9, 21), date(2026, 10, 20))
    assert partners.over(date(2026, 11, 21)) == MONTH
    assert partners.over(date(2026, 1, 5)) == (date(2025, 11, 21), date(2025, 12, 20))
    assert summing.before("partners", MONTH[0]) == (date(2026, 9, 21), date(2026, 10, 20))


def test_the_clock_drafts_it_and_every_figure_opens_its_rows(client, people, month):
    daily.tick()
    jobs.run(Job.objects.get(kind="summaries").pk)
    row = WorkSummary.objects.get(period="partners")
    assert (row.first_day, row.last_day, row.state) == (*MONTH, "draft")
    at = {one["key"]: one for one in row.figures}
    cells = {
        key: [cell["value"] for cell in at[f"body.{key}"]["cells"]] for key in ("audit", "police", "water")
    }
    assert cells == {"audit": [2, 0, 0, 2], "police": [0, 1, 0, 1], "water": [0, 0, 0, 0]}
    assert at["body.audit"]["report"]["handed_over"] == 2
    assert at["body.water"]["report"] is None
    assert len(at) == 18  # the catch-all is no member and handed nothing over
    assert ("已报送 1 个" in row.text, "没有报送 17 个" in row.text, "水利部门" in row.text) == (
        True,
        True,
        True,
    )
    client.force_login(people.casemgr)
    page = client.get(row.get_absolute_url()).content.decode()
    assert page.count("未报送") == 17  # missing, not 0
    for key in ("audit", "police"):
        for cell in at[f"body.{key}"]["cells"]:
            listed = client.get(cell["url"])
            assert listed.context["count"].number == cell["value"], cell


def test_a_late_report_comes_in_by_counting_again_and_nothing_after_it_was_sent(people, month):
    row = summing.draft(Region.objects.get(code=factories.QINGHE), "partners", MONTH)
    late = report(people, last_day=MONTH[1])
    partners.amend_report(late, by=people.casemgr, handed_over=3, under_way=1)
    answer = machine(people.casemgr).post(f"{API}summaries/{row.public_id}/send/", {}, format="json")
    assert_refusal(answer, 422)
    assert "重新统计" in answer.json()["message"]
    row = summing.recount(WorkSummary.objects.get(pk=row.pk), by=people.casemgr)
    assert [one["report"]["handed_over"] for one in row.figures if one["report"]] == [2, 3]
    row = summing.send(row, by=people.casemgr)
    assert Attachment.objects.of(row).exists()
    for act in (
        lambda: report(people, "police", last_day=MONTH[1]),
        lambda: partners.amend_report(
            PartnerReport.objects.get(pk=late.pk), by=people.casemgr, handed_over=9, under_way=1
        ),
    ):
        with pytest.raises(WrongState, match="已经报送"):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkSummary.objects.filter(pk=row.pk).update(figures=[])
    assert verify().broken == []


def test_a_member_s_own_people_report_once_the_registry_knows_their_unit(client, people, month):
    office = Unit.objects.get(pk=people.finance.home.unit_id)
    client.force_login(people.finance)
    assert client.get("/partner-reports/new/").status_code == 403
    assert "每月20日部门报送" not in client.get("/").content.decode()
    with pytest.raises(RuleBroken, match="没有把"):
        partners.report(by=people.finance, body=body("finance"), handed_over=1, under_way=0)
    report(people, "finance", unit=office, last_day=MONTH[1])
    assert "每月20日部门报送" in client.get("/").content.decode()
    said = {
        "body": "finance",
        "last_day": "2026-12-20",
        "handed_over": "4",
        "under_way": "0",
        "reported_on": "2026-11-21",
    }
    assert client.post("/partner-reports/new/", said).status_code == 302
    made = PartnerReport.objects.latest("pk")
    assert (made.unit, made.handed_over, made.last_day) == (office, 4, date(2026, 12, 20))
    assert (
        client.post(f"{made.get_absolute_url()}amend/", {"handed_over": "5", "under_way": "0"}).status_code
        == 302
    )
    assert "每月20日部门报送" not in client.get("/").content.decode()
    with pytest.raises(RuleBroken, match="没有把"):
        partners.report(by=people.finance, body=body("police"), handed_over=1, under_way=0)
    with pytest.raises(NotAllowed):
        partners.report(by=people.inspector1, body=body("finance"), handed_over=1, under_way=0)
    client.force_login(people.official)
    assert client.get(made.get_absolute_url()).status_code == 404


def test_over_rest_and_what_is_refused(people, month):
    desk = machine(people.casemgr)
    said = {"body": "water", "handed_over": 2, "under_way": 1}
    made = desk.post(f"{API}partner-reports/", said, format="json")
    assert (made.status_code, made.json()["last_day"]) == (201, "2026-12-20")
    at = f"{API}partner-reports/{made.json()['id']}/"
    assert (
        desk.post(f"{at}amend/", {"handed_over": 0, "under_way": 1}, format="json").json()["handed_over"] == 0
    )
    for wrong in (
        said, {**said, "body": "other"}, {**said, "last_day": "2026-11-21"}, {**said, "last_day": "2027-01-20"},
        {**said, "body": "police", "reported_on": "2026-11-20"},
    ):  # fmt: skip
        assert_refusal(desk.post(f"{API}partner-reports/", wrong, format="json"), 422)
    for wrong in ({**said, "handed_over": -1}, {**said, "handed_over": 10**9}):
        assert_refusal(desk.post(f"{API}partner-reports/", wrong, format="json"), 400)
    assert machine(people.neighbour).get(at).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_report_waits_for_the_total_that_is_being_sent(people, month):
    """It never comes to stand beside a total that says 未报送 of its body."""
    row = summing.draft(Region.objects.get(code=factories.QINGHE), "partners", MONTH)
    written, refused = threading.Event(), []

    def sending():
        with transaction.atomic():
            summing.send(WorkSummary.objects.get(pk=row.pk), by=people.casemgr)
            written.set()
            time.sleep(0.5)
        connection.close()

    thread = threading.Thread(target=sending)
    thread.start()
    written.wait(10)
    try:
        report(people, last_day=MONTH[1])
    except WrongState as refusal:
        refused.append(refusal.code)
    thread.join()
    assert refused == ["partner.sent"]
    assert WorkSummary.objects.get(pk=row.pk).state == "sent"
