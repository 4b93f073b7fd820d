"""Joint review: every body speaks for itself, the discipline body sums up, the office approves or it goes back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from inspections import services
from inspections.models import BodyOpinion, RectificationPlan, ReviewBody, RoundBody
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, Several, WrongState
from povertyaudit.core.models import Clock, User
from povertyaudit.core.verify import verify
from rectification.models import Item
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def test_three_bodies_review_on_pages_and_approval_opens_the_items(people):
    plan = handed.plan(people, "submitted")
    at = f"/rectification-plans/{plan.public_id}"
    for who in (people.inspector1, handed.organiser(), people.patroloffice):
        client = handed.web(who)
        assert "待联审的整改方案" in client.get("/").content.decode()
        page = client.get(f"{at}/review/")
        assert page.status_code == 200
        said = {"opinions-TOTAL_FORMS": "2", "opinions-INITIAL_FORMS": "2"}
        for number, row in enumerate(plan.rows.order_by("ordinal")):
            said |= {f"opinions-{number}-row": row.public_id, f"opinions-{number}-grade": "poor"}
        refused = client.post(f"{at}/review/", said)
        assert (
            refused.status_code,
            BodyOpinion.objects.filter(body__unit__in=factories.fresh(who).unit_ids).count(),
        ) == (422, 0)
        assert "请写明意见" in refused.content.decode()
        said |= {f"opinions-{number}-grade": "good" for number in range(2)}
        assert client.post(f"{at}/review/", said).status_code == 302
    judge, office = handed.web(people.inspector1), handed.web(people.patroloffice)
    assert judge.get(f"{at}/consolidate/").status_code == 200
    assert judge.post(f"{at}/consolidate/", {"summary": "建议通过。"}).status_code == 302
    lacking = office.post(f"{at}/approve/", {})
    assert (lacking.status_code, Item.objects.count()) == (422, 0)
    assert office.post(f"{at}/approve/", {"lead_unit": handed.bureau().public_id}).status_code == 302
    assert handed.fresh(plan).state == "approved"
    items = list(Item.objects.order_by("pk"))
    assert [item.finding.state for item in items] == ["handed_on"] * 2
    assert [measure.text for measure in items[0].measures.order_by("no")] == [
        "核对名册，补发到户。",
        "公示到组。",
    ]
    assert (items[0].responsible_person, items[0].due_on) == ("镇长", moment.today() + timedelta(days=60))
    assert "第 1 次联审" in judge.get(f"{at}/").content.decode()
    assert verify().broken == []


def test_the_same_by_api_with_a_return_and_what_changed(people):
    plan = handed.plan(people, "submitted")
    at = f"/api/v1/rectification-plans/{plan.public_id}"
    opinions = [{"row": str(n), "grade": "fair", "opinion": "补充数据。"} for n in (1, 2)]
    for who in (people.inspector1, handed.organiser(), people.patroloffice):
        half = handed.api(who).post(f"{at}/review/", {"opinions": opinions[:1]}, format="json")
        assert (half.status_code, half.data["field"]) == (422, "opinions-1-grade")
        assert handed.api(who).post(f"{at}/review/", {"opinions": opinions}, format="json").status_code == 200
    judge, office, head = (
        handed.api(who) for who in (people.inspector1, people.patroloffice, people.unithead)
    )
    assert office.post(f"{at}/consolidate/", {"summary": "退回。"}, format="json").status_code == 403
    assert (
        judge.post(f"{at}/consolidate/", {"summary": "退回。"}, format="json").data["state"] == "consolidated"
    )
    bad = judge.post(f"{at}/send_back/", {"note": "没有数据。", "reason_code": "nothing"}, format="json")
    assert (bad.status_code, bad.data["field"]) == (422, "reason_code")
    said = {"note": "没有数据。", "reason_code": "sb_no_figures"}
    assert judge.post(f"{at}/send_back/", said, format="json").data["state"] == "returned"
    assert Clock.objects.of(plan).open().get().code == "plan.resubmit"
    again = head.post(f"{at}/submit/", {"rows": [{"row": "1", "person": "副镇长"}]}, format="json")
    assert again.data["rows"][0]["changed"] == {"person": "镇长"}
    assert again.data["rows"][1]["changed"] == {}
    assert [one["state"] for one in again.data["reviews"]] == ["returned", "open"]
    assert (
        "原为：镇长"
        in handed.web(people.inspector1).get(f"/rectification-plans/{plan.public_id}/").content.decode()
    )


def test_a_body_speaks_once_and_nobody_speaks_for_another(people):
    plan = handed.plan(people, "submitted")
    services.give_review(plan, by=people.inspector1, opinions=handed.graded(plan))
    with pytest.raises(WrongState):
        services.give_review(plan, by=people.inspector2, opinions=handed.graded(plan, "poor"))
    for who in (people.casemgr, people.unithead, people.sector, people.patrol1):
        with pytest.raises(NotAllowed):
            services.give_review(plan, by=who, opinions=handed.graded(plan))
    assert {one.grade for one in BodyOpinion.objects.all()} == {"good"}
    with pytest.raises(RuleBroken) as silent:
        services.consolidate(plan, by=people.inspector1, summary="汇总。")
    assert "县委组织部" in silent.value.message
    with pytest.raises(Several):
        services.give_review(plan, by=people.patroloffice, opinions=[])


def test_a_stale_page_of_one_body_does_not_lose_its_opinion_to_another(people):
    """Both opened the form at the same version; both opinions are kept."""
    plan = handed.plan(people, "submitted")
    at = f"/rectification-plans/{plan.public_id}/review/"
    first, second = handed.web(people.inspector1), handed.web(people.patroloffice)
    version = str(plan.version)
    assert {one.get(at).status_code for one in (first, second)} == {200}
    said = {"opinions-TOTAL_FORMS": "2", "opinions-INITIAL_FORMS": "2", "expected_version": version}
    for number, row in enumerate(plan.rows.order_by("ordinal")):
        said |= {f"opinions-{number}-row": row.public_id, f"opinions-{number}-grade": "good"}
    assert [one.post(at, said).status_code for one in (first, second)] == [302, 302]
    assert ReviewBody.objects.exclude(given_on=None).count() == 2


def test_who_reviews_is_set_on_the_round(people):
    round_ = makers.round_(people)
    wanted = handed.bodies()
    for bad in (wanted[:2], wanted[1:] + wanted[1:2], [wanted[0], wanted[0], wanted[1]]):
        with pytest.raises(RuleBroken):
            services.set_reviewers(round_, by=people.patroloffice, bodies=bad)
    with pytest.raises(NotAllowed):
        services.set_reviewers(round_, by=people.patrol1, bodies=wanted)
    office = handed.web(people.patroloffice)
    said = {"bodies-TOTAL_FORMS": "3", "bodies-INITIAL_FORMS": "0"}
    for number, one in enumerate(wanted):
        said |= {f"bodies-{number}-body": one["body"].code, f"bodies-{number}-unit": one["unit"].public_id}
    assert office.get(f"/rounds/{round_.public_id}/set_reviewers/").status_code == 200
    assert office.post(f"/rounds/{round_.public_id}/set_reviewers/", said).status_code == 302
    body = {"bodies": [{"body": one["body"].code, "unit": one["unit"].name} for one in wanted]}
    again = handed.api(people.patroloffice).post(
        f"/api/v1/rounds/{round_.public_id}/set_reviewers/", body, format="json"
    )
    assert (again.status_code, RoundBody.objects.count()) == (200, 3)


def test_the_report_goes_through_the_same_review(people):
    plan = handed.plan(people, "approved")
    report = RectificationPlan.objects.get(kind="report")
    assert Clock.objects.of(report).get().code == "item.round_reports"
    assert [row.person for row in report.rows.all()] == ["镇长", "镇长"]
    with pytest.raises(Several) as refused:
        services.submit_plan(report, by=people.unithead)
    assert {error.code for error in refused.value.errors} == {"plan.result"}
    rows = [{"row": row, "result": "已补发 32 户。", "person": "别人"} for row in report.rows.all()]
    done = handed.along(people, report, "approved", rows)
    assert done.state == "approved"
    assert {row.person for row in done.rows.all()} == {"镇长"}
    assert Item.objects.filter(finding__round=plan.round).count() == 2


def test_a_local_window_of_the_round_sets_the_date_of_the_report(people):
    round_ = makers.round_(people, window_months=3, window_rule="县委办〔2026〕11号")
    handed.plan(people, "approved", round_=handed.with_reviewers(people, round_))
    clock = Clock.objects.of(RectificationPlan.objects.get(kind="report")).get()
    assert clock.override["reason"].endswith("县委办〔2026〕11号")


def test_a_date_that_has_passed_is_not_approved(people):
    plan = handed.plan(people, "consolidated")
    with moment.pretend(moment.now() + timedelta(days=90)), pytest.raises(Several) as late:
        services.approve_plan(plan, by=people.patroloffice, lead_unit=handed.bureau())
    assert "已过" in late.value.message
    assert handed.fresh(plan).state == "consolidated"
    assert not Item.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_bodies_at_once_keep_both_opinions():
    people = factories.cast()
    plan = handed.plan(people, "submitted")
    start, answers = threading.Barrier(2), []

    def press(name):
        try:
            by = User.objects.get(username=name)
            row = RectificationPlan.objects.get(pk=plan.pk)
            said = handed.graded(row, "fair", name)
            start.wait()
            services.give_review(row, by=by, opinions=said)
            answers.append("done")
        except DomainError as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(name,)) for name in ("inspector1", "patroloffice")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["done", "done"]
    assert (
        sorted(BodyOpinion.objects.values_list("opinion", flat=True))
        == ["inspector1"] * 2 + ["patroloffice"] * 2
    )
