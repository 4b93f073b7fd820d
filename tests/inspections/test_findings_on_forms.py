"""A problem on a feedback form: amended or withdrawn it leaves the draft, told it stays — also at the same moment."""

import threading
import time

import pytest
from django.db import connection, transaction

from inspections import services
from inspections.models import Finding
from inspections.services import owing
from povertyaudit.core.errors import DomainError, NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def test_a_problem_of_another_unit_goes_to_its_object_and_off_the_draft_for_the_former(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    objects = makers.objects(people, round_, "柳溪镇\n白杨乡\n石桥坳村")
    other = factories.unit("白杨乡人民政府", "township", factories.OTHER_TOWN)
    third = handed.bureau()
    finding = makers.finding(people, round_)
    by_hand = makers.finding(people, round_, object=objects["石桥坳村"])
    form = services.draft_feedback(by=people.patrol1, round=round_, unit=handed.town())
    assert (finding.object, form.rows.count()) == (objects["柳溪镇"], 2)
    page = handed.web(people.patrol1)
    said = {"problem_class": "funds", "text": "改到白杨乡。", "unit": other.public_id}
    assert page.post(f"/findings/{finding.public_id}/amend/", said).status_code == 302
    finding = handed.fresh(finding)
    assert (finding.unit, finding.object) == (other, objects["白杨乡"])
    assert [row.finding for row in form.rows.all()] == [by_hand]
    api = handed.api(people.patrol1)
    url = f"/api/v1/findings/{finding.public_id}/amend/"
    assert api.post(url, {"unit": third.name}, format="json").data["object"] is None
    moved = services.amend_finding(by_hand, by=people.patrol1, unit=third)
    assert moved.object == objects["石桥坳村"]  # chosen by hand: another unit without an object leaves it
    services.declare_recusal(
        handed.fresh(round_), by=people.patrol1, objects=[objects["白杨乡"]], ground="home"
    )
    with pytest.raises(NotAllowed, match="回避"):
        services.amend_finding(by_hand, by=people.patrol1, unit=other)
    assert verify().broken == []


def test_on_the_draft_of_the_new_unit_it_stays(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    finding = makers.finding(people, round_, unit=handed.bureau())
    form = services.draft_feedback(by=people.patrol1, round=round_, unit=handed.town(), findings=[finding])
    services.amend_finding(finding, by=people.patrol1, unit=handed.town())
    assert [row.finding for row in form.rows.all()] == [finding]


def beside(first, second):
    """What `second` answers while `first` is done and not yet committed."""
    started, answers = threading.Event(), []

    def wait_and_press():
        started.wait(20)
        try:
            second()
            answers.append("done")
        except DomainError as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    thread = threading.Thread(target=wait_and_press)
    thread.start()
    with transaction.atomic():
        first()
        started.set()
        time.sleep(1)  # the other one reaches the lock; what it read before is old by now
    thread.join(60)
    return answers


def again(model, key):
    return model.objects.get(pk=key)


@pytest.mark.servers  # where a second transaction begins before the first has ended
@pytest.mark.django_db(transaction=True)
def test_what_is_told_at_this_moment_is_not_withdrawn_and_what_is_withdrawn_not_told():
    people = factories.cast()
    form = handed.feedback(people, to="draft")
    told, gone = (row.finding for row in form.rows.order_by("pk"))
    team = User.objects.get(username="patrol1")
    answers = beside(
        lambda: services.withdraw_finding(gone, by=people.patrol1, note="重复。"),
        lambda: services.amend_feedback(again(type(form), form.pk), by=team, findings=[told, gone]),
    )
    assert (answers, [row.finding for row in form.rows.all()]) == (["feedback.finding"], [told])
    late = makers.finding(people, form.round, text="后来发现的问题。")
    answers = beside(
        lambda: services.amend_feedback(form, by=people.patrol1, findings=[told, late]),
        lambda: services.withdraw_finding(again(Finding, late.pk), by=team, note="重复。"),
    )
    assert answers == ["finding.just_listed"]
    more = makers.finding(people, form.round, text="另一个问题。")
    services.amend_feedback(again(type(form), form.pk), by=people.patrol1, findings=[told, late, more])
    answers = beside(
        lambda: services.amend_feedback(form, by=people.patroloffice, text="改写的评价。"),
        lambda: services.withdraw_finding(again(Finding, more.pk), by=team, note="重复。"),
    )
    assert (answers, again(type(form), form.pk).text) == (["done"], "改写的评价。")
    answers = beside(
        lambda: services.tell_head(form, by=people.patroloffice, head_name="镇党委书记"),
        lambda: services.withdraw_finding(again(Finding, told.pk), by=team, note="重复。"),
    )
    assert answers == ["finding.fed_back"]
    assert {row.finding for row in form.rows.all()} == {told, late}
    assert verify().broken == []


def test_a_draft_begun_by_mistake_is_withdrawn_and_its_problems_are_free_for_a_new_one(people):
    form = handed.feedback(people, to="draft")
    said = {"round": form.round.public_id, "unit": handed.town().public_id, "text": "重新起草。"}
    page, at = handed.web(people.patrol1), form.get_absolute_url()
    assert page.post("/feedbacks/new/", said).status_code == 422
    assert page.get(f"{at}withdraw/").status_code == 200
    assert page.post(f"{at}withdraw/", {"note": ""}).status_code == 400
    assert page.post(f"{at}withdraw/", {"note": "重新起草。"}).status_code == 302
    form = handed.fresh(form)
    assert (form.state, form.rows.count()) == ("withdrawn", 0)
    for verb in ("amend", "tell_head", "withdraw"):
        assert page.get(f"{at}{verb}/").status_code == 409
    assert owing.feedback(form.round) == []
    assert page.post("/feedbacks/new/", said).status_code == 302
    again = form.round.feedbacks.standing().get()
    assert again.rows.count() == 2
    api = handed.api(people.patroloffice)
    url = f"/api/v1/feedbacks/{again.public_id}/withdraw/"
    assert handed.api(people.casemgr).post(url, {"note": "一"}, format="json").status_code == 403
    assert api.post(url, {"note": "发错单位。"}, format="json").data["state"] == "withdrawn"
    told = services.draft_feedback(by=people.patrol1, round=form.round, unit=handed.town())
    services.tell_head(told, by=people.patroloffice, head_name="镇党委书记")
    assert api.post(f"/api/v1/feedbacks/{told.public_id}/withdraw/", {"note": "一"}).status_code == 409
    assert len(owing.feedback(form.round)) == 1
    assert verify().broken == []
