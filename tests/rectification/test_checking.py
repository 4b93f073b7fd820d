"""How a verifier found out, what a sending back keeps, and what the next application is compared with."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import AuditEntry, Notification
from rectification import services
from rectification.models import SentBack, VerificationWay
from tests.rectification import makers
from tests.rectification.makers import SEEN, again, api, at, photo

ASKED = {"asked_on": str(moment.today()), "asked_whom": "王某、李某", "asked_found": "款项已收到"}


def test_the_verifier_states_how_he_found_out(cast, client):
    item = at(cast, "sector_reviewed")
    path, office = f"items/{item.public_id}", api(client, cast.inspector2)
    money = makers.misuse(cast, fen=50_000)
    services.edit(item, by=cast.inspector1, misuses=[money])  # voids what was signed
    told = office.post(f"{path}/verify/", {"note": "属实"})
    assert [e["code"].split(".")[1] for e in told.json()["errors"]] == [
        "void_signature", "void_review", "money_outstanding", "no_way"
    ]  # fmt: skip
    makers.repaid(cast, money, 50_000)
    services.add_evidence(again(item), by=cast.official, files=[photo("slip.jpg", (9, 1, 1))], kind="receipt")
    services.apply(again(item), by=cast.unithead)
    services.review(again(item), by=cast.sector)
    tomorrow, before = moment.today() + timedelta(days=1), moment.today() - timedelta(days=9)
    for said, fields in (
        ({"site_on": str(tomorrow), "site_place": "村口"}, {"site_on": "future", "site_found": "half_told"}),
        (ASKED | {"asked_on": str(before)}, {"asked_on": "early"}),
        ({"asked_found": "已收到"}, {"asked_on": "half_told", "asked_whom": "half_told"}),
    ):
        answer = office.post(f"{path}/verify/", said).json()
        found = answer.get("errors") or [answer]
        assert {e["field"]: e["code"].split(".")[1] for e in found} == fields
    client.force_login(cast.inspector2)
    page = f"{item.get_absolute_url()}verify/"
    assert "请写明怎样复核的" in client.post(page, {"note": "属实"}).content.decode()
    assert client.post(page, SEEN | ASKED | {"note": "属实"}).status_code == 302
    done = office.get(f"{path}/").json()
    assert (done["state"], [s["valid"] for s in done["signatures"] if s["step"] == "verify"]) == (
        "closed",
        [True],
    )
    assert [(w["kind"], w["whom"]) for w in done["verification"]] == [
        ("documents", ""),
        ("asking", "王某、李某"),
    ]
    # persons asked: for those who verify, and nowhere else
    client.force_login(cast.leader)
    assert "王某" in client.get(item.get_absolute_url()).content.decode()
    for who in (cast.unithead, cast.sector, cast.casemgr):
        seen = api(client, who).get(f"{path}/")
        assert seen.json()["verification"][1]["whom"] is None
        texts = [client.get(u).content.decode() for u in (item.get_absolute_url(), "/items/")]
        texts += [
            b"".join(client.get("/api/v1/items/ledger.csv").streaming_content).decode(),
            seen.content.decode(),
        ]
        assert not any("王某" in text for text in texts)
    assert not Notification.objects.filter(text__contains="王某").exists()
    assert not AuditEntry.objects.of(item).filter(changes__icontains="王某").exists()
    # signed with the item: a row changed beside the system shows
    VerificationWay.objects.filter(kind="asking").update(found="不知情")
    assert [s["valid"] for s in office.get(f"{path}/").json()["signatures"] if s["step"] == "verify"] == [
        False
    ]


def test_what_is_sent_back_is_mended_before_it_is_applied_for_again(cast, client):
    item = at(cast, "sector_reviewed")
    path = f"items/{item.public_id}"
    said = {"note": "只有文字，没有数据", "reason_code": "sb_no_figures"}
    assert api(client, cast.inspector2).post(f"{path}/send_back/", said).status_code == 200
    head = api(client, cast.unithead)
    refused = head.post(f"{path}/apply/", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "close_out.identical")
    assert "完全相同" in refused.json()["message"]
    record = head.get(f"{path}/").json()
    assert record["sent_back"][0]["reason_name"] == "没有数据和实例"
    assert "没有变化" in record["missing"][0]["message"]
    # the same file taken down and put up again is no change
    first = item.evidence.first()
    services.remove_evidence(again(item), by=cast.official, evidence=first, note="重拍")
    again_up = {"measure": item.measures.first(), "files": [photo(colour=(0, 9, 9))]}
    services.add_evidence(again(item), by=cast.official, **again_up)
    with pytest.raises(RuleBroken, match="完全相同"):
        services.apply(again(item), by=cast.unithead)
    result = item.results.first()
    services.edit_result(
        again(item), by=cast.official, result=result, text=result.text, figures="兑付 126 户"
    )
    services.add_evidence(again(item), by=cast.official, files=[photo("new.jpg", (5, 5, 5))])
    client.force_login(cast.unithead)
    page = client.get(f"{item.get_absolute_url()}apply/").content.decode()
    assert "退回以来的变化" in page
    assert "数据：兑付 126 户" in page
    assert services.apply(again(item), by=cast.unithead).state == "closure_applied"
    changed = api(client, cast.sector).get(f"{path}/").json()["changes_since_sent_back"]
    assert [(c["part"], c["what"]) for c in changed] == [("成效", "修改"), ("佐证材料", "增加")]
    client.force_login(cast.sector)
    assert "new.jpg" in client.get(f"{item.get_absolute_url()}review/").content.decode()


def test_simple_items_are_verified_many_at_a_time_each_with_its_own_signature(cast, client):
    plain = [at(cast, "sector_reviewed", measures=1, problem=f"第 {n} 个村没有公示") for n in range(2)]
    big, early = at(cast, "sector_reviewed", measures=4), at(cast, "closure_applied", measures=1)
    rows = [*plain, big, early]
    client.force_login(cast.inspector2)
    asked = client.post("/items/bulk/verify/", {"ids": [f"{r.public_id}.{r.version}" for r in rows]})
    page = asked.content.decode()
    assert "将复核并签署以下 2 条" in page
    assert "措施超过 3 条，不能批量复核" in page
    office = api(client, cast.inspector2)
    said = {"ids": [r.number for r in rows], "note": "属实", **SEEN}
    none = office.post("items/bulk/verify/", {"ids": said["ids"]}).json()["results"]
    assert {one["code"] for one in none[:2]} == {"verify.no_way"}
    done = office.post("items/bulk/verify/", said).json()["results"]
    assert [one["ok"] for one in done] == [True, True, False, False]
    assert (done[2]["code"], done[3]["status"]) == ("verify.not_simple", 409)
    signed = [item.signatures.get(step="verify") for item in plain]
    assert signed[0].digest != signed[1].digest
    assert [[way.found for way in one.ways.all()] for one in signed] == [[SEEN["documents_found"]]] * 2


BROKEN = {
    "verification_way_once": {"kind": "documents"},
    "verification_way_found": {"found": ""},
    "verification_way_dated": {"day": None},
    "verification_way_whom": {"whom": ""},
}


def test_the_database_refuses_what_no_verb_would_write(cast):
    item = at(cast, "sector_reviewed")
    services.verify(item, by=cast.inspector2, **SEEN, **(ASKED | {"asked_on": moment.today()}))
    names = {c.name for model in (VerificationWay, SentBack) for c in model._meta.constraints}
    assert names == {*BROKEN, "sent_back_no_once"}
    for values in BROKEN.values():
        with pytest.raises(IntegrityError), transaction.atomic():
            VerificationWay.objects.filter(kind="asking").update(**values)
    SentBack.objects.create(item=item, no=1, sent_back_by=cast.sector, opinion="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        SentBack.objects.create(item=item, no=1, sent_back_by=cast.sector, opinion="x")
