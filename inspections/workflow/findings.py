"""What may be done with a finding."""

from typing import Any

from inspections.models import Finding
from inspections.workflow.handed import TEAM, of_the_round
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Transition, Workflow

RECORDED = frozenset({Finding.State.RECORDED})


def not_fed_back(finding: Any, by: User) -> None:
    """What the recipient was told stays as he was told it."""
    if finding.feedback_rows.filter(feedback__head_on__isnull=False).exists():
        raise RuleBroken("finding.fed_back", "这个问题已经向被巡察单位反馈，不能再修改或者撤销。")


FINDING = Workflow(
    "finding",
    "发现问题",
    (
        Transition(
            name="amend", label="修改问题", sources=RECORDED, target=None, roles=TEAM, who=(of_the_round,),
            guards=(not_fed_back,),
        ),
        Transition(
            name="withdraw", label="撤销问题", sources=RECORDED, target=Finding.State.WITHDRAWN, roles=TEAM,
            who=(of_the_round,), guards=(not_fed_back,), note_required=True,
        ),
    ),
    others={"record_finding": "登记发现问题", "number": "保密轮次结束后编号", "hand_on": "转为整改事项",
            "take_back": "整改事项作废，退回待转"},
)  # fmt: skip
