"""生成文书: by the page and over REST, numbered, hashed, recorded; seen only by those who may read the row whole."""

import io
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from docx import Document as Word

from povertyaudit.core import audit, moment, store
from povertyaudit.core.models import Attachment, AuditEntry
from povertyaudit.core.verify import verify
from povertyaudit.documents.engine import pdf
from povertyaudit.documents.models import Document
from rectification import services as rectification
from tests.core.machines import API, assert_refusal, machine
from tests.documents.words import text
from tests.rectification import makers

REPLY = timezone.make_aware(datetime(2026, 12, 9, 18))
SAID = {
    "addressee": "柳溪镇人民政府", "demand": "请主要负责人亲自督促。\n限期兑付到户。", "reply_by": "2026-12-09T18:00",
    "contact": "张某 0000-1", "signed": "青禾县纪委监委", "dated": "2026-11-24",
}  # fmt: skip


def post(client, account, address, **said):
    client.force_login(account)
    return client.post(address, said, follow=True)


def letter_of(item, client, cast, **said):
    return post(client, cast.casemgr, f"{item.get_absolute_url()}documents/press_letter/", **(SAID | said))


def content_of(document):
    return store.path_of(document.attachment.sha256).read_bytes()


def test_a_letter_by_the_page(cast, client):
    item = makers.at(cast, "accepted", days=10)
    client.force_login(cast.casemgr)
    here = f"{item.get_absolute_url()}documents/"
    assert f'href="{here}"' in client.get(item.get_absolute_url()).content.decode()
    chosen = client.get(here).content.decode()
    assert "督办函" in chosen
    assert "销号审批表" not in chosen  # nobody has applied yet
    opened = client.get(f"{here}press_letter/").content.decode()
    assert "现在是 督函〔2026〕1号" in opened
    assert f"整改事项（{item.number}）" in opened
    shown = client.post(f"{here}press_letter/", SAID | {"_preview": "1"})
    assert "限期兑付到户。" in shown.content.decode().split('class="paper"')[1]
    assert not Document.objects.exists()
    version = makers.again(item).version
    answer = letter_of(item, client, cast)
    assert "已生成督办函督函〔2026〕1号。" in answer.content.decode()
    made = Document.objects.get()
    assert makers.again(item).version == version  # nobody's open form goes stale
    read = Word(io.BytesIO(content_of(made)))
    assert [p.text for p in read.paragraphs][:2] == [f"关于整改事项{item.number}的督办函", "督函〔2026〕1号"]
    assert "柳溪镇人民政府：" in text(content_of(made))
    assert "请于 2026年12月9日18时00分前书面回复。联系人：张某 0000-1。" in text(content_of(made))
    entry = audit.history(item).first()
    assert entry.verb == "document.make"
    assert entry.changes["document_number"] == "督函〔2026〕1号"
    assert entry.changes["sha256"] == made.attachment.sha256
    assert entry.changes["template_sha256"] == made.template_sha256
    assert verify().broken == []


def test_each_opening_is_recorded_and_the_file_stays(cast, client):
    item = makers.at(cast, "accepted")
    letter_of(item, client, cast)
    made = Document.objects.get()
    client.force_login(cast.official)  # of the unit the item is assigned to
    got = client.get(made.attachment.get_absolute_url())
    assert b"".join(got.streaming_content) == content_of(made)
    opened = AuditEntry.objects.filter(verb="document.open")
    assert [(one.actor_id, one.target_id) for one in opened] == [(cast.official.pk, item.pk)]
    got = machine(cast.casemgr).get(f"{API}documents/{made.public_id}/content/")
    assert b"".join(got.streaming_content)[:2] == b"PK"
    assert AuditEntry.objects.filter(verb="document.open").count() == 2
    assert_refusal(
        machine(cast.casemgr).post(
            f"{API}attachments/{made.attachment.public_id}/replace/",
            {"file": makers.photo()},
            format="multipart",
        ),
        403,
    )
    assert "下载文书" in client.get(item.get_absolute_url()).content.decode()


