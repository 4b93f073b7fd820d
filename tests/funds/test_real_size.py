"""What lists over many rows do without: a choice of all records, a join for a word, a count of everything."""

import pytest

from funds.models import Misuse, Payment, Project
from povertyaudit.core import few
from tests.funds import makers
from tests.funds import payment_makers as payments
from tests.funds.project_makers import WAN
from tests.funds.test_doors import api, web

pytestmark = pytest.mark.django_db


def numbers(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.context["count"].number, answer.content.decode()


def test_a_record_is_named_in_a_filter_not_chosen_out_of_all(people):
    row = payments.built(people)
    paid = payments.paid(people, row, 10 * WAN)
    misuse = makers.recovery(people, makers.misuse(people))
    desk = web(people.finance)
    for address, shown in (
        (f"/payments/?project={row.public_id}", row.number), (f"/payments/?project={row.number}", row.number),
        (f"/ledger-entries/?misuse={misuse.public_id}", misuse.number), (f"/recoveries/?misuse={misuse.number}", misuse.number),
    ):  # fmt: skip
        count, page = numbers(desk, address)
        assert count >= 1
        assert f'value="{shown}"' in page, address
        assert "<option" not in page.split(f'value="{shown}"')[1].split("</div>")[0]
    for unknown in (
        "/payments/?project=x",
        "/payments/?project=%00",
        f"/payments/?project={misuse.public_id}",
    ):
        count, page = numbers(desk, unknown)
        assert count == 0
        assert "没有找到这个编号" in page
    assert numbers(web(people.otherofficial), f"/payments/?project={row.public_id}")[0] == 0
    rest = api(people.finance)
    assert [
        one["number"] for one in rest.get(f"/api/v1/payments/?project={row.number}").json()["results"]
    ] == [paid.number]
    assert rest.get("/api/v1/payments/?project=x").status_code in {400, 422}


def test_words_of_rows_beside_are_found_whether_they_are_few_or_many(people, monkeypatch):
    row = payments.built(people)
    payments.opened(people, row, 10 * WAN)
    desk = web(people.finance)
    wanted = {
        "/projects/?q=柳溪镇": 1, "/projects/?q=岚丰 石桥坳": 1, "/projects/?q=白杨": 0, "/payments/?q=通组路": 1,
        f"/payments/?q={row.number}": 1, "/payments/?q=查无": 0,
    }  # fmt: skip
    for most in (few.FEW, 0):
        monkeypatch.setattr(few, "FEW", most)
        assert {address: numbers(desk, address)[0] for address in wanted} == wanted


def test_scope_said_as_one_question_is_the_union_of_its_reasons(people):
    paid = payments.paid(people, payments.built(people), 10 * WAN, to_unit=True)
    misuse = makers.misuse(people)
    for who in (people.official, people.sector, people.finance, people.otherofficial, people.petition):
        for post in who.current_posts():
            by_reasons = {
                pk for reason in Payment.objects.reasons(post)
                for pk in Payment.objects.filter(reason.rows).values_list("pk", flat=True)
            }  # fmt: skip
            assert set(Payment.objects.visible_to(who).values_list("pk", flat=True)) == by_reasons
    assert list(Payment.objects.held()) == [paid]
    assert list(Misuse.objects.outstanding()) == [misuse]
    makers.recovery(people, misuse, misuse.amount_fen)
    Payment.objects.update(spent_fen=paid.amount_fen)
    assert not Payment.objects.held().exists()
    assert not Misuse.objects.outstanding().exists()
    assert Project.objects.exists()
