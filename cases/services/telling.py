"""Who hears of an act, and whom clocks remind. Messages carry the number and a link, never what the lead says."""

from collections.abc import Iterable
from typing import Any

from cases.models import Lead
from povertyaudit.core import notify
from povertyaudit.core.models import Post, Role, Unit, User

ROOM = (Role.SUPERVISION, Role.INVESTIGATION, Role.ADJUDICATION)


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


def tell_unit(lead: Lead, unit: Unit | None, text: str, *, by: User, roles: Iterable[str] = ROOM) -> None:
    """Tell those who hold one of `roles` in the unit."""
    if unit is not None:
        _tell(lead, User.objects.holding(roles, unit=unit), text, by=by)


def tell_registry(lead: Lead, text: str, *, by: User) -> None:
    tell_unit(lead, registry_of(lead.registering_unit.region_id), text, by=by, roles=(Role.CASE_MANAGER,))


def tell_desk(lead: Lead, text: str, *, by: User) -> None:
    """Tell the unit that registered the lead."""
    tell_unit(lead, lead.registering_unit, text, by=by, roles=(Role.PETITION, Role.CASE_MANAGER, *ROOM))


def tell_person(lead: Lead, user: User | None, text: str, *, by: User) -> None:
    if user is not None:
        _tell(lead, User.objects.filter(pk=user.pk), text, by=by)


def tell_secretary(lead: Lead, text: str, *, by: User) -> None:
    """Tell the head of the body that handles the lead."""
    body = (lead.acting_unit or lead.registering_unit).region_id[:6].ljust(12, "0")
    heads = Post.objects.current().filter(role=Role.SECRETARY, region_id=body)
    _tell(lead, User.objects.filter(pk__in=heads.values("user_id")), text, by=by)


def _tell(lead: Lead, users: Any, text: str, *, by: User) -> None:
    """One message per person and act; nothing to the actor (and, by `notify`, nothing to those who are recused)."""
    entry = lead._last_entry  # type: ignore[attr-defined]
    notify.tell(
        users.exclude(pk=by.pk),
        f"{entry.verb}:{entry.public_id}",
        kind=entry.verb,
        number=lead.number or "",
        text=f"{lead.number} {text}",
        url=lead.get_absolute_url(),
        target=lead,
    )
