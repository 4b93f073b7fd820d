"""Who may: predicates over a lead and a user, used by the table of verbs."""

from typing import TYPE_CHECKING

from cases.models import HANDED_IN, Approver, Lead, Method, State
from cases.querysets import NOT_LEADS
from cases.roles import HANDLERS, REGISTRARS, REGISTRY
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, Role, User
from povertyaudit.core.scope import prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable


LEFT = frozenset({State.FORWARDED, State.MERGED, State.RETURNED, State.VOIDED})
OPEN = frozenset(State) - LEFT - {State.CONCLUDED}
HANDLED = OPEN - {State.REGISTERED}
# Which posts carry out a step of each method.
DOERS: dict[str, frozenset[str]] = {
    Method.TALK_INQUIRY: HANDLERS,
    Method.VERIFY: HANDLERS,
    Method.INVESTIGATE: frozenset({Role.INVESTIGATION}),
    Method.ADJUDICATE: frozenset({Role.ADJUDICATION}),
}
CARRIED_OUT = frozenset({Method.TALK_INQUIRY, Method.VERIFY, Method.ADJUDICATE})
# Approvals given outside the house: who keeps its papers enters them.
OUTSIDE = frozenset({Approver.PARTY, Approver.SUPERIOR})


def holds(by: User, roles: "Iterable[str]", unit_id: int | None) -> bool:
    """Whether `by` holds one of `roles` in this unit today."""
    wanted = set(roles)
    return any(post.role in wanted and post.unit_id == unit_id for post in by.current_posts())


def bodies_of(lead: Lead) -> set[str]:
    """The six-digit codes of the discipline bodies that registered the lead and that handle it now."""
    units = (lead.registering_unit, lead.acting_unit)
    return {unit.region_id[:6] for unit in units if unit is not None}


def serves_in(by: User, roles: "Iterable[str]", *places: str) -> bool:
    """Whether `by` holds one of `roles` today in the body of a county (or city) one of the places lies in."""
    wanted, bodies = set(roles), {place[:6] for place in places}
    return any(post.role in wanted and post.region_id[:6] in bodies for post in by.current_posts())


def of_this_body(lead: Lead, by: User, roles: "Iterable[str]") -> bool:
    """Whether `by` holds one of `roles` in the discipline body that registered the lead or handles it now."""
    return serves_in(by, roles, *bodies_of(lead))


def own_registry(lead: Lead, by: User) -> None:
    """The registry and the head of the body concerned, not those of another level or county."""
    if not of_this_body(lead, by, REGISTRY):
        raise NotAllowed("lead.not_your_body", "这件线索由登记机关或承办机关的案管室办理。")


def in_acting_unit(lead: Lead, by: User) -> None:
    if not holds(by, HANDLERS, lead.acting_unit_id):
        raise NotAllowed("lead.not_your_office", "只有当前承办部门的人员可以办理这一步。")


def carries_it_out(lead: Lead, by: User) -> None:
    """The office the step lies with, and the kind of office the step needs."""
    method = Method.INVESTIGATE if lead.state == State.CASE_FILED else lead.method
    if not holds(by, DOERS.get(method, HANDLERS), lead.acting_unit_id):
        raise NotAllowed("lead.not_your_office", "这一步由当前承办部门的相应人员办理。")


def approves_this(lead: Lead, by: User) -> None:
    """Whom the table of approvals asked: the leader named at dispatch, the head, or who enters an outside approval."""
    if lead.approver in OUTSIDE:
        if not of_this_body(lead, by, REGISTRY):
            raise NotAllowed(
                "lead.outside_decides", "这一处置意见由上级决定，由案管室或主要负责人录入批准文件。"
            )
    elif lead.approver == Approver.SECRETARY:
        if not of_this_body(lead, by, {Role.SECRETARY}):
            raise NotAllowed("lead.secretary_decides", "这一处置意见须由主要负责人审批。")
    elif lead.leader_id != by.pk:
        raise NotAllowed("lead.leader_decides", "这一处置意见由分办时指定的分管领导审批。")


def not_the_proposer(lead: Lead, by: User) -> None:
    """Two natural persons: one person with two accounts is one person."""
    if lead.proposed_by is not None and lead.proposed_by.person_id == by.person_id:
        raise NotAllowed("lead.own_proposal", "处置意见的提出人和审批人不能是同一个人。")


def registered_here(lead: Lead, by: User) -> None:
    if not holds(by, REGISTRARS, lead.registering_unit_id):
        raise NotAllowed("lead.not_registered_here", "只有登记该件的单位可以办理。")


def case_manager_or_registered_here(lead: Lead, by: User) -> None:
    if not of_this_body(lead, by, {Role.CASE_MANAGER}):
        registered_here(lead, by)


