"""Round 办结: five things in place before it, the complainant answered by way of the desk after it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import Answer, ClosingCheck, EndingTerm, Lead
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Notification
from tests.cases.conftest import services, tick_all
from tests.core.machines import API, machine

END = {"close_kind": "untrue", "result_text": "经核实，反映问题不属实。"}


def items():
    return list(EndingTerm.objects.checks().on())


def again(lead):
    return Lead.objects.get(pk=lead.pk)


@pytest.fixture
def verified(make, people):
    """Verified and about to be closed; the complainant gave his name."""
    lead = make("in_step", identity_status="claimed", complainant={"name": "欧阳守信"})
    services.finish_step(lead, by=people.inspector1, result="不属实。")
    services.propose(lead, by=people.inspector1, method="close", proposal="建议了结。")
    services.approve(lead, by=people.secretary)
    return lead


def test_the_five_are_those_of_the_seed(db):
    assert [item.name for item in items()] == ["调查到位", "处理到位", "反馈到位", "归档到位", "教育到位"]


def test_what_was_verified_is_closed_only_with_everything_in_place(client, verified, people):
    with pytest.raises(
        RuleBroken, match="5 项没有写明依据：调查到位、处理到位、反馈到位、归档到位、教育到位"
    ):
        services.conclude(verified, by=people.inspector1, **END)
    client.force_login(people.inspector1)
    page = client.get(verified.get_absolute_url()).content.decode()
    assert "办结前还要写明依据：调查到位" in page
    here = f"{verified.get_absolute_url()}tick/"
    form = client.get(here)
    assert client.post(here, {"expected_version": form.context["version"]}).status_code == 422
    sent = {"item_investigated": "调取账目 2 册。", "item_handled": "不需要处理。"}
    assert client.post(here, sent | {"expected_version": form.context["version"]}).status_code == 302
    assert "调取账目 2 册。" in client.get(here).content.decode()
    with pytest.raises(RuleBroken, match="3 项"):
        services.conclude(verified, by=people.inspector1, **END)
    rest = [{"item": code, "ground": "已落实。"} for code in ("answered", "filed", "educated")]
    caller = machine(people.inspector1)
    sent = caller.post(f"{API}leads/{verified.public_id}/tick/", {"grounds": rest}, format="json")
    assert sent.status_code == 200, sent.json()
    services.conclude(verified, by=people.inspector1, **END)
    assert again(verified).state == "concluded"


def test_what_was_closed_at_once_or_answered_needs_no_checklist(make, people):
    assert again(make("concluded")).state == "concluded"
    asked = make(kind="consultation", category=None)
    services.conclude(asked, by=people.petition, close_kind="answered", result_text="已答复。")


def test_the_list_is_that_of_the_day(verified, people):
    ended = items()[-1]
    EndingTerm.objects.filter(pk=ended.pk).update(valid_to=moment.today() - timedelta(days=1))
    with pytest.raises(RuleBroken, match="4 项"):
        services.conclude(verified, by=people.inspector1, **END)
    with pytest.raises(RuleBroken, match="现行"):
        services.tick(verified, by=people.inspector1, grounds=[{"item": ended, "ground": "已落实。"}])


def test_only_the_office_ticks_and_a_second_volume_begins_empty(verified, people):
    for who in (people.investigator, people.petition, people.casemgr, people.secretary):
        with pytest.raises(NotAllowed):
            tick_all(verified, who)
    tick_all(verified, people.inspector1)
    services.conclude(verified, by=people.inspector1, **END)
    services.reopen(verified, by=people.secretary, note="发现新的线索。")
    services.propose(verified, by=people.inspector1, method="close", proposal="仍建议了结。")
    services.approve(verified, by=people.secretary)
    with pytest.raises(RuleBroken, match="5 项"):
        services.conclude(verified, by=people.inspector1, **END)
    assert ClosingCheck.objects.filter(lead=verified.pk, volume=1).count() == 5


@pytest.fixture
def closed(verified, people):
    tick_all(verified, people.inspector1)
    services.conclude(verified, by=people.inspector1, **END)
    return verified


def test_the_office_drafts_and_the_desk_delivers(client, closed, people):
    services.draft_feedback(closed, by=people.inspector1, draft="经核实，反映的问题不属实。")
    with pytest.raises(NotAllowed):
        services.feedback(closed, by=people.inspector1)
    client.force_login(people.petition)
    here = f"{closed.get_absolute_url()}feedback/"
    form = client.get(here)
    assert "经核实，反映的问题不属实。" in form.content.decode()
    sent = {
        "fed_back_on": str(moment.today()),
        "way": "by_phone",
        "expected_version": form.context["version"],
    }
    assert client.post(here, sent).status_code == 302
    answer = Answer.objects.get(lead=closed.pk)
    assert (answer.way.code, answer.delivered_by, answer.objects_to) == ("by_phone", people.petition, False)
    assert "经核实，反映的问题不属实。" in client.get(closed.get_absolute_url()).content.decode()
    with pytest.raises(WrongState):
        services.draft_feedback(closed, by=people.inspector1, draft="再写一次。")


def test_a_draft_may_not_name_the_complainant(closed, people):
    with pytest.raises(RuleBroken, match="保密"):
        services.draft_feedback(closed, by=people.inspector1, draft="欧阳守信同志：经核实……")


def test_new_evidence_is_put_before_the_registry_which_studies_it_or_starts_anew(client, closed, people):
    desk = machine(people.petition)
    here = f"{API}leads/{closed.public_id}/"
    silent = desk.post(f"{here}feedback/", {"new_evidence": True}, format="json")
    assert (silent.status_code, silent.json()["field"]) == (422, "objection")
    half = desk.post(f"{here}feedback/", {"objection": "另有账目。"}, format="json")
    assert (half.status_code, half.json()["field"]) == (422, "objects_to")
    sent = {"way": "in_person", "new_evidence": True, "objection": "另有一本账在村会计处。"}
    assert desk.post(f"{here}feedback/", sent, format="json").status_code == 200
    assert Notification.objects.filter(user=people.casemgr, text__contains="请研究是否撤销办结").exists()
    client.force_login(people.casemgr)
    page = client.get(closed.get_absolute_url()).content.decode()
    assert "提供了新证据，请研究" in page
    with pytest.raises(NotAllowed):
        services.settle_objection(closed, by=people.inspector1, note="不必。")
    services.settle_objection(closed, by=people.casemgr, note="该账目核实时已调取，不再重新办理。")
    answer = Answer.objects.get(lead=closed.pk)
    assert (answer.settled_by, again(closed).objected_on) == (people.casemgr, None)
    with pytest.raises(WrongState):
        services.settle_objection(closed, by=people.casemgr, note="再来。")


def test_a_new_start_ends_the_objection_and_the_next_volume_is_answered_apart(closed, people):
    services.feedback(closed, by=people.petition, objects_to=True, objection="不认可结论。")
    services.reopen(closed, by=people.secretary, note="异议有理，重新核实。")
    assert again(closed).objected_on is None
    services.propose(closed, by=people.inspector1, method="close", proposal="仍建议了结。")
    services.approve(closed, by=people.secretary)
    tick_all(closed, people.inspector1)
    services.conclude(closed, by=people.inspector1, **END)
    services.feedback(closed, by=people.petition)
    assert list(Answer.objects.filter(lead=closed.pk).values_list("volume", "objects_to")) == [
        (1, True),
        (2, False),
    ]


@pytest.mark.parametrize(
    "broken", [{"delivered_on": None}, {"objects_to": True}, {"settlement": "没有人的意见"}]
)
def test_the_database_holds_an_answer_whole(closed, people, broken):
    services.feedback(closed, by=people.petition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(lead=closed.pk).update(**broken)
