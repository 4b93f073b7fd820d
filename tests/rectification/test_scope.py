"""Who sees which item: pages, verbs, API, lists, counts, choices, files."""

import pytest

from inspections import services as inspections
from inspections.models import Round
from povertyaudit.core.context import request_id
from povertyaudit.core.models import Recusal
from rectification import querysets
from rectification.models import Item
from rectification.urls import urlpatterns
from rectification.workflow import ITEM
from tests import factories
from tests.rectification import makers
from tests.rectification.makers import api, at

# who sees: an issued item of 柳溪镇; its draft; one a round found; one with money
SEES = {
    "petition": "", "casemgr": "issued draft found money", "inspector1": "issued draft found money",
    "inspector2": "issued draft found money", "investigator": "", "adjudicator": "", "leader": "issued draft found money",
    "secretary": "issued draft found money", "patroloffice": "found", "patrol1": "found", "patrol2": "",
    "official": "issued found money", "unithead": "issued found money", "otherofficial": "", "otherhead": "",
    "sector": "issued found money", "finance": "money", "countyleader": "", "sysadmin": "", "secadmin": "", "auditor": "",
    "ledgerclient": "issued draft found money", "neighbour": "", "neighbourofficial": "",
}  # fmt: skip
STRANGERS = ("neighbour", "neighbourofficial", "otherofficial", "petition", "sysadmin", "auditor")


@pytest.fixture
def items(cast):
    return {
        "issued": at(cast, "issued"),
        "draft": at(cast, "draft"),
        "found": at(cast, "issued", source="finding", finding=makers.finding(cast), by=cast.patroloffice),
        "money": at(cast, "issued", misuses=[makers.misuse(cast)]),
    }


def test_each_person_sees_exactly_the_items_that_concern_him(cast, items):
    for name, words in SEES.items():
        seen = set(Item.objects.visible_to(getattr(cast, name)).values_list("pk", flat=True))
        assert {key for key, item in items.items() if item.pk in seen} == set(words.split()), name


@pytest.mark.parametrize("where", ["finding", "object", "round"])
def test_who_stands_aside_from_where_the_problem_was_found_sees_nothing_of_its_item(cast, client, where):
    found = makers.finding(cast)
    inspections.add_objects(Round.objects.get(pk=found.round_id), by=cast.patroloffice, units=[cast.town])
    found.object = found.round.round_objects.get()
    found.save(update_fields=["object"])
    item = at(cast, "issued", source="finding", finding=found, by=cast.patroloffice)
    assert list(Item.objects.visible_to(cast.patroloffice)) == [item]
    target = found if where == "finding" else getattr(found, where)
    Recusal.objects.create(
        person=cast.patroloffice.person, target_label=target._meta.label_lower, target_id=target.pk, reason="亲属",
        declared_by=cast.secretary,
    )  # fmt: skip
    assert not Item.objects.visible_to(factories.fresh(cast.patroloffice)).exists()
    client.force_login(factories.fresh(cast.patroloffice))
    assert client.get(item.get_absolute_url()).status_code == 404
    assert Item.objects.visible_to(cast.official).filter(pk=item.pk).exists()


def test_the_county_leader_sees_what_he_leads(cast):
    item = at(cast, "issued", leading_leader=cast.countyleader)
    assert list(Item.objects.visible_to(cast.countyleader)) == [item]


def test_an_item_of_several_units_is_one_row(cast):
    other = cast.otherhead.current_posts()[0].unit
    item = at(cast, "issued", other_units=[other], misuses=[makers.misuse(cast), makers.misuse(cast)])
    for who in (cast.official, cast.otherofficial, cast.finance, cast.casemgr):
        assert list(Item.objects.visible_to(who)) == [item]


@pytest.mark.parametrize("who", ["neighbour", "otherofficial"])
def test_a_stranger_gets_404_on_every_page_and_verb(cast, client, who):
    item = at(cast, "accepted")
    client.force_login(getattr(cast, who))
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        if "<str:id>" not in route:
            continue
        address = "/" + route.replace("<str:id>", item.public_id).replace("<str:evidence>", "x" * 22)
        assert client.get(address).status_code == 404, address
        if route not in {
            f"items/<str:id>/{word}" for word in ("", "why/", "mention/", "evidence/<str:evidence>/")
        }:  # these are only read
            assert client.post(address, {"note": "x"}).status_code == 404, address


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_gets_404_on_every_api_address(cast, client, who):
    item = at(cast, "accepted")
    door = api(client, getattr(cast, who))
    measure = item.measures.first()
    for verb in ITEM.transitions:
        assert door.post(f"items/{item.public_id}/{verb}/", {"note": "x"}).status_code == 404, verb
    for verb in ("edit", "remove", "add_result", "add_evidence"):
        assert door.post(f"measures/{measure.public_id}/{verb}/", {"text": "x"}).status_code == 404, verb
    for path in (
        f"items/{item.public_id}/",
        f"items/{item.public_id}/evidence/",
        f"measures/{measure.public_id}/",
    ):
        assert door.get(path).status_code == 404, path
    assert door.get("items/").json()["results"] == []
    assert door.get("measures/").json()["results"] == []
    assert door.get("items/", q=item.number).json()["results"] == []
    assert door.get("items/ledger.digest").json()["count"] == 0


