"""线索移送: who may do what."""

from cases.models import Handover
from cases.workflow.batches import KEEPERS, of_this_county
from povertyaudit.core.workflow import Transition, Workflow

SENT, ACKNOWLEDGED = Handover.State.SENT, Handover.State.ACKNOWLEDGED
UNDER_WAY = frozenset({SENT, ACKNOWLEDGED})


def _comes_in(row: Handover) -> bool:
    return not row.is_out


HANDOVER = Workflow(
    "handover",
    "线索移送",
    (
        Transition(
            name="receipt", label="登记回执", sources=frozenset({SENT}), target=ACKNOWLEDGED, roles=KEEPERS,
            who=(of_this_county,), primary=True,
        ),
        Transition(
            name="answer", label="登记办理结果反馈", sources=frozenset({ACKNOWLEDGED}), target=Handover.State.ANSWERED,
            roles=KEEPERS, who=(of_this_county,), primary=True,
        ),
        Transition(
            name="register_row", label="登记为线索", sources=UNDER_WAY, target=None, roles=KEEPERS,
            who=(of_this_county,), when=_comes_in,
        ),
        Transition(
            name="refuse_row", label="不予受理", sources=UNDER_WAY, target=None, roles=KEEPERS, who=(of_this_county,),
            when=_comes_in, note_required=True,
        ),
        Transition(
            name="send_back", label="退回", sources=UNDER_WAY, target=Handover.State.RETURNED, roles=KEEPERS,
            who=(of_this_county,), note_required=True,
        ),
        Transition(name="amend", label="修改", sources=UNDER_WAY, target=None, roles=KEEPERS, who=(of_this_county,)),
    ),
    others={"open": "登记移送"},
)  # fmt: skip