def test_the_same_inputs_are_the_same_bytes_and_numbers_go_on(cast, client):
    item = makers.at(cast, "accepted")
    for _ in range(2):
        letter_of(item, client, cast)
    letter_of(item, client, cast)
    first, second, third = Document.objects.order_by("pk")
    assert [one.number for one in (first, second, third)] == [f"督函〔2026〕{n}号" for n in (1, 2, 3)]
    address = f"{item.get_absolute_url()}documents/reminder_letter/"
    post(client, cast.casemgr, address, **SAID)
    assert Document.objects.latest("pk").number == "提醒函〔2026〕1号"
    form = makers.at(cast, "closed")
    for _ in range(2):
        post(
            client,
            cast.casemgr,
            f"{form.get_absolute_url()}documents/closing_form/",
            signed="县纪委",
            dated="2026-11-24",
        )
    one, other = Document.objects.filter(kind="closing_form")
    assert one.attachment.sha256 == other.attachment.sha256
    assert (one.number, one.title) == ("", "整改事项销号审批表")


def test_the_closing_form_says_what_the_three_signed(cast, client):
    item = makers.at(cast, "closed")
    post(
        client,
        cast.unithead,
        f"{item.get_absolute_url()}documents/closing_form/",
        signed="县纪委",
        dated="2026-11-24",
    )
    said = text(content_of(Document.objects.get()))
    for words in (
        "已整改到位", "审核属实", "实地复核通过", cast.unithead.display_name, cast.sector.display_name,
        cast.inspector2.display_name, "第1条措施", "after.jpg",
    ):  # fmt: skip
        assert words in said


def test_by_rest(cast):
    item = makers.at(cast, "accepted")
    caller = machine(cast.casemgr)
    asked = caller.get(f"{API}documents/kinds/?of=items&record={item.public_id}").json()
    assert [one["code"] for one in asked] == ["press_letter", "reminder_letter"]
    body = {"of": "items", "record": item.public_id, "kind": "press_letter", "demand": "请尽快办理。"}
    key = {"Idempotency-Key": "a-letter"}
    made = caller.post(f"{API}documents/", body, format="json", headers=key)
    assert made.status_code == 201, made.json()
    assert made.json()["number"] == "督函〔2026〕1号"
    assert made.json()["said"]["addressee"] == "柳溪镇人民政府"  # as the page would have filled it in
    again = caller.post(f"{API}documents/", body, format="json", headers=key)
    assert again.json()["id"] == made.json()["id"]
    assert [one["id"] for one in caller.get(f"{API}documents/").json()["results"]] == [made.json()["id"]]
    assert_refusal(caller.post(f"{API}documents/", body | {"kind": "closing_form"}, format="json"), 409)
    assert_refusal(caller.post(f"{API}documents/", body | {"kind": "none"}, format="json"), 422)
    assert_refusal(caller.post(f"{API}documents/", body | {"place": "会议室"}, format="json"), 422)
    assert_refusal(machine(cast.official).post(f"{API}documents/", body, format="json"), 403)
    for account in (cast.neighbour, cast.sysadmin, cast.otherofficial):
        assert machine(account).post(f"{API}documents/", body, format="json").status_code == 404
        assert machine(account).get(f"{API}documents/{made.json()['id']}/").status_code == 404


def test_a_lead_is_told_to_nobody_by_its_letter(cast, make, client):
    secret = {"name": "欧阳守信", "phone": "13800138000"}
    lead = make("in_step", identity_status="claimed", complainant=secret)
    address = f"{lead.get_absolute_url()}documents/press_letter/"
    for leak in ("请向欧阳守信核实。", "电话 138 0013 8000。"):
        refused = post(client, cast.casemgr, address, **(SAID | {"demand": leak}))
        assert refused.status_code == 422
        assert "需要保密的反映人信息" in refused.content.decode()
        assert (
            post(client, cast.casemgr, address, _preview="1", **(SAID | {"demand": leak})).status_code == 422
        )
    assert not Document.objects.exists()
    post(client, cast.casemgr, address, **SAID)
    made = Document.objects.get()
    for word in secret.values():
        assert word not in text(content_of(made))
    handler = cast.inspector1
    client.force_login(handler)
    assert client.get(made.attachment.get_absolute_url()).status_code == 200
    for account in (
        cast.official,
        cast.finance,
        cast.neighbour,
        cast.patroloffice,
        cast.sysadmin,
        cast.auditor,
    ):
        client.force_login(account)
        assert client.get(made.attachment.get_absolute_url()).status_code == 404
        assert client.get(address).status_code == 404
        assert client.get(f"{lead.get_absolute_url()}documents/").status_code == 404
        assert made.number not in client.get("/documents/").content.decode()
        assert not Document.objects.visible_to(account).exists()


