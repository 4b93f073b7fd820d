"""人才库 and 抽取: a dated list of people, and a draw that leaves out who must stand aside and can be done again."""

from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client
from rest_framework.test import APIClient

from cases import services as cases
from inspections import services
from inspections.models import Draw, DrawEntry, PoolPerson
from inspections.services.pool import agrees, drawn_order
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import makers

pytestmark = pytest.mark.django_db
NAMES = ("finance", "sector", "inspector1", "inspector2", "investigator", "adjudicator")


def web(user):
    client = Client()
    client.force_login(factories.fresh(user))
    return client


def api(user):
    client = APIClient()
    client.force_authenticate(factories.fresh(user))
    return client


def drawn(row):
    return list(
        row.entries.filter(result="drawn")
        .order_by("place")
        .values_list("pool_person__user__username", flat=True)
    )


def test_somebody_enters_and_leaves_the_pool_at_both_doors(people):
    office = web(people.patroloffice)
    page = office.post("/pool-persons/new/", {"user": people.finance.public_id, "starts_on": "2026-01-05"})
    assert page.status_code == 302, page.context["form"].errors
    one = PoolPerson.objects.get()
    assert one.home_unit.name == "县财政局"
    machine = api(people.patroloffice)
    twice = machine.post(
        "/api/v1/pool-persons/", {"user": "finance", "starts_on": "2026-01-05"}, format="json"
    )
    assert (twice.status_code, twice.data["field"]) == (422, "user")
    assert office.get("/pool-persons/").content.decode().count("县财政局") >= 1
    gone = machine.post(f"/api/v1/pool-persons/{one.public_id}/take_out/", {"note": "调动"}, format="json")
    assert (gone.status_code, gone.data["state"]) == (200, "out")
    assert (
        machine.post(
            "/api/v1/pool-persons/", {"user": "finance", "starts_on": "2026-01-05"}, format="json"
        ).status_code
        == 201
    )
    for who in (people.patrol1, people.casemgr, people.official):
        assert web(who).get(one.get_absolute_url()).status_code == 404
    for bad in (
        {"user": people.sysadmin, "starts_on": date(2026, 1, 1)},
        {"user": people.ledgerclient, "starts_on": date(2026, 1, 1)},
    ):
        with pytest.raises(RuleBroken):
            services.add_person(by=people.patroloffice, **bad)
    with pytest.raises(NotAllowed):
        services.add_person(by=people.casemgr, user=people.sector, starts_on=date(2026, 1, 1))


def test_the_same_seed_gives_the_same_persons_and_the_draw_shows_it(people):
    makers.pooled(people, *NAMES)
    made = makers.round_(people)
    page = web(people.patroloffice).post(
        f"/rounds/{made.public_id}/draw_people/", {"size": 2, "seed": "20260302"}
    )
    assert page.status_code == 302, page.context["form"].errors
    answer = api(people.patroloffice).post(
        f"/api/v1/rounds/{made.public_id}/draw_people/", {"size": 2, "seed": "20260302"}, format="json"
    )
    assert answer.status_code == 200, answer.data
    first, second = Draw.objects.order_by("pk")
    assert drawn(first) == drawn(second)
    assert len(drawn(first)) == 2
    shown = api(people.patrol1).get(f"/api/v1/rounds/{made.public_id}/draws/").data
    assert [(one["seed"], one["agrees"], len(one["entries"])) for one in shown] == [("20260302", True, 6)] * 2
    assert "结果一致" in web(people.patrol1).get(first.get_absolute_url()).content.decode()
    services.draw_people(made, by=people.patroloffice, size=1)
    own = Draw.objects.order_by("pk").last()
    assert len(own.seed) == 16
    assert verify().broken == []


