"""被反映人: the verbs about persons of a lead."""

from cases.roles import REGISTRARS
from cases.workflow.who import OPEN, amends
from povertyaudit.core.workflow import Transition

PEOPLE = (
    Transition(
        name="amend_subject", label="更正被反映人", sources=OPEN, target=None, roles=REGISTRARS, who=(amends,),
    ),
    Transition(
        name="remove_subject", label="删除误登的被反映人", sources=OPEN, target=None, roles=REGISTRARS, who=(amends,),
        note_required=True,
    ),
)  # fmt: skip
