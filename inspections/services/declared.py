"""Ties a member declared once (回避申报 of `cases`) that touch an object of the round: he stands aside from it."""

from collections.abc import Iterable

from cases.models import Declaration
from inspections.models import Round, RoundObject, RoundRecusal
from inspections.services.standing_aside import keep_away
from povertyaudit.core import moment, rows
from povertyaudit.core.models import Post, Unit, User
from povertyaudit.core.scope import prefix_of

BY_DECLARATION = "按回避申报"
OWN_UNIT = "现任职单位"


def touching(
    persons: Iterable[int], objects: Iterable[RoundObject]
) -> dict[tuple[int, int], tuple[str, str]]:
    """(person, object) → (ground, its words) for every declared tie, and for every present post, that touches an object."""
    people, all_objects = set(persons), list(objects)
    found: dict[tuple[int, int], tuple[str, str]] = {}
    units = {one.unit_id: one for one in all_objects if one.unit_id}
    for person, unit in (
        Post.objects.current()
        .filter(user__person__in=people, unit__in=units)
        .values_list("user__person", "unit")
    ):
        found[person, units[unit].pk] = (RoundRecusal.Ground.UNIT, OWN_UNIT)
    heads = _heads(units)
    for tie in Declaration.objects.standing().filter(person__in=people).select_related("home"):
        for one in all_objects:
            if _touches(tie, one, heads):
                found.setdefault((tie.person_id, one.pk), (tie.kind, str(tie.get_kind_display())))
    return found


def of_own_unit(unit: Unit, objects: Iterable[RoundObject]) -> list[RoundObject]:
    """Objects that are the unit itself, or the township or village it sits in: what somebody without an account comes from."""
    return [
        one
        for one in objects
        if one.unit_id == unit.pk
        or (
            one.unit_id is None
            and one.kind != RoundObject.Kind.DEPARTMENT
            and one.region_id == unit.region_id
        )
    ]


def _heads(units: Iterable[int]) -> dict[int, set[str]]:
    """Unit → names of those who serve in it, by their accounts."""
    found: dict[int, set[str]] = {}
    posts = Post.objects.current().filter(unit__in=list(units)).values_list("unit", "user__person__name")
    for unit, name in posts:
        found.setdefault(unit, set()).add(name)
    return found


def _touches(tie: Declaration, one: RoundObject, heads: dict[int, set[str]]) -> bool:
    if tie.kind == Declaration.Kind.KIN:
        return tie.name in heads.get(one.unit_id or 0, set())
    if tie.kind == Declaration.Kind.UNIT:
        return tie.unit_text == one.name
    home, place = prefix_of(str(tie.home_id)), prefix_of(one.region_id)
    return one.kind != RoundObject.Kind.DEPARTMENT and (home.startswith(place) or place.startswith(home))


def apply_declared(row: Round, *, by: User) -> int:
    """Members whose declared ties touch an object stand aside from it until the leader or the office decides. How many."""
    users = {user.person_id: user for user in User.objects.filter(pk__in=row.members.values("user_id"))}
    wanted = touching(users, row.round_objects.standing())
    known = set(row.recusals.exclude(user=None).values_list("user__person_id", "object_id"))
    new = [
        RoundRecusal(
            round=row, user=users[person], object_id=key, ground=ground, text=f"{BY_DECLARATION}：{words}",
            declared_on=moment.today(),
        )
        for (person, key), (ground, words) in wanted.items()
        if (person, key) not in known
    ]  # fmt: skip
    new += _without_account(row)
    if new:
        held = rows.lock(row)
        rows.write(held, verb="round.stand_aside", by=by, saved=new, facts={"recusals": len(new)})
        for one in new:
            keep_away(one, by=by)
    return len(new)


def _without_account(row: Round) -> list[RoundRecusal]:
    """The same of members without an account, whose ties nobody declared beforehand: their own unit."""
    objects = list(row.round_objects.standing())
    known = set(row.recusals.filter(user=None).values_list("name", "home_unit_id", "object_id"))
    return [
        RoundRecusal(
            round=row, name=member.name, home_unit=member.home_unit, post_title=member.post_title, object=one,
            ground=RoundRecusal.Ground.UNIT, text=f"{BY_DECLARATION}：{OWN_UNIT}", declared_on=moment.today(),
        )
        for member in row.members.filter(user=None).select_related("home_unit")
        if member.home_unit is not None
        for one in of_own_unit(member.home_unit, objects)
        if (member.name, member.home_unit_id, one.pk) not in known
    ]  # fmt: skip
