"""The database is locked by somebody else for longer than we wait: one sentence, nothing half-saved, and again in order."""

import sqlite3

import pytest
from django.conf import settings
from django.db import connection

from cases.models import Lead
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not settings.SQLITE, reason="PostgreSQL has no lock over the whole database"),
]
COMPLAINT = {
    "channel": "letter", "kind": "complaint", "identity_status": "anonymous", "received_on": "2026-03-02",
    "title": "反映补助未发放", "region": factories.VILLAGE, "text": "到户补助没有发放。",
}  # fmt: skip


@pytest.fixture
def locked():
    """Another program holds the write lock; we wait a fifth of a second for it instead of twenty."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 200")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_a_page_says_that_the_system_is_busy_and_saves_nothing(client, people, request):
    client.force_login(people.petition)
    client.raise_request_exception = False
    request.getfixturevalue("locked")
    rows = {"subjects-TOTAL_FORMS": "1", "subjects-INITIAL_FORMS": "0", "subjects-0-name": "某甲",
            "subjects-0-kind": "unknown", "other_numbers-TOTAL_FORMS": "0", "other_numbers-INITIAL_FORMS": "0"}  # fmt: skip
    answer = client.post("/leads/new/", {**COMPLAINT, **rows, "category": "false_claim"})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "刚才的内容没有保存" in answer.content.decode()
    assert not Lead.objects.exists()


def test_even_a_page_that_only_shows_says_so(client, people, request):
    client.force_login(people.petition)
    client.raise_request_exception = False
    request.getfixturevalue("locked")
    assert client.get("/leads/").status_code == 503


def test_a_program_is_told_to_come_again(client, people, request):
    said = {"username": "petition", "password": factories.PASSWORD}
    token = client.post("/api/v1/tokens/", said, content_type="application/json").json()["token"]
    client.raise_request_exception = False
    request.getfixturevalue("locked")
    answer = client.post(
        "/api/v1/leads/",
        COMPLAINT,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert set(answer.json()) >= {"code", "message", "field"}
