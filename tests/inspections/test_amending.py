"""修改轮次: what was wrong is mended, what is written down of the round holds the days; periods of the round's own."""

from datetime import date

import pytest

from inspections import services
from inspections.models import RectificationPlan, Round
from inspections.services import papers
from povertyaudit.core.models import Clock, Role, UnitKind
from tests import factories
from tests.inspections import field_makers, handed, makers

pytestmark = pytest.mark.django_db
WHY = {"note": "领导小组同意调整。"}


def filled(page):
    """What the form holds as it opens, as a browser would send it back."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    said = {
        name: form.fields[name].prepare_value(value) if value is not None else ""
        for name, value in values.items()
    }
    return {name: value for name, value in said.items() if value not in (None, False)}


def test_a_round_is_mended_on_the_page_and_what_changed_is_read_there(people):
    row = makers.round_(people)
    makers.finding(people, row, found_on=date(2026, 3, 10))
    office, url = handed.web(people.patroloffice), f"{row.get_absolute_url()}amend_round/"
    said = filled(office.get(url))
    assert "finished_on" not in said
    for bad, field, words in (
        ({"starts_on": "2026-03-11"}, "starts_on", "2026-03-10 已有发现的问题"),
        ({"ends_on": "2026-03-09"}, "ends_on", "2026-03-10 已有发现的问题"),
        ({"ends_on": "2026-03-01"}, "ends_on", "不能早于进驻日期"),
        ({"plan_amount": "20"}, "plan_unit", "一并填写"),
        ({"plan_amount": "30", "plan_unit": "months"}, "plan_amount", "1 至 24 个月"),
        ({"plan_amount": "20", "plan_unit": "working_days"}, "periods_rule", "写明依据"),
        ({"session": "12"}, "ordinal", "一并填写"),
        ({"approved_by": people.patrol1.public_id}, "approved_by", "重新选择"),
        ({"note": ""}, "note", ""),
    ):
        refused = office.post(url, said | WHY | bad)
        assert refused.status_code in {400, 422}, bad
        assert words in refused.context["form"].errors[field][0], bad
    assert office.post(url, said | WHY).status_code == 422  # nothing was altered
    mended = {
        "session": "12", "ordinal": "9", "name": "", "ends_on": "2026-05-20", "authorisation": "县委办〔2026〕9号",
        "approved_by": people.leader.public_id, "plan_amount": "20", "plan_unit": "working_days", "periods_rule": "县委办〔2026〕11号",
    }  # fmt: skip
    done = office.post(url, said | WHY | mended)
    assert done.status_code == 302, done.context["form"].errors
    row = handed.fresh(row)
    assert (row.name, row.ends_on, row.approved_by) == (
        "第十二届县委第九轮巡察",
        date(2026, 5, 20),
        people.leader,
    )
    page = office.get(row.get_absolute_url()).content.decode()
    for words in (
        "20 个工作日（本轮次另定）",
        "县委办〔2026〕11号",
        WHY["note"],
        people.secretary.display_name,
    ):
        assert words in page, words
    assert handed.web(people.casemgr).get(url).status_code == 403


def test_the_machine_says_only_what_changes_and_the_rules_of_another_day_of_entry_hold(people):
    row = makers.round_(people)
    makers.round_(people, "同名的轮次")
    office, url = handed.api(people.patroloffice), f"/api/v1/rounds/{row.public_id}/amend_round/"
    for bad, field in (
        ({"name": "同名的轮次"}, "name"), ({"finished_on": "2026-05-01"}, "finished_on"), ({"window_months": 3}, "window_rule"),
        ({"plan_amount": 0, "plan_unit": "days"}, "plan_amount"), ({"region": factories.QINGHE}, "region"),
        ({"approved_by": "patroloffice"}, "approved_by"),
    ):  # fmt: skip
        refused = office.post(url, WHY | bad, format="json")
        assert (refused.status_code in {400, 422}, refused.data["field"]) == (True, field), refused.data
    done = office.post(url, WHY | {"starts_on": "2023-02-27", "kind": "special"}, format="json")
    assert (done.status_code, done.data["window_months"], done.data["ends_on"]) == (200, 2, "2026-04-30")
    told = {"window_months": 3, "window_rule": "县委办〔2023〕1号", "starts_on": "2026-03-02"}
    assert office.post(url, WHY | told, format="json").data["window_months"] == 3
    finish = f"/api/v1/rounds/{row.public_id}/finish_round/"
    assert office.post(finish, {"finished_on": "2026-05-06"}, format="json").status_code == 200
    assert office.post(url, WHY | {"finished_on": "2026-05-05"}, format="json").status_code == 200
    late = office.post(url, WHY | {"finished_on": "2026-02-05"}, format="json")
    assert (late.status_code, late.data["field"]) == (422, "finished_on")


def plan_clock(form):
    return Clock.objects.of(RectificationPlan.objects.get(feedback=form)).get(code="item.plan")


def test_its_own_periods_run_for_what_is_signed_and_recorded_afterwards(people):
    row = handed.with_reviewers(people, makers.round_(people))
    before = handed.feedback(people, row, problems=1)
    old = plan_clock(before).due_on
    village = factories.unit("石桥坳村民委员会", UnitKind.VILLAGE, factories.VILLAGE)
    makers.finding(people, handed.fresh(row), unit=village)
    after = services.draft_feedback(by=people.patrol1, round=handed.fresh(row), unit=village)
    office, url = handed.api(people.patroloffice), f"/api/v1/rounds/{row.public_id}/amend_round/"
    own = {
        "plan_amount": 20, "plan_unit": "working_days", "report_amount": 10, "report_unit": "days",
        "periods_rule": "县委办〔2026〕11号",
    }  # fmt: skip
    assert office.post(url, WHY | own, format="json").status_code == 200
    report = papers.record_paper(
        by=people.patroloffice, round=handed.fresh(row), kind="report", title="巡察报告", left_on=date(2026, 4, 30)
    )  # fmt: skip
    clock = Clock.objects.of(report).get()
    assert (clock.due_on, clock.override["reason"]) == (
        date(2026, 5, 11),  # ten days from 30 April end on a Sunday
        "本轮次另定为 10 日，依据县委办〔2026〕11号",
    )
    after = services.tell_head(after, by=people.patroloffice, head_name="村支书")
    after = services.tell_leadership(after, by=people.patroloffice)
    after = services.record_signing(after, by=people.patroloffice, signed_name="村支书")
    assert "20 个工作日" in plan_clock(after).override["reason"]
    assert (plan_clock(before).due_on, plan_clock(before).override) == (old, None)
    assert plan_clock(after).due_on != old


def test_a_secret_round_stays_secret_and_its_days_tell_of_no_secret_plan(people):
    row = makers.round_(people, secret=True)
    other = factories.user(Role.PATROL_OFFICE, unit=people.patroloffice.home.unit)
    alone = [{"user": people.patrol1, "role": "leader"}]
    plan = field_makers.plan(people, "under_way", round=row, members=alone)
    visit = field_makers.visit(people, plan)
    url = f"/api/v1/rounds/{row.public_id}/amend_round/"
    assert handed.api(other).post(url, WHY | {"name": "改"}, format="json").status_code == 404
    office = handed.api(people.patroloffice)
    early = WHY | {"ends_on": str(row.starts_on)}
    refused = office.post(url, early, format="json")
    assert (refused.status_code, refused.data["field"]) == (422, "ends_on")
    assert str(visit.visited_on) in refused.data["message"]
    done = office.post(url, WHY | {"name": "改名的轮次", "approved_by": "leader"}, format="json")
    assert (done.status_code, done.data["number"], done.data["secret"]) == (200, None, True)
    seen = {
        who: Round.objects.visible_to(factories.fresh(who)).exists()
        for who in (people.leader, people.secretary)
    }
    assert seen == {people.leader: True, people.secretary: False}
    open_one = makers.round_(people, "不保密的轮次")
    field_makers.visit(people, field_makers.plan(people, "under_way", round=open_one))
    told = f"/api/v1/rounds/{open_one.public_id}/amend_round/"
    refused = handed.api(people.patroloffice).post(told, early, format="json")
    assert (refused.status_code, refused.data["field"]) == (422, "ends_on")
    assert handed.api(other).post(told, early, format="json").status_code == 200
