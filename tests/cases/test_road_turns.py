"""Turns on the road of a lead: merged, held, reopened, consulted, the wrong state, what becomes of the clocks."""

import pytest

from cases.models import Lead
from povertyaudit.core.errors import NotAllowed, RuleBroken, Stale, WrongState
from povertyaudit.core.models import Notification
from tests import factories
from tests.cases.conftest import services
from tests.cases.test_road import again, running


def test_a_repeat_is_merged_and_counted(make, people):
    main, first, second = make("signed_for"), make(), make()
    services.merge(first, by=people.casemgr, into=main, note="同一反映人重复来信。")
    services.merge(second, by=people.casemgr, into=main)
    assert again(main).repeats == 2
    assert again(first).merged_into == main
    assert running(first) == set()
    for wrong in (first, main):
        with pytest.raises(RuleBroken):
            services.merge(main, by=people.casemgr, into=wrong)


def test_a_lead_of_another_county_cannot_be_merged_into(make, people):
    from povertyaudit.core.models import Region

    foreign = make.register(
        by=people.neighbour, channel="handover", region=Region.objects.get(code=factories.YUNPING)
    )
    with pytest.raises(RuleBroken) as refusal:
        services.merge(make(), by=people.casemgr, into=foreign)
    assert refusal.value.code == "merge.unknown"


def test_a_held_lead_is_started_again(make, people):
    lead = make("held")
    assert running(lead) == {"lead.hold_review"}
    services.reactivate(lead, by=people.inspector1, note="取得新证据。")
    assert running(lead) == {"lead.propose"}
    assert again(lead).review_on is None
    services.propose(lead, by=people.inspector1, method="verify", proposal="初核。")


def test_reopening_keeps_the_old_closing_in_the_steps(make, people):
    lead = make("concluded")
    with pytest.raises(NotAllowed):
        services.reopen(lead, by=people.inspector1, note="有新证据。")
    services.reopen(lead, by=people.casemgr, note="有新证据。")
    lead = again(lead)
    assert (lead.state, lead.concluded_on, lead.reopened_times) == ("signed_for", None, 1)
    assert lead.steps.get().result == "反映内容笼统，无具体线索。"
    assert running(lead) == {"lead.propose"}


def test_pressing_leaves_the_state_and_tells_the_office(make, people):
    lead = make("in_step")
    services.press(lead, by=people.casemgr, note="请于本周报结果。")
    assert (again(lead).state, again(lead).pressed_times) == ("in_step", 1)
    told = Notification.objects.get(user=people.inspector2, kind="lead.press")
    assert lead.number in told.text
    assert lead.title not in told.text


def test_a_consultation_is_answered_but_never_dispatched_nor_counted(make, people):
    lead = make(kind="consultation", category=None, subjects=[])
    assert running(lead) == set()
    with pytest.raises(WrongState, match="请直接答复后办结"):
        make.dispatch(lead)
    services.conclude(lead, by=people.petition, close_kind="answered", result_text="已答复政策。")
    assert again(lead).state == "concluded"
    assert not Lead.objects.counted().filter(pk=lead.pk).exists()


def test_a_case_is_not_closed_before_it_was_tried(make, people):
    lead = make("case_filed")
    services.start_step(lead, by=people.investigator)
    services.finish_step(lead, by=people.investigator, result="事实清楚。")
    with pytest.raises(RuleBroken) as refusal:
        services.propose(lead, by=people.investigator, method="close", proposal="结案。")
    assert refusal.value.code == "propose.adjudicate_first"


def test_the_wrong_state_is_told_apart_from_the_wrong_person(make, people):
    lead = make("registered")
    with pytest.raises(WrongState):
        services.merge(make("concluded"), by=people.casemgr, into=lead)
    with pytest.raises(NotAllowed):
        services.sign_for(make("dispatched"), by=people.investigator)


def test_a_stale_version_is_refused_and_shows_what_stands_now(make, people):
    lead = make("registered")
    services.amend(lead, by=people.petition, title="反映虚报冒领补助资金")
    with pytest.raises(Stale) as stale:
        services.amend(lead, by=people.casemgr, title="别的", expected_version=lead.version)
    assert stale.value.current["title"] == "反映虚报冒领补助资金"
