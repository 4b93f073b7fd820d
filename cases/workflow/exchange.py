"""Rows of the table of a lead: assisting offices, results reported back, batches."""

from typing import TYPE_CHECKING

from cases.models import State
from cases.querysets import assisted_by
from cases.roles import HANDLERS
from cases.workflow.who import HANDLED, in_acting_unit, own_registry
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition

if TYPE_CHECKING:
    from cases.models import Lead
    from povertyaudit.core.models import User


def assists(lead: "Lead", by: "User") -> None:
    """An office asked to assist. The verb looks again at what stands in the database."""
    if not any(lead.pk in assisted_by(post) for post in by.current_posts()):
        raise NotAllowed("assist.not_yours", "只有正在协办这件线索的部门可以反馈协办结果。")


EXCHANGE = (
    Transition(
        name="give_assistance", label="反馈协办结果", sources=HANDLED, target=None,
        roles=HANDLERS | {Role.ADJUDICATION}, who=(assists,), primary=True,
    ),
    Transition(
        name="report_back", label="报送交办结果", sources=(HANDLED | {State.CONCLUDED}) - {State.DISPATCHED},
        target=None, roles=HANDLERS, who=(in_acting_unit,),
        when=lambda lead: lead.owes_report,
    ),
    Transition(
        name="ask_assist", label="增加协办部门", sources=HANDLED, target=None, roles=frozenset({Role.CASE_MANAGER}),
        who=(own_registry,), note_required=True,
    ),
    Transition(
        name="join_batch", label="列入批次", sources=frozenset(State) - {State.VOIDED}, target=None,
        roles=frozenset({Role.CASE_MANAGER}), who=(own_registry,), bulk=True,
    ),
    Transition(
        name="leave_batch", label="移出批次", sources=frozenset(State), target=None,
        roles=frozenset({Role.CASE_MANAGER}), who=(own_registry,), when=lambda lead: lead.batch_id is not None,
        note_required=True,
    ),
)  # fmt: skip
