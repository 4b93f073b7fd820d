"""Teams of a round: named, and their leaders authorised for this round only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from inspections.models import Round, RoundObject, Team, TeamMember
from inspections.models.named import WITHOUT
from inspections.querysets import NEVER_NAMED
from inspections.services.declared import apply_declared
from inspections.services.naming import account_or_named
from inspections.workflow import ROUND
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User

FIRST = "巡察一组"
MOST_TEAMS = 20
NAMED = 5
OPTIONAL = ("home_unit", "seconded_from", "seconded_to")
EMPTY: dict[str, Any] = {"user": None, "name": "", "post_title": "", "home_unit": None}


@transaction.atomic
def set_team(
    round_: Round, *, by: User, members: Iterable[Mapping[str, Any]], team: str = "", authorisation: str = "",
    repeat_reason: str = "", note: str = "", expected_version: int | None = None,
) -> Round:  # fmt: skip
    """编组: replaces the members of the team called `team` (default: the first), which is made where there is none.

    Each of `members` is {"user": User, "role": TeamMember.Role} and may have `home_unit`, `seconded_from`,
    `seconded_to`; who has no account is {"name", "home_unit", "role"} and may have `post_title`. Raises RuleBroken unless
    there is exactly one leader (with an account), nobody stands twice in the round, and a leader who led the last
    inspection of one of these objects too is named with a reason (一次一授权).
    """
    row = ROUND.begin(round_, "set_team", by=by, note=note, expected_version=expected_version)
    wanted = [{**EMPTY, **member} for member in members]
    _check_team(wanted)
    unit = _team(row, team)
    others = {account_or_identity(member): member for member in row.members.select_related("user")}
    standing = {key: member for key, member in others.items() if member.team_id in {None, unit.pk}}
    _check_elsewhere(wanted, [member for key, member in others.items() if key not in standing])
    unit.authorisation = authorisation or unit.authorisation
    unit.repeat_reason = repeat_reason
    refuse_repeated(row, unit, leader_among(wanted), by=by)
    saved = [member for one in wanted if (member := _named(row, unit, standing.pop(_key_of(one), None), one))]
    saved.sort(
        key=lambda member: member.role == TeamMember.Role.LEADER
    )  # one leader at a time in the database
    words = [f"{_called(one)}（{TeamMember.Role(one['role']).label}）" for one in wanted]
    parts: dict[str, Any] = {
        "removed": list(standing.values()),
        "facts": {"team_name": unit.name, "team": words},
    }
    done: Round = ROUND.finish(row, "set_team", by=by, note=note, saved=[unit, *saved], **parts)
    apply_declared(done, by=by)
    return done


def _team(row: Round, name: str) -> Team:
    """The team of this name, or the first; a new one where there is none."""
    teams = list(row.teams.all())
    found = next((team for team in teams if team.name == name or not name), None)
    if found is not None:
        return found
    if len(teams) >= MOST_TEAMS:
        raise RuleBroken("set_team.most", f"一个轮次最多编 {MOST_TEAMS} 个组。", field="team")
    return Team(round=row, name=name or FIRST, place=len(teams) + 1)


def _named(row: Round, team: Team, member: TeamMember | None, said: Mapping[str, Any]) -> TeamMember | None:
    """The member as said; None where he stands so already."""
    user = said["user"]
    home = user.home if user else None
    values = {
        "role": said["role"],
        "post_title": said["post_title"],
        **{name: said.get(name) for name in OPTIONAL},
    }
    values["home_unit"] = values["home_unit"] or (home.unit if home else None)
    if member is None:
        return TeamMember(round=row, team=team, user=user, name=said["name"], **values)
    same = member.team_id == team.pk and all(getattr(member, name) == value for name, value in values.items())
    if team.pk is not None and same:
        return None
    member.team = team
    for name, value in values.items():
        setattr(member, name, value)
    return member


def account_or_identity(member: TeamMember) -> Any:
    """What a member is found by among those named anew."""
    return member.user_id or member.identity


def _key_of(one: Mapping[str, Any]) -> Any:
    return one["user"].pk if one["user"] else (one["name"], one["home_unit"].pk)


def _called(one: Mapping[str, Any]) -> str:
    return str(one["user"].display_name) if one["user"] else f"{one['name']}，{WITHOUT}"


def _check_team(wanted: list[dict[str, Any]]) -> None:
    raise_all([error for number, one in enumerate(wanted) for error in _of_one(one, f"members-{number}-")])
    if sum(one["role"] == TeamMember.Role.LEADER for one in wanted) != 1:
        raise RuleBroken("set_team.leader", "巡察组应有一名组长，且只有一名。", field="members")
    people = [one["user"].person_id if one["user"] else _key_of(one) for one in wanted]
    if len(set(people)) != len(wanted):
        raise RuleBroken("set_team.twice", "同一个人在巡察组里只能出现一次。", field="members")
    if any(one["user"].roles & NEVER_NAMED for one in wanted if one["user"]):
        raise RuleBroken("set_team.officer", "系统管理人员和接口账户不能编入巡察组。", field="members")


def _of_one(one: Mapping[str, Any], at: str) -> list[DomainError]:
    """What is wrong with one row: an account or a name with its unit, and who leads signs."""
    found = account_or_named(one, at)
    if not found and not one["user"] and one["role"] == TeamMember.Role.LEADER:
        text = "组长要签字、决定回避，须有账号：请另定组长，或者先由系统管理员为他开设账号。"
        found = [RuleBroken("set_team.leader_account", text, field=f"{at}role")]
    return found


def _check_elsewhere(wanted: list[dict[str, Any]], taken: list[TeamMember]) -> None:
    there = {member.identity for member in taken}
    twice = [one for one in wanted if (("", one["user"].person_id) if one["user"] else _key_of(one)) in there]
    if twice:
        names = "、".join(_called(one) for one in twice[:NAMED])
        text = f"{names}已编入本轮次的其他巡察组，请先从该组调出。"
        raise RuleBroken("set_team.elsewhere", text, field="members")


def leader_among(wanted: list[dict[str, Any]]) -> User:
    """The one named as leader."""
    leader: User = next(one["user"] for one in wanted if one["role"] == TeamMember.Role.LEADER)
    return leader


def refuse_repeated(row: Round, team: Team, leader: User | None, *, by: User) -> None:
    """一次一授权: who led the last inspection of an object leads the next one only with a reason."""
    if leader is None or team.repeat_reason.strip():
        return
    mine = row.round_objects.standing().filter(Q(team=team.pk) if team.pk else Q(pk__in=()))
    loose = row.round_objects.standing().filter(team=None)
    if names := led_before(row, [*mine, *loose], leader, by=by):
        more = f"等 {len(names)} 个对象" if len(names) > NAMED else ""
        text = (
            f"{leader.display_name}是上一次巡察{'、'.join(names[:NAMED])}{more}的组长。组长一次一授权；"
            "确需连续担任的，请写明理由。"
        )
        raise RuleBroken("set_team.repeat", text, field="repeat_reason")


def led_before(row: Round, objects: list[RoundObject], leader: User, *, by: User) -> list[str]:
    """Names of those objects whose last inspection before this one `leader` led. Rounds `by` may not know of say nothing."""
    units = {one.unit_id for one in objects if one.unit_id}
    places = {one.region_id for one in objects if not one.unit_id}
    same = Q(unit__in=units) | Q(unit=None, region__in=places)
    earlier = RoundObject.objects.visible_to(by).standing().filter(same, round__starts_on__lt=row.starts_on)
    last: dict[tuple[int | None, str], RoundObject] = {}
    for one in earlier.exclude(round=row).order_by("round__starts_on", "pk"):
        last[_key(one)] = one
    rounds = {one.round_id for one in last.values()}
    led = TeamMember.objects.filter(
        role=TeamMember.Role.LEADER, user__person=leader.person_id, round__in=rounds
    ).values_list("round_id", "team_id")
    teams, whole = {team for _, team in led if team}, {round_id for round_id, _ in led}
    mine = {
        key for key, one in last.items() if (one.team_id in teams if one.team_id else one.round_id in whole)
    }
    return [one.name for one in objects if _key(one) in mine]


def _key(row: RoundObject) -> tuple[int | None, str]:
    return row.unit_id, "" if row.unit_id else row.region_id
