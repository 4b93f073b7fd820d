"""What is kept within a secret round, or within a team, is not told by what refers to it."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from cases import services as cases
from inspections import services
from inspections.models import Draw, DrawEntry, VisitPlan
from inspections.services import plans, worksheets
from povertyaudit.core import handing_over
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import AuditEntry, Region, Unit
from tests import factories
from tests.inspections import field_makers, makers

pytestmark = pytest.mark.django_db


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def test_a_sheet_of_a_plan_without_a_round_is_not_moved_into_a_secret_round(people):
    plan = field_makers.plan(people, "under_way")  # inspector1 goes too, and knows of no round
    sheet = field_makers.worksheet(people, plan=plan)
    for who in (people.patrol1, people.inspector1):
        sheet = worksheets.sign(sheet, by=who)
    secret = makers.round_(people, "机动巡察", secret=True)
    for upto in ("under_way", "finished"):
        if upto == "finished":
            plans.finish(plan, by=people.patrol1)
        said = {"round": secret.public_id}
        page = web(people.patrol1).post(f"{sheet.get_absolute_url()}to_finding/", said)
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["round"]), upto
        answer = api(people.patrol1).post(
            f"/api/v1/worksheets/{sheet.public_id}/to_finding/", said, format="json"
        )
        assert (answer.status_code, answer.data["code"], answer.data["field"]) == (
            422, "to_finding.secret_round", "round",
        )  # fmt: skip
    assert "机动巡察" not in web(people.inspector1).get(sheet.get_absolute_url()).content.decode()
    assert worksheets.to_finding(sheet, by=people.patrol1, round=makers.round_(people)).finding is not None


def test_on_a_plan_of_a_secret_round_stand_only_those_who_know_of_the_round(people):
    secret = makers.round_(people, "机动巡察", secret=True)
    lone = [{"user": people.patrol1, "role": "leader"}]
    both = [*lone, {"user": people.inspector1, "role": "member"}]
    said = {
        "title": "暗访", "region": factories.QINGHE, "starts_on": "2026-03-04", "ends_on": "2026-03-06",
        "round": secret.public_id, "approver": "leader", "members": [{"user": "patrol1", "role": "leader"}],
    }  # fmt: skip
    office = api(people.patroloffice)
    refused = office.post("/api/v1/visit-plans/", said, format="json")
    assert (refused.status_code, refused.data["code"], refused.data["field"]) == (
        422, "order.approver_unnamed", "approver",
    )  # fmt: skip
    said["approver"] = "secretary"
    with_him = said | {"members": [*said["members"], {"user": "inspector1", "role": "member"}]}
    refused = office.post("/api/v1/visit-plans/", with_him, format="json")
    assert (refused.status_code, refused.data["code"], refused.data["field"]) == (
        422, "order.members_unnamed", "members",
    )  # fmt: skip
    assert people.inspector1.display_name in refused.data["message"]
    assert not VisitPlan.objects.exists()
    row = field_makers.plan(people, round=secret, members=lone)
    with pytest.raises(RuleBroken):
        plans.amend(row, by=people.patroloffice, members=both)
    with pytest.raises(RuleBroken):
        plans.amend(row, by=people.patroloffice, members=lone, approver=people.leader)
    outside = field_makers.plan(people, title="另一件")
    with pytest.raises(RuleBroken):  # moved into it later
        plans.amend(outside, by=people.patroloffice, members=both, round=secret)
    services.set_team(secret, by=people.patroloffice, members=both)
    assert plans.amend(row, by=people.patroloffice, members=both).members.count() == 2


def leaves(people, account, username):
    """Somebody new in the post of `account`, who hands over to him."""
    post = account.home
    heir = factories.user(post.role, unit=Unit.objects.get(pk=post.unit_id), username=username)
    handing_over.hand_over(factories.fresh(account), by=people.secadmin, successor=heir)
    return heir


def test_who_takes_over_comes_onto_such_a_plan_only_with_the_round(people):
    secret = makers.round_(people, "机动巡察", secret=True)
    lone = [{"user": people.patrol1, "role": "leader"}]
    row = field_makers.plan(people, round=secret, members=lone)
    second = leaves(people, people.patrol1, "patrol9")  # the place in the round goes first
    assert [one.user for one in row.members.all()] == [second]
    services.set_team(secret, by=people.patroloffice, members=[{"user": people.patrol2, "role": "leader"}])
    third = leaves(people, second, "patrol10")  # who has left the team hands on no round
    assert not VisitPlan.objects.visible_to(third).exists()
    assert AuditEntry.objects.of(row).filter(verb="visitplan.not_handed_over").count() == 1


def test_nobody_is_sent_to_where_he_is_at_home_or_stands_aside(people):
    cases.declare(by=people.inspector1, kind="home", home=Region.objects.get(code=factories.VILLAGE))
    page = web(people.patroloffice).post("/visit-plans/new/", {
        "title": "暗访", "kind": "unannounced", "region": factories.QINGHE, "starts_on": "2026-03-04", "ends_on": "2026-03-06",
        "approver": people.secretary.public_id, "members-TOTAL_FORMS": "1", "members-INITIAL_FORMS": "0",
        "members-0-user": people.inspector1.public_id, "members-0-role": "leader", "places-TOTAL_FORMS": "1",
        "places-INITIAL_FORMS": "0", "places-0-region": factories.VILLAGE,
    })  # fmt: skip
    assert page.status_code == 422
    assert f"{people.inspector1.display_name}应当回避石桥坳村（家乡所在地）" in page.content.decode()
    for place in (factories.VILLAGE, factories.TOWN):  # the town his village lies in
        with pytest.raises(RuleBroken) as refused:
            field_makers.plan(people, places=[{"region": Region.objects.get(code=place)}])
        assert refused.value.field == "members"
    whole = [{"region": Region.objects.get(code=code)} for code in (factories.OTHER_TOWN, factories.QINGHE)]
    made = makers.round_(people)  # where the round itself keeps somebody away it is the same
    listed = makers.objects(people, made, "白杨乡\n县农业农村局")
    services.declare_recusal(
        made,
        by=people.patroloffice,
        member=people.patrol1,
        objects=list(listed.values()),
        ground="other",
        text="战友",
    )
    with pytest.raises(RuleBroken) as refused:
        field_makers.plan(people, places=whole, round=made)
    alone = f"{people.patrol1.display_name}应当回避白杨乡（本轮次回避），请改选走访人员或者地点。"
    assert refused.value.message == alone  # a department is no place: the county is not closed to him
    row = field_makers.plan(people, places=whole)
    with pytest.raises(RuleBroken) as refused:  # nor drawn for him: there is no other village
        plans.draw_places(row, by=people.patrol1, size=1)
    assert refused.value.code == "draw.few"
    lone = [{"user": people.patrol1, "role": "leader"}]
    row = plans.amend(row, by=people.patroloffice, members=lone, places=whole)
    plans.draw_places(row, by=people.patrol1, size=1)
    row.refresh_from_db()
    with pytest.raises(RuleBroken):  # what was drawn before he was named counts too
        plans.amend(
            row, by=people.patroloffice, members=[*lone, {"user": people.inspector1, "role": "member"}], places=whole
        )  # fmt: skip


def test_another_secret_round_is_not_named_in_what_a_draw_keeps(people):
    makers.pooled(people, "inspector1", "inspector2", "sector")
    members = [{"user": people.patrol1, "role": "leader"}]
    for name, secret, who in (
        ("机动巡察", True, people.inspector1),
        ("公开的轮次", False, people.inspector2),
    ):
        made = makers.round_(people, name, secret=secret, team=False)
        both = [*members, {"user": who, "role": "member"}]
        services.set_team(made, by=people.patroloffice, members=both)
    mine = makers.round_(people, "本轮", secret=True, team=False)
    services.set_team(
        mine, by=people.patroloffice, members=[*members, {"user": people.sector, "role": "member"}]
    )
    services.draw_people(mine, by=people.patroloffice, size=1)  # he ordered both secret rounds
    why = {one.pool_person.user.username: one.why for one in DrawEntry.objects.filter(result="excluded")}
    assert why == {"inspector2": "已编入“公开的轮次”", "sector": "已编入本轮次"}


def test_why_somebody_was_left_out_is_read_by_those_who_decide(people):
    makers.pooled(people, "sector", "finance", "inspector2")
    made = makers.round_(people, team=False)
    services.set_team(made, by=people.patroloffice, members=[
        {"user": people.patrol1, "role": "leader"}, {"user": people.patrol2, "role": "member"},
        {"user": people.sector, "role": "member"},
    ])  # fmt: skip
    services.draw_people(made, by=people.patroloffice, size=1)
    draw = Draw.objects.get()
    url = f"/api/v1/rounds/{made.public_id}/draws/"
    for who in (people.patroloffice, people.patrol1, people.secretary):
        assert len(api(who).get(url).data[0]["entries"]) == 3
        assert "已编入本轮次" in web(who).get(draw.get_absolute_url()).content.decode()
        assert draw.get_absolute_url() in web(who).get(made.get_absolute_url()).content.decode()
    for who in (people.patrol2, people.sector):
        assert api(who).get(url).data == []
        assert web(who).get(draw.get_absolute_url()).status_code == 404
        assert draw.get_absolute_url() not in web(who).get(made.get_absolute_url()).content.decode()
    seen = {
        who: DrawEntry.objects.visible_to(factories.fresh(getattr(people, who)))
        for who in ("patrol2", "sector")
    }
    assert [one.why for one in seen["sector"]] == ["已编入本轮次"]
    assert not seen["patrol2"].exists()


def test_an_open_round_is_not_put_below_a_secret_one(people):
    upper, below = makers.round_(people, "机动巡察", secret=True), makers.round_(people, "公开的轮次")
    answer = api(people.patroloffice).post(
        f"/api/v1/rounds/{upper.public_id}/link_round/", {"below": below.name}, format="json"
    )
    assert (answer.status_code, answer.data["code"], answer.data["field"]) == (
        422, "link_round.upper_secret", "below",
    )  # fmt: skip
    page = web(people.patroloffice).post(f"{upper.get_absolute_url()}link_round/", {"below": below.public_id})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["below"])
    below.refresh_from_db()
    assert below.parent is None
    services.finish_round(upper, by=people.patroloffice)
    upper.refresh_from_db()
    services.link_round(upper, by=people.patroloffice, below=below)
