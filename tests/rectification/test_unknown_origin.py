"""An item born of a lead: who answers for it learns nothing of the lead — not on the page, nor in the API or its record."""

import json

import pytest

from cases import services as cases
from cases.models import Category
from povertyaudit.core import moment
from rectification import services
from tests import factories
from tests.rectification import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast):
    lead = cases.register(
        by=cast.inspector1, channel="own_discovery", received_on=moment.today(), title="反映补助被截留",
        region=factories.places()[factories.TOWN], category=Category.objects.get(code="false_claim"), text="线索正文",
        subjects=[{"name": "某甲", "kind": "unknown"}],
    )  # fmt: skip
    made = makers.draft(cast, source="lead", lead=lead)
    return services.issue(made, by=cast.inspector1)


def test_the_responsible_unit_learns_nothing_of_the_lead(cast, client, item):
    lead = item.lead
    client.force_login(cast.official)
    page = client.get(item.get_absolute_url()).content.decode()
    row = client.get(f"/api/v1/items/{item.public_id}/").json()
    entries = client.get(f"/api/v1/audit/?target={item.public_id}").json()["results"]
    assert row["lead"] is None
    assert entries[-1]["contents"]
    for entry in entries:
        assert not {"lead", "finding"} & set(entry["contents"])
    for text in (page, json.dumps(row, ensure_ascii=False), json.dumps(entries, ensure_ascii=False)):
        for secret in (lead.number, lead.public_id, lead.title, "线索正文", "某甲"):
            assert secret not in text


def test_who_registered_it_finds_the_lead(cast, client, item):
    client.force_login(cast.inspector1)
    assert client.get(f"/api/v1/items/{item.public_id}/").json()["lead"] == item.lead.public_id
