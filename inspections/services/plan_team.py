"""Who may be named on a plan of visits, and where he may be sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from cases.models import Declaration
from inspections.models import PlanMember, Round, RoundObject, RoundRecusal, VisitPlan
from inspections.querysets import NEVER_NAMED
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Level, Region, User
from povertyaudit.core.scope import prefix_of, region_under

MOST_PEOPLE, MOST_PLACES = 50, 300
NAMED = 5  # of many, how many a refusal names
HOME, ASIDE = "家乡所在地", "本轮次回避"
Team = list[tuple[User, str]]


def team_of(members: Iterable[Mapping[str, Any]]) -> Team:
    """(user, role) of each who goes: exactly one leads. Raises RuleBroken."""
    wanted = [(one["user"], one["role"]) for one in members]
    if not 1 <= len(wanted) <= MOST_PEOPLE:
        raise RuleBroken("order.members", f"走访人员应为 1 至 {MOST_PEOPLE} 人。", field="members")
    if len({user.person_id for user, _ in wanted}) != len(wanted):
        raise RuleBroken("order.twice", "同一个人只能出现一次。", field="members")
    if sum(role == PlanMember.Role.LEADER for _, role in wanted) != 1:
        raise RuleBroken("order.leader", "应有一名带队人员，且只有一名。", field="members")
    if any(user.roles & NEVER_NAMED for user, _ in wanted):
        raise RuleBroken("order.officer", "系统管理人员和接口账户不能参加走访。", field="members")
    return wanted


def places_of(plan: VisitPlan, places: Iterable[Mapping[str, Any]]) -> list[Region]:
    """The places named, each once and in the region of the plan. Raises RuleBroken."""
    wanted = [one["region"] for one in places]
    if len(wanted) > MOST_PLACES:
        raise RuleBroken("order.places", f"走访地点最多 {MOST_PLACES} 个。", field="places")
    if len({place.pk for place in wanted}) != len(wanted):
        raise RuleBroken("order.place_twice", "同一个地点只能出现一次。", field="places")
    outside = next((one for one in wanted if not one.code.startswith(prefix_of(plan.region_id))), None)
    if outside is not None:
        raise RuleBroken("order.place", f"“{outside.name}”不在走访地区以内，请核对。", field="places")
    return wanted


def named_on(round_: Round) -> set[int]:
    """Users who know of the round while it is secret."""
    members = round_.members.exclude(user=None).values_list("user_id", flat=True)
    return {round_.ordered_by_id, round_.approved_by_id, *members}


def refuse_unnamed(plan: VisitPlan, team: Team) -> None:
    """A plan tells whoever is named on it of its round: of a secret one only those hear who are named there. Raises RuleBroken."""
    if plan.round is None or not plan.round.is_secret_now:
        return
    known = named_on(plan.round)
    if plan.approver_id not in known:
        text = "这一轮次结束前保密，走访计划的批准人应是轮次的批准人或者巡察组成员，请改选。"
        raise RuleBroken("order.approver_unnamed", text, field="approver")
    if strangers := [user.display_name for user, _ in team if user.pk not in known]:
        text = f"这一轮次结束前保密，{'、'.join(strangers[:NAMED])}没有编入巡察组，请先编组或者改选走访人员。"
        raise RuleBroken("order.members_unnamed", text, field="members")


def may_stand_in(plan: VisitPlan, user: User) -> bool:
    """Whether somebody may take over a place on the plan: the rules of naming, for one person."""
    hidden = plan.round is not None and plan.round.is_secret_now and user.pk not in named_on(plan.round)
    places = [one.region for one in plan.places.select_related("region")]
    return not hidden and not _sent_there(plan, [user], places)


def refuse_aside(plan: VisitPlan, team: Team, places: Iterable[Region]) -> None:
    """Nobody is sent to where he is at home, or to what he stands aside from in the round (回避). Raises RuleBroken."""
    if found := _sent_there(plan, [user for user, _ in team], places):
        said = "；".join(
            f"{user.display_name}应当回避{place.name}（{why}）" for user, place, why in found[:NAMED]
        )
        raise RuleBroken("order.aside", f"{said}，请改选走访人员或者地点。", field="members")


def _sent_there(
    plan: VisitPlan, users: Iterable[User], places: Iterable[Region]
) -> list[tuple[User, Region, str]]:
    """Who would be sent where he must not be, each place once, and why."""
    by_person = {user.person_id: user for user in users}
    wanted = list(places)
    found = {
        (person, place.pk): (by_person[person], place, why)
        for person, code, why in reversed(_kept_from(plan, by_person))
        for place in wanted
        if _meets(code, place)
    }
    return list(found.values())


def _kept_from(plan: VisitPlan, persons: Iterable[int]) -> list[tuple[int, str, str]]:
    """(person, code of a township or village, why): the homes they declared, and objects of the round they stand aside from."""
    people = list(persons)
    ties = Declaration.objects.standing().filter(kind=Declaration.Kind.HOME, person__in=people).order_by("pk")
    found = [(person, home, HOME) for person, home in ties.values_list("person_id", "home_id")]
    aside = (
        RoundRecusal.objects.standing().filter(round=plan.round_id, user__person__in=people).order_by("pk")
    )
    aside = aside.exclude(object__kind=RoundObject.Kind.DEPARTMENT)  # its region is the whole county
    return found + [(*one, ASIDE) for one in aside.values_list("user__person_id", "object__region_id")]


def _meets(code: str, place: Region) -> bool:
    """The place lies there, or is the township around it. A whole county is nobody's home."""
    inside = place.code.startswith(prefix_of(code))
    return inside or (place.level >= Level.TOWNSHIP and code.startswith(prefix_of(place.code)))


def kept_from(plan: VisitPlan) -> Q:
    """Regions that are not drawn for the plan, because somebody who goes may not be sent there."""
    found = Q(pk__in=())
    for _, code, _why in _kept_from(plan, plan.members.values_list("user__person_id", flat=True)):
        around = [code[:size].ljust(12, "0") for size in (9, 12)]
        found |= region_under("code", code) | Q(code__in=around)
    return found
