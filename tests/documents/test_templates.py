"""文书模板 as data: uploaded by 案管室, checked, confirmed by another person, in force for a place from a day on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment, region_rules, store
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region
from povertyaudit.core.orphans import named_among
from povertyaudit.documents.kinds import kinds
from povertyaudit.documents.models import Document, DocumentTemplate
from povertyaudit.documents.services import making, templates
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.documents.test_making import SAID, content_of
from tests.documents.words import GOOD, text, upload, word
from tests.rectification import makers

PRESS = kinds()["press_letter"]


def of_product(code="press_letter"):
    return DocumentTemplate.objects.get(kind=code, changed_by=None)


def proposed(cast, *paragraphs, days=0, region=factories.QINGHE):
    return templates.propose(
        of_product(), by=factories.fresh(cast.casemgr), file=upload(word(*(paragraphs or GOOD))),
        region=Region.objects.get(code=region), valid_from=moment.today() + timedelta(days=days), source="县纪委办公室通知",
    )  # fmt: skip


def letter(cast, item, **more):
    said = {**SAID, "reply_by": moment.now(), "dated": date(2026, 11, 24)} | more
    return making.make(item, kind=PRESS, by=factories.fresh(cast.casemgr), **said)


def test_every_kind_has_the_template_of_the_product(db):
    assert set(DocumentTemplate.objects.filter(changed_by=None).values_list("kind", flat=True)) == set(
        kinds()
    )
    for row in DocumentTemplate.objects.all():
        assert templates.bytes_of(row)[:2] == b"PK"


def test_a_template_goes_its_way(cast, client):
    item = makers.at(cast, "accepted")
    old = of_product()
    client.force_login(cast.casemgr)
    assert "督办函" in client.get("/document-templates/").content.decode()
    page = client.get(old.get_absolute_url()).content.decode()
    assert "{{ 回复时限 }}" in page
    got = client.get(f"{old.get_absolute_url()}file/")
    assert got.content == PRESS.template()
    said = {"region": factories.QINGHE, "valid_from": f"{moment.today()}", "source": "县纪委办公室通知"}
    changed = upload(word("本县版式：{{ 标题 }}", *GOOD))
    answer = client.post(f"{old.get_absolute_url()}propose/", {**said, "file": changed}, follow=True)
    assert "等待安全保密管理员确认" in answer.content.decode()
    new = DocumentTemplate.objects.get(changed_by=cast.casemgr)
    assert (new.edition, new.state, new.kind) == (1, "draft", "press_letter")
    assert named_among([new.sha256]) == {new.sha256}  # the night's sweep leaves it alone
    letter(cast, item)
    assert Document.objects.latest("pk").template == old  # not yet confirmed
    client.force_login(cast.secadmin)
    assert "待确认的文书模板" in client.get("/").content.decode()
    client.post(f"{new.get_absolute_url()}confirm/", {}, follow=True)
    made = letter(cast, item)
    assert made.template == new
    assert made.template_sha256 == new.sha256
    assert "本县版式：关于整改事项" in text(content_of(made))
    assert templates.holding(PRESS, "990102000000") == old  # another county


def test_it_holds_from_its_day_and_the_latest_holds(cast):
    first, later = proposed(cast), proposed(cast, "{{ 标题 }}", days=10)
    assert (first.edition, later.edition) == (1, 2)
    for row in (first, later):
        region_rules.confirm(row, by=cast.secadmin)
    assert templates.holding(PRESS, factories.VILLAGE) == first
    assert templates.holding(PRESS, factories.VILLAGE, moment.today() + timedelta(days=10)) == later


def test_who_may_and_who_may_not(cast):
    file = upload(word(*GOOD))
    for account in (cast.official, cast.secadmin, cast.inspector1):
        with pytest.raises(NotAllowed):
            templates.propose(
                of_product(), by=account, file=file, region=Region.objects.get(code=factories.QINGHE),
                valid_from=moment.today(), source="通知",
            )  # fmt: skip
    row = proposed(cast)
    with pytest.raises(NotAllowed):
        region_rules.confirm(row, by=cast.casemgr)
    with pytest.raises(RuleBroken):
        proposed(cast, days=-1)
    with pytest.raises(RuleBroken):
        proposed(cast, "{{ 反映人 }}")


def test_over_rest(cast):
    old, caller = of_product(), machine(cast.casemgr)
    address = f"{API}document-templates/{old.public_id}/"
    assert len(caller.get(f"{API}document-templates/").json()["results"]) == len(kinds())
    assert caller.get(f"{address}content/").content == PRESS.template()
    said = {"region": factories.QINGHE, "valid_from": f"{moment.today()}", "source": "通知"}
    bad = caller.post(
        f"{address}propose/", {**said, "file": upload(word("{{ 举报人 }}"))}, format="multipart"
    )
    assert_refusal(bad, 422)
    assert bad.json()["field"] == "file"
    assert "举报人" in bad.json()["message"]
    big = caller.post(
        f"{address}propose/", {**said, "file": upload(b"P" * (6 * 1024 * 1024))}, format="multipart"
    )
    assert_refusal(big, 422)
    made = caller.post(f"{address}propose/", {**said, "file": upload(word(*GOOD))}, format="multipart")
    assert made.status_code == 200, made.json()
    row = DocumentTemplate.objects.get(public_id=made.json()["id"])
    officer = machine(cast.secadmin)
    assert_refusal(caller.post(f"{API}document-templates/{row.public_id}/confirm/", {}, format="json"), 403)
    done = officer.post(f"{API}document-templates/{row.public_id}/confirm/", {}, format="json")
    assert done.json()["state"] == "confirmed"
    assert_refusal(
        officer.post(f"{API}document-templates/{row.public_id}/refuse/", {"note": "x"}, format="json"), 409
    )


def test_a_stored_template_that_was_altered_is_not_used(cast):
    item = makers.at(cast, "accepted")
    row = proposed(cast)
    region_rules.confirm(row, by=cast.secadmin)
    store.path_of(row.sha256).write_bytes(word("另一份"))
    with pytest.raises(templates.Lost):
        letter(cast, item)
    store.path_of(row.sha256).unlink()
    with pytest.raises(templates.Lost):
        letter(cast, item)
    assert not Document.objects.exists()


@pytest.mark.parametrize("change", [
    {"kind": "reminder_letter", "changed_by": None, "edition": 0, "sha256": "", "region": None, "state": "confirmed"},
    {"edition": 1},
    {"sha256": ""},
    {"region": None},
])  # fmt: skip
def test_the_database_holds_it_as_well(cast, change):
    proposed(cast)
    row = proposed(cast, "{{ 标题 }}")
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentTemplate.objects.filter(pk=row.pk).update(**change)
