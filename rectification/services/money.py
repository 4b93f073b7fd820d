"""Misused money an item is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from funds.models import Misuse
from povertyaudit.core.errors import RuleBroken


def locked(misuses: Iterable[Any]) -> dict[int, Misuse]:
    """By key, as they lie there: nobody voids them while they are tied to an item."""
    keys = {one.pk for one in misuses}
    if not keys:
        return {}
    return Misuse.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").in_bulk()


def standing(misuses: Iterable[Any], known: Mapping[int, Misuse]) -> list[Misuse]:
    """Each once, out of those locked. Raises RuleBroken where one is voided."""
    found = [known[key] for key in dict.fromkeys(one.pk for one in misuses)]
    if gone := [str(one) for one in found if one.state == Misuse.State.VOIDED]:
        text = f"违规资金{'、'.join(gone)}已作废，不能关联整改事项。"
        raise RuleBroken("item.misuse_voided", text, field="misuses")
    return found


def standing_money(misuses: Iterable[Any]) -> list[Misuse]:
    """Each once, locked. Raises RuleBroken where one is voided."""
    given = list(misuses)
    return standing(given, locked(given))
