"""Another county's id on every address of the API, read and written: 404, and no list knows the row."""

import pytest
from django.urls import get_resolver

from tests.core.machines import API, assert_refusal, json_writes, machine, one_of_each
from tests.test_architecture import every_view

OUTSIDERS = ("neighbour", "neighbourofficial", "sysadmin", "secadmin", "otherofficial")
REFERENCE = {"regions", "units", "notifications"}  # seen by region or by person; stories of their own


@pytest.fixture
def ids(people):
    return one_of_each(people, json_writes())


def addresses():
    """`(things, address with a place for the id)` of every route of the API that takes an id."""
    for path, _ in every_view(get_resolver().url_patterns):
        bare = path.replace("^", "").replace("$", "").replace("\\.", ".")
        if path.startswith("api/v1/") and "(?P<id>" in bare:
            before, after = bare.split("(?P<id>", 1)
            yield bare.split("/")[2], f"/{before}{{}}{after.split(')', 1)[1]}"


def test_a_foreign_id_is_simply_not_there(people, ids):
    walked = set()
    for name in ("neighbour", "sysadmin"):
        client = machine(getattr(people, name))
        for things, address in addresses():
            if things in REFERENCE or things not in ids:
                continue
            walked.add(address)
            here = address.format(ids[things])
            for method in ("get", "post"):
                answer = getattr(client, method)(here)
                assert answer.status_code in {404, 405, 415}, (name, method, here, answer.status_code)
                if method == "post" and answer.status_code == 415:
                    assert_refusal(client.post(here, {}, format="multipart"), 404)
    assert len(walked) > 50


def test_no_list_or_ledger_knows_the_row(people, ids):
    for name in OUTSIDERS:
        client = machine(getattr(people, name))
        for things in ids:
            listed = client.get(f"{API}{things}/").json()["results"]
            assert ids[things] not in [row["id"] for row in listed], (name, things)
        for things in ("leads", "items"):
            assert client.get(f"{API}{things}/ledger.digest").json()["count"] == 0
