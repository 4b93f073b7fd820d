"""A paper may tell of several objects: whoever stands aside from one of them neither reads nor does what concerns it,
on a paper he may see."""

import pytest

from inspections import services
from inspections.models import Feedback, Finding, ImmediateNotice, Opinion
from povertyaudit.core import notify, sight
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Notification
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db
HIDDEN, OPEN = "白杨乡的问题：资金闲置。", "柳溪镇的问题：拨付迟缓。"


@pytest.fixture
def story(people):
    """A round over two towns with one problem each; a member who stands aside from the second town."""
    round_ = handed.with_reviewers(people, makers.round_(people))
    members = [
        {"user": people.patrol1, "role": "leader"},
        *({"user": one, "role": "member"} for one in (people.patrol2, handed.organiser())),
    ]
    services.set_team(round_, by=people.patroloffice, members=members)
    objects = makers.objects(people, handed.fresh(round_), "柳溪镇\n白杨乡")
    other = factories.unit("白杨乡人民政府", "township", factories.OTHER_TOWN)
    mine = makers.finding(people, handed.fresh(round_), text=OPEN)
    theirs = makers.finding(people, handed.fresh(round_), text=HIDDEN, unit=other)
    assert (mine.object, theirs.object) == (objects["柳溪镇"], objects["白杨乡"])
    services.declare_recusal(
        handed.fresh(round_), by=people.patrol2, objects=[objects["白杨乡"]], ground="home"
    )
    return handed.fresh(round_), mine, theirs


def test_a_form_about_two_towns_shows_and_keeps_what_one_may_not_know(people, story):
    round_, mine, theirs = story
    form = services.draft_feedback(
        by=people.patrol1, round=round_, unit=handed.town(), findings=[mine, theirs]
    )
    at = f"/feedbacks/{form.public_id}/"
    web, api = handed.web(people.patrol2), handed.api(people.patrol2)
    for path in (at, f"{at}amend/", f"{at}tell_head/", "/findings/"):
        page = web.get(path).content.decode()
        assert HIDDEN not in page, path
        assert OPEN in page, path
    assert HIDDEN in handed.web(people.patrol1).get(f"{at}amend/").content.decode()
    assert [row["text"] for row in api.get(f"/api/v1{at}").data["rows"]] == [OPEN]
    forged = {"findings": [theirs.public_id], "text": "改。"}
    assert web.post(f"{at}amend/", forged).status_code == 400
    assert api.post(f"/api/v1{at}amend/", forged, format="json").status_code == 400
    assert web.post(f"{at}amend/", {"findings": [mine.public_id], "text": "改。"}).status_code == 302
    assert {row.finding for row in form.rows.all()} == {mine, theirs}
    for refused in (
        lambda: services.amend_feedback(form, by=people.patrol2, findings=[mine, theirs]),
        lambda: services.withdraw_feedback(form, by=people.patrol2, note="重新起草。"),
        lambda: services.tell_head(form, by=people.patrol2, head_name="镇党委书记"),
    ):
        with pytest.raises(NotAllowed, match="回避"):
            refused()
    assert handed.fresh(form).state == "draft"
    services.tell_head(form, by=people.patrol1, head_name="镇党委书记")
    recipient = handed.web(people.unithead).get(at).content.decode()
    assert HIDDEN in recipient
    assert verify().broken == []


def test_what_is_taken_over_by_itself_is_only_what_one_may_know(people, story):
    """A problem of the second town that names the unit of the first: not on the form he drafts."""
    round_, mine, theirs = story
    Finding.objects.filter(pk=theirs.pk).update(unit=handed.town())
    said = {"round": round_.public_id, "unit": handed.town().public_id, "text": "总体较好。"}
    assert handed.web(people.patrol2).post("/feedbacks/new/", said).status_code == 302
    assert [row.finding for row in Feedback.objects.get().rows.all()] == [mine]


def test_opinions_notices_and_leads_are_kept_from_him_by_their_problem_too(people, story):
    """They go to the first town, from which he does not stand aside, and tell of a problem of the second."""
    round_, _, theirs = story
    said = {"unit": handed.town(), "text": "一", "finding": theirs, "round": round_, "by": people.patrol2}
    with pytest.raises(NotAllowed, match="回避"):
        services.record_opinion(kind="rectify", **said)
    with pytest.raises(NotAllowed, match="回避"):
        services.issue_notice(demand="一", **said)
    made = [handed.opinion(people, round_, finding=theirs), handed.notice(people, round_, finding=theirs)]
    services.hand_lead(round_, by=people.patrol1, leads=[{"finding": theirs, "title": "挪用资金"}])
    web, api = handed.web(people.patrol2), handed.api(people.patrol2)
    for row in made:
        assert web.get(row.get_absolute_url()).status_code == 404
        assert api.get(f"/api/v1{row.get_absolute_url()}").status_code == 404
        assert sight.seers(row, [people.patrol1, people.patrol2]) == [people.patrol1]
        notify.tell([people.patrol2], f"t:{row.pk}", kind="t", text="一", url="/", target=row)
    assert not Notification.objects.filter(user=people.patrol2, key__startswith="t:").exists()
    assert not Opinion.objects.visible_to(people.patrol2).exists()
    assert not ImmediateNotice.objects.visible_to(people.patrol2).exists()
    page = web.get(round_.get_absolute_url()).content.decode()
    assert theirs.number not in page
    assert "没有移交线索" in page
    assert theirs.number in handed.web(people.patrol1).get(round_.get_absolute_url()).content.decode()


def test_a_plan_about_two_towns_is_reviewed_by_nobody_who_stands_aside(people, story):
    round_, mine, theirs = story
    form = services.draft_feedback(
        by=people.patrol1, round=round_, unit=handed.town(), findings=[mine, theirs]
    )
    services.tell_head(form, by=people.patrol1, head_name="镇党委书记")
    services.tell_leadership(handed.fresh(form), by=people.patrol1)
    plan = services.sign(handed.fresh(form), by=people.unithead).plans.get()
    services.submit_plan(plan, by=people.unithead, rows=handed.whole(plan))
    services.give_review(
        handed.fresh(plan), by=people.inspector1, opinions=handed.graded(plan, opinion="量化。")
    )
    at = plan.get_absolute_url()
    page = handed.web(people.patrol2).get(at).content.decode()
    assert (HIDDEN in page, OPEN in page, page.count("量化。")) == (False, True, 1)
    told = handed.api(people.patrol2).get(f"/api/v1{at}").data
    assert len(told["rows"]) == 1
    assert sum(len(body["opinions"]) for body in told["reviews"][0]["bodies"]) == 1
    whole = handed.api(people.unithead).get(f"/api/v1{at}").data
    assert len(whole["rows"]) == 2
    organiser = handed.organiser()
    services.declare_recusal(
        handed.fresh(round_), by=organiser, objects=[theirs.object], ground="kin", text="表兄"
    )
    with pytest.raises(NotAllowed, match="回避"):
        services.give_review(handed.fresh(plan), by=organiser, opinions=handed.graded(plan))
    said = [{"row": told["rows"][0]["id"], "grade": "good"}]
    refused = handed.api(organiser).post(f"/api/v1{at}review/", {"opinions": said}, format="json")
    assert refused.status_code == 403
