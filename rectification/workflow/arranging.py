"""变更单位: who may ask for another unit, who decides, who takes over or gives back."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, Role, User
from rectification.models import ArrangementState, Arranging, State
from rectification.models.arranging import waiting
from rectification.workflow.who import (
    DECIDERS,
    LEADERS,
    REGISTRARS,
    UNIT,
    WORKING,
    _holds,
    _serves,
    in_charge_of,
)

ARRANGED = WORKING | {State.ISSUED, State.LONG_TERM}
ASKERS = UNIT | REGISTRARS
ANSWERERS = UNIT | {Role.SECTOR}
HANDOVER_CLOCK = "item.handover"


def asks_change(item: Any, by: User) -> None:
    """The main unit, or the office that watches over the item."""
    if _holds(by, UNIT, item.main_unit_id) or _serves(item, by, in_charge_of(item, REGISTRARS)):
        return
    raise NotAllowed("change.asks", "变更由主责单位或者督办部门提出。")


def decides_change(item: Any, by: User) -> None:
    """The office in charge or a leader; never the person who asked."""
    if not _serves(item, by, in_charge_of(item, DECIDERS) | LEADERS):
        raise NotAllowed("change.decides", "变更由督办部门或者分管领导、书记批准。")
    asked = waiting(item)
    if asked is not None and asked.asked_by.person_id == by.person_id:
        raise NotAllowed("change.same_person", "变更不能由申请人自己批准，请由另一人办理。")


def takes_over(item: Any, by: User) -> None:
    """The unit the item was given to: for it the main unit's people, as lead unit its reviewers."""
    asked = waiting(item)
    roles = frozenset({Role.SECTOR}) if asked is not None and asked.kind == Arranging.LEAD else UNIT
    if asked is None or not _holds(by, roles, asked.new_unit_id):
        raise NotAllowed("handover.unit", "由接收单位办理。")


def nothing_arranged(item: Any) -> bool:
    return waiting(item) is None


def is_pending(item: Any) -> bool:
    asked = waiting(item)
    return asked is not None and asked.state == ArrangementState.PENDING


def is_offered(item: Any) -> bool:
    asked = waiting(item)
    return asked is not None and asked.state == ArrangementState.OFFERED


def within_days(item: Any, by: User) -> None:
    """Given back only within the days for it: afterwards it counts as taken over."""
    clock = Clock.objects.of(item).open().filter(code=HANDOVER_CLOCK).first()
    if clock is not None and clock.due_on < moment.today():
        text = f"接收期限 {clock.due_on} 已过，视为已经接收，不能退回；确需调整的，请重新提出变更。"
        raise RuleBroken("return_transfer.late", text)


def no_change_waits(item: Any, by: User) -> None:
    """Asked before the item is applied for: who answers for it must be settled."""
    if (asked := waiting(item)) is not None:
        text = f"“{asked.get_kind_display()}”{asked.get_state_display()}，请先办理，再申请销号。"
        raise RuleBroken("close_out.change_waits", text, mend=f"{item.get_absolute_url()}#arrangements")
