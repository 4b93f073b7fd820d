"""Who is told of an act of a round, and whom its clocks remind. Messages carry the number and a link, nothing else."""

from collections.abc import Iterable
from typing import Any

from inspections.models import Round
from povertyaudit.core import notify
from povertyaudit.core.models import Role, Unit, User

UNIT_ROLES = (Role.LIAISON, Role.UNIT_HEAD)


def holders(unit: Unit, *roles: str) -> list[User]:
    """Active accounts that hold one of the roles in the unit today."""
    return list(User.objects.holding(roles, unit=unit).order_by("pk"))


def office_of(round_: Round) -> Unit | None:
    """The inspection office that ordered the round."""
    post = round_.ordered_by.post_as(frozenset({Role.PATROL_OFFICE}))
    return post.unit if post else None


def addressees(round_: Round, unit: Unit) -> dict[str, Any]:
    """Whom the clocks of a unit remind, step by step of the ladder."""
    return {
        "owner_unit": unit,
        "owner_user": next(iter(holders(unit, Role.LIAISON)), None),
        "head_user": next(iter(holders(unit, Role.UNIT_HEAD)), None),
        "body_unit": office_of(round_),
    }


def team_and_office(round_: Round) -> list[User]:
    """Those who work on the round, and who ordered it."""
    named = round_.members.exclude(user=None).select_related("user")
    return [round_.ordered_by, *(member.user for member in named if member.user)]


def tell(row: Any, users: Iterable[User], what: str, *, by: User) -> None:
    """Tell each once about the act just written (`row._last_entry`), save who did it."""
    people = list({user.pk: user for user in users if user.pk != by.pk}.values())
    entry = row._last_entry
    notify.tell(
        people, f"{entry.verb}:{entry.public_id}", kind=entry.verb, number=row.number or "",
        text=f"{row.number or ''} {what}".strip(), url=row.get_absolute_url(), target=row,
    )  # fmt: skip


def tell_unit(row: Any, what: str, *, by: User, sector: bool = False) -> None:
    """Those who answer in the unit the row was sent to."""
    roles = (*UNIT_ROLES, Role.SECTOR) if sector else UNIT_ROLES
    tell(row, holders(row.unit, *roles), what, by=by)