def test_a_photo_is_seen_by_those_who_see_the_item(cast, client):
    item = at(cast, "closure_applied")
    address = item.evidence.first().attachment.get_absolute_url()
    for who, status in (("sector", 200), ("official", 200), ("neighbour", 404), ("otherofficial", 404)):
        client.force_login(getattr(cast, who))
        assert client.get(address).status_code == status, who


def test_the_lead_behind_an_item_is_not_named_to_the_unit(cast, client):
    item = at(cast, "issued", source="finding", finding=makers.finding(cast), by=cast.patroloffice)
    assert api(client, cast.patroloffice).get(f"items/{item.public_id}/").json()["finding"] is not None
    assert api(client, cast.official).get(f"items/{item.public_id}/").json()["finding"] is None
    client.force_login(cast.official)
    assert item.finding.number not in client.get(item.get_absolute_url()).content.decode()


def test_foreign_ids_are_no_valid_choice(cast, client):
    foreign = factories.unit("松涛镇人民政府", region="990102101000")
    mine, theirs = at(cast, "accepted"), at(cast, "accepted")
    body = {
        "source": "audit", "problem_class": "x", "aspect": "x", "problem": "x", "main_unit": foreign.public_id,
        "lead_unit": "县农业农村局",
    }  # fmt: skip
    answer = api(client, cast.inspector1).post("items/", body)
    assert (answer.status_code, answer.json()["field"]) == (400, "main_unit")
    other = theirs.measures.first()
    said = {"text": "x", "measure": other.public_id}
    answer = api(client, cast.official).post(f"items/{mine.public_id}/report/", said)
    assert (answer.status_code, answer.json()["field"]) == (400, "measure")
    client.force_login(cast.official)
    page = client.post(f"{mine.get_absolute_url()}report/", said)
    assert page.status_code == 400
    assert 'name="measure"' in page.content.decode()


def test_nobody_writes_outside_his_county(cast, client):
    body = {
        "source": "audit", "problem_class": "x", "aspect": "x", "problem": "x", "main_unit": "柳溪镇人民政府",
        "lead_unit": "县农业农村局",
    }  # fmt: skip
    assert api(client, cast.neighbour).post("items/", body).status_code == 400
    for who in ("official", "sector", "countyleader", "sysadmin", "petition", "ledgerclient"):
        client.force_login(getattr(cast, who))
        assert client.get("/items/new/").status_code == 403, who


def test_a_recused_person_sees_nothing_of_the_item(cast, client):
    from povertyaudit.core.models import Recusal

    item = at(cast, "sector_reviewed")
    Recusal.objects.create(
        person=cast.inspector2.person, target_label="rectification.item", target_id=item.pk, reason="亲属",
        declared_by=cast.casemgr,
    )  # fmt: skip
    assert api(client, cast.inspector2).post(f"items/{item.public_id}/verify/").status_code == 404


@pytest.mark.parametrize("most", [5000, 1])
def test_what_a_unit_still_works_on_is_asked_for_once_in_a_request(
    cast, items, monkeypatch, django_assert_num_queries, most
):
    """The same rows by keys, by sub-query where they are many, and outside of a request; closed ones in none of them."""
    monkeypatch.setattr(querysets, "MOST_UNFINISHED", most)
    at(cast, "closed")
    kept = at(cast, "long_term")
    people = [
        cast.official,
        cast.unithead,
        cast.otherofficial,
        cast.neighbourofficial,
        cast.inspector1,
        cast.finance,
    ]
    outside = {who: set(Item.objects.unfinished_of(who)) for who in people}
    token = request_id.set("one-request")
    try:
        for who in people:
            assert set(Item.objects.unfinished_of(who)) == outside[who]
            assert outside[who] == set(Item.objects.visible_to(who).exclude(state="closed"))
        assert kept in outside[cast.official]
        assert not outside[cast.otherofficial]
        if most > 1:
            with django_assert_num_queries(2):  # his keys are known, nothing of his posts is asked
                assert Item.objects.unfinished_of(cast.official).waiting_for(cast.official).exists()
                assert Item.objects.unfinished_of(cast.official).count() == len(outside[cast.official])
            assert Item.objects.unfinished_keys(cast.inspector1) is None
    finally:
        request_id.reset(token)
