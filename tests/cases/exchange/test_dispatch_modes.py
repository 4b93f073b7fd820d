"""自办、交办、督办、协办 and 提级、交叉、直查直办 each mean something; who assists sees, says what he found, and decides nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import services as real
from cases.models import Assist, Lead
from cases.workflow import LEAD
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import AuditEntry, Clock, Post, Unit
from povertyaudit.core.sight import why
from tests import factories
from tests.cases.conftest import services
from tests.core.machines import API, assert_refusal, machine
from tests.core.test_clock_pages import post

pytestmark = pytest.mark.django_db


def fresh(lead):
    return Lead.objects.get(pk=lead.pk)


def seen(lead, user):
    return Lead.objects.visible_to(factories.fresh(user)).filter(pk=lead.pk).exists()


def test_an_assignment_names_its_day_and_the_result_is_reported_back_late_too(client, make, people):
    lead, due = make(), moment.today() + timedelta(days=20)
    with pytest.raises(RuleBroken) as refusal:
        make.dispatch(lead, mode="assign")
    assert (refusal.value.field, refusal.value.code) == ("result_due_on", "dispatch.result_due")
    make.dispatch(lead, mode="assign", result_due_on=due)
    services.sign_for(lead, by=people.inspector1)
    assert Clock.objects.of(lead).get(code="lead.assigned").due_on == due
    with moment.pretend(moment.now() + timedelta(days=25)):
        client.force_login(people.inspector2)
        page = client.get(lead.get_absolute_url()).content.decode()
        assert "报送交办结果" in page
        assert (
            post(
                client, f"{lead.get_absolute_url()}report-back/", {"result": "已核实，基本属实。"}
            ).status_code
            == 302
        )
        clock = Clock.objects.of(lead).get(code="lead.assigned")
        assert (clock.state, clock.late_by) == ("stopped", 5)
    row = fresh(lead).dispatches.get()
    assert (row.report_text, row.reported_by) == ("已核实，基本属实。", people.inspector2)
    assert "report_back" not in [step.name for step in LEAD.offered(fresh(lead), people.inspector2)]
    assert "已核实，基本属实。" in client.get(lead.get_absolute_url()).content.decode()


def test_who_is_to_press_is_named_and_may_press(make, people):
    other = factories.user("deputy", unit=people.leader.home.unit, username="deputy2")
    lead = make()
    make.dispatch(lead, mode="supervised", supervisor=other)
    services.press(lead, by=factories.fresh(other), note="请抓紧。")
    assert why(fresh(lead), factories.fresh(other))[0][1] == "您是线索的督办人"
    second = make()
    make.dispatch(second, mode="supervised")
    assert fresh(second).supervisor == people.leader
    with pytest.raises(RuleBroken):
        make.dispatch(make(), mode="supervised", supervisor=people.inspector1)


def test_a_special_mode_says_why_and_who_decided(make, people):
    answer = machine(people.casemgr).post(
        f"{API}leads/{make().public_id}/dispatch/",
        {
            "handling_unit": "第一监督检查室",
            "leader": "leader",
            "instruction": "请核实。",
            "special_mode": "raised",
        },
        format="json",
    )
    assert_refusal(answer, 422)
    assert answer.json()["field"] == "special_reason"
    lead = make()
    make.dispatch(
        lead, special_mode="direct", special_reason="反映问题重大。", special_decider=people.secretary
    )
    row = fresh(lead).dispatches.get()
    assert (row.special_mode, row.special_decider) == ("direct", people.secretary)
    shown = machine(people.casemgr).get(f"{API}leads/{lead.public_id}/").json()["dispatches"][0]
    assert (shown["special_mode"], shown["special_reason"]) == ("direct", "反映问题重大。")
    found = machine(people.casemgr).get(f"{API}leads/?special=direct").json()["results"]
    assert [one["id"] for one in found] == [lead.public_id]
    with pytest.raises(RuleBroken):
        make.dispatch(make(), special_reason="只有理由。")


def test_an_assisting_office_sees_the_lead_while_it_assists_and_decides_nothing(client, make, people):
    lead, office = make(), people.investigator.home.unit
    with pytest.raises(RuleBroken):
        make.dispatch(lead, mode="assist")
    with pytest.raises(RuleBroken):
        make.dispatch(lead, mode="assist", assisting_units=[people.inspector1.home.unit])
    assert not seen(lead, people.investigator)
    make.dispatch(lead, mode="assist", assisting_units=[office])
    helper = factories.fresh(people.investigator)
    assert seen(lead, helper)
    assert [words for _, words in why(fresh(lead), helper)] == ["线索由您所在单位协办"]
    offered = {step.name for step in LEAD.offered(fresh(lead), helper)}
    assert {"give_assistance", "recuse"} <= offered <= {"give_assistance", "recuse", "request_identity"}
    for verb, values in (("sign_for", {}), ("propose", {"method": "close", "proposal": "了结"})):
        with pytest.raises(NotAllowed):
            services.__getattr__(verb)(lead, by=helper, **values)
    client.force_login(people.investigator)
    assert lead.number in client.get("/leads/?tab=mine").content.decode()
    address = f"{lead.get_absolute_url()}give-assistance/"
    assert post(client, address, {"result": "银行流水已调取。"}).status_code == 302
    assert not seen(lead, people.investigator)
    assert (
        "银行流水已调取。"
        in machine(people.casemgr).get(f"{API}leads/{lead.public_id}/").json()["assists"][0]["result"]
    )


def test_more_offices_are_asked_later_and_none_twice(make, people):
    lead, office = make("dispatched"), people.investigator.home.unit
    services.ask_assist(lead, by=people.casemgr, assisting_units=[office], note="调取流水。")
    with pytest.raises(RuleBroken):
        services.ask_assist(lead, by=people.casemgr, assisting_units=[office], note="再调。")
    with pytest.raises(RuleBroken):
        services.ask_assist(lead, by=people.casemgr, assisting_units=[], note="没有选。")
    services.hand_back(lead, by=people.inspector1, note="不属于本室联系地区。")
    assert Assist.objects.get(lead=lead).standing == "已终止"
    assert not seen(lead, people.investigator)


def test_two_officers_of_the_assisting_office_answer_once(make, people):
    lead = make()
    make.dispatch(lead, mode="assist", assisting_units=[people.investigator.home.unit])
    second = factories.user("investigation", unit=people.investigator.home.unit)
    old = fresh(lead)
    first_user, other = factories.fresh(people.investigator), factories.fresh(second)
    assert {"give_assistance"} <= {step.name for step in LEAD.offered(old, other)}
    real.give_assistance(fresh(lead), by=first_user, result="已办。")
    with pytest.raises(NotAllowed):
        real.give_assistance(old, by=other, result="我也办了。")
    assert AuditEntry.objects.of(lead).filter(verb="lead.give_assistance").count() == 1


def test_a_handler_who_moved_before_signing_is_not_the_handler(make, people):
    lead = make()
    make.dispatch(lead, handler=people.inspector2)
    Post.objects.filter(user=people.inspector2).update(unit=Unit.objects.get(name="审查调查室"))
    services.sign_for(lead, by=people.inspector1)
    assert fresh(lead).handler == people.inspector1


def test_days_unsigned_are_shown_and_turn_red_after_the_period(client, make, people):
    lead = make("dispatched")
    client.force_login(people.casemgr)
    page = client.get("/leads/?tab=unsigned").content.decode()
    assert "已 0 天" in page
    assert "state-wait" in page
    with moment.pretend(moment.now() + timedelta(days=9)):
        client.force_login(people.casemgr)
        page = client.get("/leads/?tab=unsigned").content.decode()
        assert "已 9 天" in page
        assert "state-warn" in page
    services.sign_for(lead, by=people.inspector1)
    client.force_login(people.casemgr)
    assert lead.number not in client.get("/leads/?tab=unsigned").content.decode()


def test_lists_ask_no_more_for_leads_that_are_assisted(client, make, people, django_assert_max_num_queries):
    for _ in range(3):
        make.dispatch(make(), mode="assist", assisting_units=[people.investigator.home.unit])
    client.force_login(people.investigator)
    client.get("/leads/")
    with django_assert_max_num_queries(25):
        assert client.get("/leads/").status_code == 200


def closed(lead, people):
    """From the dispatch to 办结 without a check."""
    services.sign_for(lead, by=people.inspector1)
    services.propose(lead, by=people.inspector1, method="close", proposal="建议了结。")
    services.approve(lead, by=people.leader)
    services.conclude(lead, by=people.inspector1, close_kind="direct", result_text="反映内容笼统。")


def test_the_result_of_an_assignment_is_owed_beyond_the_closing(client, make, people):
    lead = make()
    make.dispatch(lead, mode="assign", result_due_on=moment.today() + timedelta(days=20))
    closed(lead, people)
    assert Clock.objects.of(lead).open().get().code == "lead.assigned"
    assert Lead.objects.waiting_for(factories.fresh(people.inspector1)).get() == lead
    assert not Lead.objects.to_archive().exists()
    with pytest.raises(RuleBroken, match="交办件还没有报送办理结果"):
        services.archive(lead, by=people.casemgr)
    client.force_login(people.inspector1)
    assert "承办部门报送交办结果" in client.get("/leads/").content.decode()
    services.report_back(lead, by=people.inspector1, result="已了结。")
    assert not Clock.objects.of(lead).open().exists()
    services.archive(lead, by=people.casemgr)


def test_who_begins_anew_is_held_to_the_day_the_superior_named(make, people):
    due = moment.today() + timedelta(days=20)
    lead = make.register(by=people.casemgr, channel="superior", result_due_on=due)
    make.dispatch(lead)
    closed(lead, people)
    assert not Clock.objects.of(lead).open().filter(code="lead.assigned").exists()
    services.reopen(lead, by=people.casemgr, note="有新情况。")
    assert Clock.objects.of(lead).open().get(code="lead.assigned").due_on == due


def test_the_list_costs_the_same_for_leads_pressed_by_several(client, make, people):
    unit = people.leader.home.unit
    client.force_login(people.casemgr)
    costs = []
    for size in (1, 3):
        for no in range(size):
            who = factories.user("deputy", unit=unit, username=f"deputy{size}{no}")
            make.dispatch(make(), mode="supervised", supervisor=who)
        url = "/leads/?columns=number,supervisor.display_name"
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            assert "deputy10" in client.get(url).content.decode()
        costs.append(len(counted))
    assert costs[0] == costs[1]
