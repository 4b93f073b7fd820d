"""关注: one's own list of records of every kind, as far as one sees them today; nobody else learns of it."""

import pytest
from django.test import Client

from cases import services
from povertyaudit.core import favourites
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import AuditEntry, Change, Favourite, Recusal
from tests import factories
from tests.cases.conftest import Maker
from tests.core.machines import machine
from tests.inspections import makers as rounds
from tests.rectification import makers as items

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people):
    return Maker(people)("dispatched")


def door(user):
    web = Client()
    web.force_login(user)
    return web


def listed(user):
    return [row["number"] for row in machine(user).get("/api/v1/favourites/").json()["results"]]


def test_a_press_follows_and_another_ends_it_at_both_doors(people, lead):
    web, api = door(people.inspector1), machine(people.inspector1)
    address = lead.get_absolute_url()
    assert web.post(f"{address}follow/").headers["Location"] == address
    assert "取消关注" in web.get(address).content.decode()
    assert lead.number in web.get("/favourites/").content.decode()
    assert "我的关注" in web.get("/").content.decode()
    assert listed(people.inspector1) == [lead.number]
    assert api.post(f"/api/v1{address}follow/").status_code == 204  # again: silent
    assert Favourite.objects.count() == 1
    assert api.post(f"/api/v1{address}unfollow/").status_code == 204
    assert listed(people.inspector1) == []
    assert lead.number not in web.get("/favourites/").content.decode()
    web.post(f"{address}follow/")
    web.post(f"{address}unfollow/")
    assert not Favourite.objects.exists()


def test_an_empty_list_says_what_to_do(people):
    page = door(people.inspector1).get("/favourites/").content.decode()
    assert "在记录页点“关注”" in page
    assert "清除全部条件" not in page
    # Nothing of its own to say: only conditions are to be loosened, where there are some.
    assert "可以放宽筛选条件" not in door(people.official).get("/leads/").content.decode()


def test_it_is_nobody_elses_business_and_no_act_of_business(people, lead):
    entries, changes, version = AuditEntry.objects.count(), Change.objects.count(), lead.version
    favourites.follow(lead, by=people.inspector1)
    lead.refresh_from_db()
    assert (AuditEntry.objects.count(), Change.objects.count(), lead.version) == (entries, changes, version)
    assert listed(people.inspector2) == []
    assert "取消关注" not in door(people.inspector2).get(lead.get_absolute_url()).content.decode()
    one = Favourite.objects.get()
    assert machine(people.inspector2).get(f"/api/v1/favourites/{one.public_id}/").status_code == 404


def test_outside_the_scope_there_is_nothing_to_follow(people, lead):
    for name in ("neighbour", "official", "sysadmin"):
        user = getattr(people, name)
        for verb in ("follow", "unfollow"):
            assert door(user).get(f"{lead.get_absolute_url()}{verb}/").status_code == 404
            assert door(user).post(f"{lead.get_absolute_url()}{verb}/").status_code == 404
            assert machine(user).post(f"/api/v1/leads/{lead.public_id}/{verb}/").status_code == 404


def test_a_record_that_left_the_scope_vanishes_without_a_trace(people, lead):
    favourites.follow(lead, by=people.inspector1)
    Recusal.objects.create(
        person=people.inspector1.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.leader,
    )  # fmt: skip
    assert_gone(people.inspector1, lead)


def test_a_lead_handed_back_is_gone_from_the_list_of_the_office(people, lead):
    favourites.follow(lead, by=people.inspector1)
    services.hand_back(lead, by=people.inspector1, note="不属本室。")
    assert_gone(people.inspector1, lead)


def assert_gone(user, row):
    assert listed(user) == []
    one = Favourite.objects.get()
    assert machine(user).get(f"/api/v1/favourites/{one.public_id}/").status_code == 404
    page = door(user).get("/favourites/")
    assert row.number not in page.content.decode()
    assert page.context["count"].number == 0
    assert favourites.followed(factories.fresh(user)) is None


def test_every_kind_stands_in_one_list_with_number_title_state_and_clock(people, lead):
    cast, user = items.people(), people.leader
    opened = rounds.round_(people)
    rows = [lead, opened, rounds.finding(people, opened), items.misuse(cast), items.at(cast, "issued")]
    for row in rows:
        favourites.follow(row, by=user)
    page = door(user).get("/favourites/").content.decode()
    for row in rows:
        row.refresh_from_db()
        assert row.number in page
        assert str(row._meta.verbose_name) in page
    found = {row["number"]: row for row in machine(user).get("/api/v1/favourites/").json()["results"]}
    assert found[rows[4].number]["due_on"]
    assert found[lead.number]["state_display"] == lead.get_state_display()
    assert {row["kind"] for row in found.values()} == {"lead", "round", "finding", "misuse", "item"}


def test_the_list_costs_the_same_with_one_record_of_a_kind_and_with_ten(people, django_assert_num_queries):
    make, user = Maker(people), factories.fresh(people.casemgr)
    user.current_posts()
    for number in (1, 2, 3):
        favourites.follow(make(), by=user)
        mine = list(Favourite.objects.filter(user=user))
        with django_assert_num_queries(2):  # rows in scope, clocks
            assert len(favourites.with_rows(mine, user)) == number


def test_a_list_is_no_copy_of_the_register(people, monkeypatch):
    monkeypatch.setattr(favourites, "MOST", 1)
    make = Maker(people)
    first, second = make(), make()
    favourites.follow(first, by=people.casemgr)
    with pytest.raises(RuleBroken):
        favourites.follow(second, by=people.casemgr)
    answer = machine(people.casemgr).post(f"/api/v1/leads/{second.public_id}/follow/")
    assert (answer.status_code, answer.json()["code"]) == (422, "follow.most")
    page = door(people.casemgr).post(f"{second.get_absolute_url()}follow/", follow=True).content.decode()
    assert "最多关注 1 条记录" in page
    favourites.follow(first, by=people.casemgr)  # followed already: nothing to refuse
