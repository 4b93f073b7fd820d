"""What may be done with an object of a round."""

from typing import Any

from inspections.models import Round, RoundObject
from inspections.workflow.who import ANYBODY, OFFICE, of_the_team
from povertyaudit.core.workflow import Transition, Workflow

NOT_ENTERED = frozenset({RoundObject.State.NOT_ENTERED})


def under_way(row: Any) -> bool:
    return bool(row.round.state == Round.State.OPEN)


ENDED = "本轮次已经结束，不能再改动巡察对象。"
OBJECT = Workflow(
    "object",
    "巡察对象",
    (
        Transition(
            name="enter", label="登记进驻", sources=NOT_ENTERED, target=RoundObject.State.ENTERED, roles=ANYBODY,
            who=(of_the_team,), when=under_way, unless=ENDED, primary=True, bulk=True,
        ),
        Transition(
            name="leave", label="登记离开", sources=frozenset({RoundObject.State.ENTERED}),
            target=RoundObject.State.LEFT, roles=ANYBODY, who=(of_the_team,), when=under_way, unless=ENDED,
            primary=True, bulk=True,
        ),
        Transition(
            name="assign_team", label="分配巡察组", sources=frozenset({*NOT_ENTERED, RoundObject.State.ENTERED}),
            target=None, roles=OFFICE, when=under_way, unless=ENDED, bulk=True,
        ),
        Transition(
            name="drop", label="不再巡察", sources=NOT_ENTERED, target=RoundObject.State.DROPPED, roles=OFFICE,
            when=under_way, unless=ENDED, note_required=True, bulk=True,
        ),
    ),
    others={"add": "列为巡察对象", "stand_aside": "成员回避", "let_back": "成员恢复参加"},
)  # fmt: skip
