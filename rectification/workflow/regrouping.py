"""拆分、合并: who may ask for it, who decides, and what must be settled before an item goes on in others."""

from typing import Any

from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Role, User
from rectification.models import Escalation, EscalationState, State
from rectification.models.arranging import waiting
from rectification.models.regrouping import asked_regrouping
from rectification.workflow.guards import is_paused
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

GROUPED = WORKING | {State.ISSUED}
GROUPERS = UNIT | REGISTRARS | {Role.SECTOR}
FEWEST_MEASURES = 2
UNSETTLED = (
    EscalationState.SENT, EscalationState.RECEIVED, EscalationState.PROPOSED, EscalationState.AGREED,
)  # fmt: skip


def asks_regrouping(item: Any, by: User) -> None:
    """The main unit, the lead unit, or the office that watches over the item."""
    if _holds(by, UNIT, item.main_unit_id) or _holds(by, frozenset({Role.SECTOR}), item.lead_unit_id):
        return
    if not _serves(item, by, in_charge_of(item, REGISTRARS)):
        raise NotAllowed("regroup.asks", "拆分、合并由主责单位、牵头单位或者督办部门提出。")


def decides_regrouping(item: Any, by: User) -> None:
    """The office in charge or a leader; never the person who asked."""
    if not _serves(item, by, in_charge_of(item, DECIDERS) | LEADERS):
        raise NotAllowed("regroup.decides", "拆分、合并由督办部门或者分管领导、书记批准。")
    asked = asked_regrouping(item)
    if asked is not None and asked.asked_by.person_id == by.person_id:
        raise NotAllowed("regroup.same_person", "拆分、合并不能由申请人自己批准，请由另一人办理。")


def nothing_regrouped(item: Any) -> bool:
    return asked_regrouping(item) is None


def may_be_split(item: Any) -> bool:
    """Nothing asked for waits, and there are measures to part. Lists bring `measures_all`, so that no line asks."""
    known = getattr(item, "measures_all", None)
    return nothing_regrouped(item) and (item.measures.count() if known is None else known) >= FEWEST_MEASURES


def regrouping_waits(item: Any) -> bool:
    return asked_regrouping(item) is not None


def no_regrouping_waits(item: Any, by: User) -> None:
    """Asked before the item leaves the unit's hands, or another unit is asked for."""
    if (asked := asked_regrouping(item)) is not None:
        text = f"该事项申请的“{asked.get_kind_display()}”还没有批复，请先办理。"
        raise RuleBroken("close_out.regrouping_waits", text, mend=f"{item.get_absolute_url()}#regroupings")


def is_settled(item: Any, by: User) -> None:
    """Nothing hangs in the air that would be lost: no change of the unit, no letter, no pause, and it was never closed."""
    here, found = item.get_absolute_url(), list[DomainError]()
    if item.closings.exists():
        text = "该事项销过号，销号记录按事项计，不能拆分、合并；需要另行整改的，登记新的事项并填写“反弹自”。"
        found.append(RuleBroken("regroup.was_closed", text))
    if (change := waiting(item)) is not None:
        text = f"“{change.get_kind_display()}”{change.get_state_display()}，请先办理。"
        found.append(RuleBroken("regroup.change_waits", text, mend=f"{here}#arrangements"))
    letter = Escalation.objects.filter(item=item, state__in=UNSETTLED).order_by("pk").first()
    if letter is not None:
        text = f"督办 {letter} {letter.get_state_display()}，办理以后才能拆分、合并。"
        found.append(RuleBroken("regroup.letter_waits", text, mend=letter.get_absolute_url()))
    if is_paused(item):
        text = "该事项正暂停督办，恢复督办以后才能拆分、合并。"
        found.append(RuleBroken("regroup.paused", text, mend=f"{here}resume_pressing/"))
    raise_all(found)
