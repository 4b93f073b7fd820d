"""What may be done with a misuse, by whom, and when. The 财政 fund desk keeps the money's register."""

from typing import Any

from funds.models import Misuse
from funds.workflow.who import DESK
from povertyaudit.core.workflow import Transition, Workflow


def something_came_back(misuse: Any) -> bool:
    return bool(misuse.recovered_fen)


MISUSE = Workflow(
    "misuse",
    "违规使用资金",
    (
        Transition(
            name="record_recovery",
            label="登记追缴",
            sources=frozenset({Misuse.State.OPEN}),
            target=None,
            roles=DESK,
            primary=True,
        ),
        Transition(
            name="void_recovery",
            label="作废一笔追缴",
            sources=frozenset({Misuse.State.OPEN, Misuse.State.SETTLED}),
            target=None,
            roles=DESK,
            when=something_came_back,
            note_required=True,
        ),
    ),
    others={"register_misuse": "登记违规使用资金"},
)
