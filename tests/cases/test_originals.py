"""The originals of a complaint through both doors: brought by the registering desk, encrypted, opened by it alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Lead
from povertyaudit.core import originals, store
from povertyaudit.core.models import Attachment, AuditEntry
from povertyaudit.core.verify import verify
from tests.cases.conftest import services
from tests.core.machines import API, PDF, machine

pytestmark = pytest.mark.django_db


def letter():
    return SimpleUploadedFile("来信.pdf", PDF, content_type="application/pdf")


def test_brought_on_the_page_and_over_rest_and_opened_by_the_desk_alone(client, make, people):
    lead = make("in_step")
    before = set(store.root().glob("??/??/*"))  # other stories leave theirs
    where, api = f"{lead.get_absolute_url()}attach/", machine(people.petition)
    client.force_login(people.petition)
    once = client.get(where).context["once"]
    said = {"file": letter(), "title": "来信", "desk_only": "on", "once": once}
    assert client.post(where, said).status_code == 302
    sent = {"file": letter(), "title": "来信", "kind": "petition_scan"}
    assert (
        api.post(f"{API}leads/{lead.public_id}/attach/", sent, format="multipart").json()["original_sha256"]
        == ""
    )
    kept = list(Attachment.objects.of(lead))
    assert [one.kind for one in kept] == ["petition_scan"] * 2
    new = set(store.root().glob("??/??/*")) - before
    assert new
    assert not [one for one in new if PDF in one.read_bytes()]
    for one in kept:
        assert b"".join(client.get(one.get_absolute_url()).streaming_content) == PDF
        address = f"{API}attachments/{one.public_id}/content/"
        assert b"".join(api.get(address).streaming_content) == PDF
        for other in (people.inspector1, people.casemgr, people.leader, people.secadmin):
            assert machine(other).get(address).status_code == 404
    client.force_login(people.inspector1)
    sent = {"file": letter(), "title": "来信", "kind": "petition_scan"}
    answer = machine(people.inspector1).post(f"{API}leads/{lead.public_id}/attach/", sent, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (403, "attach.desk")
    assert kept[0].get_absolute_url() not in client.get(lead.get_absolute_url()).content.decode()
    entry = AuditEntry.objects.of(lead).filter(verb="attachment.open").first()
    client.force_login(people.petition)
    assert "打开来信来访原件" in client.get(lead.get_absolute_url()).content.decode()
    assert entry.actor == people.petition


def test_one_kept_plain_is_encrypted_though_its_lead_is_archived(make, people):
    lead = make("approved", method="close", attachments=[letter()])
    services.conclude(lead, by=people.inspector1, close_kind="direct", result_text="反映内容笼统。")
    desk = people.petition.home.unit
    Attachment.objects.of(lead).update(desk_unit=desk, kind="petition_scan")  # as the first release kept it
    services.archive(lead, by=people.casemgr)
    before = Lead.objects.get(pk=lead.pk)
    assert originals.seal_old() == (1, 0)
    now = Lead.objects.get(pk=lead.pk)
    assert (now.version, now.archived_on) == (before.version, before.archived_on)
    kept = Attachment.objects.of(lead).get()
    assert b"".join(originals.opened(kept)[0]) == PDF
    assert not [line for line in verify().broken if kept.public_id in line or (lead.number or "") in line]
