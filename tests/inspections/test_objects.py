"""巡察对象: any number listed in one act, entered and left one by one or together, and the round they belong to."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from inspections import services
from inspections.models import RoundObject
from povertyaudit.core import rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Region, UnitKind
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import makers

pytestmark = pytest.mark.django_db
ENTERED, LEFT = date(2026, 3, 9), date(2026, 3, 30)


def web(user):
    client = Client()
    client.force_login(factories.fresh(user))
    return client


def api(user):
    client = APIClient()
    client.force_authenticate(factories.fresh(user))
    return client


@pytest.fixture
def departments(people):
    return [factories.unit(name, UnitKind.DEPARTMENT) for name in ("县民政局", "县水利局")]


def test_departments_towns_and_all_villages_of_a_town_in_one_act_on_the_page(people, departments):
    made = makers.round_(people)
    office = web(people.patroloffice)
    page = office.get(f"/rounds/{made.public_id}/add_objects/").content.decode()
    assert "县民政局" in page
    assert "松涛镇" not in page  # of the neighbour
    answer = office.post(f"/rounds/{made.public_id}/add_objects/", {
        "units": [departments[0].public_id], "regions": [factories.OTHER_TOWN], "villages_of": [factories.TOWN],
        "extension": "on", "names": "县水利局\n柳溪镇、县民政局",
    })  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    found = {one.name: (one.kind, one.unit_id) for one in made.round_objects.all()}
    town = factories.unit("柳溪镇人民政府", UnitKind.TOWNSHIP, factories.TOWN)
    assert found == {
        "县民政局": ("department", departments[0].pk),
        "县水利局": ("department", departments[1].pk),
        "白杨乡": ("town", factories.unit("白杨乡人民政府", UnitKind.TOWNSHIP, factories.OTHER_TOWN).pk),
        "柳溪镇": ("town", town.pk),
        "石桥坳村": ("extension_village", None),
    }
    assert AuditEntry.objects.filter(verb="round.add_objects").count() == 1
    listed = office.get("/round-objects/").content.decode()
    assert all(name in listed for name in found)
    assert "巡察对象" in office.get(made.get_absolute_url()).content.decode()
    assert verify().broken == []


def test_the_same_by_api_and_what_is_there_stays_as_it_is(people, departments):
    made = makers.round_(people)
    office, url = api(people.patroloffice), f"/api/v1/rounds/{made.public_id}/add_objects/"
    first = office.post(url, {"units": ["县民政局"], "regions": [factories.TOWN]}, format="json")
    assert (first.status_code, first.data["object_count"]) == (200, 2), first.data
    second = office.post(url, {"names": f"县民政局\n{factories.VILLAGE}"}, format="json")
    assert (second.status_code, second.data["object_count"]) == (200, 3), second.data
    third = office.post(url, {"names": "县民政局"}, format="json")
    assert (third.status_code, third.data["code"]) == (422, "add_objects.all_there")
    rows = office.get(f"/api/v1/round-objects/?round={made.public_id}&kind=village").data["results"]
    assert [row["name"] for row in rows] == ["石桥坳村"]


def test_lines_that_name_nothing_or_several_are_named(people):
    made = makers.round_(people)
    second = Region.objects.create(
        code="990101102201", name="石桥坳村", level=5, parent_id=factories.OTHER_TOWN,
        path_name="青禾县 / 白杨乡 / 石桥坳村",
    )  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        services.add_objects(made, by=people.patroloffice, names="石桥坳村\n不存在的局\n松涛镇")
    assert refused.value.field == "names"
    assert "石桥坳村（有 2 个同名的" in refused.value.message
    assert "不存在的局；松涛镇" in refused.value.message
    assert not RoundObject.objects.exists()
    found = makers.objects(people, made, "白杨乡 石桥坳村")
    assert found["石桥坳村"].region == second


@pytest.mark.parametrize(
    "said",
    [{}, {"names": "县"}, {"names": "9" * 12}, {"names": "\n、；"}],
    ids=["nothing", "a county", "a code", "empty"],
)
def test_nothing_to_list_is_refused(people, said):
    made = makers.round_(people)
    with pytest.raises(RuleBroken):
        services.add_objects(made, by=people.patroloffice, **said)


def test_an_object_outside_the_region_of_the_round_is_refused(people):
    made = makers.round_(people)
    foreign = factories.unit("松涛镇人民政府", region="990102101000")
    with pytest.raises(RuleBroken):
        services.add_objects(made, by=people.patroloffice, units=[foreign])
    with pytest.raises(RuleBroken):
        services.add_objects(
            made, by=people.patroloffice, regions=[Region.objects.get(code=factories.QINGHE)]
        )


def test_entered_and_left_on_pages_and_by_api_each_once(people):
    made = makers.round_(people)
    one = makers.objects(people, made)["柳溪镇"]
    team, machine = web(people.patrol1), api(people.patrol1)
    early = team.post(f"{one.get_absolute_url()}enter/", {"entered_on": "2026-03-01"})
    assert early.status_code == 422
    assert team.post(f"{one.get_absolute_url()}enter/", {"entered_on": "2026-03-09"}).status_code == 302
    url = f"/api/v1/round-objects/{one.public_id}"
    assert machine.post(f"{url}/enter/", {}, format="json").status_code == 409
    assert machine.post(f"{url}/leave/", {"left_on": "2026-03-08"}, format="json").status_code == 422
    done = machine.post(f"{url}/leave/", {"left_on": "2026-03-30"}, format="json")
    assert (done.status_code, done.data["state"], done.data["left_on"]) == (200, "left", "2026-03-30")
    assert done.data["actions"] == []
    page = team.get(one.get_absolute_url()).content.decode()
    assert "登记进驻" in page
    assert "2026-03-30" in page


def test_many_at_once_each_with_its_own_result(people):
    made = makers.round_(people)
    found = makers.objects(people, made)
    services.enter(found["柳溪镇"], by=people.patrol1, entered_on=ENTERED)
    ids = [one.public_id for one in found.values()]
    answer = api(people.patrol1).post(
        "/api/v1/round-objects/bulk/enter/", {"ids": ids, "entered_on": "2026-03-10"}, format="json"
    )
    assert [one["status"] for one in answer.data["results"]] == [409, 200, 200]
    page = web(people.patrol1).post(
        "/round-objects/bulk/leave/", {"ids": ids, "go": "1", "left_on": "2026-04-01"}
    )
    assert page.status_code == 200
    assert set(made.round_objects.values_list("state", flat=True)) == {"left"}
    dropped = api(people.patroloffice).post(
        "/api/v1/round-objects/bulk/drop/", {"ids": ids, "note": "改在下一轮"}, format="json"
    )
    assert {one["status"] for one in dropped.data["results"]} == {409}


def test_an_object_is_dropped_with_a_reason_before_it_is_entered_and_may_be_listed_again(people):
    made = makers.round_(people)
    one = makers.objects(people, made, "柳溪镇")["柳溪镇"]
    with pytest.raises(RuleBroken):
        services.drop(one, by=people.patroloffice)
    assert services.drop(one, by=people.patroloffice, note="改在下一轮").state == "dropped"
    with pytest.raises(WrongState):
        services.enter(one, by=people.patrol1)
    services.add_objects(made, by=people.patroloffice, names="柳溪镇")
    assert made.round_objects.standing().count() == 1


def test_who_may_and_who_may_not_know(people):
    made = makers.round_(people)
    one = makers.objects(people, made, "柳溪镇")["柳溪镇"]
    with pytest.raises(NotAllowed):
        services.enter(one, by=people.patrol2)
    with pytest.raises(NotAllowed):
        services.drop(one, by=people.patrol1, note="一")
    assert web(people.casemgr).get(f"{one.get_absolute_url()}enter/").status_code == 403
    for who in (people.patrol2, people.official, people.neighbour, people.auditor):
        assert web(who).get(one.get_absolute_url()).status_code == 404
        assert (
            api(who).post(f"/api/v1/round-objects/{one.public_id}/enter/", {}, format="json").status_code
            == 404
        )


def test_a_round_is_not_finished_while_an_object_is_entered(people):
    made = makers.round_(people)
    found = makers.objects(people, made)
    services.enter(found["柳溪镇"], by=people.patrol1, entered_on=ENTERED)
    with pytest.raises(RuleBroken) as refused:
        services.finish_round(made, by=people.patroloffice)
    assert "柳溪镇" in refused.value.message
    services.leave(RoundObject.objects.get(pk=found["柳溪镇"].pk), by=people.patrol1, left_on=LEFT)
    services.finish_round(made, by=people.patroloffice, finished_on=makers.ENDS)
    with pytest.raises(WrongState):
        services.enter(RoundObject.objects.get(pk=found["白杨乡"].pk), by=people.patrol1)


def test_a_finding_belongs_to_the_object_of_its_unit(people):
    made = makers.round_(people)
    found = makers.objects(people, made)
    assert makers.finding(people, made).object == found["柳溪镇"]
    assert makers.finding(people, made, object=found["石桥坳村"]).object == found["石桥坳村"]
    other = makers.objects(people, makers.round_(people, "另一轮"), "白杨乡")["白杨乡"]
    with pytest.raises(RuleBroken):
        makers.finding(people, made, object=other)
    page = web(people.patrol1).get(found["柳溪镇"].get_absolute_url()).content.decode()
    assert "滞留四个月" in page


def test_objects_of_a_secret_round_are_not_there_for_others(people):
    made = makers.round_(people, secret=True)
    one = makers.objects(people, made, "柳溪镇")["柳溪镇"]
    for who in (people.casemgr, people.leader, people.patrol2, people.ledgerclient):
        assert web(who).get(one.get_absolute_url()).status_code == 404
        assert not RoundObject.objects.visible_to(factories.fresh(who)).exists()
        assert api(who).get("/api/v1/round-objects/").data["results"] == []
    assert web(people.patrol1).get(one.get_absolute_url()).status_code == 200
    services.finish_round(made, by=people.patroloffice)
    assert web(people.casemgr).get(one.get_absolute_url()).status_code == 200


@time_machine.travel("2026-03-10T09:00:00+08:00")
def test_a_list_costs_the_same_with_one_row_and_with_three(people, django_assert_max_num_queries):
    made = makers.round_(people)
    makers.objects(people, made)
    client = web(people.patroloffice)
    client.get("/round-objects/")
    with django_assert_max_num_queries(25):
        client.get("/round-objects/")


def test_many_objects_are_listed_as_one_by_one_each_with_its_chain(people, django_assert_max_num_queries):
    """In a handful of queries; what is refused is refused whole."""
    made = makers.round_(people)
    units = [factories.unit(f"县第{n}局", UnitKind.DEPARTMENT) for n in range(30)]
    with django_assert_max_num_queries(80):
        services.add_objects(made, by=people.patroloffice, units=units)
    entries = AuditEntry.objects.filter(verb="object.add")
    assert entries.count() == made.round_objects.count() == 30
    assert {entry.actor_id for entry in entries} == {people.patroloffice.pk}
    assert verify().broken == []
    one = made.round_objects.first()
    again = [
        RoundObject(round=made, region=one.region, name="又一个", kind="department", unit=units[n])
        for n in (0, 1)
    ]
    with pytest.raises(RuleBroken):
        rows.create_many(again, verb="object.add", by=people.patroloffice)
    assert made.round_objects.count() == entries.count() == 30
