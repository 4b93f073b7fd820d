"""What the rules of the day ask of a verification: ways that must be stated, a publication before the closing."""

from typing import Any

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from rectification.models import CheckKind, CheckRule, Way


def asked_ways(item: Any) -> dict[Way, str]:
    """Way → what the rule that asks for it is about; today. One query for all of `asked_*` of a page."""
    return {Way(rule.kind): rule.about for rule in _rules(item) if rule.kind != CheckKind.PUBLICATION}


def asked_days(item: Any) -> tuple[int, str]:
    """How many days it is to be published at least, and by which rule; (0, "") where none asks for it."""
    found = [(int(rule.level), rule.about) for rule in _rules(item) if rule.kind == CheckKind.PUBLICATION]
    return max(found, default=(0, ""))


def _rules(item: Any) -> list[CheckRule]:
    return list(CheckRule.objects.for_item(item))


def publication_as_ruled(item: Any, by: User) -> None:
    """Asked when the item is verified, by the rules of that day."""
    days, about = asked_days(item)
    if not days:
        return
    if item.publication and (item.publication_days is None or item.publication_days >= days):
        return
    text = f"按“复核和公示要求”（{about}），销号前须公示不少于 {days} 天，请先“确定公示”。"
    raise RuleBroken("verify.publication", text, mend=f"{item.get_absolute_url()}set_publication/")