def test_what_is_missing_is_said_at_its_field(cast, client):
    item = makers.at(cast, "accepted")
    address = f"{item.get_absolute_url()}documents/press_letter/"
    refused = post(client, cast.casemgr, address, **(SAID | {"demand": "", "reply_by": "周五"}))
    assert refused.status_code == 400
    assert "请按“2026-01-31 09:30”的样式填写时间。" in refused.content.decode()
    body = {"of": "items", "record": item.public_id, "kind": "press_letter", "demand": ""}
    answer = machine(cast.casemgr).post(f"{API}documents/", body, format="json")
    assert_refusal(answer, 422)
    assert answer.json()["field"] == "demand"
    client.force_login(cast.casemgr)
    for wrong in ("none", "monthly_report"):
        assert client.get(f"{item.get_absolute_url()}documents/{wrong}/").status_code == 404
    assert client.get("/nothing/abc/documents/").status_code == 404
    closing = client.get(f"{item.get_absolute_url()}documents/closing_form/")
    assert closing.status_code == 409
    assert "现在的状态不能生成销号审批表" in closing.content.decode()


def test_an_archived_item_may_still_be_printed(cast, client):
    item = makers.at(cast, "closed")
    rectification.archive(item, by=cast.inspector1, pages=12, place="档案室")
    address = f"{item.get_absolute_url()}documents/closing_form/"
    post(client, cast.casemgr, address, signed="县纪委", dated="2026-11-24")
    assert Document.objects.count() == 1


def test_pdf_where_a_converter_is_and_no_word_of_it_elsewhere(cast, client, monkeypatch):
    item = makers.at(cast, "accepted")
    letter_of(item, client, cast)
    made = Document.objects.get()
    here, address = f"{item.get_absolute_url()}documents/", f"/documents/{made.public_id}/pdf/"
    monkeypatch.setattr(pdf, "converter", lambda: "")
    assert "PDF" not in client.get(here).content.decode()
    assert client.get(address).status_code == 404
    monkeypatch.setattr(pdf, "converter", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(pdf, "pdf_of", lambda content: b"%PDF-1.7" + content[:2])
    assert "PDF" in client.get(here).content.decode()
    got = client.get(address)
    assert (got.content, got["Content-Type"]) == (b"%PDF-1.7PK", "application/pdf")
    assert AuditEntry.objects.filter(verb="document.open").count() == 1
    client.force_login(cast.neighbour)
    assert client.get(address).status_code == 404

    def broken(_content):
        raise pdf.Unable

    monkeypatch.setattr(pdf, "pdf_of", broken)
    client.force_login(cast.casemgr)
    assert client.get(address).status_code == 409


@pytest.mark.once
def test_the_converter_is_a_program_beside_us(monkeypatch, tmp_path):
    """A stand-in that takes the same arguments: what it writes is read, what it does not write is said."""
    program = tmp_path / "soffice"
    monkeypatch.setattr(pdf, "converter", lambda: str(program))
    program.write_text('#!/bin/sh\ncat "$8" > "$7/document.pdf"\n')
    program.chmod(0o755)
    assert pdf.pdf_of(b"PK") == b"PK"
    program.write_text("#!/bin/sh\nexit 0\n")
    with pytest.raises(pdf.Unable):
        pdf.pdf_of(b"PK")
    program.write_text('#!/bin/sh\ncat "$8" > "$7/document.pdf"; exit 7\n')
    with pytest.raises(pdf.Unable):
        pdf.pdf_of(b"PK")


@pytest.mark.parametrize(("change", "name"), [
    ({"number": "督函〔2026〕1号"}, "document_number_once"),
    ({"title": ""}, "document_names_its_template"),
    ({"template_sha256": ""}, "document_names_its_template"),
])  # fmt: skip
def test_the_database_holds_it_as_well(cast, client, change, name):
    item = makers.at(cast, "accepted")
    letter_of(item, client, cast)
    letter_of(item, client, cast)
    last = Document.objects.latest("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=last.pk).update(**change)


def test_the_register_lists_what_one_may_open(cast, client):
    item = makers.at(cast, "accepted")
    letter_of(item, client, cast)
    client.force_login(cast.casemgr)
    found = client.get("/documents/?q=督办函").content.decode()
    assert "督函〔2026〕1号" in found
    assert "督函〔2026〕1号" not in client.get("/documents/?kind=circular").content.decode()
    assert Attachment.objects.get(kind="document").uploaded_by == cast.casemgr
    assert moment.today()
