"""Nonsense at every page, and every address for people it is not for: a refusal, never a fault, never a row."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.core.machines import API, json_writes, one_of_each
from tests.core.test_api_fuzz import JUNK
from tests.test_architecture import every_view

pytestmark = pytest.mark.servers

QUERIES = (
    "q=%00", "q=%ff%fe", "q=" + quote("' OR 1=1 --"), "q=(((((", "q=%5C%25_", "cursor=x", "cursor=%00", "cursor=W10:x", "tab=nowhere",
    "tab=%00", "ordering=password", "ordering=-", "ordering=pk__gt", "state=%00", "state=nowhere", "region=%00", "region=' OR 1=1",
    "region=" + "9" * 400, "due_before=0000-00-00", "due_before=%00", "page=" + "9" * 400, "unit=-1", "kind=%ED%A0%80", "thumb=%00",
    "next=//evil.example", "next=%0d%0aSet-Cookie:x=1", "id=1&id=2&id=", "password=x&user__password__startswith=a", "expand=reporter",
    "=", "&&&", "%", "a[]=1", "q[]=1",
)  # fmt: skip
ODD = ("%00", "%ff", "..%2f..%2fetc", "' OR 1=1", "9" * 300, "\u202e", "0", "-1", "a" * 22, "%0d%0aX:1")


@pytest.fixture
def rows(people):
    return one_of_each(people, json_writes())


def addresses(rows):
    """Every page and every REST address, each with the id of a row of its own kind where we have one.

    A verb has two spellings, with _ and with -, which lead to the same view: one of them is walked.
    """
    seen = set()
    for pattern, _ in every_view(get_resolver().url_patterns):
        path = "/" + re.sub(r"[\^$]|\\Z", "", pattern)
        things = path.removeprefix(API).strip("/").split("/")[0]
        path = re.sub(r"\(\?P<[^)]*\)|<[^>]*>", rows.get(things, "a" * 22), path)
        if ".*" not in path and "(" not in path and (plain := path.replace("_", "-")) not in seen:
            seen.add(plain)
            yield path


def pages(rows):
    """Pages alone; REST has tests of its own. /readyz says 503 of its own accord."""
    return sorted({path for path in addresses(rows) if not path.startswith((API, "/readyz"))})


def test_no_query_brings_a_page_down(rows, people):
    client = Client(raise_request_exception=False)
    client.force_login(people.casemgr)
    faults = []
    for number, path in enumerate(pages(rows)):
        step = 17 if path.count("/") == 2 else 67  # lists and searches get more of them
        for query in QUERIES[number % step :: step]:
            answer = client.get(f"{path}?{query}")
            answer.getvalue()
            if answer.status_code >= 500:
                faults.append((path, query))
            assert "evil" not in answer.headers.get("Location", ""), (path, query)
    assert faults == []


def test_no_form_brings_a_page_down(rows, people):
    client, faults = Client(raise_request_exception=False), []
    client.force_login(people.petition)
    forms = [path for path in pages(rows) if path.count("/") > 2]  # the forms of lists are asked for above
    for number, path in enumerate(forms):
        answer = client.get(path)
        if (
            answer.status_code != 200
        ):  # it says why there is no form; others post to it (another county's row below)
            continue
        form = answer.getvalue().decode("utf-8", "replace")
        names = sorted(set(re.findall(r'name="([a-z_0-9-]+)"', form)) - {"csrfmiddlewaretoken"})
        if not names or path in {"/sign-out/", "/account/password/"}:
            continue
        bodies = (
            {name: str(JUNK[(number + at) % len(JUNK)]) for at, name in enumerate(names)},
            dict.fromkeys(names, "9" * 30) | {"expected_version": "9" * 9, "once": "\x00"},
        )
        body = bodies[number % 2]
        faults += [(path, body)] if client.post(path, body).status_code >= 500 else []
    assert faults == []


def test_odd_ids_are_simply_not_there(rows, people):
    client = Client(raise_request_exception=False)
    client.force_login(people.casemgr)
    faults = []
    for pattern, _ in every_view(get_resolver().url_patterns):
        if "<" in pattern and ".*" not in pattern and not pattern.startswith("api/"):
            path = "/" + re.sub(r"[\^$]|\\Z", "", pattern)
            for odd in ODD[len(pattern) % 23 :: 23]:
                answer = client.get(re.sub(r"\(\?P<[^)]*\)|<[^>]*>", lambda _, odd=odd: odd, path))
                if answer.status_code not in {301, 404, 400, 405}:
                    faults.append((path, odd, answer.status_code))
    assert faults == []


def test_another_countys_row_is_not_there_by_any_page_or_verb(rows, people):
    """Read and written; over REST by session too, and by methods no address has."""
    client, seen = Client(raise_request_exception=False), []
    client.force_login(people.neighbour)
    walked = [
        path for path in sorted(set(addresses(rows))) if any(f"/{one}/" in path for one in rows.values())
    ]
    for path in walked:
        for method in ("put", "delete") if path.startswith(API) else ("get", "post"):
            status = getattr(client, method)(path).status_code
            if status not in {403, 404, 405}:
                seen.append((method, path, status))
    assert len(walked) > 100
    assert seen == []


def test_without_signing_in_nothing_is_there(rows):
    client = Client(raise_request_exception=False)
    open_to_all = {"/healthz", "/readyz", "/sign-in/", f"{API}schema/", f"{API}docs/", f"{API}tokens/"}
    for path in sorted(set(addresses(rows)) - open_to_all):
        answer = client.get(path)
        if path.startswith(
            "/calendar-feed/"
        ):  # a calendar cannot sign in: the link is its secret, and this one is none
            assert answer.status_code == 404
            continue
        assert answer.status_code in ({401, 405} if path.startswith(API) else {302, 405}), (
            path,
            answer.status_code,
        )
        assert answer.status_code != 302 or answer.headers["Location"].startswith("/sign-in/"), path


def test_a_page_posted_without_its_token_does_nothing(rows, people):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(people.casemgr)
    for path in pages(rows)[::3]:  # one middleware guards them all
        status = client.post(path, {"title": "x"}).status_code
        assert status in {403, 404, 405}, (path, status)
