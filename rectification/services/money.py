"""Misused money an item is about."""

from collections.abc import Iterable
from typing import Any

from funds.models import Misuse
from povertyaudit.core.errors import RuleBroken


def standing_money(misuses: Iterable[Any]) -> list[Misuse]:
    """Each once, locked: nobody voids it while it is tied to an item. Raises RuleBroken where one is voided already."""
    keys = list(dict.fromkeys(one.pk for one in misuses))
    if not keys:
        return []
    found = Misuse.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").in_bulk()
    gone = [str(one) for one in found.values() if one.state == Misuse.State.VOIDED]
    if gone:
        text = f"违规资金{'、'.join(gone)}已作废，不能关联整改事项。"
        raise RuleBroken("item.misuse_voided", text, field="misuses")
    return [found[key] for key in keys]
