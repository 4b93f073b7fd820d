"""佐证材料: what is asked for and said beforehand, pairs of photos, versions that stay, through both doors."""

from datetime import timedelta

import pytest

from povertyaudit.core import moment, terms
from povertyaudit.core.errors import NotAllowed, RuleBroken
from rectification import services
from rectification.models import Evidence, EvidenceNeed, EvidenceSort, PastEvidence, State
from rectification.services import needs
from rectification.workflow.evidence import lacking
from tests.rectification import makers
from tests.rectification.makers import again, api, at, photo


def test_a_project_is_applied_for_with_a_pair_of_photos_and_said_so_before(cast, client):
    item = makers.shown(cast, at(cast, "accepted", problem_class="项目管理", measures=1))
    here, measure = item.get_absolute_url(), item.measures.get()
    client.force_login(cast.unithead)
    for page in (
        here,
        f"{here}report/",
        f"{here}apply/",
    ):  # the record, the form on the phone, the form that signs
        assert "还没有整改前后同一角度的对比照片" in client.get(page).content.decode()
    with pytest.raises(RuleBroken, match="“项目管理”") as refused:
        services.apply(item, by=cast.unithead)
    assert refused.value.code == "close_out.evidence_missing"
    # The photo of before comes first; the photo of afterwards is then offered it.
    client.force_login(cast.official)
    sent = client.post(f"{here}add_evidence/", {
        "kind": "photo_before", "measure": measure.public_id, "papers": [photo("b.jpg", (9, 9, 9))], "caption": "村口水池东侧",
    })  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()
    before = item.evidence.get(kind="photo_before")
    assert before.attachment.get_absolute_url() in client.get(f"{here}add_evidence/").content.decode()
    door = api(client, cast.official)
    two = {"kind": "photo_after", "before": before.public_id}
    refused = door.upload(
        f"items/{item.public_id}/add_evidence/",
        two | {"files": [photo(colour=(1, 1, 1)), photo(colour=(2, 2, 2))]},
    )
    assert (refused.status_code, refused.json()["field"]) == (422, "before")
    done = door.upload(f"items/{item.public_id}/add_evidence/", two | {"files": [photo(colour=(1, 1, 1))]})
    assert done.status_code == 200, done.content
    after = item.evidence.get(before=before)
    assert (after.measure, after.note) == (measure, "村口水池东侧")  # the same spot, the same measure
    assert (
        next(e for e in done.json()["evidence"] if e["id"] == after.public_id)["before"] == before.public_id
    )
    with pytest.raises(RuleBroken, match="已有对应的整改后照片"):
        services.pair_evidence(item, by=cast.official, evidence=item.evidence.first(), before=before)
    assert not lacking(again(item))
    assert services.apply(item, by=cast.unithead).state == State.CLOSURE_APPLIED
    # Signed over the pair: apart again, the signature is void, whoever parts them.
    services.pair_evidence(item, by=cast.official, evidence=after, note="不是同一角度")
    assert item.signatures.get().voided_verb == "item.pair_evidence"
    with pytest.raises(RuleBroken, match="对比照片"):
        services.apply(again(item), by=cast.unithead)


