"""What may be done with feedback forms, and with the plans and reports that follow."""

from typing import Any

from inspections.feedback_querysets import REVIEWERS
from inspections.models import Feedback, RectificationPlan
from inspections.models.reviews import DISCIPLINE
from inspections.workflow.handed import HEAD, TEAM, UNIT, of_the_round, of_unit
from inspections.workflow.who import OFFICE
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

FORM, PLAN_STATE = Feedback.State, RectificationPlan.State
head_of_recipient = of_unit(HEAD, "反馈表由被巡察单位主要负责人签收。")
unit_of_plan = of_unit(UNIT, "整改方案由被巡察单位编制。")
head_of_plan = of_unit(HEAD, "整改方案和报告由被巡察单位主要负责人审定报送。")
CONSOLIDATORS = frozenset({Role.SUPERVISION, Role.CASE_MANAGER, Role.DEPUTY, Role.SECRETARY})


def open_review(plan: Any) -> Any:
    """The review before the bodies now, out of the prefetched ones where they are."""
    return next((one for one in plan.reviews.all() if one.state in {"open", "consolidated"}), None)


def own_bodies(plan: Any, by: User) -> list[Any]:
    """Bodies of the review under way that a unit of this person speaks for."""
    review = open_review(plan)
    units = {post.unit_id for post in by.current_posts() if post.role in REVIEWERS}
    return [body for body in review.bodies.all() if body.unit_id in units] if review else []


def of_a_body(plan: Any, by: User) -> None:
    if not own_bodies(plan, by):
        raise NotAllowed("review.body", "联审意见由参加联审的单位提出，您所在单位没有参加这次联审。")


def of_the_discipline_body(plan: Any, by: User) -> None:
    if not any(body.body.code == DISCIPLINE for body in own_bodies(plan, by)):
        raise NotAllowed("review.discipline", "联审意见由参加联审的纪检监察机关汇总。")


def discipline_or_office(plan: Any, by: User) -> None:
    """The office at any time: a body may have nobody left who speaks for it. The discipline body once it has summed up."""
    if by.roles & OFFICE:
        return
    if plan.state == PLAN_STATE.SUBMITTED:
        raise NotAllowed("review.early", "联审意见汇总以前，由巡察办退回。")
    of_the_discipline_body(plan, by)


FEEDBACK = Workflow(
    "feedback",
    "反馈表",
    (
        Transition(
            name="tell_head", label="登记向主要负责人反馈", sources=frozenset({FORM.DRAFT}), target=FORM.HEAD_TOLD,
            roles=TEAM, who=(of_the_round,), primary=True,
        ),
        Transition(
            name="tell_leadership", label="登记向领导班子反馈", sources=frozenset({FORM.HEAD_TOLD}), target=FORM.ISSUED,
            roles=TEAM, who=(of_the_round,), primary=True,
        ),
        Transition(
            name="sign", label="签收反馈表", sources=frozenset({FORM.ISSUED}), target=FORM.SIGNED, roles=HEAD,
            who=(head_of_recipient,), primary=True,
        ),
        Transition(
            name="record_signing", label="登记当面签收", sources=frozenset({FORM.ISSUED}), target=FORM.SIGNED, roles=OFFICE,
            who=(of_the_round,),
        ),
        Transition(
            name="amend", label="修改反馈表", sources=frozenset({FORM.DRAFT}), target=None, roles=TEAM,
            who=(of_the_round,),
        ),
        Transition(
            name="withdraw", label="撤销反馈表", sources=frozenset({FORM.DRAFT}), target=FORM.WITHDRAWN, roles=TEAM,
            who=(of_the_round,), note_required=True,
        ),
    ),
    others={"draft": "起草反馈表"},
)  # fmt: skip

WRITABLE = frozenset({PLAN_STATE.DRAFTING, PLAN_STATE.RETURNED})
PLAN = Workflow(
    "rectificationplan",
    "整改方案和报告",
    (
        Transition(
            name="submit", label="审定报送", sources=WRITABLE, target=PLAN_STATE.SUBMITTED, roles=HEAD,
            who=(head_of_plan,), primary=True,
        ),
        Transition(
            name="fill", label="填写", sources=WRITABLE, target=None, roles=UNIT, who=(unit_of_plan,), primary=True,
        ),
        Transition(
            name="review", label="提出联审意见", sources=frozenset({PLAN_STATE.SUBMITTED}), target=None, roles=REVIEWERS,
            who=(of_a_body,), primary=True,
        ),
        Transition(
            name="consolidate", label="汇总联审意见", sources=frozenset({PLAN_STATE.SUBMITTED}),
            target=PLAN_STATE.CONSOLIDATED, roles=CONSOLIDATORS, who=(of_the_discipline_body,),
        ),
        Transition(
            name="approve", label="通过", sources=frozenset({PLAN_STATE.CONSOLIDATED}), target=PLAN_STATE.APPROVED,
            roles=OFFICE, who=(of_the_round,), primary=True,
        ),
        Transition(
            name="send_back", label="退单回炉", sources=frozenset({PLAN_STATE.SUBMITTED, PLAN_STATE.CONSOLIDATED}),
            target=PLAN_STATE.RETURNED, roles=OFFICE | CONSOLIDATORS, who=(discipline_or_office,), note_required=True,
        ),
    ),
    others={"open": "签收后编制", "report": "通过后编制整改情况报告"},
)  # fmt: skip
