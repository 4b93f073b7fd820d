"""快报 of the hotline: made once a day, its instructions followed; the hours; what the database holds of calls."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import CallDigest, DigestHour, DigestLine
from cases.services import digesting
from povertyaudit.core import daily, jobs, moment, terms
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Clock, Job, Notification
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.verify import verify
from tests.cases.test_hotline import _store, again, call, post  # noqa: F401 — fixtures
from tests.core.machines import API, assert_refusal, machine


def test_the_clock_makes_the_days_digest_once_whatever_happens_to_the_worker(people, call, monkeypatch):  # noqa: F811
    day = moment.today()
    noon = timezone.make_aware(datetime.combine(day, time(12, 0)))
    evening = noon + timedelta(hours=6)
    with moment.pretend(noon):
        calls = [call(), call(urgent=True)]
        assert digesting.owed(day, moment.now()) == []
    with moment.pretend(evening):
        late = call()
        assert f"digest:{day}:17:30" in daily.tick()
        job = Job.objects.get(kind="digest")
        with monkeypatch.context() as killed:
            killed.setattr(digesting.papers, "keep", lambda *_, **__: 1 / 0)
            assert jobs.run(job.pk) == "again"
        assert not CallDigest.objects.exists()  # half of it was not kept
        Job.objects.filter(pk=job.pk).update(run_after=evening, state=JobState.QUEUED)
        assert jobs.run(job.pk) == "done"
        digesting.job(job.payload, _lease(job))  # a second worker finds nothing left
    digest = CallDigest.objects.get()
    assert [line.call for line in digest.lines.all()] == calls
    assert late not in [line.call for line in digest.lines.all()]
    kept = Attachment.objects.of(digest).get()
    assert (kept.uploaded_by, kept.kind) == (None, "digest")
    assert {n.user for n in Notification.objects.filter(number=digest.number)} == {
        people.leader,
        people.secretary,
    }
    assert verify().broken == []
    with pytest.raises(IntegrityError), transaction.atomic():
        DigestLine.objects.create(digest=digest, call=calls[0], ordinal=9, standing="x", answered=False)


class _lease:  # noqa: N801 — a stand-in
    def __init__(self, job):
        self.job = job

    def renew(self, **_):
        pass


def test_the_hours_are_a_dated_list_and_a_wrong_hour_is_refused(people):
    with pytest.raises(RuleBroken, match="24 小时制"):
        terms.add(
            by=people.casemgr, terms="digest_hours", code="noon", name="傍晚", valid_from=moment.today()
        )
    assert DigestHour.objects.on().get().name == "17:30"


def test_an_instruction_is_told_followed_and_answered(client, people, call):  # noqa: F811
    row, other = call(), call()
    digest = digesting.assemble_now(by=people.petition)
    with pytest.raises(RuleBroken, match="没有新的来电"):
        digesting.assemble_now(by=people.petition)
    at = digest.get_absolute_url()
    room = people.inspector1.home.unit
    client.force_login(people.inspector1)
    assert client.get(at).status_code == 404
    day = moment.today() + timedelta(days=2)
    post(
        client,
        people.leader,
        f"{at}instruct/",
        call=row.public_id,
        text="请一室核实。",
        unit=room.name,
        due_on=str(day),
    )
    post(client, people.secretary, f"{at}instruct/", text="请信访室逐件回复。")
    assert Clock.objects.of(digest).running().get().due_on == day
    assert Notification.objects.filter(user=people.petition, number=digest.number).count() == 2
    client.force_login(people.inspector1)
    assert "快报批示待落实" in client.get("/").content.decode()
    first, second = again(digest).instructions.all()
    assert second.unit == people.petition.home.unit
    post(client, people.inspector1, f"{at}report/", instruction=first.public_id, answer_text="已到村核实。")
    assert again(digest).state == "instructed"
    assert Clock.objects.of(digest).running().get().due_on == second.due_on
    api = machine(people.petition)
    api_at = f"{API}digests/{digest.public_id}/"
    assert_refusal(api.post(f"{api_at}report/", {"instruction": "1", "answer_text": "x"}, format="json"), 409)
    done = api.post(
        f"{api_at}report/", {"instruction": "2", "answer_text": "已逐件回复。"}, format="json"
    ).json()
    assert done["state"] == "answered"
    assert [one["answer_text"] for one in done["instructions"]] == ["已到村核实。", "已逐件回复。"]
    assert not Clock.objects.of(digest).open().exists()
    client.force_login(people.leader)
    assert "请一室核实。" in client.get(row.get_absolute_url()).content.decode()
    assert "请一室核实。" not in client.get(other.get_absolute_url()).content.decode()
    with pytest.raises(NotAllowed):
        digesting.instruct(again(digest), by=people.petition, text="x")
    assert machine(people.neighbour).get(api_at).status_code == 404
    assert verify().broken == []


def test_the_kept_paper_is_seen_with_its_digest_only(client, people, call):  # noqa: F811
    call()
    digest = digesting.assemble_now(by=people.petition)
    kept = Attachment.objects.of(digest).get()
    client.force_login(people.leader)
    assert client.get(kept.get_absolute_url()).status_code == 200
    client.force_login(people.official)
    assert client.get(kept.get_absolute_url()).status_code == 404
