"""A visit is recorded once, whatever the network did; photos are known by content; what looks odd is confirmed, never silent."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from inspections import services as rounds
from inspections.models import Visit
from inspections.services import plans, positions, visits
from povertyaudit.core import moment, store
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


def test_one_content_is_one_photo(people):
    row = makers.visit(people, photos=[makers.jpeg(1), makers.jpeg(1), makers.jpeg(2)], submission="a")
    assert Attachment.objects.of(row).count() == 2
    visits.add_photos(row, by=people.patrol1, photos=[makers.jpeg(2)])
    assert Attachment.objects.of(row).count() == 2


def test_what_goes_out_holds_pixels_alone_and_the_time_stands_beside(people):
    sent = makers.jpeg(taken=date(2026, 3, 4), position=(29.5, 110.5))
    raw = sent.read()
    sent.seek(0)
    row = makers.visit(people, photos=[sent], confirmed=True)
    photo = Attachment.objects.of(row).get()
    answer = web(people.patrol1).get(f"/attachments/{photo.public_id}/")
    content = b"".join(answer.streaming_content)
    assert b"Exif" in raw
    assert b"Exif" not in content
    assert moment.day_of(photo.taken_at) == date(2026, 3, 4)
    assert photo.original_sha256 != photo.sha256
    assert store.path_of(photo.sha256).exists()


ODD = (
    ({"latitude": 0, "longitude": 0}, "不在国内"),
    ({"latitude": 48.85, "longitude": 2.35}, "不在国内"),
    ({"latitude": 23.1, "longitude": 113.3}, "距当地以往走访"),
    ({"photos": "another day"}, "拍摄于 2026-02-01"),
    ({"photos": "far", "latitude": 29.5, "longitude": 110.5}, "拍摄地点相距"),
    ({"photos": "far"}, "拍摄地点相距"),
    ({"photos": "used"}, "已用于其他走访记录"),
)


@pytest.mark.parametrize(("odd", "words"), ODD)
def test_what_looks_odd_must_be_confirmed_and_is_kept_in_words(people, odd, words):
    makers.visit(people, latitude=29.5, longitude=110.5, photos=[makers.jpeg(200)])
    pictures = {
        "another day": lambda: makers.jpeg(taken=date(2026, 2, 1)), "far": lambda: makers.jpeg(position=(23.1, 113.3)),
        "used": lambda: makers.jpeg(200),
    }  # fmt: skip

    def said():
        return odd | ({"photos": [pictures[odd["photos"]]()]} if "photos" in odd else {})

    with pytest.raises(RuleBroken) as refused:
        makers.visit(people, **said())
    assert refused.value.field == "confirmed"
    assert words in refused.value.message
    assert words in makers.visit(people, **said(), confirmed=True).doubts


def test_a_photo_from_elsewhere_is_said_where_nothing_near_is_known(people):
    far = {"photos": lambda position: [makers.jpeg(position=position)]}["photos"]
    with pytest.raises(RuleBroken, match="第 1 张照片带有拍摄地点，本县还没有可以比对的走访"):
        makers.visit(people, photos=far((23.1, 113.3)))
    with pytest.raises(RuleBroken, match="第 1 张照片的拍摄地点不在国内"):
        makers.visit(people, photos=far((48.85, 2.35)))
    makers.visit(people, latitude=29.5, longitude=110.5)
    elsewhere = Region.objects.get(code=factories.OTHER_TOWN)  # of the same county: nobody was there yet
    with pytest.raises(RuleBroken, match="拍摄地点距本县以往走访"):
        makers.visit(people, region=elsewhere, photos=far((23.1, 113.3)))
    with pytest.raises(RuleBroken, match="定位距本县以往走访"):
        makers.visit(people, region=elsewhere, latitude=23.1, longitude=113.3)
    assert makers.visit(people, region=elsewhere, photos=far((29.6, 110.6))).doubts == ""
    kept = makers.visit(people, region=elsewhere, photos=far((23.1, 113.3)), confirmed=True)
    office = web(people.patroloffice)
    assert "拍摄地点距本县以往走访" in office.get(kept.get_absolute_url()).content.decode()
    odd = office.get("/visits/?doubtful=yes&columns=number,doubts").content.decode()
    assert (kept.number in odd, "共 1 条" in odd) == (True, True)
    assert api(people.patroloffice).get("/api/v1/visits/?doubtful=no").data["results"][0]["doubts"] == ""


def test_a_usual_place_raises_no_doubt(people):
    makers.visit(people, latitude=29.5, longitude=110.5)
    near = makers.visit(
        people,
        latitude=29.51,
        longitude=110.52,
        photos=[makers.jpeg(taken=makers.DAY, position=(29.5, 110.5))],
    )
    assert near.doubts == ""
    assert positions.apart((29.5, 110.5), (29.5, 111.5)) == pytest.approx(96.8, abs=1)


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
