"""Payments through pages and API: the whole way, what a list costs, and what the database refuses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from funds.models import PaperKind, Payment, PaymentPart, Spending
from povertyaudit.core import moment
from tests.core.machines import PDF
from tests.funds import payment_makers as makers
from tests.funds.project_makers import WAN
from tests.funds.test_constraints_projects import _copy, _of_terms, _set
from tests.funds.test_doors import api, web
from tests.funds.test_projects_doors import post

pytestmark = pytest.mark.django_db


def pdf():
    return SimpleUploadedFile("材料.pdf", PDF, content_type="application/pdf")


def test_the_whole_way_on_pages(people):
    project, today = makers.built(people), moment.today().isoformat()
    page = web(people.official).get(project.get_absolute_url()).content.decode()
    assert f"/payments/new/?project={project.number}" in page
    assert (
        project.number
        in web(people.official).get(f"/payments/new/?project={project.number}").content.decode()
    )
    said = {"project": project.number, "stage": "advance", "progress": "路基 800 米", "payee": "岚丰建设"}
    more = web(people.official).post("/payments/new/", {**said, "amount_fen": "40万"})
    assert (more.status_code, "最多还可以报 312,000.00 元" in more.content.decode()) == (422, True)
    post(people.official, "/payments/new/", {**said, "amount_fen": "20万"})
    row = Payment.objects.get()
    base = row.get_absolute_url()
    assert "还缺“报账申请书”" in web(people.official).get(base).content.decode()
    post(people.official, f"{base}amend/", {**said, "amount_fen": "18万"})
    for kind in ("APPLICATION", "CONTRACT", "INVOICE"):
        post(people.official, f"{base}add-paper/", {"kind": kind, "file": pdf()})
    post(people.official, f"{base}submit/", {"applied_on": today})
    post(people.unithead, f"{base}endorse/", {"endorsed_on": today, "text": "属实"})
    post(people.sector, f"{base}review/", {"reviewed_on": today, "text": "同意"})
    form = web(people.finance).get(f"{base}pay/").content.decode()
    assert "未拨付 800,000.00 元" in form
    parts = {"parts-TOTAL_FORMS": "1", "parts-INITIAL_FORMS": "0"}
    post(people.finance, f"{base}pay/", {"paid_on": today, "voucher_no": "1", "to_unit": "on", **parts})
    spent = {"amount_fen": "5万", "spent_on": today, "payee": "务工组", "voucher_no": "Z1"}
    post(people.official, f"{base}spend/", spent)
    spending = Spending.objects.get().public_id
    shown = web(people.casemgr).get(base).content.decode()
    for words in ("130,000.00", "务工组", "属实", "县财〔2026〕"):
        assert words in shown, words
    assert "18/80 万元（22.5 %）" in web(people.casemgr).get(project.get_absolute_url()).content.decode()
    post(people.official, f"{base}void-spending/", {"spending": spending, "note": "重录"})
    post(people.finance, f"{base}reverse/", {"note": "退票"})
    assert web(people.finance).get("/payments/?tab=paid").content.decode().count(row.number) == 0
    for who in (people.neighbour, people.otherofficial, people.petition):
        assert web(who).get(base).status_code == 404


def test_the_whole_way_by_api(people):
    project, town = makers.built(people), api(people.official)
    body = {"project": project.number, "stage": "advance", "amount_fen": 10 * WAN, "progress": "路基"}
    for field, value in (("amount_fen", 0), ("stage", "x"), ("project", "x"), ("stage", "final")):
        wrong = town.post("/api/v1/payments/", {**body, field: value}, format="json")
        assert wrong.status_code in {400, 422}
        assert "。" in wrong.data["message"]
    made = town.post("/api/v1/payments/", body, format="json")
    assert made.status_code == 201, made.data
    base = f"/api/v1/payments/{made.data['id']}/"
    lacking = [one["kind"] for one in town.get(f"{base}papers/").data if not one["files"]]
    assert lacking == ["APPLICATION", "CONTRACT", "INVOICE"]
    for _ in lacking:
        assert town.post(f"{base}attach/", {"file": pdf()}, format="multipart").status_code == 201
    assert town.post(f"{base}submit/", {}, format="json").data["state"] == "submitted"
    assert api(people.unithead).post(f"{base}endorse/", {"text": "属实"}, format="json").status_code == 200
    assert api(people.sector).post(f"{base}review/", {"text": "同意"}, format="json").status_code == 200
    assert town.post(f"{base}pay/", {"voucher_no": "1"}, format="json").status_code == 403
    line = project.lines.get().public_id
    parts = [{"line": line, "amount_fen": 10 * WAN}]
    paid = api(people.finance).post(f"{base}pay/", {"voucher_no": "1", "parts": parts}, format="json")
    assert (paid.status_code, paid.data["state"], paid.data["spent_fen"]) == (200, "paid", 10 * WAN), (
        paid.data
    )
    assert town.get(f"{base}parts/").data[0]["amount_fen"] == 10 * WAN
    assert town.get(f"{base}spendings/").data[0]["payee"] == "岚丰建设"
    assert town.get(f"/api/v1/payments/?project={project.public_id}&stage=advance").data["results"]
    ledger = b"".join(town.get("/api/v1/payments/ledger.csv").streaming_content).decode()
    assert project.number in ledger


@pytest.mark.parametrize("path", ["/payments/", "/api/v1/payments/"])
def test_a_list_costs_the_same_with_one_row_and_with_four(people, path):
    client = api(people.finance) if path.startswith("/api") else web(people.finance)
    makers.opened(people, makers.built(people), WAN)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for n in range(3):
        makers.opened(people, makers.built(people, place=f"{n}组"), WAN)
    with CaptureQueriesContext(connection) as four:
        assert client.get(path).status_code == 200
    assert len(four) == len(one)


BROKEN = {
    "payment_one_under_way": lambda by: _copy(Payment, number="990101-BZ-2026-9", state="draft", voucher_key=None, spent_fen=0)
    or _copy(Payment, number="990101-BZ-2026-8", public_id="y" * 22, state="draft", voucher_key=None, spent_fen=0),
    "payment_amount_in_range": _set(Payment, amount_fen=0, spent_fen=0),
    "payment_days_in_order": _set(Payment, endorsed_on="2020-01-01"),
    "payment_steps_are_signed": _set(Payment, paid_by=None),
    "payment_voucher_when_paid": _set(Payment, voucher_key=None),
    "payment_spent_within_paid": _set(Payment, spent_fen=99 * WAN),
    "payment_apart": lambda by: Payment.objects.update(endorsed_by=Payment.objects.get().applied_by),
    "part_line_once": lambda by: _copy(PaymentPart),
    "part_amount_in_range": _set(PaymentPart, amount_fen=0),
    "spending_amount_in_range": _set(Spending, amount_fen=0),
    "spending_voucher_while_it_stands": _set(Spending, voucher_key=None),
    **{f"paperkind_{name}": breaks for name, breaks in _of_terms(PaperKind).items()},
}  # fmt: skip


def test_the_database_refuses_each_constraint_and_none_is_left_out(people):
    makers.paid(people, makers.built(people), 10 * WAN)
    models = (Payment, PaymentPart, Spending, PaperKind)
    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(BROKEN)
    for name, breaks in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks(people.casemgr)
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), (name, str(refused.value))
