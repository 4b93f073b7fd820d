"""归档: one case, one volume; afterwards only looked at, by the service and by the database."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from cases.models import ClosingCheck, Lead, LeadSubject, Volume
from povertyaudit.core import files, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from tests.cases.conftest import services
from tests.core.machines import API, PDF, machine


def paper(name):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


@pytest.fixture
def ended(make, people):
    lead = make("approved", method="close", identity_status="claimed", complainant={"name": "欧阳守信"},
                petition_scans=[paper("来信.pdf")], attachments=[paper("花名册.pdf")])  # fmt: skip
    services.conclude(lead, by=people.inspector1, close_kind="direct", result_text="反映内容笼统。")
    return lead


@pytest.fixture
def archived(ended, people):
    services.acknowledge(ended, by=people.petition)
    services.feedback(ended, by=people.petition)
    services.archive(ended, by=people.casemgr)
    return Lead.objects.get(pk=ended.pk)


def test_nothing_may_be_owed_and_only_the_registry_archives(ended, people):
    with pytest.raises(RuleBroken, match="还没有告知受理；还没有向实名反映人反馈结果"):
        services.archive(ended, by=people.casemgr)
    assert not Lead.objects.to_archive().filter(pk=ended.pk).exists()
    services.acknowledge(ended, by=people.petition)
    services.feedback(ended, by=people.petition, new_evidence=True, objection="另有账目。")
    with pytest.raises(RuleBroken, match="异议"):
        services.archive(ended, by=people.casemgr)
    services.settle_objection(ended, by=people.casemgr, note="不再办理。")
    assert Lead.objects.to_archive().get() == ended
    with pytest.raises(NotAllowed):
        services.archive(ended, by=people.inspector1)
    services.archive(ended, by=people.casemgr)
    with pytest.raises(WrongState):
        services.archive(ended, by=people.casemgr)


def test_the_list_names_steps_decisions_and_papers_with_their_hash(client, archived, people):
    client.force_login(people.casemgr)
    volume = Volume.objects.get()
    titles = [line["title"] for line in volume.contents]
    assert titles[0].startswith("登记")
    assert {
        "第 1 步处置意见：予以了结",
        "第 1 步审批意见",
        "办结：不查而结",
        "结果反馈",
        "来信来访原件",
    } <= set(titles)
    assert all(
        len(line["sha256"]) == 64 for line in volume.contents if line["title"].endswith((".pdf", "原件"))
    )
    assert volume.get_absolute_url() in client.get(archived.get_absolute_url()).content.decode()
    page = client.get(volume.get_absolute_url()).content.decode()
    assert "花名册" in page
    assert "导出目录" in page
    sheet = b"".join(client.get(f"{volume.get_absolute_url()}?format=csv").streaming_content).decode()
    assert sheet.count("\r\n") == len(titles) + 1
    told = machine(people.casemgr).get(f"{API}volumes/{volume.public_id}/").json()
    assert [line["title"] for line in told["contents"]] == titles
    assert machine(people.neighbour).get(f"{API}volumes/{volume.public_id}/").status_code == 404
    client.force_login(people.neighbour)
    assert client.get(volume.get_absolute_url()).status_code == 404


def test_afterwards_it_is_only_looked_at(archived, people):
    with pytest.raises(WrongState, match="已经归档"):
        rows.change(
            archived, verb="lead.hand_over", by=people.casemgr, changes={"handler": people.inspector2}
        )
    with pytest.raises(WrongState, match="已经归档"):
        files.attach(archived, paper("补.pdf"), by=people.casemgr)
    with pytest.raises(WrongState, match="已经归档"):
        services.merge(services.register(
            by=people.casemgr, channel="handover", received_on=archived.received_on, title="同一问题", text="同一问题",
            region=archived.region, category=archived.category,
        ), by=people.casemgr, into=archived)  # fmt: skip


@pytest.mark.parametrize(
    "write",
    [
        lambda lead: Lead.objects.filter(pk=lead.pk).update(title="改"),
        lambda lead: Lead.objects.filter(pk=lead.pk).update(close_kind="untrue"),
        lambda lead: LeadSubject.objects.filter(lead=lead).update(name="改"),
        lambda lead: LeadSubject.objects.create(lead=lead, name="新"),
        lambda lead: lead.steps.update(result="改"),
        lambda lead: lead.dispatches.update(instruction="改"),
        lambda lead: lead.answers.update(draft="改"),
        lambda lead: Volume.objects.filter(lead=lead).update(contents=[]),
    ],
)
def test_the_database_refuses_too(archived, write):
    with pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
        write(archived)


def test_a_new_start_is_a_right_of_its_own_and_begins_the_next_volume(archived, people):
    with pytest.raises(NotAllowed):
        services.reopen(archived, by=people.inspector1, note="有新情况。")
    services.reopen(archived, by=people.secretary, note="发现新的证据。")
    services.amend(archived, by=people.casemgr, title="改后的摘要")
    services.propose(archived, by=people.inspector1, method="close", proposal="仍建议了结。")
    services.approve(archived, by=people.leader)
    services.conclude(archived, by=people.inspector1, close_kind="direct", result_text="仍无具体线索。")
    services.feedback(archived, by=people.petition)
    services.archive(archived, by=people.casemgr)
    assert list(Volume.objects.values_list("ordinal", flat=True)) == [1, 2]
    assert not ClosingCheck.objects.exists()


def test_what_is_put_away_or_sent_back_learns_no_complainant(make, archived, people):
    went = make(by=people.casemgr, channel="handover", identity_status="claimed")
    services.return_to_sender(went, by=people.casemgr, returned_to="县审计局", note="应由税务机关办理。")
    for lead, by, word in ((archived, people.petition, "归档"), (went, people.casemgr, "退回来件单位")):
        with pytest.raises(WrongState, match=word):
            services.note_complainant(lead, by=by, complainant={"name": "李四"})
