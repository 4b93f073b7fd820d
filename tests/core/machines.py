"""A caller over REST, and a row it can write: shared by the stories of the API."""

from datetime import date
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from funds.models import Misuse, MisuseKind
from povertyaudit.core import files, moment, rows, tokens
from povertyaudit.core.models import AuditEntry, Unit, UnitKind
from povertyaudit.demo.papers import voucher
from rectification.services import source_papers
from tests import factories, written_schema

API = "/api/v1/"
PDF = voucher("voucher", ["2026-01-05", "100.00"]).read()
_numbers = count(1)
NEW_MISUSE = {
    "title": "产业奖补资金被用于围墙维修", "kind": "OUT_OF_SCOPE", "amount_fen": 3_860_000, "description": "未经批准调整用途。",
    "responsible_unit": "柳溪镇人民政府", "found_on": "2026-01-05", "how_found": "finance",
}  # fmt: skip


def machine(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.issue(user)[0]}")
    return client


def register(people, *, headers=None, **change):
    return machine(people.finance).post(
        f"{API}misuses/", NEW_MISUSE | change, format="json", headers=headers or {}
    )


def assert_refusal(response, status):
    """One shape, one whole Chinese sentence."""
    body = response.json()
    assert response.status_code == status, body
    assert {"code", "message", "field"} <= set(body)
    for one in [body, *body.get("errors", [])]:
        assert one["message"].endswith("。")
        assert any("\u4e00" <= char <= "\u9fff" for char in one["message"])


def misuse(people, title="围墙维修", unit="柳溪镇人民政府", amount_fen=100):
    """A dossier of 青禾县 made by its fund desk, without the service."""
    place = Unit.objects.get(name=unit)
    row = Misuse(
        title=title, kind=MisuseKind.objects.first(), amount_fen=amount_fen, description="情况",
        responsible_unit=place, region=place.region, found_on=date(2026, 1, 5), how_found="finance",
        number=f"990101-CZ-2026-{next(_numbers):04d}",
    )  # fmt: skip
    return rows.create(row, verb="misuse.register_misuse", by=people.finance)


MAKERS = {"leads": "petition", "items": "inspector1", "rounds": "patroloffice"}


def json_writes():
    """`(address, fields, example)` of every write with a body, from the schema; files have no example."""
    schema = written_schema.schema()
    found = []
    for address, methods in schema["paths"].items():
        content = methods.get("post", {}).get("requestBody", {}).get("content", {})
        if body := content.get("application/json") or content.get("multipart/form-data"):
            shape = schema["components"]["schemas"][body["schema"]["$ref"].rsplit("/", 1)[1]]
            example = next(iter(body.get("examples", {}).values()), {}).get("value", {})
            found.append((address, list(shape.get("properties", {})), example))
    return found


def one_of_each(people, writes):
    """The id of one row of each kind of 青禾县, made with the examples of the schema themselves."""
    factories.unit("荻渚镇人民政府", UnitKind.TOWNSHIP, factories.OTHER_TOWN)  # the examples name it
    for _ in range(2):  # the examples name the second one
        source_papers.register_paper(
            by=people.casemgr,
            kind="audit",
            title="专项审计反馈意见",
            issuer="市审计局",
            received_on=moment.today(),
        )
    row = misuse(people)
    pdf = SimpleUploadedFile("a.pdf", PDF)
    ids = {"misuses": row.public_id, "attachments": files.attach(row, pdf, by=people.finance).public_id}
    for things, who in MAKERS.items():
        example = next(example for address, _, example in writes if address == f"{API}{things}/")
        made = machine(getattr(people, who)).post(f"{API}{things}/", example, format="json")
        assert made.status_code == 201, (things, made.json())
        ids[things] = made.json()["id"]
    ids["measures"] = machine(people.casemgr).get(f"{API}measures/").json()["results"][0]["id"]
    ids["audit"] = AuditEntry.objects.of(row).first().public_id
    return ids
