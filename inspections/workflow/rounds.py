"""What may be done with a round, by whom, and when."""

from typing import Any

from inspections.models import Round
from inspections.workflow.who import ANYBODY, OFFICE, decides_recusals, on_the_round
from povertyaudit.core.workflow import Transition, Workflow

OPEN = frozenset({Round.State.OPEN})
UNCLOSED = frozenset({Round.State.OPEN, Round.State.FINISHED})
ANY_STATE = UNCLOSED | {Round.State.CLOSED}  # what was found is worked on after the round is closed


def _known(round_: Any) -> bool:
    """Whatever leaves a secret round would tell of it."""
    return not round_.is_secret_now


ROUND = Workflow(
    "round",
    "巡察轮次",
    (
        Transition(
            name="record_finding", label="登记发现问题", sources=OPEN, target=None, roles=ANYBODY,
            who=(on_the_round,), primary=True,
        ),
        Transition(name="set_team", label="编组", sources=OPEN, target=None, roles=OFFICE),
        Transition(name="add_objects", label="确定巡察对象", sources=OPEN, target=None, roles=OFFICE),
        Transition(
            name="declare_recusal", label="申报回避情况", sources=UNCLOSED, target=None, roles=ANYBODY,
            who=(on_the_round,),
        ),
        Transition(
            name="decide_recusal", label="决定回避", sources=UNCLOSED, target=None, roles=ANYBODY,
            who=(decides_recusals,),
        ),
        Transition(name="draw_people", label="抽取人员", sources=OPEN, target=None, roles=OFFICE),
        Transition(name="join_campaign", label="列入专题", sources=UNCLOSED, target=None, roles=OFFICE),
        Transition(
            name="attach", label="上传材料", sources=UNCLOSED, target=None, roles=ANYBODY, who=(on_the_round,)
        ),
        Transition(name="link_round", label="关联下级轮次", sources=UNCLOSED, target=None, roles=OFFICE),
        Transition(
            name="hand_lead", label="移交问题线索", sources=UNCLOSED, target=None, roles=ANYBODY, who=(on_the_round,),
            when=_known, unless="保密轮次结束后才能移交问题线索。",
        ),
        Transition(
            name="set_rhythm", label="确定整改报告周期", sources=ANY_STATE, target=None, roles=OFFICE, note_required=True,
        ),
        Transition(name="set_reviewers", label="确定联审单位", sources=UNCLOSED, target=None, roles=OFFICE),
        Transition(
            name="amend_round", label="修改轮次", sources=UNCLOSED, target=None, roles=OFFICE, note_required=True,
        ),
        Transition(
            name="finish_round", label="结束轮次", sources=OPEN, target=Round.State.FINISHED, roles=OFFICE,
        ),
        Transition(
            name="close_round", label="办结轮次", sources=frozenset({Round.State.FINISHED}),
            target=Round.State.CLOSED, roles=OFFICE,
        ),
    ),
    others={
        "open_round": "部署轮次",
        "linked": "列为上级轮次的下级",
        "stand_aside": "按申报回避",
        "hand_over": "工作移交",
        "not_handed_over": "未移交（接任人应当回避）",
    },
)  # fmt: skip
