"""Frozen reports: drafted by the clock, checked by one and signed by another, then fixed for ever; corrections beside."""

import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from rest_framework.test import APIClient

from cases.models import Lead
from funds import spans
from povertyaudit.core import daily, jobs, moment
from povertyaudit.core.models import Attachment, Job, Notification
from povertyaudit.core.papers import docx_of
from povertyaudit.core.verify import verify
from povertyaudit.reporting.models import Report, ReportFigure
from povertyaudit.reporting.services import guard, reports
from povertyaudit.reporting.services.report_papers import paper_of
from tests import factories
from tests.inspections import makers as rounds
from tests.reporting.makers import MORNING, OCTOBER, again, leads


def figures(row):
    return {one.code: one.value for one in row.figures.all()}


def whole():
    """The record of reports; the leads were put into the table without one."""
    return not [said for said in verify().broken if "reporting" in said]


def test_the_clock_drafts_what_is_over_once(people, time_machine):
    leads(people, 2, day=date(2026, 10, 8))
    ended = rounds.round_(people)
    type(ended).objects.filter(pk=ended.pk).update(state="finished", finished_on=ended.starts_on)
    time_machine.move_to(MORNING)
    daily.tick()
    job = Job.objects.get(kind="reports")
    assert jobs.run(job.pk) == "done"
    made = {row.kind: row for row in Report.objects.for_page()}
    assert set(made) == {
        "ten_days",
        "month",
        "round",
    }  # nothing was registered by the end of quarter and year before
    assert (made["ten_days"].period_words, made["month"].period_words) == ("2026年10月下旬", "2026年10月")
    assert figures(made["month"])["leads_received"] == 2
    assert made["round"].figures.get(code="findings").value == 0
    assert Notification.objects.filter(kind="report.draft", user=people.casemgr).count() == 3
    Job.objects.filter(pk=job.pk).update(state="queued", claim="", lease_until=None)
    assert jobs.run(job.pk) == "done"
    assert Report.objects.count() == 3
    assert whole()


