"""轮次总结 of a secret round: none while it is secret; afterwards it lies with those who check and sign, and calls nobody."""

from datetime import date

from rest_framework.test import APIClient

from inspections.models import Round
from inspections.services import rounds as verbs
from povertyaudit.core import jobs
from povertyaudit.core.models import Job, Notification, Recusal
from povertyaudit.reporting.models import Report
from povertyaudit.reporting.services import reports
from tests import factories
from tests.inspections import makers
from tests.reporting.makers import MORNING, leads

NAME = "保密的一轮"


def morning():
    """What the clock sets up and the worker does: how many drafts were made."""
    job = jobs.enqueue("reports", {"day": "2026-11-01"}, "reports:2026-11-01")
    Job.objects.filter(pk=job.pk).update(state="queued", claim="", lease_until=None)
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    return job.result["drafted"]


def sees(person, client, row):
    """Whether the report opens for the person: the page, the list, over REST."""
    client.force_login(factories.fresh(person))
    address = row.get_absolute_url()
    page = client.get(address)
    list_ = client.get("/reports/").content.decode()
    api = APIClient()
    api.force_authenticate(factories.fresh(person))
    told = [page.status_code == 200, api.get(f"/api/v1/reports/{row.public_id}/").status_code == 200]
    listed = api.get("/api/v1/reports/").json().get("results", [])
    told.append(str(row.public_id) in {one["id"] for one in listed})
    assert len(set(told)) == 1, told
    assert told[0] or NAME not in page.content.decode() + list_
    return told[0]


def test_its_report_is_drafted_when_it_is_over_and_not_before(people, client, time_machine):
    hidden = makers.round_(people, name=NAME, secret=True)
    leads(people, 1, day=date(2026, 10, 8))
    time_machine.move_to(MORNING)
    made = morning()
    assert reports.draft_round(hidden) is None
    assert not Report.objects.filter(kind="round").exists()
    assert not Report.objects.filter(text__contains=NAME).exists()
    verbs.finish_round(hidden, by=people.patroloffice)
    Notification.objects.all().delete()
    assert (made, morning()) == (2, 1)
    row = Report.objects.for_page().get(kind="round")
    assert not Notification.objects.exists()
    for name in ("casemgr", "patroloffice", "leader", "secretary"):
        assert sees(getattr(people, name), client, row), name
    for name in ("countyleader", "official", "patrol1", "inspector1", "neighbour", "sysadmin", "auditor"):
        assert not sees(getattr(people, name), client, row), name


def test_who_stands_aside_from_the_round_does_not_see_its_report(people, client, time_machine):
    hidden = makers.round_(people, name=NAME, secret=True)
    time_machine.move_to(MORNING)
    verbs.finish_round(hidden, by=people.patroloffice)
    row = reports.draft_round(Round.objects.get(pk=hidden.pk))
    assert sees(people.casemgr, client, row)
    Recusal.objects.create(
        person=people.casemgr.person, target_label="inspections.round", target_id=hidden.pk,
        declared_by=people.casemgr, reason="亲属在被巡察单位",
    )  # fmt: skip
    assert not sees(people.casemgr, client, row)
    assert sees(people.leader, client, row)
