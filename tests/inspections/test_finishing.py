"""A round is not finished over worksheets that could no longer become findings afterwards."""

import pytest

from inspections import services
from inspections.services import plans, worksheets
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Notification, Recusal, Role
from tests import factories
from tests.inspections import field_makers, handed, makers

pytestmark = pytest.mark.django_db
TEAM = ("patrol1", "inspector1")


@pytest.fixture
def round_(people):
    made = makers.round_(people, team=False)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"}]
    services.set_team(made, by=people.patroloffice, members=members)
    return handed.fresh(made)


def signed(people, **more):
    row = field_makers.worksheet(people, **more)
    for name in TEAM:
        row = worksheets.sign(row, by=getattr(people, name))
    return row


def test_signed_worksheets_are_registered_first_and_hidden_plans_are_not_told_of(people, round_):
    office = handed.web(people.patroloffice)
    other = factories.user(Role.PATROL_OFFICE, unit=people.patroloffice.home.unit)
    hidden = signed(
        people, plan=field_makers.plan(people, "under_way", by=other, round=round_), text="计划的问题"
    )
    waiting, half = signed(people, round=round_), field_makers.worksheet(people, round=round_, text="没签")
    worksheets.sign(half, by=people.patrol1)
    said = {"finished_on": "2026-05-06"}
    page = office.post(f"{round_.get_absolute_url()}finish_round/", said)
    (sentence,) = page.context["form"].errors["finished_on"]
    assert waiting.number in sentence
    assert "登记为发现问题" in sentence
    for kept in (half.number, hidden.title, "另有"):
        assert kept not in sentence
    machine = handed.api(people.patroloffice)
    url = f"/api/v1/rounds/{round_.public_id}/finish_round/"
    refused = machine.post(url, said, format="json")
    assert (refused.status_code, refused.data["field"]) == (422, "finished_on"), refused.data
    told = handed.api(other).post(url, said, format="json")
    assert hidden.title in told.data["message"]
    worksheets.to_finding(waiting, by=people.patrol1)
    assert machine.post(url, said, format="json").status_code == 200


def test_who_stands_aside_is_told_how_many_and_his_signature_does_not_count(people, round_):
    makers.objects(people, round_, "柳溪镇")
    waiting = signed(people, round=handed.fresh(round_))
    other = factories.user(Role.PATROL_OFFICE, unit=people.patroloffice.home.unit)
    Recusal.objects.create(
        person=other.person, target_label="inspections.roundobject", target_id=waiting.object_id, reason="家乡",
        declared_by=people.casemgr, declared_at=moment.now(),
    )  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        services.finish_round(handed.fresh(round_), by=factories.fresh(other))
    assert "您应当回避的 1 份" in refused.value.message
    assert waiting.number not in refused.value.message
    services.declare_recusal(
        handed.fresh(round_), by=people.patroloffice, member=people.patrol1, objects=[waiting.object],
        ground="home",
    )  # fmt: skip
    assert services.finish_round(handed.fresh(round_), by=people.patroloffice).state == "finished"


def test_a_sheet_left_behind_is_signed_no_more_and_discarded_by_the_office(people, round_):
    half = worksheets.sign(field_makers.worksheet(people, round=round_), by=people.patrol1)
    services.finish_round(handed.fresh(round_), by=people.patroloffice)
    second, office, url = (
        handed.web(people.inspector1),
        handed.web(people.patroloffice),
        half.get_absolute_url(),
    )
    assert "请“作废”" in second.post(f"{url}sign/", {}).content.decode()
    late = handed.api(people.inspector1).post(f"/api/v1/worksheets/{half.public_id}/sign/", {}, format="json")
    assert (late.status_code, late.data["code"]) == (409, "sign.state")
    assert "请“作废”" in office.get(url).content.decode()
    owed = f"/worksheets/?round={round_.public_id}&amp;left=yes"
    assert owed in office.get(round_.get_absolute_url()).content.decode()
    assert half.number in office.get("/worksheets/?left=yes").content.decode()
    assert office.post(f"{url}discard/", {"note": ""}).status_code in {400, 422}
    assert office.post(f"{url}discard/", {"note": "结束时没有签齐。"}).status_code == 302
    assert handed.fresh(half).state == "discarded"


def test_a_sheet_of_a_plan_hidden_until_the_finish_becomes_a_finding_of_the_finished_round(people, round_):
    other = factories.user(Role.PATROL_OFFICE, unit=people.patroloffice.home.unit)
    plan = field_makers.plan(people, "under_way", by=other, round=round_)
    sheet = worksheets.sign(field_makers.worksheet(people, plan=plan), by=people.patrol1)
    services.finish_round(handed.fresh(round_), by=people.patroloffice)
    url = f"/api/v1/worksheets/{sheet.public_id}"
    team = handed.api(people.patrol1)
    assert handed.api(people.inspector1).post(f"{url}/sign/", {}, format="json").status_code == 200
    early = team.post(f"{url}/to_finding/", {}, format="json")
    assert (early.status_code, early.data["code"]) == (422, "to_finding.secret")
    plans.finish(handed.fresh(plan), by=people.patrol1)
    done = team.post(f"{url}/to_finding/", {}, format="json")
    assert done.status_code == 200, done.data
    found = round_.findings.get()
    assert (found.state, bool(found.number)) == ("recorded", True)


def test_a_sheet_hidden_until_the_round_is_closed_becomes_a_finding_of_another(people, round_):
    other = factories.user(Role.PATROL_OFFICE, unit=people.patroloffice.home.unit)
    plan = field_makers.plan(people, "under_way", by=other, round=round_)
    sheet = worksheets.sign(field_makers.worksheet(people, plan=plan), by=people.patrol1)
    services.finish_round(handed.fresh(round_), by=people.patroloffice)
    close = f"{round_.get_absolute_url()}close_round/"
    known = handed.web(other).post(close, {}).content.decode()
    assert plan.title in known
    assert "1 份问题底稿没有登记为发现问题或者作废" in known
    silent = handed.web(people.patroloffice).post(close, {})  # knows of no plan, and is told of none
    assert (silent.status_code, handed.fresh(round_).state) == (302, "closed")
    told = Notification.objects.filter(user=people.patroloffice)
    assert not told.filter(text__contains="走访").exists()
    plans.finish(handed.fresh(plan), by=people.patrol1)
    assert told.filter(text__contains="有 1 份问题底稿没有登记为发现问题：所属轮次已经办结").exists()
    second = handed.web(people.inspector1)
    assert second.post(f"{sheet.get_absolute_url()}sign/", {}).status_code == 302
    assert "所属轮次已经办结" in second.get(sheet.get_absolute_url()).content.decode()
    url, team = f"/api/v1/worksheets/{sheet.public_id}/to_finding/", handed.api(people.patrol1)
    nowhere = team.post(url, {}, format="json")
    assert (nowhere.status_code, nowhere.data["code"], nowhere.data["field"]) == (
        422,
        "to_finding.round",
        "round",
    )
    following = makers.round_(people, name="第三届县委第六轮巡察")
    assert team.post(url, {"round": following.name}, format="json").status_code == 200
    assert (following.findings.count(), round_.findings.count()) == (1, 0)
    assert handed.fresh(sheet).round == following
