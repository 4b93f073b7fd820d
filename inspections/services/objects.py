"""The verbs of objects: many listed in one act, entered, left, assigned to a team, dropped."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from inspections.models import Round, RoundObject, Team, TeamMember
from inspections.services.declared import apply_declared
from inspections.services.holding import hold_round
from inspections.services.listing import Target, targets
from inspections.services.teams import refuse_repeated
from inspections.workflow import OBJECT, ROUND
from povertyaudit.core import moment, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, Unit, User

MOST = 1000


@transaction.atomic
def add_objects(
    round_: Round, *, by: User, units: Iterable[Unit] = (), regions: Iterable[Region] = (),
    villages_of: Iterable[Region] = (), names: str = "", extension: bool = False, team: Team | None = None,
    note: str = "", expected_version: int | None = None,
) -> Round:  # fmt: skip
    """确定巡察对象: any number in one act — chosen units and regions, all villages of towns, and pasted `names` (one a
    line: a unit, a town, a village, or a 12-digit code). Villages become 延伸村 with `extension`.

    Those that are objects of the round already are left as they are. Without `team` they are those of the only one. Raises RuleBroken naming the lines it cannot read.
    """
    row = ROUND.begin(round_, "add_objects", by=by, note=note, expected_version=expected_version)
    if team is not None and team.round_id != row.pk:
        raise RuleBroken("add_objects.team", "请选择本轮次的巡察组。", field="team")
    team = team or _only_team(row)
    wanted = targets(row.region, units, regions, villages_of, names, extension)
    standing = {_key(one.unit_id, one.region_id) for one in row.round_objects.standing()}
    new = [one for one in wanted if _key(one.unit.pk if one.unit else None, one.region.pk) not in standing]
    if not wanted:
        raise RuleBroken("add_objects.none", "请选择或者填写巡察对象。", field="names")
    if not new:
        raise RuleBroken("add_objects.all_there", "所选的都已经是本轮次的巡察对象。", field="names")
    if len(new) > MOST:
        raise RuleBroken("add_objects.most", f"一次最多列入 {MOST} 个巡察对象，请分次列入。", field="names")
    rows.create_many([_listed(row, one, team) for one in new], verb="object.add", by=by)
    check_leaders(row, by=by)
    facts = {"added": len(new), "already": len(wanted) - len(new)}
    done: Round = ROUND.finish(row, "add_objects", by=by, note=note, facts=facts)
    apply_declared(done, by=by)
    return done


def _only_team(row: Round) -> Team | None:
    """Where there is one team, the objects are its."""
    teams = list(row.teams.all()[:2])
    return teams[0] if len(teams) == 1 else None


def _key(unit: int | None, region: str) -> tuple[int | None, str]:
    return unit, "" if unit else region


def _listed(row: Round, target: Target, team: Team | None) -> RoundObject:
    return RoundObject(
        round=row, region=target.region, name=target.name, kind=target.kind, unit=target.unit, team=team
    )


def check_leaders(row: Round, *, by: User) -> None:
    """A leader who led the last inspection of an object too needs the reason his team was named with."""
    leaders = {
        member.team_id: member.user
        for member in row.members.filter(role=TeamMember.Role.LEADER).select_related("user__person")
        if member.user
    }
    for team in row.teams.all():
        refuse_repeated(row, team, leaders.get(team.pk), by=by)


@transaction.atomic
def enter(
    object_: RoundObject, *, by: User, entered_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> RoundObject:  # fmt: skip
    """登记进驻: on a day of the round, not later than today."""
    hold_round(object_)
    row = OBJECT.begin(object_, "enter", by=by, note=note, expected_version=expected_version)
    day = entered_on or moment.today()
    if not row.round.starts_on <= day <= moment.today():
        text = f"进驻日期应在轮次开始日期 {row.round.starts_on} 之后，且不晚于今天。"
        raise RuleBroken("enter.day", text, field="entered_on")
    done: RoundObject = OBJECT.finish(row, "enter", by=by, note=note, changes={"entered_on": day})
    return done


@transaction.atomic
def leave(
    object_: RoundObject, *, by: User, left_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> RoundObject:  # fmt: skip
    """登记离开: not before the day it was entered, not later than today."""
    hold_round(object_)
    row = OBJECT.begin(object_, "leave", by=by, note=note, expected_version=expected_version)
    day = left_on or moment.today()
    if not row.entered_on <= day <= moment.today():
        text = f"离开日期应在进驻日期 {row.entered_on} 之后，且不晚于今天。"
        raise RuleBroken("leave.day", text, field="left_on")
    done: RoundObject = OBJECT.finish(row, "leave", by=by, note=note, changes={"left_on": day})
    return done


@transaction.atomic
def assign_team(
    object_: RoundObject, *, by: User, team: Team, note: str = "", expected_version: int | None = None
) -> RoundObject:
    """分配巡察组."""
    hold_round(object_)
    row = OBJECT.begin(object_, "assign_team", by=by, note=note, expected_version=expected_version)
    if team.round_id != row.round_id:
        raise RuleBroken("assign_team.other", "请选择本轮次的巡察组。", field="team")
    changes: dict[str, Any] = {"team": team}
    done: RoundObject = OBJECT.finish(row, "assign_team", by=by, note=note, changes=changes)
    check_leaders(done.round, by=by)
    return done


@transaction.atomic
def drop(
    object_: RoundObject, *, by: User, note: str = "", expected_version: int | None = None
) -> RoundObject:
    """不再巡察: an object that was not entered; the reason stays."""
    hold_round(object_)
    done: RoundObject = OBJECT.apply(object_, "drop", by=by, note=note, expected_version=expected_version)
    return done
