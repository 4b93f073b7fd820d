"""Nonsense at every write of the schema: always a refusal in the one shape, never a fault of ours."""

import pytest

from tests.core.machines import API, json_writes, machine, one_of_each

pytestmark = pytest.mark.servers

JUNK = [None, True, -1, 10**30, "x" * 3000, "a\x00", [None], {"name": "\x00"}]


@pytest.fixture(scope="module")
def writes():
    return json_writes()


@pytest.fixture
def rows(people, writes):
    return one_of_each(people, writes)


def bodies(nth, fields, example):
    """Everything wrong at once, in half of the ways by turns; then one thing wrong in a body that was right."""
    for junk in JUNK[nth % 2 :: 2]:
        yield dict.fromkeys(fields, junk)
    for number, field in enumerate(example):
        yield {**example, field: JUNK[number * 3 % len(JUNK)]}


def test_no_body_brings_a_write_down(rows, people, writes):
    client = machine(people.casemgr)
    client.raise_request_exception = False
    faults = []
    for nth, (address, fields, example) in enumerate(writes):
        things = address.removeprefix(API).split("/")[0]
        if "{id}" in address and things not in rows:
            continue
        for body in bodies(nth, fields, example):
            answer = client.post(address.replace("{id}", rows.get(things, "")), body, format="json")
            if answer.status_code >= 500:
                faults.append((address, body, answer.status_code))
            elif answer.status_code >= 400:
                assert {"code", "message", "field"} <= set(answer.json()), (address, body)
    assert faults == []
