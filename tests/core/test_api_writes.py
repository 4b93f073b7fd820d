"""Writing over REST, shown on misused money: shapes, refusals, ETag and If-Match, and nothing outside one's scope."""

import pytest
from rest_framework.test import APIClient

from funds.models import Misuse
from tests.core.machines import API, NEW_MISUSE, assert_refusal, machine, register


def test_a_record_is_made_carries_its_address_and_its_tag(people):
    answer = register(people)
    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{API}misuses/{body['id']}/"
    assert answer.headers["ETag"] == 'W/"1"'
    assert {"id", "number", "version", "region", "state", "created_at", "updated_at", "actions"} <= set(body)
    assert body["actions"] == [
        "record_recovery", "record_returns", "stage_returns", "raise_owed", "request_relief",
    ]  # fmt: skip
    assert str(Misuse.objects.get().pk) != body["id"]


def test_another_countys_caller_gets_404_for_record_and_verb(people):
    made = register(people).json()["id"]
    for user in (people.neighbour, people.neighbourofficial, people.sysadmin, people.auditor):
        client = machine(user)
        assert_refusal(client.get(f"{API}misuses/{made}/"), 404)
        assert_refusal(client.post(f"{API}misuses/{made}/record_recovery/", {}, format="json"), 404)
        assert client.get(f"{API}misuses/").json()["results"] == []


def test_who_sees_but_may_not_gets_403(people):
    made = register(people).json()["id"]
    body = {
        "kind": "treasury",
        "amount_fen": 1,
        "received_on": "2026-01-05",
        "voucher_no": "1",
        "destination": "国库",
    }
    assert_refusal(
        machine(people.casemgr).post(f"{API}misuses/{made}/record_recovery/", body, format="json"), 403
    )


BAD_FIELDS = [
    ({"title": ""}, "title"),
    ({"title": None}, "title"),
    ({"title": 5}, "title"),
    ({"title": ["a"]}, "title"),
    ({"title": {"a": 1}}, "title"),
    ({"title": "a" * 101}, "title"),
    ({"title": "a\x00b"}, "title"),
    ({"title": "a\x07b"}, "title"),
    ({"title": "a\u202eb"}, "title"),
    ({"title": "两\n行"}, "title"),
    ({"description": "长" * 200_001}, "description"),
    ({"amount_fen": -1}, "amount_fen"),
    ({"amount_fen": 1.5}, "amount_fen"),
    ({"amount_fen": True}, "amount_fen"),
    ({"amount_fen": "12.5"}, "amount_fen"),
    ({"amount_fen": 1234567890123456789}, "amount_fen"),
    ({"amount_fen": 10**400}, "amount_fen"),
    ({"amount_fen": "九"}, "amount_fen"),
    ({"found_on": "2026-02-30"}, "found_on"),
    ({"found_on": "1900-01-01"}, "found_on"),
    ({"found_on": "2999-01-01"}, "found_on"),
    ({"found_on": 20261105}, "found_on"),
    ({"found_on": "昨天"}, "found_on"),
    ({"how_found": "rumour"}, "how_found"),
    ({"how_found": []}, "how_found"),
    ({"responsible_unit": "没有这个单位"}, "responsible_unit"),
    ({"responsible_unit": "松涛镇人民政府"}, "responsible_unit"),  # the neighbour's
    ({"responsible_unit": 1}, "responsible_unit"),
    ({"responsible_unit": "\x00"}, "responsible_unit"),
    ({"region": "999999999999"}, "region"),
    ({"region": "990102101000"}, "region"),  # the neighbour's
    ({"region": {"code": 1}}, "region"),
    ({"number": "1"}, "number"),
    ({"state": "settled"}, "state"),
]


@pytest.mark.parametrize(("change", "field"), BAD_FIELDS)
def test_a_bad_field_is_named_with_a_sentence_and_nothing_is_kept(people, change, field):
    answer = register(people, **change)
    assert_refusal(answer, 400)
    assert answer.json()["field"] == field
    assert Misuse.objects.count() == 0


def test_several_bad_fields_are_all_named(people):
    answer = register(people, title="", amount_fen=-1, colour="red")
    assert_refusal(answer, 400)
    answer = register(people, title="", amount_fen=-1)
    assert {one["field"] for one in answer.json()["errors"]} == {"title", "amount_fen"}


def test_a_neighbours_unit_is_refused_in_the_words_used_for_one_that_does_not_exist(people):
    sentences = {
        register(people, responsible_unit=name).json()["message"]
        for name in ("没有这个单位", "松涛镇人民政府")
    }
    assert len(sentences) == 1


def test_full_width_figures_and_chinese_dates_are_taken(people):
    answer = register(people, amount_fen="１２５０", found_on="２０２６年1月５日")
    assert answer.status_code == 201
    assert (answer.json()["amount_fen"], answer.json()["found_on"]) == (1250, "2026-01-05")


def test_emoji_and_prose_of_many_pages_are_taken(people):
    assert register(people, description="群众说😀" + "长" * 150_000).status_code == 201


def recover(client, made, **headers):
    body = {
        "kind": "treasury",
        "amount_fen": 1,
        "received_on": "2026-01-05",
        "voucher_no": f"{made}-1",
        "destination": "国库",
    }
    return client.post(f"{API}misuses/{made}/record_recovery/", body, format="json", headers=headers)


def test_a_stale_tag_is_refused_with_the_record_as_it_is_now(people):
    made, client = register(people).json()["id"], machine(people.finance)
    assert recover(client, made, if_match='W/"1"').status_code == 200
    stale = recover(client, made, if_match='W/"1"')
    assert_refusal(stale, 412)
    assert stale.headers["ETag"] == 'W/"2"'
    assert stale.json()["current"]["version"] == 2
    assert stale.json()["current"]["id"] == made


@pytest.mark.parametrize("tag", ['W/"1"', '"1"', "*"])
def test_a_fresh_tag_passes(people, tag):
    made = register(people).json()["id"]
    answer = recover(machine(people.finance), made, if_match=tag)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == 'W/"2"'


@pytest.mark.parametrize("tag", ["abc", 'W/"x"', '"1", "2"', "-1", "1" * 30])
def test_a_malformed_tag_answers_400(people, tag):
    made = register(people).json()["id"]
    assert_refusal(recover(machine(people.finance), made, if_match=tag), 400)


def test_a_reading_account_writes_nothing(people):
    assert_refusal(machine(people.ledgerclient).post(f"{API}misuses/", NEW_MISUSE, format="json"), 403)


def test_the_form_of_a_page_may_be_sent_as_json_with_its_session_and_token(people):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(people.finance)
    assert_refusal(client.post(f"{API}misuses/", NEW_MISUSE, format="json"), 403)


def test_a_child_is_named_by_id_or_by_its_place_and_must_belong_to_the_record(people):
    client = machine(people.finance)
    first, second = (register(people).json()["id"] for _ in range(2))
    for made in (first, second):
        assert recover(client, made).status_code == 200
    foreign = client.get(f"{API}recoveries/?misuse={second}").json()["results"][0]["id"]

    def void(recovery):
        body = {"recovery": recovery, "note": "凭证登记有误"}
        return client.post(f"{API}misuses/{first}/void_recovery/", body, format="json")

    for wrong in (foreign, "2", "0", "9999", "99999", "-1", "１２"):
        assert_refusal(void(wrong), 400)
    assert void("1").status_code == 200