def petition_desk(lead: Lead, by: User) -> None:
    if not holds(by, {Role.PETITION}, lead.registering_unit_id):
        raise NotAllowed("lead.not_your_desk", "只有登记该件的信访工作人员可以办理。")


def named_leader_or_registry(lead: Lead, by: User) -> None:
    """Its leader and who was told to press; registry and head of its own body or of one above (a superior presses too)."""
    units = (lead.registering_unit, lead.acting_unit)
    places = [lead.region_id, *(unit.region_id for unit in units if unit is not None)]
    above = any(
        place.startswith(prefix_of(post.region_id))
        for post in by.current_posts()
        if post.role in REGISTRY
        for place in places
    )
    if not above and by.pk not in (lead.leader_id, lead.supervisor_id):
        raise NotAllowed("lead.leader_only", "只有该线索的分管领导和督办人可以办理。")


def amends(lead: Lead, by: User) -> None:
    """The registry always; the registering unit until it is dispatched; the handling office from then on."""
    if of_this_body(lead, by, {Role.CASE_MANAGER}):
        return
    if lead.state == State.REGISTERED:
        registered_here(lead, by)
    elif not holds(by, HANDLERS, lead.acting_unit_id):
        raise NotAllowed("lead.not_your_office", "分办以后，登记内容由当前承办部门或案管室修改。")


def merges(lead: Lead, by: User) -> None:
    """The registry; the petition desk what it has just registered."""
    if not of_this_body(lead, by, {Role.CASE_MANAGER}):
        if lead.state != State.REGISTERED:
            raise NotAllowed("lead.not_your_body", "分办以后，重复件由登记机关或承办机关的案管室合并。")
        petition_desk(lead, by)


def links(lead: Lead, by: User) -> None:
    """The registry, who registered it, and the office it lies with."""
    if not of_this_body(lead, by, {Role.CASE_MANAGER}) and not (
        {lead.registering_unit_id, lead.acting_unit_id} & by.unit_ids
    ):
        raise NotAllowed("lead.not_your_office", "由登记单位、当前承办部门和案管室登记线索之间的关联。")


def knows_id(lead: Lead, by: User) -> bool:
    """Whether `by` handles the lead: registers it, has it in hand or keeps the register of its body. Never a program."""
    own = {lead.registering_unit_id, lead.acting_unit_id} & by.unit_ids
    return not by.is_service and (bool(own) or of_this_body(lead, by, {Role.CASE_MANAGER}))


def assigns(lead: Lead, by: User) -> None:
    if not of_this_body(lead, by, {Role.CASE_MANAGER}) and not holds(
        by, HANDLERS | {Role.ADJUDICATION}, lead.acting_unit_id
    ):
        raise NotAllowed("lead.not_your_office", "只有案管室和当前承办部门可以调整人员。")


def attaches(lead: Lead, by: User) -> None:
    """Who registered it, and the office it lies with."""
    if not holds(by, HANDLERS | {Role.ADJUDICATION}, lead.acting_unit_id):
        case_manager_or_registered_here(lead, by)


def concludes(lead: Lead, by: User) -> None:
    if lead.state == State.REGISTERED:
        registered_here(lead, by)
    else:
        in_acting_unit(lead, by)


def may_conclude(lead: Lead) -> bool:
    """After an approved 予以了结, or a consultation that was answered."""
    if lead.state == State.REGISTERED:
        return lead.kind in NOT_LEADS
    return lead.method == Method.CLOSE


def entered_past(lead: Lead) -> bool:
    """A case that was entered whole, afterwards (`enter_past`), and is opened again: filed, and never dispatched here."""
    return lead.filed_on is not None and lead.dispatched_on is None


def may_hand_back(lead: Lead) -> bool:
    return not lead.method and lead.dispatched_on is not None


def may_start(lead: Lead) -> bool:
    return lead.state == State.CASE_FILED or lead.method in CARRIED_OUT


def may_reply(lead: Lead) -> bool:
    return lead.method == Method.TALK_INQUIRY


def is_a_lead(lead: Lead) -> bool:
    """Questions and suggestions are answered, not dispatched."""
    return lead.kind not in NOT_LEADS


def is_timed(lead: Lead) -> bool:
    """Whether a period runs. Lists bring the date along (`for_list`), so that the table asks nothing row by row."""
    if hasattr(lead, "due_on"):
        return lead.due_on is not None
    return bool(Clock.objects.of(lead).running().exists())


def was_handed_in(lead: Lead) -> bool:
    return lead.channel in HANDED_IN


def not_stopped(lead: Lead, by: User) -> None:
    if lead.stopped_on is not None:
        text = f"本件自 {lead.stopped_on} 起因回避停止办理，请先由案管室或承办部门另行指定人员。"
        raise RuleBroken("lead.stopped", text)
