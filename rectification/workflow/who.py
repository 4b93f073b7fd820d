"""Who stands in the right relation to an item for each verb."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.scope import prefix_of
from rectification.models import RequestState, State

UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})
REGISTRARS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.CASE_MANAGER})
VERIFIERS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.DEPUTY})
DECIDERS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
PRESSERS = REGISTRARS | {Role.DEPUTY, Role.SECRETARY}

WORKING = frozenset({State.ACCEPTED, State.RECTIFYING})
SIGNED = frozenset({State.CLOSURE_APPLIED, State.SECTOR_REVIEWED})
PUBLISHED = frozenset({State.PUBLIC_NOTICE})
AT_WORK = WORKING | SIGNED | {State.LONG_TERM}
PRESSED = WORKING | SIGNED | {State.ISSUED}  # the ladder looks at them
OPEN = AT_WORK | {State.DRAFT, State.ISSUED}


def _holds(by: User, roles: frozenset[str], unit_id: int | None) -> bool:
    return unit_id is not None and any(p.unit_id == unit_id and p.role in roles for p in by.current_posts())


def _serves(item: Any, by: User, roles: frozenset[str]) -> bool:
    """Whether one of the user's posts of these roles covers the item's region."""
    return any(
        p.role in roles and item.region_id.startswith(prefix_of(p.region_id)) for p in by.current_posts()
    )


def in_charge_of(item: Any, roles: frozenset[str]) -> frozenset[str]:
    """Of these roles those in charge: 巡察办 for what a round found, otherwise the discipline body."""
    office = frozenset({Role.PATROL_OFFICE})
    return roles & office if item.of_round else roles - office


def of_main_unit(item: Any, by: User) -> None:
    if not _holds(by, UNIT, item.main_unit_id):
        raise NotAllowed("item.main_unit", "这一步由主责单位办理。")


def heads_main_unit(item: Any, by: User) -> None:
    if not _holds(by, frozenset({Role.UNIT_HEAD}), item.main_unit_id):
        raise NotAllowed("apply.head", "申请销号须由主责单位主要负责人办理。")


def of_a_responsible_unit(item: Any, by: User) -> None:
    if not any(_holds(by, UNIT, row.unit_id) for row in item.units.all()):
        raise NotAllowed("item.responsible_unit", "这一步由责任单位办理。")


def of_lead_unit(item: Any, by: User) -> None:
    if not _holds(by, frozenset({Role.SECTOR}), item.lead_unit_id):
        raise NotAllowed("review.lead_unit", "审核须由牵头单位的审核人办理。")


def in_charge(item: Any, by: User) -> None:
    if not _serves(item, by, in_charge_of(item, VERIFIERS | REGISTRARS)):
        whom = "巡察办" if item.of_round else "纪检监察机关"
        raise NotAllowed("item.in_charge", f"该事项由{whom}督办，这一步由其办理。")


def verifying_body(item: Any, by: User) -> None:
    if not _serves(item, by, in_charge_of(item, VERIFIERS)):
        whom = "巡察办" if item.of_round else "监督检查室或者分管领导"
        raise NotAllowed("verify.body", f"该事项由{whom}复核验收。")


def may_reopen(item: Any, by: User) -> None:
    """What is closed a leader opens again, another than who signed for closing it; out of 长期坚持 the verifying body."""
    if item.state != State.CLOSED:
        return verifying_body(item, by)
    if not _serves(item, by, LEADERS):
        raise NotAllowed("reopen.leader", "销号以后重新打开，由分管领导或者主要负责人决定。")
    if item.verifier_id == by.person_id:
        text = f"您已于 {item.closed_on} 复核签署销号，重新打开应由另一位领导决定。"
        raise NotAllowed("reopen.verifier", text)
    return None


def may_know_whom(item: Any, by: User) -> bool:
    """Who was asked is for those who verify the item and their leaders, never for the units."""
    return _serves(item, by, in_charge_of(item, VERIFIERS) | LEADERS)


def may_send_back(item: Any, by: User) -> None:
    """The step that has it in hand: the lead unit what was applied for, the verifying body what was reviewed."""
    if item.state == State.SECTOR_REVIEWED:
        verifying_body(item, by)
    elif not _holds(by, frozenset({Role.SECTOR}), item.lead_unit_id):
        if item.state == State.CLOSURE_APPLIED:
            raise NotAllowed("send_back.lead_unit", "该事项正由牵头单位审核，由其退回。")
        verifying_body(item, by)


def over_the_region(item: Any, by: User) -> None:
    if not _serves(item, by, PRESSERS if item.of_round else PRESSERS - {Role.PATROL_OFFICE}):
        raise NotAllowed("press.region", "该事项不在您督办的地区。")


def leads_the_region(row: Any, by: User) -> None:
    if not _serves(row, by, LEADERS):
        raise NotAllowed("press.leader", "这一步由本地区纪检监察机关的领导决定。")


def plans(item: Any, by: User) -> None:
    """Measures: of a draft by who registers it, later by the main unit as well."""
    if item.state != State.DRAFT and _holds(by, UNIT, item.main_unit_id):
        return
    in_charge(item, by)


def not_the_applicant(item: Any, by: User) -> None:
    if item.applicant_id == by.person_id:
        raise NotAllowed("review.same_person", "申请销号和审核不能是同一个人，请由牵头单位其他人员审核。")


def not_signed_before(item: Any, by: User) -> None:
    if by.person_id in {item.applicant_id, item.reviewer_id}:
        raise NotAllowed(
            "verify.same_person", "申请、审核、复核须由三个不同的人签署，您已在前面的环节签署过。"
        )


def not_the_asker(item: Any, by: User) -> None:
    asked = pending_request(item)
    if asked is not None and asked.asked_by.person_id == by.person_id:
        raise NotAllowed("decide_extension.same_person", "延期不能由申请人自己决定。")


def pending_request(item: Any) -> Any:
    """The request for more time that waits for a decision."""
    return next((r for r in item.extension_requests.all() if r.state == RequestState.PENDING), None)