def test_replaced_after_signing_the_signature_is_void_and_the_old_version_readable(cast, client):
    item = at(cast, "sector_reviewed")
    one = item.evidence.first()
    old, here = one.attachment, item.get_absolute_url()
    door = api(client, cast.official)
    said = {"evidence": one.public_id, "note": "原照片模糊"}
    same = door.upload(f"items/{item.public_id}/replace_evidence/", said | {"file": photo(colour=(0, 9, 9))})
    assert (same.status_code, same.json()["field"]) == (422, "file")
    assert (
        door.upload(
            f"items/{item.public_id}/replace_evidence/", {**said, "note": " ", "file": photo()}
        ).json()["field"]
        == "note"
    )
    beside = door.upload(f"attachments/{old.public_id}/replace/", {"file": photo()})
    assert (beside.status_code, beside.json()["code"]) == (403, "file.own_way")  # not past the signatures
    client.force_login(cast.official)
    sent = client.post(f"{here}replace_evidence/", said | {"file": photo(colour=(77, 0, 0))})
    assert sent.status_code == 302, sent.content.decode()
    row = Evidence.objects.get(pk=one.pk)
    assert (row.attachment.version_no, row.attachment.replaces) == (2, old)
    past = PastEvidence.objects.get()
    assert (past.version_no, past.reason, past.ended_by, past.state) == (
        1,
        "原照片模糊",
        cast.official,
        "replaced",
    )
    assert {s.voided_verb for s in item.signatures.all()} == {"item.replace_evidence"}
    with pytest.raises(RuleBroken, match="签署已失效"):
        services.verify(item, by=cast.inspector2, **makers.SEEN)
    reader = api(client, cast.sector)
    told = reader.get(f"items/{item.public_id}/past_evidence/").json()[0]
    assert (told["evidence"], told["sha256"]) == (one.public_id, old.sha256)
    assert client.get(told["url"]).status_code == 200
    # Withdrawn it counts for nothing and is still there to be read.
    services.remove_evidence(again(item), by=cast.official, evidence=row, note="不是本村")
    assert [p.state for p in item.past_evidence.all()] == ["withdrawn", "replaced"]
    assert item.past_evidence.first().attachment.version_no == 2
    assert again(item).evidence.count() == 1
    with pytest.raises(RuleBroken, match="不在这个事项下"):
        services.remove_evidence(again(item), by=cast.official, evidence=row, note="再撤一次")


def test_a_list_changed_later_leaves_what_is_signed_and_asks_of_what_comes(cast, client, time_machine_at):
    signed, open_one = at(cast, "closure_applied"), at(cast, "rectifying")
    day = moment.today() + timedelta(days=3)
    client.force_login(cast.casemgr)
    said = {"about": "class:policy", "kind": "survey", "level": "measure", "valid_from": day.isoformat()}
    assert client.get("/terms/?tab=evidence_needs").content.decode().count("/terms/evidence-needs/new/")
    assert client.post("/terms/evidence-needs/new/", said).status_code == 302
    need = EvidenceNeed.objects.waiting().get()
    assert need.name == "政策落实：群众满意度调查（每条措施都要有）"
    terms.confirm(need, by=cast.secadmin)
    again_said = client.post("/terms/evidence-needs/new/", said)
    assert again_said.status_code == 422
    assert "已要求“群众满意度调查”" in again_said.content.decode()
    with pytest.raises(NotAllowed):
        needs.propose(by=cast.official, **said | {"valid_from": day, "kind": "rule"})
    with pytest.raises(RuleBroken) as refused:
        needs.propose(by=cast.casemgr, **said | {"valid_from": day, "about": "class:nothing"})
    assert refused.value.field == "about"
    assert not lacking(open_one)
    with time_machine_at(days=4):
        assert [lack.measures for lack in lacking(again(open_one))] == [[1, 2]]
        assert "第 1 条、第 2 条措施还没有“群众满意度调查”" in client_page(client, cast.unithead, open_one)
        with pytest.raises(RuleBroken, match="满意度"):
            services.apply(open_one, by=cast.unithead)
        assert "满意度" not in client_page(client, cast.sector, signed)
        services.review(signed, by=cast.sector)
        assert services.verify(signed, by=cast.inspector2, **makers.SEEN).state == State.CLOSED


def client_page(client, who, item):
    client.force_login(who)
    return client.get(item.get_absolute_url()).content.decode()


def test_kinds_are_a_dated_list_and_old_words_stay(cast, client, time_machine_at):
    item = at(cast, "rectifying")
    survey = EvidenceSort.objects.get(code="survey")
    services.add_evidence(item, by=cast.official, files=[photo()], kind="survey")
    new = terms.rename(
        survey, by=cast.casemgr, name="群众评议", valid_from=moment.today() + timedelta(days=1)
    )
    terms.confirm(new, by=cast.secadmin)
    with time_machine_at(days=2):
        services.add_evidence(item, by=cast.official, files=[photo(colour=(3, 3, 3))], kind="survey")
        told = api(client, cast.official).get(f"items/{item.public_id}/evidence/").json()
        assert [e["kind_display"] for e in told if e["kind"] == "survey"] == ["群众满意度调查", "群众评议"]
        refused = api(client, cast.official).upload(
            f"items/{item.public_id}/add_evidence/", {"files": [photo()], "kind": "unheard_of"}
        )
        assert (refused.status_code, refused.json()["field"]) == (422, "kind")
