"""Round 办结: the checklist before it, the complainant's answer after it."""

from cases.models import State
from cases.roles import HANDLERS, REGISTRY
from cases.workflow.who import HANDLED, in_acting_unit, own_registry
from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition

ENDING = (
    Transition(
        name="tick", label="核对五个到位", sources=frozenset(HANDLED), target=None, roles=HANDLERS, who=(in_acting_unit,),
    ),
    Transition(
        name="draft_feedback", label="拟写反馈意见", sources=frozenset({State.CONCLUDED}), target=None, roles=HANDLERS,
        who=(in_acting_unit,), when=lambda lead: lead.feedback_owed,
    ),
    Transition(
        name="settle_objection", label="研究异议", sources=frozenset({State.CONCLUDED}), target=None, roles=REGISTRY,
        who=(own_registry,), when=lambda lead: lead.objected_on is not None, note_required=True, primary=True,
    ),
    Transition(
        name="archive", label="归档", sources=frozenset({State.CONCLUDED}), target=None, roles=frozenset({Role.CASE_MANAGER}),
        who=(own_registry,), when=lambda lead: lead.archived_on is None,
    ),
)  # fmt: skip
