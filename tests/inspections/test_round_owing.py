"""The page of a round tells who owes what of all it handed on, each line opening exactly what it counts."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections import services
from inspections.models import RectificationPlan
from povertyaudit.core.models import Clock
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def owed(who, round_):
    """What is owed → (who owes it, address, light), as the page says it."""
    page = handed.web(who).get(round_.get_absolute_url())
    table = next((one for one in page.context["tables"] if one.key == "owed"), None)
    return {one.what: (one.who, one.url, one.due) for one in table.rows} if table else {}


def opens(who, address):
    """How many rows the list of the page holds."""
    return handed.web(who).get(address).context["count"].number


def test_each_step_is_counted_in_scope_with_its_list_its_date_and_who_owes_it(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    sent = handed.opinion(people, round_, sent=True)
    told = handed.notice(people, handed.fresh(round_))
    handed.feedback(people, round_, problems=1)
    plan = RectificationPlan.objects.get()
    handed.opinion(people, handed.fresh(round_), text="未发出的意见。")
    services.record_paper(by=people.patrol1, round=handed.fresh(round_), kind="report", title="巡察报告")
    services.hand_lead(handed.fresh(round_), by=people.patrol1, leads=[{"title": "反映村干部冒领补助"}])
    found = owed(people.patroloffice, round_)
    due = dict(Clock.objects.values_list("target_label", "due_on"))
    town = handed.TOWN
    for what, whose, day in (
        ("1 条意见没有发出", "巡察组", None),
        ("1 条意见没有答复", town, due["inspections.opinion"]),
        ("1 件立行立改没有报告整改情况", town, due["inspections.immediatenotice"]),
        ("1 份整改方案没有报送", town, due["inspections.rectificationplan"]),
        ("1 份巡察报告没有报领导小组审议", "巡察办", due["inspections.roundpaper"]),
        ("1 份移交清单没有回执", "案管室", due.get("cases.handover")),
    ):
        assert found[what][0] == whose, what
        assert found[what][2] == day, what
        if found[what][1] != "#leads":
            assert opens(people.patroloffice, found[what][1]) == 1, what
    assert (
        f"{due['inspections.rectificationplan']}"
        in handed.web(people.patroloffice).get(round_.get_absolute_url()).content.decode()
    )
    services.answer_opinion(sent, by=people.unithead, answer_text="已补发。")
    handed.along(people, plan, "submitted")
    services.give_review(
        handed.fresh(plan), by=factories.fresh(people.inspector1), opinions=handed.graded(plan)
    )
    found = owed(people.patroloffice, round_)
    assert found["1 条意见答复没有审核"][0] == "巡察组"
    assert found["1 份整改方案没有汇总联审意见"][0] == "县委巡察办、县委组织部"
    assert told.number not in str(found)


def test_the_lines_cost_the_same_for_one_row_and_for_four_and_hide_what_one_stands_aside_from(people):
    round_ = makers.round_(people)
    town = makers.objects(people, round_, "柳溪镇")["柳溪镇"]
    makers.finding(people, round_)
    handed.opinion(people, handed.fresh(round_), sent=True)
    client = handed.web(people.patroloffice)
    client.get(round_.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(round_.get_absolute_url())
    for number in range(3):
        handed.opinion(people, handed.fresh(round_), sent=True, text=f"第{number}条意见")
    with CaptureQueriesContext(connection) as four:
        page = client.get(round_.get_absolute_url()).content.decode()
    assert len(four) == len(one)
    assert re.search(r"4 条意见没有答复", page)
    services.declare_recusal(handed.fresh(round_), by=people.patrol1, objects=[town], ground="home")
    assert not any("没有答复" in what for what in owed(people.patrol1, round_))
