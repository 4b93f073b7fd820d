"""What may be done with a plan of visits, by whom, and when."""

from typing import Any

from inspections.models import VisitPlan
from inspections.querysets import NEVER_NAMED
from inspections.workflow.who import APPROVERS
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

ORDERERS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.DEPUTY, Role.SECRETARY, Role.COUNTY_LEADER})
NAMED = frozenset(Role) - NEVER_NAMED
State = VisitPlan.State
BEFORE = frozenset({State.ORDERED, State.APPROVED})
OPEN = BEFORE | {State.UNDER_WAY}


def who_ordered(plan: Any, by: User) -> None:
    if plan.ordered_by_id != by.pk:
        raise NotAllowed("plan.not_yours", "走访计划只能由部署人办理。")


def who_approves(plan: Any, by: User) -> None:
    if plan.approver_id != by.pk or plan.ordered_by.person_id == by.person_id:
        raise NotAllowed("plan.approver", "走访计划由指定的批准人批准，批准人不能是部署人本人。")


def ordered_or_approves(plan: Any, by: User) -> None:
    if by.pk not in {plan.ordered_by_id, plan.approver_id}:
        raise NotAllowed("plan.not_yours", "走访计划只能由部署人或者批准人取消。")


def on_the_plan(plan: Any, by: User) -> None:
    """Who ordered it, or one of those who go."""
    if by.pk != plan.ordered_by_id and by.pk not in {member.user_id for member in plan.members.all()}:
        raise NotAllowed("plan.not_named", "只有部署人和走访人员可以办理。")


PLAN = Workflow(
    "visitplan",
    "走访计划",
    (
        Transition(
            name="approve", label="批准", sources=frozenset({State.ORDERED}), target=State.APPROVED, roles=APPROVERS,
            who=(who_approves,), primary=True,
        ),
        Transition(
            name="start", label="开始走访", sources=frozenset({State.APPROVED}), target=State.UNDER_WAY, roles=NAMED,
            who=(on_the_plan,), primary=True,
        ),
        Transition(
            name="finish", label="结束走访", sources=frozenset({State.UNDER_WAY}), target=State.FINISHED, roles=NAMED,
            who=(on_the_plan,),
        ),
        Transition(name="draw_places", label="抽取地点", sources=OPEN, target=None, roles=NAMED, who=(on_the_plan,)),
        Transition(
            name="draw_households", label="抽取农户", sources=OPEN, target=None, roles=NAMED, who=(on_the_plan,),
        ),
        Transition(
            name="amend", label="修改", sources=BEFORE, target=State.ORDERED, roles=ORDERERS, who=(who_ordered,),
        ),
        Transition(
            name="cancel", label="取消", sources=OPEN, target=State.CANCELLED, roles=ORDERERS, note_required=True,
            who=(ordered_or_approves,),
        ),
    ),
    others={
        "order": "部署走访", "number": "结束后编号", "hand_over": "工作移交",
        "not_handed_over": "未移交（接任人不能参加）",
    },
)  # fmt: skip
