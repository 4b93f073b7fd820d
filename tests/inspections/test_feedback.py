"""Double feedback, signed for by who is entitled; then a plan with person, date and measure for every problem."""

from datetime import timedelta

import pytest

from inspections import services
from inspections.models import Feedback, RectificationPlan
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several
from povertyaudit.core.models import Clock, Role
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def TODAY():
    return moment.today().isoformat()


def test_feedback_on_pages_head_first_then_the_leading_group_then_the_signature(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    makers.finding(people, round_)
    handed.opinion(people, round_)
    office, head = handed.web(people.patroloffice), handed.web(people.unithead)
    said = {"round": round_.public_id, "unit": handed.town().public_id, "text": "总体较好。"}
    assert office.get(f"/feedbacks/new/?round={round_.public_id}").status_code == 200
    assert office.post("/feedbacks/new/", said).status_code == 302
    row = Feedback.objects.get()
    at = f"/feedbacks/{row.public_id}"
    assert office.get(f"{at}/amend/").status_code == 200
    assert head.get(f"{at}/").status_code == 404
    assert office.post(f"{at}/tell_leadership/", {"leadership_on": TODAY()}).status_code == 409
    assert office.get(f"{at}/tell_head/").status_code == 200
    assert office.post(f"{at}/tell_head/", {"head_name": "书记", "head_on": TODAY()}).status_code == 302
    assert head.get(f"{at}/").status_code == 200
    assert office.post(f"{at}/tell_leadership/", {"leadership_on": TODAY()}).status_code == 302
    assert round_.opinions.get().state == "sent"
    owed = Clock.objects.of(row).get()
    assert (owed.code, owed.start_event, owed.state) == ("item.plan", "向领导班子反馈", "running")
    waits = office.get(round_.get_absolute_url()).content.decode()
    assert "1 张反馈表没有签收" in waits
    assert f"{owed.due_on.month} 月 {owed.due_on.day} 日" in waits or str(owed.due_on) in waits
    assert "报送整改方案" in head.get(f"{at}/").content.decode()
    assert "待签收的反馈表" in head.get("/").content.decode()
    assert "滞留四个月" in head.get(f"{at}/sign/").content.decode()
    assert head.post(f"{at}/sign/", {}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.signed_way, row.signed_by) == ("signed", "online", people.unithead)
    plan = RectificationPlan.objects.get()
    clock = Clock.objects.of(plan).get()
    assert (clock.code, clock.started_on, plan.rows.count()) == ("item.plan", moment.today(), 1)
    assert "待报送的整改方案" in handed.web(people.official).get("/").content.decode()
    assert verify().broken == []


def test_feedback_by_api_signed_in_person(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    makers.finding(people, round_)
    office = handed.api(people.patroloffice)
    made = office.post("/api/v1/feedbacks/", {"round": round_.name, "unit": handed.TOWN}, format="json")
    assert made.status_code == 201, made.data
    at = f"/api/v1/feedbacks/{made.data['id']}"
    assert office.post(f"{at}/tell_head/", {"head_name": "书记"}, format="json").status_code == 200
    assert office.post(f"{at}/tell_leadership/", {}, format="json").data["state"] == "issued"
    for wrong in ("2020-01-01T09:00:00+08:00", (moment.now() + timedelta(days=1)).isoformat()):
        said = {"signed_name": "书记", "signed_at": wrong}
        refused = office.post(f"{at}/record_signing/", said, format="json")
        assert (refused.status_code, refused.data["field"]) == (422, "signed_at")
    now, form = (moment.now() - timedelta(minutes=1)).isoformat(), Feedback.objects.get()
    own = moment.today() + timedelta(days=45)
    clocks.override(form, "item.plan", due_on=own, reason="另定", by=people.patroloffice)
    done = office.post(
        f"{at}/record_signing/", {"signed_name": "镇党委书记", "signed_at": now}, format="json"
    )
    assert (done.status_code, done.data["signed_way"], done.data["signed_name"]) == (
        200,
        "in_person",
        "镇党委书记",
    )
    assert handed.api(people.unithead).get("/api/v1/rectification-plans/").data["results"][0]["problems"] == 1
    running = Clock.objects.get(
        code="item.plan", state="running"
    )  # of the plan now: not longer for being signed late
    assert (running.target_label, running.started_on, running.due_on) == (
        "inspections.rectificationplan",
        form.leadership_on,
        own,
    )


@pytest.mark.parametrize(
    "name", ["official", "otherofficial", "patroloffice", "patrol1", "sector", "secretary"]
)
def test_nobody_but_the_head_of_the_recipient_signs(people, name):
    row = handed.feedback(people, to="issued")
    who = factories.fresh(getattr(people, name))
    with pytest.raises(NotAllowed):
        services.sign(row, by=who)
    answer = handed.web(who).post(f"/feedbacks/{row.public_id}/sign/", {})
    assert answer.status_code in {403, 404}
    assert handed.api(who).post(f"/api/v1/feedbacks/{row.public_id}/sign/").status_code in {403, 404}
    assert handed.fresh(row).state == "issued"


def test_the_head_of_another_unit_does_not_sign_either(people):
    row = handed.feedback(people, to="issued")
    town = factories.unit("白杨乡人民政府", region=factories.OTHER_TOWN)
    other = factories.user(Role.UNIT_HEAD, unit=town, region=factories.OTHER_TOWN)
    with pytest.raises(NotAllowed) as refused:
        services.sign(row, by=other)
    assert refused.value.code == "unit.not_yours"
    assert handed.web(other).get(f"/feedbacks/{row.public_id}/sign/").status_code == 404
    signed = services.sign(row, by=people.unithead)
    with pytest.raises(NotAllowed):
        services.submit_plan(signed.plans.get(), by=other, rows=handed.whole(signed.plans.get()))


def test_a_problem_is_fed_back_once_and_then_stands(people):
    row = handed.feedback(people, to="issued")
    finding = row.rows.first().finding
    with pytest.raises(RuleBroken):
        services.withdraw_finding(finding, by=people.patrol1, note="改")
    with pytest.raises(RuleBroken):
        services.draft_feedback(by=people.patrol1, round=row.round, unit=handed.town())
    other = factories.unit("县农业农村局", "department")
    with pytest.raises(RuleBroken) as taken:
        services.draft_feedback(by=people.patrol1, round=row.round, unit=other, findings=[finding])
    assert "另一张反馈表" in taken.value.message
    with pytest.raises(RuleBroken):
        services.draft_feedback(by=people.patrol1, round=row.round, unit=other)


def test_no_feedback_before_the_reviewers_are_named(people):
    round_ = makers.round_(people)
    makers.finding(people, round_)
    row = services.draft_feedback(by=people.patrol1, round=round_, unit=handed.town())
    with pytest.raises(RuleBroken) as refused:
        services.tell_head(row, by=people.patroloffice, head_name="书记")
    assert "联审单位" in refused.value.message


def test_a_draft_is_amended(people):
    row = handed.feedback(people, to="draft")
    first = row.rows.first().finding
    done = services.amend_feedback(row, by=people.patrol1, findings=[first], text="改。")
    assert [one.finding for one in done.rows.all()] == [first]
    with pytest.raises(RuleBroken):
        services.amend_feedback(row, by=people.patrol1, findings=[])


def test_a_plan_that_lacks_a_field_is_refused_with_everything_at_its_row(people):
    plan = handed.plan(people)
    rows = handed.whole(plan)
    rows[0]["person"], rows[1]["measure"], rows[1]["due_on"] = "", " ", None
    with pytest.raises(Several) as refused:
        services.submit_plan(plan, by=people.unithead, rows=rows)
    fields = [error.field for error in refused.value.errors]
    assert fields == ["rows-0-person", "rows-1-due_on", "rows-1-measure"]
    assert handed.fresh(plan).state == "drafting"
    assert plan.rows.get(ordinal=1).measure == ""


def test_the_same_refusal_on_the_page_keeps_what_was_typed(people):
    plan = handed.plan(people)
    head = handed.web(people.unithead)
    at = f"/rectification-plans/{plan.public_id}"
    assert head.get(f"{at}/submit/").status_code == 200
    said = {"rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "2", "text": "总体"}
    for number, row in enumerate(plan.rows.order_by("ordinal")):
        said |= {
            f"rows-{number}-row": row.public_id, f"rows-{number}-person": "镇长",
            f"rows-{number}-due_on": "2099-01-31", f"rows-{number}-measure": "补发到户" if number else "",
        }  # fmt: skip
    refused = head.post(f"{at}/submit/", said)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "没有填写整改措施" in page
    assert "补发到户" in page
    assert refused.context["formsets"]["rows"].forms[0].errors["measure"]
    half = head.post(f"{at}/fill/", said)
    assert half.status_code == 302
    assert "第 1 项还没有填写整改措施" in head.get(f"{at}/").content.decode()
    assert head.post(f"{at}/submit/", said | {"rows-0-measure": "核对名册"}).status_code == 302
    assert handed.fresh(plan).state == "submitted"


def test_by_api_every_missing_field_is_named(people):
    plan = handed.plan(people)
    head, official = handed.api(people.unithead), handed.api(people.official)
    at = f"/api/v1/rectification-plans/{plan.public_id}"
    refused = head.post(f"{at}/submit/", {}, format="json")
    assert (refused.status_code, len(refused.data["errors"])) == (422, 6)
    rows = [{"row": str(n), "person": "镇长", "due_on": "2099-01-31", "measure": "补发。"} for n in (1, 2)]
    assert official.post(f"{at}/fill/", {"rows": rows}, format="json").status_code == 200
    assert official.post(f"{at}/submit/", {}, format="json").status_code == 403
    early = head.post(f"{at}/submit/", {"rows": [{"row": "1", "due_on": "2020-01-01"}]}, format="json")
    assert (early.status_code, early.data["field"]) == (422, "rows-0-due_on")
    assert head.post(f"{at}/submit/", {}, format="json").data["state"] == "submitted"
    assert head.post(f"{at}/fill/", {"rows": rows}, format="json").status_code == 409


def test_another_units_plan_is_not_there(people):
    plan = handed.plan(people)
    for who in (people.otherofficial, people.sector, people.neighbour, people.patrol2, people.countyleader):
        assert handed.web(who).get(f"/rectification-plans/{plan.public_id}/").status_code == 404
        assert handed.api(who).get(f"/api/v1/rectification-plans/{plan.public_id}/").status_code == 404


def test_a_row_of_another_plan_is_refused(people):
    plan = handed.plan(people)
    row = plan.rows.first()
    row.pk += 1000
    with pytest.raises(RuleBroken):
        services.fill_plan(plan, by=people.official, rows=[{"row": row, "person": "甲"}])
