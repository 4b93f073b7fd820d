"""What may be done with a look-back and its rows, by whom, and when: 拟定并抽取 → 批准 → 核查 → 办结."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow
from rectification.look_back_querysets import CHECKERS, LEADERS, PLANNERS
from rectification.models import LookBackCheckState as C
from rectification.models import LookBackState as S
from rectification.workflow.who import REGISTRARS, leads_the_region

NEW_ITEM = REGISTRARS - {Role.PATROL_OFFICE}


def is_of_the_desk(plan: Any, by: User) -> bool:
    mine = any(post.role in PLANNERS and post.unit_id == plan.desk_unit_id for post in by.current_posts())
    return mine or bool(by.pk == plan.drafted_by_id)


def of_the_desk(plan: Any, by: User) -> None:
    if not is_of_the_desk(plan, by):
        raise NotAllowed("look_back.desk", "回头看由拟定的单位办理。")


def desk_of_plan(row: Any, by: User) -> None:
    of_the_desk(row.plan, by)


def who_approves(plan: Any, by: User) -> None:
    if plan.approver_id != by.pk or plan.drafted_by.person_id == by.person_id:
        raise NotAllowed("look_back.approver", "回头看由指定的批准人批准，批准人不能是拟定人本人。")


def drafted_or_approves(plan: Any, by: User) -> None:
    if by.pk not in {plan.drafted_by_id, plan.approver_id}:
        raise NotAllowed("look_back.not_yours", "回头看只能由拟定人或者批准人取消。")


def is_the_checker(row: Any, by: User) -> None:
    if row.checker_id != by.pk:
        raise NotAllowed("look_back.checker", "核查结果由指派的核查人登记。")


def goes_on(row: Any) -> bool:
    return bool(row.plan.state == S.APPROVED)


def open_plan(row: Any) -> bool:
    return row.plan.state in {S.DRAFTED, S.APPROVED}


def about_an_item(row: Any) -> bool:
    return row.item_id is not None


LOOK_BACK = Workflow(
    "lookback",
    "回头看计划",
    (
        Transition(
            name="approve", label="批准", sources=frozenset({S.DRAFTED}), target=S.APPROVED, roles=LEADERS,
            who=(who_approves,), primary=True,
        ),
        Transition(
            name="finish", label="办结并告知结果", sources=frozenset({S.APPROVED}), target=S.FINISHED, roles=PLANNERS,
            who=(of_the_desk,), primary=True,
        ),
        Transition(
            name="cancel", label="取消", sources=frozenset({S.DRAFTED, S.APPROVED}), target=S.CANCELLED,
            roles=PLANNERS | LEADERS, note_required=True, who=(drafted_or_approves,),
        ),
    ),
    others={"plan": "拟定并抽取", "follow_unit": "随单位并入变更组织单位"},
)  # fmt: skip

LOOK_BACK_CHECK = Workflow(
    "lookbackcheck",
    "回头看核查",
    (
        Transition(
            name="assign", label="分派核查人", sources=frozenset({C.DRAWN, C.ASSIGNED}), target=C.ASSIGNED, roles=PLANNERS,
            who=(desk_of_plan,), when=open_plan, unless="这个回头看计划已经结束，不能再分派。", bulk=True,
        ),
        Transition(
            name="record", label="登记核查结果", sources=frozenset({C.ASSIGNED}), target=C.CONFIRMED,
            instead=frozenset({C.RELAPSED}), roles=CHECKERS, who=(is_the_checker,), when=goes_on,
            unless="回头看计划批准以后才能核查，结束以后不能再登记。", primary=True,
        ),
        Transition(
            name="attach", label="补充照片和材料", sources=frozenset({C.ASSIGNED, C.CONFIRMED, C.RELAPSED}), target=None,
            roles=CHECKERS, who=(is_the_checker,), when=goes_on, unless="回头看计划没有批准或者已经结束，不能再补充。",
        ),
        Transition(
            name="reopen_item", label="重新打开原事项", sources=frozenset({C.RELAPSED}), target=C.REOPENED, roles=LEADERS,
            who=(leads_the_region,), when=about_an_item, unless="退还款项反弹的，请“另立整改事项”。", note_required=True,
            primary=True,
        ),
        Transition(
            name="open_item", label="另立整改事项", sources=frozenset({C.RELAPSED}), target=C.RENEWED, roles=NEW_ITEM,
        ),
        Transition(
            name="drop", label="不再核查", sources=frozenset({C.DRAWN, C.ASSIGNED}), target=C.DROPPED, roles=PLANNERS,
            who=(desk_of_plan,), when=open_plan, unless="这个回头看计划已经结束。", note_required=True,
        ),
    ),
    others={"draw": "抽取", "hand_over": "工作移交", "not_handed_over": "核查人离任，待重新分派"},
)  # fmt: skip
