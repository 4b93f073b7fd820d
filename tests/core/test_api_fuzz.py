"""Nonsense at every write of the schema: always a refusal in the one shape, never a fault of ours."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.core.machines import API, machine, misuse

JUNK = [None, True, -1, 10**30, "x" * 3000, "a\x00", [None], {"name": "\x00"}]
MAKERS = {"leads": "petition", "items": "inspector1", "rounds": "patroloffice"}


@pytest.fixture(scope="module")
def writes():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    found = []
    for address, methods in schema["paths"].items():
        content = methods.get("post", {}).get("requestBody", {}).get("content", {})
        body = content.get("application/json")
        if body:
            shape = schema["components"]["schemas"][body["schema"]["$ref"].rsplit("/", 1)[1]]
            example = next(iter(body.get("examples", {}).values()), {}).get("value", {})
            found.append((address, list(shape.get("properties", {})), example))
    return found


@pytest.fixture
def rows(people, writes):
    """One row of each kind, made with the example of the schema itself."""
    ids = {"misuses": misuse(people).public_id}
    for things, who in MAKERS.items():
        example = next(example for address, _, example in writes if address == f"{API}{things}/")
        made = machine(getattr(people, who)).post(f"{API}{things}/", example, format="json")
        assert made.status_code == 201, (things, made.json())
        ids[things] = made.json()["id"]
    people.casemgr.__dict__.pop("_posts", None)
    measures = machine(people.casemgr).get(f"{API}measures/").json()["results"]
    return ids | {"measures": measures[0]["id"]}


def bodies(fields, example):
    """Everything wrong at once, then one thing wrong in a body that was right."""
    for junk in JUNK:
        yield dict.fromkeys(fields, junk)
    for number, field in enumerate(example):
        yield {**example, field: JUNK[number * 3 % len(JUNK)]}


def test_no_body_brings_a_write_down(rows, people, writes):
    client = machine(people.casemgr)
    client.raise_request_exception = False
    faults = []
    for address, fields, example in writes:
        things = address.removeprefix(API).split("/")[0]
        if "{id}" in address and things not in rows:
            continue
        for body in bodies(fields, example):
            answer = client.post(address.replace("{id}", rows.get(things, "")), body, format="json")
            if answer.status_code >= 500:
                faults.append((address, body, answer.status_code))
            elif answer.status_code >= 400:
                assert {"code", "message", "field"} <= set(answer.json()), (address, body)
    assert faults == []
