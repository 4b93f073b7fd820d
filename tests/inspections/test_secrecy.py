"""A secret round does not exist for anybody but the people named on it, until it is finished."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from inspections import home, services
from inspections.models import Draw, DrawEntry, Finding, Round, RoundObject, RoundRecusal, Team, TeamMember
from povertyaudit.core import looking, searching
from povertyaudit.core.models import Recusal
from tests import factories
from tests.inspections import makers

pytestmark = pytest.mark.django_db
NAMED = ("patroloffice", "secretary", "patrol1")
OTHERS = (
    "casemgr",
    "leader",
    "patrol2",
    "inspector1",
    "ledgerclient",
    "neighbour",
    "official",
    "countyleader",
)
NEVER = (
    "patrol2",
    "inspector1",
    "neighbour",
    "official",
    "unithead",
    "sector",
    "petition",
    "sysadmin",
    "auditor",
)


BELOW = (RoundObject, Team, TeamMember, RoundRecusal, Draw, DrawEntry)


@pytest.fixture
def secret(people):
    """A round with an object, a team, a recusal and a draw of its own."""
    made = makers.round_(people, secret=True)
    found = makers.finding(people, made)
    makers.pooled(people, "sector")
    services.draw_people(made, by=people.patroloffice, size=1)
    listed = makers.objects(people, made, "白杨乡")
    services.declare_recusal(
        made, by=people.patroloffice, member=people.patrol1, objects=list(listed.values()), ground="home"
    )
    makers.objects(people, made, "石桥坳村")
    made.refresh_from_db()
    return made, found


def seen(model, who):
    return model.objects.visible_to(factories.fresh(who)).exists()


@pytest.mark.parametrize("name", NAMED)
def test_the_named_see_it(people, secret, name):
    who = getattr(people, name)
    assert all(seen(model, who) for model in (Round, Finding, *BELOW))


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_does(people, secret, name):
    who = getattr(people, name)
    assert not any(seen(model, who) for model in (Round, Finding, *BELOW))


def test_another_member_of_the_inspection_office_does_not_either(people, secret):
    second = factories.user("patrol_office", unit=factories.unit("县委巡察办"))
    assert not seen(Round, second)


@pytest.mark.parametrize("name", OTHERS)
def test_lists_records_verbs_and_search_say_nothing(people, secret, name):
    made, found = secret
    web, api = Client(), APIClient()
    who = factories.fresh(getattr(people, name))
    web.force_login(who)
    api.force_authenticate(who)
    for path in ("/rounds/", "/findings/", "/findings/?q=奖补"):
        assert made.name not in web.get(path).content.decode()
        assert found.title not in web.get(path).content.decode()
    for path in (
        f"/rounds/{made.public_id}/",
        f"/findings/{found.public_id}/",
        f"/rounds/{made.public_id}/set_team/",
    ):
        assert web.get(path).status_code == 404
        assert api.get(f"/api/v1{path}").status_code in {404, 405}
    assert api.get(f"/api/v1/findings/?round={made.public_id}").status_code == 400
    for words in ("奖补", "石桥坳村", made.name):
        assert looking.look(home.FOUND, who, searching.asked(words).looked_for) == []
    assert not set(api.get("/api/v1/round-objects/").data["results"])


def test_it_has_no_number_and_leaves_no_gap(people, secret):
    made, found = secret
    assert (made.number, found.number) == (None, None)
    assert makers.round_(people, "公开的轮次").number.endswith("-01")
    services.finish_round(made, by=people.patroloffice)
    made.refresh_from_db()
    found.refresh_from_db()
    assert made.number.endswith("-02")
    assert found.number.endswith("-0001")


@pytest.mark.parametrize("name", ["casemgr", "leader", "ledgerclient"])
def test_finished_it_is_seen_by_those_in_charge(people, secret, name):
    services.finish_round(secret[0], by=people.patroloffice)
    assert seen(Round, getattr(people, name))
    assert seen(Finding, getattr(people, name))


@pytest.mark.parametrize("name", NEVER)
def test_these_see_no_round_they_are_not_named_on(people, name):
    made = makers.round_(people)
    makers.finding(people, made)
    assert not seen(Round, getattr(people, name))
    assert not seen(Finding, getattr(people, name))


def test_recusal_takes_the_round_its_objects_and_its_findings_away(people):
    made = makers.round_(people)
    makers.objects(people, made, "白杨乡")
    makers.finding(people, made)
    for row in (made,):
        Recusal.objects.create(
            person=people.casemgr.person, target_label=row._meta.label_lower, target_id=row.pk, reason="亲属",
            declared_by=people.leader,
        )  # fmt: skip
    assert not seen(Round, people.casemgr)
    assert not seen(RoundObject, people.casemgr)
    assert not seen(Finding, people.casemgr)
    assert seen(Round, people.leader)
