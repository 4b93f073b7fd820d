"""Borrowed staff and old leaders without an account: in the pool, drawn, on a team, standing aside; what is signed is not theirs."""

from datetime import date

import pytest

from inspections import services
from inspections.models import PoolPerson, RoundRecusal
from inspections.services import worksheets
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import AuditEntry, UnitKind
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import field_makers, handed, makers

pytestmark = pytest.mark.django_db
SINCE = "2026-01-05"


def village():
    return factories.unit("石桥坳村民委员会", UnitKind.VILLAGE, factories.VILLAGE)


def rows(*members):
    said = {"members-TOTAL_FORMS": len(members), "members-INITIAL_FORMS": 0}
    for number, one in enumerate(members):
        said |= {f"members-{number}-{key}": value for key, value in one.items()}
    return said


def test_somebody_without_an_account_is_pooled_drawn_and_put_on_a_team(people):
    office, machine = handed.web(people.patroloffice), handed.api(people.patroloffice)
    bureau, home = handed.bureau(), village()
    url = "/pool-persons/new/"
    for bad, field in (
        ({"name": "王某"}, "home_unit"),
        ({}, "user"),
        ({"name": "王某", "user": people.finance.public_id}, "name"),
    ):
        refused = office.post(url, {"starts_on": SINCE} | bad)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field]), bad
    said = {"starts_on": SINCE, "name": "王某", "post_title": "退休干部", "home_unit": home.public_id}
    assert office.post(url, said).status_code == 302
    assert office.post(url, said).context["form"].errors["name"] == ["这个人已在人才库中。"]
    other = {"starts_on": SINCE, "name": "李某", "home_unit": bureau.public_id}
    made = machine.post("/api/v1/pool-persons/", other, format="json")
    assert (made.status_code, made.data["user"], made.data["name"]) == (201, None, "李某")
    shown = office.get("/pool-persons/?q=退休").content.decode()
    assert "王某（无账号）" in shown
    assert "李某" not in shown
    round_ = makers.round_(people)
    makers.objects(people, round_, "县农业农村局\n白杨乡")
    assert (
        machine.post(
            f"/api/v1/rounds/{round_.public_id}/draw_people/", {"size": 1}, format="json"
        ).status_code
        == 200
    )
    draw = round_.draws.get()
    results = {one.pool_person.name: (one.result, one.why) for one in draw.entries.all()}
    assert results["王某"] == ("drawn", "")
    assert results["李某"] == ("excluded", "现任职单位与巡察对象“县农业农村局”有关")
    here = f"/rounds/{round_.public_id}/set_team/?draw={draw.public_id}&team=巡察一组"
    form = office.get(here).context["formsets"]["members"].initial_forms[-1]
    assert (form.initial["user"], form.initial["name"], form.initial["home_unit"]) == (None, "王某", home)
    lead = {"user": people.patrol1.public_id, "role": "leader"}
    outside = {"name": "王某", "post_title": "退休干部", "home_unit": home.public_id, "role": "member"}
    for bad, field in (
        ({"home_unit": ""}, "home_unit"),
        ({"user": people.finance.public_id}, "name"),
        ({"name": ""}, "user"),
    ):
        refused = office.post(here, {"team": "巡察一组", **rows(lead, outside | bad)})
        assert (refused.status_code, list(refused.context["formsets"]["members"].forms[1].errors)) == (
            422,
            [field],
        ), bad
    leads = office.post(here, rows(outside | {"role": "leader"}))
    assert "组长要签字、决定回避，须有账号" in leads.context["formsets"]["members"].forms[0].errors["role"][0]
    assert "同一个人" in office.post(here, rows(lead, outside, outside)).content.decode()
    assert office.post(here, {"team": "巡察一组", **rows(lead, outside)}).status_code == 302
    page = office.get(round_.get_absolute_url()).content.decode()
    assert "王某（无账号）" in page
    assert "石桥坳村民委员会 退休干部" in page
    members = machine.get(f"/api/v1/rounds/{round_.public_id}/").data["members"]
    assert [(one["name"], one["user"] is None, one["post_title"]) for one in members] == [
        (people.patrol1.display_name, False, ""), ("王某", True, "退休干部"),
    ]  # fmt: skip
    assert office.get(here).context["formsets"]["members"].initial_forms[-1].initial["name"] == "王某"
    second = {"team": "巡察二组", "members": [{"user": "patrol2", "role": "leader"}, {**outside}]}
    twice = machine.post(f"/api/v1/rounds/{round_.public_id}/set_team/", second, format="json")
    assert (twice.status_code, twice.data["code"]) == (422, "set_team.elsewhere")
    with pytest.raises(RuleBroken, match="已编组"):
        services.draw_people(handed.fresh(round_), by=people.patroloffice, size=1, seed="1")
    record = AuditEntry.objects.of(PoolPerson.objects.get(name="王某"))
    assert "王某" not in str([one.changes for one in record])  # a salted digest, that can be erased
    assert verify().broken == []


def test_he_stands_aside_by_the_word_of_the_leader_and_signs_nothing(people):
    round_ = makers.round_(people, team=False)
    listed = makers.objects(people, round_, "县农业农村局\n柳溪镇")
    members = [
        {"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"},
        {"name": "王某", "home_unit": village(), "role": "member", "seconded_from": date(2026, 3, 2)},
        {"name": "李某", "home_unit": handed.bureau(), "role": "member"},
    ]  # fmt: skip
    services.set_team(handed.fresh(round_), by=people.patroloffice, members=members)
    own = RoundRecusal.objects.get()  # of his own unit without anybody's word
    assert (own.called, own.object, own.state) == ("李某", listed["县农业农村局"], "declared")
    leader, at = handed.web(people.patrol1), f"/rounds/{round_.public_id}"
    place = handed.fresh(round_).members.get(name="王某")
    waits = leader.get(f"{at}/").content.decode()
    assert "王某（无账号，组长或者巡察办代报）" in waits
    said = {"outsider": place.public_id, "objects": [listed["柳溪镇"].public_id], "ground": "kin"}
    by_a_member = handed.web(people.inspector1).post(f"{at}/declare_recusal/", said)
    assert by_a_member.status_code == 403
    assert leader.post(f"{at}/declare_recusal/", said).status_code == 302
    assert RoundRecusal.objects.get(name="王某").state == "granted"
    deciding = {"recusal": own.public_id, "decision": "refused", "note": "只借调半年。"}
    machine = handed.api(people.patrol1)
    assert machine.post(f"/api/v1{at}/decide_recusal/", deciding, format="json").status_code == 200
    page = leader.get(f"{at}/").content.decode()
    assert "王某（无账号）" in page
    none = machine.post(f"/api/v1{at}/declare_recusal/", {"outsider": place.public_id}, format="json")
    assert none.status_code == 200
    assert handed.fresh(place).declared_on is not None
    sheet = field_makers.worksheet(people, round=handed.fresh(round_))
    for name in ("patrol1", "inspector1"):
        worksheets.sign(sheet, by=getattr(people, name))
    worksheets.to_finding(handed.fresh(sheet), by=people.patrol1)
    handed.feedback(people, handed.with_reviewers(people, handed.fresh(round_)), problems=1)  # tells the team
    services.set_team(handed.fresh(round_), by=people.patroloffice, members=members[:2])
    services.finish_round(handed.fresh(round_), by=people.patroloffice)
    assert verify().broken == []
