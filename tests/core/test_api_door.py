"""The REST door itself: who may enter, how a refusal looks, and that no body brings it down."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from povertyaudit.core import files, notify
from tests.core.machines import API, PDF, assert_refusal, machine, misuse


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def signed_in():
    return machine


@pytest.mark.parametrize(
    "path", ["regions/", "units/", "notifications/", "audit/", "attachments/", "no/such/thing/"]
)
def test_without_a_token_every_address_answers_401(api, db, path):
    response = api.get(API + path)
    assert_refusal(response, 401)
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer nonsense", "Bearer a b", "Bearer \xe4\xb8\xad", "Basic YTpi"]
)
def test_a_bad_authorization_header_answers_401(api, db, header):
    assert_refusal(api.get(f"{API}regions/", HTTP_AUTHORIZATION=header), 401)


def test_schema_and_reference_are_open_and_the_reference_needs_no_script(api, db):
    assert api.get(f"{API}schema/").status_code == 200
    page = api.get(f"{API}docs/")
    assert page.status_code == 200
    assert "<script" not in page.content.decode()
    assert "/api/v1/tokens/" in page.content.decode()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "nowhere/", 404),
        ("get", "regions/999999999999/", 404),
        ("get", "regions/%00/", 404),
        ("get", "units/%00/", 404),
        ("get", "units/aaaaaaaaaaaaaaaaaaaaaa/", 404),
        ("get", "regions", 404),
        ("delete", "regions/", 405),
        ("post", "regions/", 405),
        ("get", "tokens/", 405),
    ],
)
def test_wrong_addresses_and_methods_are_refused_in_the_one_shape(signed_in, people, method, path, status):
    assert_refusal(getattr(signed_in(people.casemgr), method)(API + path), status)


BAD_QUERIES = [
    "limit=0", "limit=-1", "limit=5001", "limit=abc", "limit=1.5", "limit=99999999999999999999", "limit=%EF%BC%91",
    "cursor=abc", "cursor=%00", "cursor=W10", "ordering=password", "ordering=-", "ordering=--code",
    "colour=red", "level=abc", "level=99999999999999999999999", "q=%00", "under=%00", "limit=%00", "parent=nope",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_bad_query_answers_400_with_a_sentence(signed_in, people, query):
    assert_refusal(signed_in(people.casemgr).get(f"{API}regions/?{query}"), 400)


def test_a_cursor_of_another_ordering_is_refused(signed_in, people):
    client = signed_in(people.casemgr)
    cursor = client.get(f"{API}units/?limit=1&ordering=name").json()["next"]
    assert_refusal(client.get(f"{API}units/", {"limit": 1, "ordering": "-name", "cursor": cursor}), 400)


def test_paging_walks_every_row_once_at_constant_cost(signed_in, people, django_assert_num_queries):
    client = signed_in(people.casemgr)
    whole = [row["id"] for row in client.get(f"{API}units/?limit=5000").json()["results"]]
    seen, cursor = [], None
    while True:
        page = client.get(f"{API}units/", {"limit": 4} | ({"cursor": cursor} if cursor else {})).json()
        seen += [row["id"] for row in page["results"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == whole
    assert len(set(seen)) == len(seen) > 10
    for size in (2, 10):
        with django_assert_num_queries(5):  # token with its person, posts, keys, rows, their other names
            client.get(f"{API}units/?limit={size}")


BAD_BODIES = [
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"null", "application/json"),
    (b"[]", "application/json"),
    (b"3", "application/json"),
    (b'"text"', "application/json"),
    (b"NaN", "application/json"),
    (b"\xff\xfe", "application/json"),
    (b"[" * 100_000, "application/json"),
    (b'{"a":' * 50_000, "application/json"),
    (b"1" * 5000, "application/json"),
    (b'{"username": 1, "password": []}', "application/json"),
    (b'{"username": {"a": 1}, "password": null}', "application/json"),
    (b'{"username": "a\\u0000", "password": "x"}', "application/json"),
    (b'{"username": "\\ud800", "password": "x"}', "application/json"),
    (b'{"username": "a", "password": "\\ud800"}', "application/json"),
    (b'{"username": "' + b"a" * 1000 + b'", "password": "x"}', "application/json"),
    (b'{"username": "a", "password": "x", "extra": 1}', "application/json"),
    (b'{"username": "a\\nb", "password": "x"}', "application/json"),
    (b'{"username": "\\u202ea", "password": "x"}', "application/json"),
]


@pytest.mark.parametrize(("body", "kind"), BAD_BODIES)
def test_a_malformed_body_answers_400_and_never_5xx(api, db, body, kind):
    assert_refusal(api.generic("POST", f"{API}tokens/", body, content_type=kind), 400)


@pytest.mark.parametrize("body", [b"[]", b"3", b'"text"', b"true"])
def test_what_is_no_object_is_told_so_without_the_words_of_a_programming_language(api, db, body):
    answer = api.generic("POST", f"{API}tokens/", body, content_type="application/json")
    assert_refusal(answer, 400)
    assert "这里应是一组字段" in answer.json()["message"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense", "; ;"]
)
def test_a_body_of_another_type_answers_415(api, db, kind):
    assert_refusal(api.generic("POST", f"{API}tokens/", b"username=a", content_type=kind), 415)


def test_a_huge_body_is_refused_without_being_read_whole(api, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = b'{"username": "' + b"a" * 5000 + b'", "password": "x"}'
    assert api.generic("POST", f"{API}tokens/", body, content_type="application/json").status_code in {
        400,
        413,
    }


def test_any_accept_header_gets_json(signed_in, people):
    response = signed_in(people.casemgr).get(f"{API}regions/", HTTP_ACCEPT="text/html;q=broken, */nonsense")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"


def test_a_session_may_read_and_needs_the_csrf_token_to_write(people):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(people.casemgr)
    assert client.get(f"{API}regions/").status_code == 200
    assert_refusal(client.post(f"{API}notifications/aaaa/read/"), 403)


def test_regions_are_those_of_the_posts_with_what_lies_above(signed_in, people):
    seen = {row["id"] for row in signed_in(people.official).get(f"{API}regions/").json()["results"]}
    assert seen == {"990000000000", "990100000000", "990101000000", "990101101000", "990101101201"}


def test_a_neighbours_unit_is_not_there(signed_in, people):
    home = people.casemgr.current_posts()[0].unit
    assert signed_in(people.casemgr).get(f"{API}units/{home.public_id}/").status_code == 200
    assert_refusal(signed_in(people.neighbour).get(f"{API}units/{home.public_id}/"), 404)


COMMON = {"id", "number", "version", "region", "state", "created_at", "updated_at", "actions"}


def test_rows_of_every_resource_carry_the_common_fields(people, client):
    row = misuse(people)
    files.attach(row, SimpleUploadedFile("a.pdf", PDF), by=people.finance)
    notify.tell([people.finance], "k", kind="due", text="还剩 3 天。")
    for things in ("regions", "units", "attachments", "notifications", "audit", "misuses"):
        rows = machine(people.finance).get(f"{API}{things}/").json()["results"]
        assert rows, things
        assert set(rows[0]) >= COMMON, things
        one = machine(people.finance).get(f"{API}{things}/{rows[0]['id']}/")
        assert one.headers["ETag"] == f'W/"{one.json()["version"]}"'


def test_an_address_with_a_control_character_is_simply_not_there(people, client):
    client.force_login(people.casemgr)
    for address in (
        "/misuses/%00/",
        "/misuses/a%0ab/",
        "/attachments/%00/",
        "/api/v1/misuses/%00/",
        "/api/v1/%00",
    ):
        assert client.get(address).status_code == 404


def test_a_page_cursor_made_up_by_hand_is_no_fault_of_ours(people, client):
    client.force_login(people.casemgr)
    for cursor in ("%00", "WyJuIixudWxsLCJ4Il0", "x:y", "9" * 500):
        assert client.get(f"/misuses/?cursor={cursor}").status_code < 500


def test_a_condition_that_is_neither_yes_nor_no_is_refused_and_not_left_out(signed_in, people):
    caller = signed_in(people.casemgr)
    for query in ("leads/?styled=null", "leads/ledger.csv?styled=1", "leads/ledger.csv?headings=en"):
        assert_refusal(caller.get(API + query), 400)
    for query in ("leads/?styled=true", "leads/?styled=unknown", "leads/?styled="):
        assert caller.get(API + query).status_code == 200
