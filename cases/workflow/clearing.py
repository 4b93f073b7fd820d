"""澄清 and 诬告陷害认定: who may do what."""

from cases.models import Clarification, FalseAccusation
from cases.roles import HANDLERS, LEADERS, REGISTRY
from cases.workflow.who import holds, of_this_body
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

PROPOSERS = HANDLERS | {Role.CASE_MANAGER}
C, F = Clarification.State, FalseAccusation.State


def its_leader(row: Clarification, by: User) -> None:
    """The leader named at dispatch, or the head of the body; never who proposed it."""
    if row.lead.leader_id != by.pk and not of_this_body(row.lead, by, {Role.SECRETARY}):
        raise NotAllowed("clarification.leader", "澄清由线索的分管领导或者主要负责人批准。")
    if row.proposed_by.person_id == by.person_id:
        raise NotAllowed("clarification.own", "澄清的提出人和批准人不能是同一个人。")


def handles_its_lead(row: Clarification | FalseAccusation, by: User) -> None:
    """The office the lead lies with, and the registry of the body."""
    if not holds(by, HANDLERS, row.lead.acting_unit_id) and not of_this_body(
        row.lead, by, {Role.CASE_MANAGER}
    ):
        raise NotAllowed("clearing.not_your_office", "由线索的承办部门或者案管室办理。")


def head(row: FalseAccusation, by: User) -> None:
    if not of_this_body(row.lead, by, {Role.SECRETARY}):
        raise NotAllowed("false_accusation.head", "报上级认定须由主要负责人同意。")
    if row.proposed_by.person_id == by.person_id:
        raise NotAllowed("false_accusation.own", "提出人和同意上报的负责人不能是同一个人。")


def registry(row: FalseAccusation, by: User) -> None:
    if not of_this_body(row.lead, by, REGISTRY):
        raise NotAllowed("false_accusation.registry", "上级的认定由案管室或者主要负责人登记。")


def rejects(row: FalseAccusation, by: User) -> None:
    """What has not been sent up is the head's to decide; what has, the registry enters as it was answered."""
    if row.state == F.PROPOSED and not of_this_body(row.lead, by, {Role.SECRETARY}):
        raise NotAllowed("false_accusation.head_rejects", "还没有上报的，由主要负责人决定不予上报。")
    registry(row, by)


CLARIFICATION = Workflow(
    "clarification",
    "澄清",
    (
        Transition(
            name="approve", label="批准澄清", sources=frozenset({C.PROPOSED}), target=C.APPROVED, roles=LEADERS,
            who=(its_leader,), primary=True,
        ),
        Transition(
            name="refuse", label="不予澄清", sources=frozenset({C.PROPOSED}), target=C.REFUSED, roles=LEADERS,
            who=(its_leader,), note_required=True,
        ),
        Transition(
            name="carry_out", label="登记澄清情况", sources=frozenset({C.APPROVED}), target=C.DONE, roles=PROPOSERS,
            who=(handles_its_lead,), primary=True,
        ),
        Transition(
            name="withdraw", label="撤回澄清", sources=frozenset({C.PROPOSED, C.APPROVED}), target=C.WITHDRAWN,
            roles=PROPOSERS, who=(handles_its_lead,), note_required=True,
        ),
    ),
    others={"propose": "提出澄清"},
)  # fmt: skip

FALSE_ACCUSATION = Workflow(
    "falseaccusation",
    "诬告陷害认定",
    (
        Transition(
            name="submit", label="报上级认定", sources=frozenset({F.PROPOSED}), target=F.SUBMITTED,
            roles=frozenset({Role.SECRETARY}), who=(head,), primary=True,
        ),
        Transition(
            name="confirm", label="登记认定", sources=frozenset({F.SUBMITTED}), target=F.CONFIRMED, roles=REGISTRY,
            who=(registry,), primary=True,
        ),
        Transition(
            name="reject", label="登记未认定", sources=frozenset({F.PROPOSED, F.SUBMITTED}), target=F.REJECTED,
            roles=REGISTRY, who=(rejects,), note_required=True,
        ),
    ),
    others={"propose": "提出诬告陷害认定"},
)  # fmt: skip
