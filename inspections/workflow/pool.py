"""What may be done with a person of the pool."""

from inspections.models import PoolPerson
from inspections.workflow.who import OFFICE
from povertyaudit.core.workflow import Transition, Workflow

POOL = Workflow(
    "pool_person",
    "人才库人员",
    (
        Transition(
            name="take_out", label="出库", sources=frozenset({PoolPerson.State.IN}), target=PoolPerson.State.OUT,
            roles=OFFICE, note_required=True,
        ),
    ),
    others={"add_person": "入库"},
)  # fmt: skip
