"""The same verbs through pages and API; bad input; what a list costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from funds.models import Misuse, Recovery
from povertyaudit.core.models import Unit
from tests import factories
from tests.funds import makers

pytestmark = pytest.mark.django_db
NEW = {
    "title": "超范围使用产业资金", "kind": "OUT_OF_SCOPE", "description": "用于新建桥梁。", "found_on": "2026-03-10",
    "how_found": "audit",
}  # fmt: skip
BACK = {
    "kind": "treasury",
    "received_on": "2026-04-01",
    "voucher_no": "２０２６－０１",
    "destination": "缴入县国库",
}


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def form(people, **more):
    kind = makers.MisuseKind.objects.get(code="OUT_OF_SCOPE").pk
    unit = Unit.objects.get(name="柳溪镇人民政府").public_id
    return {**NEW, "kind": kind, "responsible_unit": unit, "amount_fen": "４２．５万", **more}


def test_the_whole_way_on_pages(people):
    desk = web(people.finance)
    assert desk.get("/misuses/new/").status_code == 200
    made = desk.post("/misuses/new/", form(people))
    assert made.status_code == 302, made.context["form"].errors
    row = Misuse.objects.get()
    assert row.amount_fen == 42_500_000
    base = f"/misuses/{row.public_id}/"
    assert desk.get(f"{base}record-recovery/").status_code == 200
    assert desk.post(f"{base}record_recovery/", {**BACK, "amount_fen": "２０００００"}).status_code == 302
    over = desk.post(f"{base}record_recovery/", {**BACK, "amount_fen": "300,000", "voucher_no": "2"})
    assert over.status_code == 422
    assert "225,000.00" in over.content.decode()
    assert "200,000.00" in desk.get(base).content.decode()
    paid = Recovery.objects.get()
    assert paid.voucher_no == "2026-01"
    assert desk.get(f"{base}void_recovery/").status_code == 200
    done = desk.post(f"{base}void_recovery/", {"recovery": paid.public_id, "note": "凭证录错"})
    assert done.status_code == 302
    assert "已冲正" in desk.get(base).content.decode()


def test_the_whole_way_by_api(people):
    desk = api(people.finance)
    body = {**NEW, "responsible_unit": "柳溪镇人民政府", "amount_fen": 1_000}
    made = desk.post("/api/v1/misuses/", body, format="json")
    assert made.status_code == 201, made.data
    base = f"/api/v1/misuses/{made.data['id']}/"
    back = desk.post(f"{base}record_recovery/", {**BACK, "amount_fen": 1_000}, format="json")
    assert (back.status_code, back.data["state"], back.data["outstanding_fen"]) == (200, "settled", 0)
    again = desk.post(f"{base}record_recovery/", {**BACK, "amount_fen": 1}, format="json")
    assert again.status_code == 409
    stale = desk.post(
        f"{base}void_recovery/", {"recovery": "x", "note": "y"}, format="json", HTTP_IF_MATCH=made["ETag"]
    )
    assert stale.status_code == 400
    paid = desk.get("/api/v1/recoveries/").data["results"][0]
    voided = desk.post(f"{base}void_recovery/", {"recovery": paid["id"], "note": "退票"}, format="json")
    assert (voided.status_code, voided.data["state"]) == (200, "open")
    assert desk.get(f"/api/v1/recoveries/{paid['id']}/").data["state"] == "voided"
    assert desk.get("/api/v1/recoveries/?voided=false").data["results"] == []
    assert desk.get("/api/v1/misuses/?kind=BID").data["results"] == []
    assert len(desk.get("/api/v1/misuses/?ordering=-outstanding_fen&state=open").data["results"]) == 1


def test_who_may_not_gets_403_and_who_may_not_know_gets_404(people):
    row = makers.misuse(people)
    assert web(people.official).get(f"/misuses/{row.public_id}/").status_code == 200
    assert web(people.official).get(f"/misuses/{row.public_id}/record_recovery/").status_code == 403
    assert web(people.casemgr).get("/misuses/new/").status_code == 403
    assert (
        api(people.leader)
        .post(f"/api/v1/misuses/{row.public_id}/record_recovery/", {**BACK, "amount_fen": 1}, format="json")
        .status_code
        == 403
    )
    for who in (people.neighbour, people.otherofficial, people.petition, people.sysadmin):
        for verb in ("", "record_recovery/", "void_recovery/"):
            assert web(who).get(f"/misuses/{row.public_id}/{verb}").status_code == 404
        assert api(who).get(f"/api/v1/misuses/{row.public_id}/").status_code == 404
        assert api(who).get("/api/v1/misuses/").data["results"] == []
        assert row.title not in web(who).get("/misuses/").content.decode()


MONEY = ("", "-1", "0", "1" * 19, "1e9", "12.345", "NaN", "壹佰", "1 000", "٣", "--1")


@pytest.mark.parametrize("money", MONEY)
def test_money_that_is_none_is_refused_on_both_doors(people, money):
    desk = web(people.finance)
    answer = desk.post("/misuses/new/", form(people, amount_fen=money))
    assert answer.status_code in {400, 422}
    row = makers.misuse(people)
    answer = desk.post(f"/misuses/{row.public_id}/record_recovery/", {**BACK, "amount_fen": money})
    assert answer.status_code in {400, 422}
    for value in (money, -1, 10**18, 1.5, True, None, [], {}):
        call = api(people.finance).post(
            f"/api/v1/misuses/{row.public_id}/record_recovery/", {**BACK, "amount_fen": value}, format="json"
        )
        assert call.status_code in {400, 422}
        assert call.data["field"] == "amount_fen"
    assert not Recovery.objects.exists()


BAD = (
    {"title": ""}, {"title": "钱" * 101}, {"title": "钱\x00"}, {"found_on": "0000-00-00"}, {"found_on": "2026-13-01"},
    {"found_on": "1900-01-01"}, {"found_on": "2099-01-01"}, {"how_found": "x"}, {"kind": "x"}, {"kind": "\x00"},
    {"responsible_unit": "x" * 22}, {"region": factories.YUNPING}, {"region": "abc"}, {"description": ""},
    {"description": "字" * 200_001},
)  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_with_a_sentence_on_both_doors(people, bad):
    page = web(people.finance).post("/misuses/new/", form(people, **bad))
    assert page.status_code in {400, 422}
    body = {**NEW, "responsible_unit": "柳溪镇人民政府", "amount_fen": 1, **bad}
    call = api(people.finance).post("/api/v1/misuses/", body, format="json")
    assert call.status_code in {400, 422}
    assert "。" in call.data["message"]
    assert not Misuse.objects.exists()


def test_units_and_recoveries_of_the_neighbour_are_no_valid_choice(people):
    foreign = Unit.objects.get(name="松涛镇人民政府")
    assert (
        web(people.finance)
        .post("/misuses/new/", form(people, responsible_unit=foreign.public_id))
        .status_code
        == 400
    )
    cfo = factories.user(
        "finance", unit=factories.unit("云屏县财政局", region=factories.YUNPING), region=factories.YUNPING
    )
    theirs = makers.misuse(people, by=cfo, unit=foreign)
    paid = makers.services.record_recovery(
        theirs,
        by=cfo,
        kind="cleared",
        amount_fen=1,
        received_on=makers.FOUND,
        voucher_no="1",
        destination="国库",
    ).recoveries.get()
    row = makers.recovery(people, makers.misuse(people))
    body = {"recovery": paid.public_id, "note": "错"}
    assert web(people.finance).post(f"/misuses/{row.public_id}/void_recovery/", body).status_code == 400
    call = api(people.finance).post(f"/api/v1/misuses/{row.public_id}/void_recovery/", body, format="json")
    assert (call.status_code, call.data["field"]) == (400, "recovery")
    assert api(people.finance).get(f"/api/v1/recoveries/{paid.public_id}/").status_code == 404
    assert api(people.finance).get(f"/api/v1/recoveries/?misuse={theirs.public_id}").status_code == 400


def test_a_double_click_enters_the_money_once(people):
    row = makers.misuse(people)
    desk = web(people.finance)
    sent = {**BACK, "amount_fen": "100", "once": "same-token"}
    first = desk.post(f"/misuses/{row.public_id}/record_recovery/", sent)
    second = desk.post(f"/misuses/{row.public_id}/record_recovery/", sent)
    assert (first.status_code, second.status_code, Recovery.objects.count()) == (302, 302, 1)


LISTS = (
    "/misuses/", "/recoveries/", "/ledger-entries/", "/misuses/totals/?by=misuse", "/api/v1/misuses/",
    "/api/v1/recoveries/", "/api/v1/ledger-entries/",
)  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_with_one_row_and_with_ten(people, path):
    client = api(people.finance) if path.startswith("/api") else web(people.finance)
    makers.recovery(people, makers.misuse(people))
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for n in range(9):
        makers.recovery(people, makers.misuse(people, title=f"第{n}笔"))
    with CaptureQueriesContext(connection) as ten:
        assert client.get(path).status_code == 200
    assert len(ten) <= len(one) + 1  # the session may be noted as seen in between
