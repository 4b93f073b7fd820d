"""A visit is recorded once, whatever the network did; photos are known by content; what looks odd is confirmed, never silent."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from inspections import services as rounds
from inspections.models import Visit
from inspections.services import plans, visits
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Region
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.machines import PDF
from tests.inspections import field_makers as makers
from tests.inspections import makers as round_makers

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "household", "region": "澄江市 / 青禾县 / 柳溪镇 / 石桥坳村", "visited_on": "2026-03-04", "households": "3", "talks": "",
    "notes": "补助已到账。", "submission": "phone-1",
}  # fmt: skip

FORM = SAID | {"checks-TOTAL_FORMS": "0", "checks-INITIAL_FORMS": "0"}


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def test_the_whole_way_on_pages(people):
    team = web(people.patrol1)
    page = team.get("/visits/new/")
    assert "石桥坳村" in page.content.decode()
    allowed = page.headers["Permissions-Policy"].split(", ")
    assert {"geolocation=(self)", "camera=()"} <= set(allowed)
    assert "geolocation=()" not in allowed
    made = team.post("/visits/new/", FORM | {"photos": [makers.jpeg(taken=date(2026, 3, 4))]})
    assert made.status_code == 302, made.context["form"].errors
    row = Visit.objects.get()
    here = row.get_absolute_url()
    assert (row.number, row.households, row.talks) == ("990101-ZF-2026-0001", 3, 0)
    assert "2026-03-04" in team.get(here).content.decode()
    assert team.get(f"{here}amend/").status_code == 200
    assert team.post(f"{here}amend/", SAID | {"talks": "5"}).status_code == 302
    assert team.get(f"{here}add_photos/").status_code == 200
    again = team.post(
        f"{here}add_photos/", {"photos": [makers.jpeg(taken=date(2026, 3, 4)), makers.jpeg(91)]}
    )
    assert again.status_code == 302, again.context["form"].errors
    assert Attachment.objects.of(row).count() == 2
    assert team.post(f"{here}withdraw/", {"note": "重复登记"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.talks) == ("withdrawn", 5)
    assert verify().broken == []


def test_the_whole_way_by_api(people):
    team = api(people.patrol1)
    said = SAID | {"region": factories.VILLAGE, "households": 3, "talks": 2}
    made = team.post("/api/v1/visits/", said, format="json")
    assert made.status_code == 201, made.data
    assert set(made.data["actions"]) == {"amend", "add_photos", "withdraw"}
    here = f"/api/v1/visits/{made.data['id']}/"
    body = {"photos": [makers.jpeg()], "note": "补照片"}
    assert team.post(f"{here}add_photos/", body, format="multipart").status_code == 200
    changed = {"region": factories.VILLAGE, "visited_on": "2026-03-04", "talks": 7}
    assert team.post(f"{here}amend/", changed, format="json").data["talks"] == 7
    assert team.get("/api/v1/visits/?kind=household").data["results"][0]["id"] == made.data["id"]
    assert api(people.inspector1).post(f"{here}withdraw/", {"note": "x"}, format="json").status_code == 404
    assert api(people.patroloffice).post(f"{here}withdraw/", {"note": "x"}, format="json").status_code == 403
    assert team.post(f"{here}withdraw/", {}, format="json").status_code == 422
    assert team.post(f"{here}withdraw/", {"note": "重复"}, format="json").data["state"] == "withdrawn"
    with_photo = {**said, "submission": "phone-2", "photos": [makers.jpeg(12)]}
    assert team.post("/api/v1/visits/", with_photo, format="multipart").status_code == 201


def test_sent_twice_it_is_one_record_at_every_door(people):
    team = web(people.patrol1)
    first = team.post(
        "/visits/new/", FORM | {"photos": [makers.jpeg()]}, headers={"accept": "application/json"}
    )
    assert first.status_code == 201
    url = first.json()["url"]
    again = team.post(
        "/visits/new/", FORM | {"photos": [makers.jpeg()]}, headers={"accept": "application/json"}
    )
    assert (again.status_code, again.json()["url"]) == (201, url)
    plain = team.post("/visits/new/", FORM)
    assert plain.headers["Location"] == url
    machine = api(people.patrol1).post(
        "/api/v1/visits/", SAID | {"region": factories.VILLAGE, "talks": 0}, format="json"
    )
    assert machine.data["id"] in url
    assert Visit.objects.count() == 1
    assert Attachment.objects.of(Visit.objects.get()).count() == 1
    other = web(people.patroloffice).post("/visits/new/", FORM, headers={"accept": "application/json"})
    assert other.status_code == 201
    assert other.json()["url"] != url  # the mark is one's own


def test_a_script_is_told_what_is_wrong_at_which_field(people):
    bad = web(people.patrol1).post(
        "/visits/new/",
        FORM | {"region": "不存在的村", "households": "-1"},
        headers={"accept": "application/json"},
    )
    assert bad.status_code == 400
    found = json.loads(bad.content)["errors"]
    assert {one["field"] for one in found} == {"region", "households"}
    assert all(one["message"].endswith("。") and one["label"] for one in found)


def test_a_visit_of_a_plan_is_known_as_the_plan_is_and_numbered_at_its_end(people):
    plan = makers.plan(people, "under_way")
    row = makers.visit(people, plan)
    assert row.number is None
    names = (
        "patrol1",
        "patroloffice",
        "secretary",
        "inspector1",
        "casemgr",
        "leader",
        "patrol2",
        "ledgerclient",
    )
    seen = [n for n in names if Visit.objects.visible_to(factories.fresh(getattr(people, n))).exists()]
    assert seen == ["patrol1", "patroloffice", "secretary", "inspector1"]
    assert web(people.casemgr).get(f"/visits/{row.public_id}/").status_code == 404
    assert api(people.casemgr).get(f"/api/v1/visits/{row.public_id}/").status_code == 404
    table = web(people.casemgr).get("/visits/?format=csv")
    assert "石桥坳村" not in b"".join(table.streaming_content).decode()
    assert api(people.casemgr).get("/api/v1/visits/").data["results"] == []
    assert makers.visit(people).number.endswith("-0001")
    plans.finish(plan, by=people.patrol1)
    row.refresh_from_db()
    assert row.number.endswith("-0002")
    assert Visit.objects.visible_to(factories.fresh(people.casemgr)).filter(pk=row.pk).exists()


def test_a_visit_of_a_secret_round_waits_for_its_end(people):
    secret = round_makers.round_(people, secret=True)
    row = makers.visit(people, round=secret)
    assert row.number is None
    assert not Visit.objects.visible_to(factories.fresh(people.casemgr)).exists()
    rounds.finish_round(secret, by=people.patroloffice)
    row.refresh_from_db()
    assert row.number.endswith("-0001")
    assert Visit.objects.visible_to(factories.fresh(people.casemgr)).exists()


def test_what_was_kept_without_network_arrives_after_the_plan_is_finished(people):
    plan = makers.plan(people, "finished")
    assert makers.visit(people, plan).number is not None
    with pytest.raises(RuleBroken):
        makers.visit(people, plan, visited_on=makers.DAY - timedelta(days=1))


REFUSED = (
    (NotAllowed, lambda people: {"by": people.petition}),
    (NotAllowed, lambda people: {"by": people.patrol2, "within": makers.plan(people, "under_way")}),
    (RuleBroken, lambda people: {"within": makers.plan(people, "approved")}),
    (RuleBroken, lambda people: {"region": Region.objects.get(code="990102101000")}),
    (RuleBroken, lambda people: {"visited_on": date(2099, 1, 1)}),
    (RuleBroken, lambda people: {"latitude": 29.5}),
    (RuleBroken, lambda people: {"photos": [SimpleUploadedFile("a.pdf", PDF)]}),
    (RuleBroken, lambda people: {"photos": [SimpleUploadedFile("a.jpg", b"no")]}),
    (RuleBroken, lambda people: {"photos": [makers.jpeg(n) for n in range(21)]}),
    (RuleBroken, lambda people: {"households": 10_001}),
    (NotAllowed, lambda people: {"by": people.patrol2, "round": round_makers.round_(people)}),
)


@pytest.mark.parametrize(("kind", "bad"), REFUSED)
def test_what_does_not_go_together_is_refused(people, kind, bad):
    said = bad(people)
    with pytest.raises(kind):
        makers.visit(people, said.pop("within", None), **said)
    assert not Visit.objects.exists()


def test_a_county_leader_records_what_he_saw_himself(people):
    row = makers.visit(people, by=people.countyleader, photos=[makers.jpeg()])
    assert Attachment.objects.of(row).exists()
    assert Visit.objects.visible_to(factories.fresh(people.countyleader)).get() == row


def test_a_withdrawn_visit_is_not_changed(people):
    row = visits.withdraw(makers.visit(people), by=people.patrol1, note="误登")
    with pytest.raises(WrongState):
        visits.add_photos(row, by=people.patrol1, photos=[makers.jpeg()])
    assert not Visit.objects.all().counted().exists()


@pytest.mark.parametrize("path", ["/visits/", "/visit-plans/", "/api/v1/visits/", "/api/v1/visit-plans/"])
def test_a_list_costs_the_same_with_one_row_and_with_five(people, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = api(people.patrol1) if path.startswith("/api") else web(people.patrol1)
    makers.visit(people, makers.plan(people, "under_way"))
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for n in range(4):
        makers.visit(people, makers.plan(people, "under_way", title=f"计划{n}"))
    with CaptureQueriesContext(connection) as five:
        assert client.get(path).status_code == 200
    assert len(five) == len(one)
