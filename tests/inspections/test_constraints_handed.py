"""What the database refuses of what rounds hand on: each rule is broken once, beside the services."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from inspections.models import (
    BodyOpinion,
    Feedback,
    FeedbackFinding,
    Finding,
    ImmediateNotice,
    InspectionTerm,
    Opinion,
    PaperStep,
    PlanRow,
    RectificationPlan,
    ReviewBody,
    ReviewRound,
    RoundBody,
    RoundPaper,
)
from tests.inspections import handed

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)
BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def whole(people):
    """A plan under review, and everything that came before it."""
    return handed.plan(people, "submitted")


def _opinion(plan, **more):
    said = {"round": plan.round, "region": plan.region, "unit": plan.unit, "kind": "rectify", "text": "一"}
    Opinion.objects.create(**said | {"recorded_by": plan.round.ordered_by} | more)


def _notice(plan, **more):
    said = {
        "round": plan.round,
        "region": plan.region,
        "unit": plan.unit,
        "text": "一",
        "demand": "一",
        "number": "X-1",
    }
    ImmediateNotice.objects.create(**said | {"issued_by": plan.round.ordered_by, "issued_on": DAY} | more)


def _paper(plan, **more):
    said = {
        "round": plan.round,
        "region": plan.region,
        "kind": "report",
        "title": "一",
        "dated": DAY,
        "state": "draft",
    }
    return RoundPaper.objects.create(**said | {"recorded_by": plan.round.ordered_by} | more)


def _form(plan, **more):
    said = {
        "round": plan.round,
        "region": plan.region,
        "unit": handed.bureau(),
        "drafted_by": plan.round.ordered_by,
    }
    Feedback.objects.create(**said | more)


def _plan(plan, **more):
    said = {
        "feedback": plan.feedback,
        "round": plan.round,
        "region": plan.region,
        "unit": plan.unit,
        "kind": "report",
    }
    RectificationPlan.objects.create(**said | more)


def _review(plan, **more):
    ReviewRound.objects.create(**{"plan": plan, "ordinal": 2, "opened_on": DAY} | more)


def _steps(plan):
    paper = _paper(plan)
    for _ in range(2):
        PaperStep.objects.create(paper=paper, stage="group", held_on=DAY, presided_by="一", opinion="一")


def _row(plan, **more):
    first = plan.rows.first()
    PlanRow.objects.create(**{"plan": plan, "ordinal": 9, "finding": first.finding} | more)


def _said(plan, **more):
    return {"answered_on": DAY, "answer_text": "一", "answered_by": plan.round.ordered_by} | more


def _reported(plan, **more):
    return {"reported_on": DAY, "closing_text": "一", "reported_by": plan.round.ordered_by} | more


def _body(plan):
    return ReviewBody.objects.filter(review__plan=plan).first()


def _grades(plan, **more):
    for _ in range(2):
        BodyOpinion.objects.create(**{"body": _body(plan), "row": plan.rows.first(), "grade": "good"} | more)


BROKEN = {
    "finding_amount_in_range": lambda p: Finding.objects.filter(round=p.round).update(amount_fen=-1),
    "opinion_state_is_dated": lambda p: _opinion(p, state="sent"),
    "opinion_sent_is_numbered": lambda p: _opinion(p, state="sent", sent_on=DAY),
    "opinion_answer_is_whole": lambda p: _opinion(
        p, state="answered", number="X-1", sent_on=DAY, answered_on=DAY
    ),
    "opinion_dates_in_order": lambda p: _opinion(
        p, state="answered", number="X-1", sent_on=DAY, **_said(p, answered_on=BEFORE)
    ),
    "notice_state_is_dated": lambda p: _notice(p, state="reported"),
    "notice_report_is_whole": lambda p: _notice(p, state="reported", reported_on=DAY),
    "notice_dates_in_order": lambda p: _notice(p, state="reported", **_reported(p, reported_on=BEFORE)),
    "notice_is_numbered": lambda p: _notice(p, number=None),
    "round_paper_state_fits_kind": lambda p: _paper(p, kind="bulletin"),
    "round_paper_minutes_name_participants": lambda p: _paper(p, kind="minutes", state="filed"),
    "paper_heard_once_per_stage": _steps,
    "feedback_once_per_recipient": lambda p: _form(p, unit=p.unit),
    "feedback_state_is_dated": lambda p: _form(p, state="issued"),
    "feedback_head_before_leadership": lambda p: _form(
        p, state="issued", number="X-1", head_on=DAY, leadership_on=BEFORE
    ),
    "feedback_signature_is_whole": lambda p: Feedback.objects.filter(pk=p.feedback_id).update(signed_name=""),
    "feedback_told_is_numbered": lambda p: _form(p, state="head_told", head_on=DAY),
    "finding_fed_back_once": lambda p: FeedbackFinding.objects.create(
        feedback=p.feedback, finding=p.feedback.rows.first().finding
    ),
    "plan_once_per_feedback_and_kind": lambda p: _plan(p, kind="plan"),
    "plan_state_is_dated": lambda p: _plan(p, state="approved"),
    "plan_row_once_per_finding": _row,
    "plan_row_ordinal_once": lambda p: PlanRow.objects.filter(plan=p).update(ordinal=1),
    "review_ordinal_once": lambda p: _review(p, ordinal=1),
    "review_one_open": _review,
    "review_summary_by_state": lambda p: ReviewRound.objects.filter(plan=p).update(state="approved"),
    "review_unit_once": lambda p: ReviewBody.objects.create(
        review=_body(p).review, body=_body(p).body, unit=_body(p).unit
    ),
    "review_given_is_whole": lambda p: ReviewBody.objects.filter(review__plan=p).update(given_on=DAY),
    "body_opinion_once": _grades,
    "body_opinion_poor_says_why": lambda p: _grades(p, grade="poor"),
    "round_body_unit_once": lambda p: RoundBody.objects.create(
        round=p.round, body=InspectionTerm.objects.get(code="publicity"), unit=p.round.bodies.first().unit
    ),
}


def test_the_database_refuses_each(whole):
    passed = []
    for name, act in BROKEN.items():
        try:
            with transaction.atomic():
                act(whole)
                transaction.set_rollback(True)
            passed.append(name)
        except IntegrityError:
            continue
    assert passed == []


def test_every_rule_is_broken_here():
    models = {
        Opinion, ImmediateNotice, RoundPaper, PaperStep, Feedback, FeedbackFinding, RectificationPlan, PlanRow, ReviewRound,
        ReviewBody, BodyOpinion, RoundBody,
    }  # fmt: skip
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named <= set(BROKEN)
