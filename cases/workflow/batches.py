"""交办批次: who may do what."""

from typing import Any

from cases.models import Batch
from cases.workflow.who import serves_in
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

OPEN = frozenset({Batch.State.OPEN})
KEEPERS = frozenset({Role.CASE_MANAGER})


def of_this_county(row: Any, by: User) -> None:
    """The registry of the body whose book it stands in."""
    if not serves_in(by, KEEPERS, row.region_id):
        raise NotAllowed("registry.other_county", "由登记机关的案管室办理。")


BATCH = Workflow(
    "batch",
    "交办批次",
    (
        Transition(name="amend", label="修改批次", sources=OPEN, target=None, roles=KEEPERS, who=(of_this_county,)),
        Transition(
            name="close", label="结清批次", sources=OPEN, target=Batch.State.CLOSED, roles=KEEPERS,
            who=(of_this_county,), primary=True,
        ),
        Transition(
            name="reopen", label="撤销结清", sources=frozenset({Batch.State.CLOSED}), target=Batch.State.OPEN,
            roles=KEEPERS, who=(of_this_county,), note_required=True,
        ),
    ),
    others={"receive": "登记批次"},
)  # fmt: skip
