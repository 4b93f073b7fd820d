"""Who is told of an act and who is reminded of a date. Messages carry the number and a link, nothing protected."""

from collections.abc import Iterable
from typing import Any

from povertyaudit.core import notify
from povertyaudit.core.models import Role, Unit, User
from povertyaudit.core.scope import prefix_of
from rectification.models import Item


def holders(unit: Unit | None, *roles: str) -> list[User]:
    """Active accounts that hold one of the roles in the unit today."""
    return list(User.objects.holding(roles, unit=unit).order_by("pk")) if unit else []


def addressees(item: Item) -> dict[str, Any]:
    """Whom the clocks of the responsible unit remind, step by step of the ladder."""
    main = item.main_unit
    return {
        "owner_unit": main,
        "owner_user": next(iter(holders(main, Role.LIAISON)), None),
        "head_user": next(iter(holders(main, Role.UNIT_HEAD)), None),
        "leader_user": item.leading_leader,
        "body_unit": item.body_unit,
    }


def reviewers(item: Item) -> list[User]:
    return holders(item.lead_unit, Role.SECTOR)


def unit_people(item: Item) -> list[User]:
    return holders(item.main_unit, Role.UNIT_HEAD, Role.LIAISON)


def verifiers(item: Item) -> list[User]:
    """Officers in charge of the item's region: those of the pressing unit first, else all of the role."""
    role = Role.PATROL_OFFICE if item.of_round else Role.SUPERVISION
    near = holders(item.body_unit, role)
    if near:
        return near
    everybody = User.objects.holding([role]).order_by("pk")
    return [
        user
        for user in everybody
        if any(
            p.role == role and item.region_id.startswith(prefix_of(p.region_id)) for p in user.current_posts()
        )
    ]


def tell(item: Any, users: Iterable[User | None], what: str, *, kind: str = "item") -> None:
    """Tell each once about the act just written (`_last_entry` of the item, the notice or the comment)."""
    people = list({user.pk: user for user in users if user is not None}.values())
    notify.tell_of(item, people, what, by=None, kind=kind)