def test_checked_by_one_signed_by_another_and_then_fixed(people, month, client, time_machine):
    assert (figures(month)["leads_received"], month.figures.get(code="leads_received").past_value) == (5, 2)
    assert "受理问题线索 5 件" in month.text
    for account in (people.casemgr, people.secretary):
        client.force_login(account)
        assert client.get(month.get_absolute_url()).status_code == 200
    client.force_login(people.casemgr)
    assert client.post(f"{month.get_absolute_url()}sign/").status_code == 403
    client.post(f"{month.get_absolute_url()}check/", {"version": month.version, "note": "已核对。"})
    assert again(month).state == "checked"
    client.force_login(people.secretary)
    assert "待我办理的报表" in client.get("/").content.decode()
    client.post(f"{month.get_absolute_url()}sign/", {"version": again(month).version})
    signed = again(month)
    assert (signed.state, signed.checked_by, signed.signed_by) == ("signed", people.casemgr, people.secretary)
    paper = Attachment.objects.get(target_label="reporting.report", target_id=signed.pk)
    first = docx_of(paper_of(signed))
    # A correction: a lead of October turns out to be a question; one more is found.
    Lead.objects.filter(received_on=date(2026, 10, 8)).first().delete()
    leads(people, 2, day=date(2026, 10, 9))
    time_machine.move_to("2026-12-05T08:00:00+08:00")
    assert docx_of(paper_of(again(month))) == first
    assert paper.sha256 == hashlib.sha256(first).hexdigest()
    client.force_login(factories.fresh(people.secretary))
    page = client.get(month.get_absolute_url()).content.decode()
    assert "现为 6" in page
    rows = client.get(f"{month.get_absolute_url()}rows/leads_received/").content.decode()
    assert "移出 1 行、新增 2 行" in rows
    assert client.get(f"{month.get_absolute_url()}paper/").status_code == 200
    for change in (
        lambda: Report.objects.filter(pk=month.pk).update(text="别的"),
        lambda: ReportFigure.objects.filter(report=month).update(value=1),
        lambda: ReportFigure.objects.filter(report=month).delete(),
        lambda: ReportFigure.objects.create(
            report=signed, place=99, code="x", name="x", unit="件", counts="", value=1
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert whole()


def test_by_rest_too_and_nobody_checks_over_rows_that_changed(people, month):
    api = APIClient()
    api.force_authenticate(people.casemgr)
    address = f"/api/v1/reports/{month.public_id}/"
    leads(people, 1, day=date(2026, 10, 30))
    refused = api.post(f"{address}check/", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "check.changed")
    lines = ["leads_received", "leads_open", "cases_filed"]
    assert api.post(f"{address}set_lines/", {"lines": [*lines, "no_such"]}).status_code == 422
    said = api.post(f"{address}set_lines/", {"lines": lines}).json()
    assert [one["code"] for one in said["figures"]] == lines
    assert said["figures"][0]["value"] == 6
    said = api.post(
        f"{address}amend/", {"text": "10月受理问题线索 7 件，93 个村中更换第一书记 35 个，占 37.5%。"}
    ).json()
    refused = api.post(f"{address}check/", {}).json()
    assert (refused["code"], refused["field"]) == ("check.guard", "explained")
    assert api.post(f"{address}check/", {"explained": "原文件如此。"}).json()["state"] == "checked"
    api.force_authenticate(people.leader)
    assert api.post(f"{address}send_back/", {"note": "改正数字。"}).json()["state"] == "draft"
    api.force_authenticate(people.casemgr)
    api.post(f"{address}recount/", {})
    assert api.post(f"{address}check/", {}).json()["state"] == "checked"
    api.force_authenticate(people.leader)
    assert api.post(f"{address}sign/", {}).json()["state"] == "signed"
    later = reports.draft(month.region, "month", spans.of_month(2026, 11))
    assert [one.code for one in later.figures.all()] == lines
    for name in ("neighbour", "official", "auditor", "countyleader"):
        api.force_authenticate(getattr(people, name))
        assert api.get(address).status_code == (200 if name == "countyleader" else 404)


def test_the_guard_finds_what_cannot_be(people, month):
    """Seed 002: 35 of 93 is 37.6 %, the text says 37.5 %."""

    def words(text):
        return [one.words for one in guard.text(text, list(month.figures.all()))]

    assert words("全县 93 个贫困村中，召回更换第一书记 35 个，占 37.5%。") == [
        "正文中 35 占 93 写成 37.5%，按这两个数算是 37.6%，请核对。"
    ]
    assert words("93 个村中更换 35 个，占 37.6%；674 个项目中完成 613 个，占 90.9%。") == []
    assert words("108 个项目开工，占计划 147 个的 73.5％。") == []
    assert "按行统计是 5 件" in words("本月受理问题线索 6 件。")[0]
    assert "本表按“件”计" in words("受理问题线索 5 人。")[0]
    assert words("受理问题线索 5 件，2026年10月共开会 3 次。") == []
    assert guard.findings(again(month)) == []
    at = {one.code: one for one in month.figures.all()}
    at["petitions_done"].value, at["petitions"].value = 9, 8
    at["money_taken"].value, at["money_taken"].past_value = 1_887_200_000_000, 188_720_000
    at["money_open"].value = -100
    for one in at.values():
        one.save()
    found = {one.code: one.words for one in guard.findings(again(month))}
    assert set(found) == {"petitions_done", "money_taken", "money_open"}
    assert "元填成了万元" in found["money_taken"]


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "signed"}, "report_signed_by_two"),
        ({"kind": "round"}, "report_round_is_named"),
        ({"first_day": date(2027, 1, 1)}, "report_days_in_order"),
    ],
)
def test_the_database_refuses_what_the_verbs_never_write(month, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Report.objects.filter(pk=month.pk).update(**columns)


def test_once_a_period_and_once_a_round(people, month):
    county = month.region
    assert reports.draft(county, "month", OCTOBER) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            region=county,
            kind="month",
            first_day=OCTOBER.first,
            last_day=OCTOBER.last,
            counted_at=moment.now(),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFigure.objects.create(
            report=month, place=99, code="leads_received", name="x", unit="件", counts="", value=1
        )
    one = rounds.round_(people)
    said = {"region": county, "kind": "round", "round": one, "counted_at": moment.now()}
    Report.objects.create(first_day=date(2026, 1, 1), last_day=date(2026, 1, 2), **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(first_day=date(2026, 2, 1), last_day=date(2026, 2, 2), **said)
