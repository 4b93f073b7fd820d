"""Who may be asked for more time, how often and for how long: by the rules of the day the period began."""

from datetime import date, timedelta
from typing import Any

from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, User
from rectification.models import ExtensionRule
from rectification.models.extending import FREE
from rectification.workflow.who import DECIDERS, LEADERS, _serves, in_charge_of, pending_request

RECTIFY_CLOCK = "item.rectify"


def limits(day: date) -> dict[str, int | None]:
    """`times`, `days`, `leader_from` as they stood on the day; None where there is no limit."""
    found = {rule.kind: rule.amount for rule in ExtensionRule.objects.on(day)}
    return {kind: None if found.get(kind, FREE) == FREE else int(found[kind]) for kind in ExtensionRule.WORDS}


def standing(item: Any) -> tuple[dict[str, int | None], int]:
    """The limits of the period that runs, and how often it was extended."""
    clock = Clock.objects.of(item).open().filter(code=RECTIFY_CLOCK).first()
    if clock is None:
        return dict.fromkeys(ExtensionRule.WORDS), 0
    return limits(clock.started_on), sum(not one.get("superseded") for one in clock.extensions)


def times_left(item: Any, by: User) -> None:
    """Not extended as often as the rule allows."""
    limit, used = standing(item)
    if limit["times"] is not None and used >= limit["times"]:
        text = (
            f"该事项已延期 {used} 次，按规定最多延期 {limit['times']} 次，不能再延期。"
            "请抓紧整改；到期确实完不成的，把原因写进进展报告，由督办部门处理。"
        )
        raise RuleBroken("extension.enough", text)


def not_too_long(item: Any, until: date, verb: str) -> None:
    """Raise RuleBroken at `until`: not after the present date, or longer than one extension may be."""
    if until <= item.due_on:
        raise RuleBroken(f"{verb}.until", f"应晚于现在的整改时限 {item.due_on}。", field="until")
    limit, _ = standing(item)
    if limit["days"] is not None and (until - item.due_on).days > limit["days"]:
        latest = item.due_on + timedelta(days=limit["days"])
        text = f"每次最多延期 {limit['days']} 天，最迟延至 {latest}，请改早。"
        raise RuleBroken(f"{verb}.too_long", text, field="until")


def for_a_leader(item: Any) -> bool:
    """Whether the next extension is one a leader decides."""
    limit, used = standing(item)
    return limit["leader_from"] is not None and used + 1 >= limit["leader_from"]


def decides_extension(item: Any, by: User) -> None:
    """A first request the office in charge, a later one a leader: as was said when it was asked for."""
    asked = pending_request(item)
    if asked is not None and asked.by_leader:
        if not _serves(item, by, LEADERS):
            text = "该事项已经延过期，再次延期由分管领导或者书记批准。"
            raise NotAllowed("decide_extension.leader", text)
    elif not _serves(item, by, in_charge_of(item, DECIDERS)):
        whom = "巡察办" if item.of_round else "监督检查室"
        raise NotAllowed("decide_extension.office", f"该事项的延期由{whom}批复。")
