"""What every answer says to browsers and caches, and how large a question may be."""

import json

import pytest
from django.urls import get_resolver

from tests.core.machines import API, assert_refusal, machine, misuse
from tests.test_architecture import every_view

MB = 1024 * 1024
NOT_OURS = {"^static/"}
ALWAYS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def every_address(row):
    """Every address of the site map, with a real id where it takes one."""
    for pattern, _ in every_view(get_resolver().url_patterns):
        path = "/" + pattern.replace("^", "").replace("$", "").replace("\\Z", "")
        for start, end in (("<", ">"), ("(?P<", ")/")):
            while start in path:
                head, _, rest = path.partition(start)
                path = f"{head}{row.public_id}{'/' if end == ')/' else ''}{rest.partition(end)[2]}"
        yield path.replace(".*", "nowhere")


@pytest.mark.servers
def test_every_address_answers_with_every_header_to_someone_signed_in(client, people):
    client.force_login(people.finance)
    paths = set(every_address(misuse(people))) - {"/readyz"}  # says 503 of its own accord
    assert len(paths) > 150
    for number, path in enumerate(sorted(paths)[::5]):  # one middleware writes them all
        for way in (client.get, client.post)[: 1 if number % 4 or "sign-out" in path else 2]:
            answer = way(path)
            assert answer.status_code < 500, path
            for name, value in ALWAYS.items():
                assert answer.headers.get(name) == value, (path, name, answer.headers.get(name))
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, path
            assert "unsafe" not in policy.replace("style-src 'unsafe-inline'; sandbox", ""), path
            assert "camera=()" in answer.headers["Permissions-Policy"]
            if answer.streaming:
                answer.getvalue()  # else its place stays taken


def test_what_was_seen_signed_in_is_not_kept_for_who_comes_next(client, people):
    client.force_login(people.finance)
    assert client.get("/misuses/").headers["Cache-Control"] == "private, no-store"
    client.post("/sign-out/")
    assert client.get("/misuses/").status_code == 302


def post(client, path, size, kind):
    return client.post(path, b" " * size, content_type=kind)


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("application/json", 2 * MB + 1),
        ("application/json; charset=utf-8", 3 * MB),
        ("application/x-www-form-urlencoded", 6 * MB + 1),
        ("text/plain", 6 * MB + 1),
        ("", 6 * MB + 1),
    ],
)
def test_a_body_that_is_too_large_is_refused_on_both_doors(client, people, kind, size):
    client.force_login(people.finance)
    assert_refusal(post(client, f"{API}misuses/", size, kind), 413)
    page = post(client, "/misuses/new/", size, kind)
    assert page.status_code == 413
    assert "过大" in page.content.decode()


def test_uploads_are_capped_by_what_they_declare(client, people, settings):
    settings.MULTIPART_MOST = 1000
    client.force_login(people.finance)
    assert_refusal(client.post(f"{API}misuses/", {"title": "x" * 2000}), 413)


def test_text_in_a_form_with_files_is_capped_too(client, people, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(people.finance)
    page = client.post("/misuses/new/", {"title": "x" * 2000})
    assert page.status_code == 413
    assert "文字过多" in page.content.decode()
    assert_refusal(client.post(f"{API}attachments/x/replace/", {"title": "x" * 2000}), 404)


def test_more_fields_than_any_form_has_are_refused(client, people):
    client.force_login(people.finance)
    body = "&".join(f"f{number}=1" for number in range(2001))
    answer = client.post("/misuses/new/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["q=" + "x" * 4200, "&".join(["state=open"] * 201), "&" * 300])
def test_a_query_that_is_too_long_is_refused_on_both_doors(client, people, query):
    client.force_login(people.finance)
    assert_refusal(client.get(f"{API}misuses/?{query}"), 414)
    page = client.get(f"/misuses/?{query}")
    assert page.status_code == 414
    assert "查询条件" in page.content.decode()


def test_a_body_of_unknown_length_is_refused(client, people):
    client.force_login(people.finance)
    answer = client.post("/misuses/new/", {}, HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


@pytest.mark.parametrize("length", ["-1", "abc", ""])
def test_a_length_that_is_none_is_no_fault_of_ours(client, people, length):
    client.force_login(people.finance)
    assert client.post("/misuses/new/", {}, CONTENT_LENGTH=length).status_code < 500


@pytest.mark.parametrize("deep", [33, 500, 990])
def test_json_nested_deeper_than_anything_of_ours_is_malformed(people, deep):
    body = '{"title":' * deep + "1" + "}" * deep
    answer = machine(people.finance).post(f"{API}misuses/", body, content_type="application/json")
    assert_refusal(answer, 400)
    assert answer.json()["code"] == "malformed"


def test_json_as_deep_as_ours_is_read(people):
    body = json.dumps({"a": [{"b": [1] * 3}]})
    answer = machine(people.finance).post(f"{API}misuses/", body, content_type="application/json")
    assert answer.json()["code"] != "malformed"


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "a\tb"])
def test_a_foreign_host_gets_neither_a_page_nor_a_link(client, people, host):
    client.raise_request_exception = False
    assert_refusal(client.get(f"{API}leads/", HTTP_HOST=host), 400)
    page = client.get("/sign-in/", HTTP_HOST=host)
    assert page.status_code == 400
    assert "evil" not in page.content.decode()
