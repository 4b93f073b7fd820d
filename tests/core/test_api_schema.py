"""The schema says what the code does: current, complete, and with an example for every write."""

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

WITHOUT_BODY = (
    "/notifications/{id}/read/", "/comments/{id}/withdraw/", "/follow/", "/unfollow/", "/try_out/", "/retry/",
    "/saved-views/{id}/delete/", "/vault-keys/rotate/", "/identity-requests/{id}/read/",
)  # fmt: skip


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def writes(schema):
    for address, methods in schema["paths"].items():
        for method in ("post", "put", "patch"):
            if method in methods:
                yield address, methods[method]


def test_nothing_of_it_is_guessed(schema):
    assert not GENERATOR_STATS, dict(GENERATOR_STATS._warn_cache)


def test_every_json_write_carries_an_example(schema):
    missing = []
    for address, operation in writes(schema):
        content = operation.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content or address.endswith(WITHOUT_BODY):
            continue
        if not any(body.get("examples") for body in content.values()):
            missing.append(address)
    assert missing == []


def test_every_write_names_its_headers_and_refusals(schema):
    for address, operation in writes(schema):
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert {"If-Match", "Idempotency-Key"} <= names, address
        assert {"401", "404", "412", "422"} <= set(operation["responses"]), address


def test_every_operation_says_how_it_refuses(schema):
    operations = [one for methods in schema["paths"].values() for one in methods.values()]
    assert {one["responses"]["default"]["$ref"] for one in operations} == {"#/components/responses/Refusal"}


def test_it_is_openapi_3_1_without_the_generators_marks(schema):
    assert schema["openapi"].startswith("3.1")
    assert "x-spec-enum-id" not in str(schema)


def test_operation_names_are_unique(schema):
    names = [o["operationId"] for methods in schema["paths"].values() for o in methods.values()]
    assert len(names) == len(set(names))
