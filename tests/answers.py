"""Whether an answer is what the written schema says of it: status, content type, and every field."""

import json
from datetime import datetime, timedelta
from functools import cache

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests import written_schema

ROOT = "urn:schema"
COUNTY = timedelta(hours=8)
FORMATS = jsonschema.Draft202012Validator.FORMAT_CHECKER


@FORMATS.checks("date-time", ValueError)
def _is_a_moment(value):
    """The library checks it only with a package more: a day, an hour, and the offset of the county, never UTC beside it."""
    return not isinstance(value, str) or (
        "T" in value and datetime.fromisoformat(value).utcoffset() == COUNTY
    )


@FORMATS.checks("time")
def _is_an_hour(value):
    """It would be one with seconds and an offset, which nothing here has: see schema_fields."""
    return not isinstance(value, str)


@cache
def _registry():
    return Registry().with_resource(
        ROOT, Resource(contents=written_schema.schema(), specification=DRAFT202012)
    )


@cache
def _validator(*place):
    pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in place)
    kind = jsonschema.Draft202012Validator
    return kind({"$ref": f"{ROOT}#/{pointer}"}, registry=_registry(), format_checker=FORMATS)


def declared(method, address, status):
    """`(place of the response, response)` for this status; None where the schema knows no such success."""
    answers = written_schema.schema()["paths"][address][method]["responses"]
    place = ("paths", address, method, "responses", str(status))
    if str(status) in answers:
        return place, answers[str(status)]
    if status < 400:
        return None
    return ("components", "responses", "Refusal"), written_schema.schema()["components"]["responses"][
        "Refusal"
    ]


def faults(method, address, answer):
    """What the schema does not allow in `answer` to `address` (as the schema writes it), each once, in words."""
    found = declared(method, address, answer.status_code)
    if found is None:
        return [f"{method} {address}: {answer.status_code} is not in the schema"]
    place, response = found
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    content = response.get("content", {})
    if answer.status_code == 204 or not content:
        return [] if not kind else [f"{method} {address}: {answer.status_code} has a body"]
    if kind not in content and "*/*" not in content:
        return [f"{method} {address}: {kind} is not in the schema"]
    if kind not in {"application/json", "application/x-ndjson"}:
        return []
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    bodies = [json.loads(line) for line in (text.splitlines() if kind.endswith("ndjson") else [text])]
    check = _validator(*place, "content", kind, "schema")
    errors = [deep for body in bodies for error in check.iter_errors(body) for deep in _reasons(error)]
    return sorted({f"{method} {address}: {_where(error)} {error.message[:120]}" for error in errors})


def _reasons(error):
    """Of a record that is neither itself nor out of sight: why it is not itself."""
    inner = (
        [one for one in error.context or () if one.schema_path[0] == 0] if error.validator == "anyOf" else []
    )
    return [deep for one in inner for deep in _reasons(one)] or [error]


def _where(error):
    return ".".join(str(part) for part in error.absolute_path if not isinstance(part, int))
