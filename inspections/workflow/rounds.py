"""What may be done with a round, by whom, and when."""

from typing import Any

from inspections.models import Round
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

OPEN = frozenset({Round.State.OPEN})
OFFICE = frozenset({Role.PATROL_OFFICE})
APPROVERS = frozenset({Role.SECRETARY, Role.DEPUTY})


def on_the_round(round_: Any, by: User) -> None:
    """The inspection office, or a member of this round's team."""
    if by.roles & OFFICE or by.pk in {member.user_id for member in round_.members.all()}:
        return
    raise NotAllowed("record_finding.team", "只有本轮次巡察组成员和巡察办可以登记发现的问题。")


ROUND = Workflow(
    "round",
    "巡察轮次",
    (
        Transition(
            name="record_finding",
            label="登记发现问题",
            sources=OPEN,
            target=None,
            roles=OFFICE | {Role.PATROL_TEAM},
            who=(on_the_round,),
            primary=True,
        ),
        Transition(name="set_team", label="确定巡察组成员", sources=OPEN, target=None, roles=OFFICE),
        Transition(
            name="finish_round",
            label="结束轮次",
            sources=OPEN,
            target=Round.State.FINISHED,
            roles=OFFICE,
        ),
    ),
    others={
        "open_round": "部署巡察轮次",
        "hand_over": "工作移交",
        "not_handed_over": "未移交（接任人应当回避）",
    },
)
