"""In which relation to a round one must stand to do something."""

from typing import Any

from inspections.models import TeamMember
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User

OFFICE = frozenset({Role.PATROL_OFFICE})
APPROVERS = frozenset({Role.SECRETARY, Role.DEPUTY})
# Whoever may be named on a team: the post does not decide, being named does.
ANYBODY = frozenset(Role.values)


def member_of(round_: Any, by: User) -> TeamMember | None:
    """How `by` stands in the round's teams."""
    found = (member for member in round_.members.all() if member.user_id == by.pk)
    return next(found, None)


def on_the_round(round_: Any, by: User) -> None:
    """The inspection office, or a member of this round's teams."""
    if by.roles & OFFICE or member_of(round_, by):
        return
    raise NotAllowed("round.team", "只有本轮次巡察组成员和巡察办可以办理。")


def of_the_team(row: Any, by: User) -> None:
    """About an object: the inspection office, or a member of this round's teams."""
    if by.roles & OFFICE or member_of(row.round, by):
        return
    raise NotAllowed("object.team", "只有本轮次巡察组成员和巡察办可以办理。")


def decides_recusals(round_: Any, by: User) -> None:
    """The inspection office, or a leader of one of the round's teams."""
    member = member_of(round_, by)
    if by.roles & OFFICE or (member and member.role == TeamMember.Role.LEADER):
        return
    raise NotAllowed("decide_recusal.who", "回避由本轮次巡察组组长或者巡察办决定。")
