"""Who hears of an act, and whom clocks remind. Messages carry the number and a link, never what the lead says."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from cases.models import Lead
from cases.roles import DESK, LEADERS, OFFICES
from povertyaudit.core import notify
from povertyaudit.core.models import Post, Role, Unit, User


def serving(roles: Iterable[str], *places: str) -> QuerySet[User]:
    """Active holders of these posts today in the bodies of the counties (or cities) the places lie in."""
    bodies = {place[:6].ljust(12, "0") for place in places}
    posts = Post.objects.current().filter(role__in=list(roles), region_id__in=bodies)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=posts.values("user_id"))
    return found


def leaders_of(unit: Unit) -> QuerySet[User]:
    """The leaders of the body the unit belongs to."""
    return serving(LEADERS, unit.region_id)


def registry_of(region_code: str) -> Unit | None:
    """案管室 of the county (or city) the region lies in."""
    post = (
        Post.objects.current()
        .filter(role=Role.CASE_MANAGER, unit__region_id=region_code[:6].ljust(12, "0"))
        .select_related("unit")
        .first()
    )
    return post.unit if post else None


def addressees(lead: Lead, unit: Unit | None = None) -> dict[str, Any]:
    """Whom the clocks of a lead remind: handler and office, then its leader, then the registry."""
    owner = unit or lead.acting_unit or lead.registering_unit
    return {
        "owner_user": lead.handler if lead.handler and lead.acting_unit_id == owner.pk else None,
        "owner_unit": owner,
        "leader_user": lead.leader,
        "body_unit": registry_of(lead.registering_unit.region_id),
    }


def tell_unit(lead: Lead, unit: Unit | None, text: str, *, by: User, roles: Iterable[str] = OFFICES) -> None:
    """Tell those who hold one of `roles` in the unit."""
    if unit is not None:
        notify.tell_of(lead, User.objects.holding(roles, unit=unit), text, by=by)


def tell_registry(lead: Lead, text: str, *, by: User) -> None:
    tell_unit(lead, registry_of(lead.registering_unit.region_id), text, by=by, roles=(Role.CASE_MANAGER,))


def tell_desk(lead: Lead, text: str, *, by: User) -> None:
    """Tell the unit that registered the lead."""
    tell_unit(lead, lead.registering_unit, text, by=by, roles=DESK | OFFICES)


def tell_person(lead: Lead, user: User | None, text: str, *, by: User) -> None:
    if user is not None:
        notify.tell_of(lead, [user], text, by=by)


def tell_secretary(lead: Lead, text: str, *, by: User) -> None:
    """Tell the head of the body that handles the lead."""
    notify.tell_of(
        lead, serving({Role.SECRETARY}, (lead.acting_unit or lead.registering_unit).region_id), text, by=by
    )
