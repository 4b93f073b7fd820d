"""What a signature covers, what makes it void, and how one goes on from there."""

import pytest

from povertyaudit.core import signing
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Attachment
from rectification import services
from rectification.models import Item, Measure, Result, State
from rectification.workflow import ITEM
from tests.rectification.makers import SEEN, again, api, at, misuse, photo

CHANGES = {
    "add_measure": lambda cast, item: services.add_measure(item, by=cast.inspector1, text="再加一条"),
    "edit_measure": lambda cast, item: services.edit_measure(
        item, by=cast.official, measure=item.measures.first(), text="改了"
    ),
    "add_result": lambda cast, item: services.add_result(item, by=cast.official, text="又一成效"),
    "edit_result": lambda cast, item: services.edit_result(
        item, by=cast.official, result=item.results.first(), text="改了", figures="5 户"
    ),
    "add_evidence": lambda cast, item: services.add_evidence(
        item, by=cast.official, files=[photo(colour=(1, 2, 3))], measure=item.measures.first()
    ),
    "remove_evidence": lambda cast, item: services.remove_evidence(
        item, by=cast.official, evidence=item.evidence.first(), note="照片模糊"
    ),
    "edit": lambda cast, item: services.edit(item, by=cast.inspector1, problem="问题换了说法"),
    "money": lambda cast, item: services.edit(item, by=cast.inspector1, misuses=[misuse(cast, 500, 500)]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_was_signed_shows_the_signature_void_by_whom_and_when(cast, client, change):
    item = at(cast, "closure_applied")
    CHANGES[change](cast, item)
    signature = item.signatures.get()
    assert signature.voided_at is not None
    assert signature.voided_by is not None
    assert signature.voided_verb.startswith("item.")
    with pytest.raises(RuleBroken, match="签署已失效"):
        services.review(item, by=cast.sector)
    told = api(client, cast.sector).get(f"items/{item.public_id}/").json()["signatures"][0]
    assert (told["valid"], told["voided_by"]) == (False, signature.voided_by.display_name)
    client.force_login(cast.sector)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "签署已失效" in page
    assert signature.voided_by.display_name in page


def test_the_head_signs_again_and_the_item_goes_on(cast):
    item = at(cast, "sector_reviewed")
    with pytest.raises(WrongState):
        services.apply(item, by=cast.unithead)
    services.edit_measure(item, by=cast.official, measure=item.measures.first(), text="补正文字")
    with pytest.raises(RuleBroken, match="失效"):
        services.verify(item, by=cast.inspector2, **SEEN)
    row = services.apply(again(item), by=cast.unithead, note="重新签署")
    assert (row.state, row.reviewer) == (State.CLOSURE_APPLIED, None)
    services.review(item, by=cast.sector)
    assert services.verify(item, by=cast.inspector2, **SEEN).state == State.CLOSED
    assert item.signatures.filter(voided_at=None).count() == 3
    assert item.signatures.exclude(voided_at=None).count() == 2


@pytest.mark.parametrize(
    "tamper",
    [
        lambda item: Measure.objects.filter(item=item).update(text="偷改"),
        lambda item: Result.objects.filter(item=item).update(figures="9999 户"),
        lambda item: Attachment.objects.filter(target_id=item.pk).update(sha256="0" * 64),
        lambda item: Item.objects.filter(pk=item.pk).update(problem="偷改"),
    ],
)
def test_a_change_by_sql_is_found_when_the_next_person_signs(cast, client, tamper):
    item = at(cast, "sector_reviewed")
    tamper(item)
    with pytest.raises(RuleBroken, match="签署已失效"):
        services.verify(item, by=cast.inspector2, **SEEN)
    answer = api(client, cast.inspector2).post(f"items/{item.public_id}/verify/")
    assert (answer.status_code, answer.json()["code"]) == (422, "close_out.void_signature")
    assert [
        s["valid"] for s in api(client, cast.sector).get(f"items/{item.public_id}/").json()["signatures"]
    ] == [
        False,
        False,
    ]
    row = services.apply(again(item), by=cast.unithead)
    assert row.state == State.CLOSURE_APPLIED
    assert services.review(row, by=cast.sector).state == State.SECTOR_REVIEWED


def test_a_missing_or_forged_signature_stops_the_verification(cast):
    item = at(cast, "sector_reviewed")
    item.signatures.filter(step="review").update(digest="0" * 64)
    with pytest.raises(RuleBroken) as refused:
        services.verify(item, by=cast.inspector2, **SEEN)
    assert refused.value.code == "close_out.void_review"
    item.signatures.filter(step="review").delete()
    with pytest.raises(RuleBroken):
        services.verify(item, by=cast.inspector2, **SEEN)


def test_what_stands_outside_the_list_voids_nothing(cast):
    item = at(cast, "closure_applied")
    measure = item.measures.first()
    services.edit_measure(item, by=cast.official, measure=measure, due_on=item.due_on, state="ongoing")
    services.edit(item, by=cast.inspector1, responsible_person="副镇长")
    services.press(item, by=cast.inspector1, note="请抓紧")
    assert item.signatures.get().voided_at is None
    assert services.review(item, by=cast.sector).state == State.SECTOR_REVIEWED


def test_the_digest_does_not_depend_on_how_the_rows_were_fetched(cast):
    item = at(cast, "closure_applied", misuses=[misuse(cast, 100, 100)])
    page = Item.objects.for_page().get(pk=item.pk)
    assert signing.digest(page) == signing.digest(again(item)) == item.signatures.get().digest


def test_send_back_needs_reasons_and_keeps_the_signatures_void(cast, client):
    item = at(cast, "sector_reviewed")
    with pytest.raises(RuleBroken, match="理由"):
        services.send_back(item, by=cast.inspector2, note=" ")
    row = services.send_back(item, by=cast.inspector2, note="照片角度不同")
    assert (row.state, row.applicant, row.reviewer) == (State.RECTIFYING, None, None)
    assert {s.voided_verb for s in row.signatures.all()} == {"item.send_back"}
    client.force_login(cast.official)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "退回补充" in page
    assert "照片角度不同" in page
    services.add_result(row, by=cast.official, text="按意见补拍同角度照片")
    assert services.apply(again(row), by=cast.unithead).state == State.CLOSURE_APPLIED


def test_the_lead_unit_sends_back_what_it_has_in_hand(cast):
    item = at(cast, "closure_applied")
    assert not ITEM.transitions["send_back"].offered(item, cast.inspector2)
    assert services.send_back(item, by=cast.sector, note="数据不实").state == State.RECTIFYING


def test_a_closed_item_is_not_changed_before_it_is_reopened(cast):
    item = at(cast, "closed")
    for change in CHANGES.values():
        with pytest.raises(WrongState):
            change(cast, item)
    assert [s.voided_at for s in item.signatures.all()] == [None, None, None]