def test_from_the_draw_one_link_leads_to_the_team_with_who_was_drawn(people):
    makers.pooled(people, *NAMES)
    made = services.draw_people(makers.round_(people), by=people.patroloffice, size=2, seed="1")
    draw, office = made.draws.get(), web(people.patroloffice)
    page = office.get(draw.get_absolute_url()).content.decode()
    at = f"/rounds/{made.public_id}/set_team/?draw={draw.public_id}&amp;team="
    assert f"{at}{quote('巡察一组')}" in page
    assert f"{at}{quote('巡察二组')}" in page
    assert at not in web(people.patrol1).get(draw.get_absolute_url()).content.decode()
    here = f"/rounds/{made.public_id}/set_team/?draw={draw.public_id}&team=巡察一组"
    rows = [form.initial for form in office.get(here).context["formsets"]["members"].initial_forms]
    assert [one["user"].username for one in rows] == ["patrol1", *drawn(draw)]
    said = {"team": "巡察一组", "members-TOTAL_FORMS": len(rows), "members-INITIAL_FORMS": len(rows)}
    for number, one in enumerate(rows):
        said |= {
            f"members-{number}-user": one["user"].public_id,
            f"members-{number}-role": one["role"],
        }
    done = office.post(here, said)
    assert done.status_code == 302, done.context["form"].errors
    members = made.members.values_list("user__username", flat=True)
    assert set(members) == {"patrol1", *drawn(draw)}
    later = office.get(here).context["formsets"]["members"].initial_forms
    assert len(later) == len(rows)  # whoever is on a team is not listed twice
    foreign = makers.round_(people, "另一轮")
    empty = f"/rounds/{foreign.public_id}/set_team/?draw={draw.public_id}&team=巡察九组"
    assert office.get(empty).context["formsets"]["members"].initial_forms == []


def test_a_result_that_was_altered_no_longer_agrees(people):
    makers.pooled(people, *NAMES)
    made = services.draw_people(makers.round_(people), by=people.patroloffice, size=2, seed="1")
    draw = made.draws.get()
    assert agrees(draw)
    last, first = draw.entries.order_by("place").last(), draw.entries.order_by("place").first()
    DrawEntry.objects.filter(pk=first.pk).update(result="not_drawn")
    DrawEntry.objects.filter(pk=last.pk).update(result="drawn")
    assert not agrees(draw)
    assert verify().broken


def test_the_order_is_the_sum_anybody_can_do():
    assert drawn_order("7", ["a", "b", "c"]) == drawn_order("7", ["c", "a", "b"])
    assert {tuple(drawn_order(str(seed), ["a", "b", "c"])) for seed in range(40)} > {("a", "b", "c")}


def test_left_out_is_whoever_must_stand_aside_each_with_the_reason(people):
    makers.pooled(people, *NAMES, "official")
    made = makers.round_(people)
    makers.objects(people, made, "柳溪镇\n县农业农村局")
    cases.declare(by=people.inspector1, kind="home", home=Region.objects.get(code=factories.VILLAGE))
    cases.declare(by=people.casemgr, person=people.finance, kind="unit", unit_text="县农业农村局")
    cases.declare(by=people.investigator, kind="kin", name=people.unithead.person.name, relation="姐夫")
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.adjudicator, "role": "member"}]
    services.set_team(made, by=people.patroloffice, members=members)
    with pytest.raises(RuleBroken) as refused:
        services.draw_people(made, by=people.patroloffice, size=2)
    assert "只有 1 人" in refused.value.message
    services.draw_people(made, by=people.patroloffice, size=1, seed="3")
    entries = Draw.objects.get().entries.select_related("pool_person__user")
    why = {one.pool_person.user.username: one.why for one in entries if one.result == "excluded"}
    assert why == {
        "inspector1": "家乡所在地与巡察对象“柳溪镇”有关",
        "finance": "曾任职单位与巡察对象“县农业农村局”有关",
        "investigator": "亲属关系与巡察对象“柳溪镇”有关",
        "adjudicator": "已编入本轮次",
        "official": "现任职单位与巡察对象“柳溪镇”有关",
        "sector": "现任职单位与巡察对象“县农业农村局”有关",
    }
    assert "姐夫" not in str(why)
    assert drawn(Draw.objects.get()) == ["inspector2"]


def test_a_place_on_a_secret_team_is_not_told_to_who_may_not_know(people):
    makers.pooled(people, "inspector1", "inspector2")
    second = factories.user("patrol_office", unit=factories.unit("县委巡察办"))
    hidden = makers.round_(people, "保密轮次", secret=True)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"}]
    services.set_team(hidden, by=people.patroloffice, members=members)
    open_round = makers.round_(people, team=False)
    services.draw_people(open_round, by=second, size=2, seed="5")
    assert not Draw.objects.get().entries.filter(result="excluded").exists()


def test_the_draw_is_of_the_day(people):
    makers.pooled(people, "inspector1")
    services.add_person(by=people.patroloffice, user=people.inspector2, starts_on=date(2099, 1, 1))
    services.add_person(
        by=people.patroloffice, user=people.sector, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1)
    )
    made = makers.round_(people)
    services.draw_people(made, by=people.patroloffice, size=1)
    assert drawn(Draw.objects.get()) == ["inspector1"]
    for size in (0, 201):
        with pytest.raises(RuleBroken):
            services.draw_people(made, by=people.patroloffice, size=size)
