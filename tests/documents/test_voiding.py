"""作废: by whoever issued it or may issue it, with a reason, once; the number stays taken, the file stays readable, marked."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from povertyaudit.core import audit, moment
from povertyaudit.core.errors import NotAllowed, WrongState
from povertyaudit.core.verify import verify
from povertyaudit.documents.engine import pdf
from povertyaudit.documents.models import Document
from povertyaudit.documents.services import voiding
from rectification import services as rectification
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.documents.test_making import SAID, content_of, letter_of, post
from tests.rectification import makers

WHY = "主送单位写错，另行生成。"


@pytest.fixture
def made(cast, client):
    letter_of(makers.at(cast, "accepted"), client, cast)
    return Document.objects.get()


def again(made):
    return Document.objects.get(pk=made.pk)


def test_void_by_the_page(cast, client, made):
    item = made.dossier
    version = item.version
    page = client.get(made.get_absolute_url()).content.decode()
    assert f'href="{item.get_absolute_url()}"' in page
    assert f'href="{made.get_absolute_url()}void/"' in page
    assert post(client, cast.casemgr, f"{made.get_absolute_url()}void/", note=" ").status_code == 400
    assert again(made).voided_at is None
    answer = post(client, cast.casemgr, f"{made.get_absolute_url()}void/", note=WHY)
    page = answer.content.decode()
    for words in ("已作废", WHY, cast.casemgr.display_name):
        assert words in page
    assert f'href="{made.get_absolute_url()}void/"' not in page
    assert makers.again(item).version == version  # nobody's open form goes stale
    entry = audit.history(item).first()
    assert entry.verb == "document.void"
    assert entry.changes["document_number"] == made.number
    assert [value.value for value in entry.values.all() if value.field == "note"] == [WHY]
    assert "作废" in client.get(item.get_absolute_url()).content.decode()
    assert verify().broken == []


def test_the_number_stays_taken_and_the_file_stays_marked(cast, client, made, monkeypatch):
    item, before = made.dossier, content_of(made)
    voiding.void(made, by=cast.casemgr, note=WHY)
    got = client.get(made.attachment.get_absolute_url())
    assert b"".join(got.streaming_content) == before
    assert "%E5%B7%B2%E4%BD%9C%E5%BA%9F" in got["Content-Disposition"]  # 已作废
    for address in (
        "/documents/", f"{item.get_absolute_url()}documents/", made.get_absolute_url(),
    ):  # fmt: skip
        assert "已作废" in client.get(address).content.decode(), address
    told = machine(cast.casemgr).get(f"{API}attachments/{made.attachment.public_id}/").json()
    assert told["title"].startswith("已作废")
    monkeypatch.setattr(pdf, "converter", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(pdf, "pdf_of", lambda content: b"%PDF-1.7" + content[:2])
    name = client.get(f"/documents/{made.public_id}/pdf/")["Content-Disposition"]
    assert "%E5%B7%B2%E4%BD%9C%E5%BA%9F" in name
    letter_of(item, client, cast)
    assert Document.objects.latest("pk").number == "督函〔2026〕2号"
    assert again(made).number == "督函〔2026〕1号"


def test_once_and_by_whom(cast, client, made):
    with pytest.raises(NotAllowed):  # reads it, but neither made it nor may make its like
        voiding.void(made, by=cast.official, note=WHY)
    client.force_login(cast.official)
    assert f"{made.get_absolute_url()}void/" not in client.get(made.get_absolute_url()).content.decode()
    assert client.get(f"{made.get_absolute_url()}void/").status_code == 403
    for account in (cast.neighbour, cast.sysadmin, cast.otherofficial):
        assert post(client, account, f"{made.get_absolute_url()}void/", note=WHY).status_code == 404
        assert client.get(made.get_absolute_url()).status_code == 404
    voiding.void(made, by=cast.inspector1, note=WHY)  # may issue it
    with pytest.raises(WrongState):
        voiding.void(again(made), by=cast.casemgr, note=WHY)


def test_who_made_it_may_void_it_though_nobody_can_make_its_like_any_more(cast, made):
    kept = factories.fresh(cast.casemgr)
    type(made).objects.filter(pk=made.pk).update(kind="gone")  # a kind the program no longer knows
    voiding.void(again(made), by=kept, note=WHY)
    assert again(made).state == "void"


def test_over_rest(cast, client, make, made):
    caller, address = machine(cast.casemgr), f"{API}documents/{made.public_id}/"
    assert caller.get(address).json()["actions"] == ["void"]
    listed = caller.get(f"{API}documents/").json()
    assert [row["actions"] for row in listed["results"]] == [["void"]]
    assert machine(cast.official).get(address).json()["actions"] == []
    assert_refusal(caller.post(f"{address}void/", {"note": ""}, format="json"), 400)
    assert_refusal(machine(cast.official).post(f"{address}void/", {"note": WHY}, format="json"), 403)
    stale = caller.post(f"{address}void/", {"note": WHY}, format="json", headers={"If-Match": 'W/"9"'})
    assert_refusal(stale, 412)
    done = caller.post(f"{address}void/", {"note": WHY}, format="json").json()
    assert (done["state"], done["state_display"], done["void_reason"]) == ("void", "已作废", WHY)
    assert (done["actions"], done["voided_by"]) == ([], cast.casemgr.display_name)
    assert_refusal(caller.post(f"{address}void/", {"note": WHY}, format="json"), 409)


def test_the_reason_tells_nobody_who_complained(cast, make, client):
    lead = make(
        "in_step", identity_status="claimed", complainant={"name": "欧阳守信", "phone": "13800138000"}
    )
    post(client, cast.casemgr, f"{lead.get_absolute_url()}documents/press_letter/", **SAID)
    made = Document.objects.get()
    refused = post(client, cast.casemgr, f"{made.get_absolute_url()}void/", note="欧阳守信来电。")
    assert refused.status_code == 422
    assert again(made).voided_at is None


def test_an_archived_items_document_may_be_voided(cast, client):
    item = makers.at(cast, "closed")
    rectification.archive(item, by=cast.inspector1, pages=12, place="档案室")
    post(
        client, cast.casemgr, f"{item.get_absolute_url()}documents/closing_form/",
        signed="县纪委", dated="2026-11-24",
    )  # fmt: skip
    voiding.void(Document.objects.get(), by=cast.casemgr, note=WHY)
    assert Document.objects.get().state == "void"


def test_a_page_of_many_asks_the_rows_once(cast, client, made):
    for _ in range(3):
        letter_of(makers.at(cast, "accepted"), client, cast)
    caller = machine(cast.casemgr)
    caller.get(f"{API}documents/")
    with CaptureQueriesContext(connection) as asked:
        assert len(caller.get(f"{API}documents/").json()["results"]) == 4
    targets = [
        one
        for one in asked
        if "documents_document" not in one["sql"] and 'FROM "rectification_item"' in one["sql"]
    ]
    assert len(targets) == 1


@pytest.mark.parametrize("missing", ["voided_at", "voided_by", "void_reason"])
def test_the_database_wants_time_person_and_reason_together(cast, made, missing):
    whole = {"voided_at": moment.now(), "voided_by": cast.casemgr, "void_reason": WHY}
    without = {**whole, missing: "" if missing == "void_reason" else None}
    rows = Document.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**without)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{missing: whole[missing]})
    rows.update(**whole)
