"""Who reviews: units of the county that are not inspected themselves, where somebody may speak; and the way out when
nobody is left who does."""

from datetime import timedelta

import pytest

from inspections import services
from inspections.models import InspectionTerm, RectificationPlan, RoundBody
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, Post, Unit
from povertyaudit.core.verify import verify
from rectification.models import Item
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def with_(wanted, unit, code="sector_department"):
    return [*wanted, {"body": InspectionTerm.objects.get(code=code), "unit": unit}]


def typed(wanted):
    said = {"bodies-TOTAL_FORMS": str(len(wanted)), "bodies-INITIAL_FORMS": "0"}
    for number, one in enumerate(wanted):
        said |= {f"bodies-{number}-body": one["body"].code, f"bodies-{number}-unit": one["unit"].public_id}
    return said


def test_a_body_is_of_the_county_is_not_inspected_and_has_somebody_to_speak(people):
    round_ = makers.round_(people)
    services.add_objects(round_, by=people.patroloffice, units=[handed.bureau()])
    wanted = handed.bodies()
    silent = factories.unit("县档案馆", "department")
    away = Unit.objects.get(name="案件监督管理室", region=factories.YUNPING)
    page, api = handed.web(people.patroloffice), handed.api(people.patroloffice)
    at = f"/rounds/{round_.public_id}/set_reviewers/"
    for unit, why in (
        (silent, "没有可以提出联审意见"),
        (away, "不在本轮次的地区"),
        (handed.bureau(), "被巡察单位"),
    ):
        refused = page.post(at, typed(with_(wanted, unit)))
        assert refused.status_code == (422 if unit != away else 400), why
        body = [{"body": one["body"].code, "unit": one["unit"].public_id} for one in with_(wanted, unit)]
        told = api.post(f"/api/v1{at}", {"bodies": body}, format="json")
        assert told.status_code in {400, 422}, told.data
        with pytest.raises(RuleBroken, match=why):
            services.set_reviewers(handed.fresh(round_), by=people.patroloffice, bodies=with_(wanted, unit))
    assert not round_.bodies.exists()
    budget = with_(wanted, Unit.objects.get(name="县财政局"))
    assert page.post(at, typed(budget)).status_code == 302
    makers.finding(people, handed.fresh(round_), unit=Unit.objects.get(name="县财政局"))
    form = services.draft_feedback(
        by=people.patrol1, round=handed.fresh(round_), unit=Unit.objects.get(name="县财政局")
    )
    with pytest.raises(RuleBroken, match="是本轮次的联审单位"):
        services.tell_head(form, by=people.patroloffice, head_name="局长")
    with pytest.raises(RuleBroken, match="被巡察单位"):
        services.set_reviewers(handed.fresh(round_), by=people.patroloffice, bodies=budget)


def test_the_finance_bureau_sees_what_it_is_asked_to_review(people):
    round_ = makers.round_(people)
    budget = with_(handed.bodies(), Unit.objects.get(name="县财政局"))
    services.set_reviewers(round_, by=people.patroloffice, bodies=budget)
    plan = handed.plan(people, "submitted", round_=handed.fresh(round_))
    page = handed.web(people.finance)
    assert "待联审的整改方案" in page.get("/").content.decode()
    assert page.get(f"{plan.get_absolute_url()}review/").status_code == 200
    said = [{"row": str(no), "grade": "good"} for no in (1, 2)]
    url = f"/api/v1{plan.get_absolute_url()}review/"
    assert handed.api(people.finance).post(url, {"opinions": said}, format="json").status_code == 200


def leave_office(user):
    Post.objects.filter(user=user).update(ends_on=moment.today() - timedelta(days=1))


def test_a_body_nobody_speaks_for_any_more_does_not_hold_the_plan(people):
    plan = handed.plan(people, "submitted")
    services.give_review(plan, by=people.inspector1, opinions=handed.graded(plan))
    leave_office(handed.organiser())
    at = plan.get_absolute_url()
    said = {"note": "组织部门没有人员，改定联审单位后重新报送。", "reason_code": "sb_no_figures"}
    judge = handed.api(people.inspector1).post(f"/api/v1{at}send_back/", said, format="json")
    assert judge.status_code == 403
    with pytest.raises(NotAllowed, match="巡察办退回"):
        services.return_plan(plan, by=people.inspector1, note="一")
    office = handed.web(people.patroloffice)
    assert office.get(f"{at}send_back/").status_code == 200
    assert office.post(f"{at}send_back/", said).status_code == 302
    plan = handed.fresh(plan)
    review = plan.reviews.get()
    assert (plan.state, review.state, review.summary) == ("returned", "returned", "")
    assert [clock.code for clock in Clock.objects.of(plan).open()] == ["plan.resubmit"]
    head = handed.api(people.unithead)
    refused = head.post(f"/api/v1{at}submit/", {}, format="json")
    assert (refused.status_code, "县委组织部" in str(refused.data)) == (422, True), refused.data
    own = RoundBody.objects.filter(round=plan.round, body__code="organisation")
    own.update(unit=handed.town())  # as it may stand in a round from before
    assert "是整改单位" in str(head.post(f"/api/v1{at}submit/", {}, format="json").data)
    bodies = [one for one in handed.bodies() if one["body"].code != "organisation"]
    bodies = with_(bodies, Unit.objects.get(name="县财政局"))
    services.set_reviewers(handed.fresh(plan.round), by=people.patroloffice, bodies=bodies)
    assert head.post(f"/api/v1{at}submit/", {}, format="json").data["state"] == "submitted"
    assert plan.reviews.count() == 2
    assert verify().broken == []


def test_who_leads_is_a_unit_of_today_and_what_has_ended_since_is_replaced_at_the_approval(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    lead = factories.unit("县扶贫办", "department")
    said = {
        "round": round_.public_id,
        "problem_class": "funds",
        "text": "一",
        "unit": handed.town().public_id,
    }
    said |= {"found_on": makers.STARTS.isoformat()}
    for wrong in (people.casemgr.home.unit, factories.unit("云屏县农业局", "department", factories.YUNPING)):
        answer = handed.api(people.patrol1).post(
            "/api/v1/findings/", said | {"lead_unit": wrong.public_id}, format="json"
        )
        assert answer.status_code in {400, 422}, answer.data
        with pytest.raises(RuleBroken, match="牵头单位") as refused:
            makers.finding(people, round_, lead_unit=wrong)
        assert refused.value.field == "lead_unit"
    finding = makers.finding(people, round_, lead_unit=lead)
    with pytest.raises(RuleBroken, match="牵头单位"):
        services.amend_finding(finding, by=people.patrol1, lead_unit=wrong)
    form = services.draft_feedback(by=people.patrol1, round=handed.fresh(round_), unit=handed.town())
    form = services.tell_head(form, by=people.patroloffice, head_name="镇党委书记")
    form = services.sign(services.tell_leadership(form, by=people.patroloffice), by=people.unithead)
    plan = handed.along(people, RectificationPlan.objects.get(feedback=form), "consolidated")
    Unit.objects.filter(pk=lead.pk).update(ends_on=moment.today() - timedelta(days=1))
    office = handed.web(people.patroloffice)
    at = f"{plan.get_absolute_url()}approve/"
    bare = office.post(at, {})
    assert (bare.status_code, "县扶贫办" in bare.content.decode()) == (422, True)
    assert not Item.objects.exists()
    assert office.post(at, {"lead_unit": handed.bureau().public_id}).status_code == 302
    assert Item.objects.get().lead_unit == handed.bureau()
