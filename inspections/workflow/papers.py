"""What may be done with the papers of a round."""

from inspections.models import RoundPaper
from inspections.workflow.handed import TEAM, of_the_round
from inspections.workflow.who import OFFICE
from povertyaudit.core.workflow import Transition, Workflow

State = RoundPaper.State

PAPER = Workflow(
    "roundpaper",
    "轮次文书",
    (
        Transition(
            name="hear", label="登记领导小组审议", sources=frozenset({State.DRAFT}), target=State.GROUP, roles=OFFICE,
            primary=True,
        ),
        Transition(
            name="decide", label="登记书记专题会听取", sources=frozenset({State.GROUP}), target=State.DECIDED, roles=OFFICE,
            primary=True,
        ),
        Transition(
            name="amend", label="修改文书", sources=frozenset({State.DRAFT, State.FILED}), target=None,
            roles=TEAM, who=(of_the_round,),
        ),
        Transition(
            name="discard", label="作废", sources=frozenset({State.DRAFT}), target=State.DISCARDED, roles=TEAM,
            who=(of_the_round,), note_required=True,
        ),
        Transition(
            name="attach", label="上传文件", sources=frozenset(State) - {State.DISCARDED}, target=None, roles=TEAM,
            who=(of_the_round,),
        ),
    ),
    others={"record": "登记文书"},
)  # fmt: skip
