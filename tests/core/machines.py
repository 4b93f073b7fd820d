"""A caller over REST, and a row it can write: shared by the stories of the API."""

from datetime import date
from itertools import count

from rest_framework.test import APIClient

from funds.models import Misuse, MisuseKind
from povertyaudit.core import rows, tokens
from povertyaudit.core.models import Unit

API = "/api/v1/"
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
