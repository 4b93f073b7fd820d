"""公示 and 归档: who may, and what must be true before the period ends in closing."""

from typing import Any

from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import User
from rectification.models import ObjectionState, Step
from rectification.models.publishing import is_over, running_publication
from rectification.workflow.who import LEADERS, VERIFIERS, _serves, in_charge_of


def open_objections(item: Any) -> list[Any]:
    return [one for one in item.objections.all() if one.state == ObjectionState.OPEN]


def period_is_over(item: Any, by: User) -> None:
    running = running_publication(item)
    if running is not None and not is_over(running):
        text = f"公示到 {running.ends_on} 为止，期满没有异议的，次日起可以销号。"
        raise RuleBroken("close.period", text, mend=f"{item.get_absolute_url()}#publications")


def no_objection_is_open(item: Any, by: User) -> None:
    if waiting := open_objections(item):
        which = "、".join(str(one) for one in waiting[:3]) + ("等" if len(waiting) > 3 else "")
        text = f"公示期间收到的 {len(waiting)} 件异议还没有答复（{which}），答复以后才能销号。"
        raise RuleBroken("close.objection", text, mend=f"{item.get_absolute_url()}dismiss_objection/")


def verification_holds(item: Any, by: User) -> None:
    if not item.covered(Step.VERIFY):
        text = "复核签署以后内容或者复核记录有改动，签署已失效，不能销号；请登记异议后退回重新办理。"
        raise RuleBroken(
            "close.void_verification", text, mend=f"{item.get_absolute_url()}register_objection/"
        )


def settles_objections(item: Any, by: User) -> None:
    """Of those who verify, or their leaders; not whose verification is objected to."""
    if not _serves(item, by, in_charge_of(item, VERIFIERS) | LEADERS):
        raise NotAllowed("objection.body", "异议由复核部门或者分管领导、主要负责人答复。")
    if item.verifier_id == by.person_id:
        raise NotAllowed("objection.verifier", "您签署了本次复核，对复核的异议应由其他人员或者领导答复。")


def has_objection(item: Any) -> bool:
    return bool(open_objections(item))


def is_not_filed(item: Any) -> bool:
    return not item.is_archived


BEFORE_CLOSING = (period_is_over, no_objection_is_open, verification_holds)
