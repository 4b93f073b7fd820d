"""Who hands on what a round found, and who answers for the unit it went to."""

from collections.abc import Callable
from typing import Any

from inspections.workflow.who import ANYBODY, OFFICE, member_of
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User

UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})
ANSWERING = UNIT | {Role.SECTOR}
HEAD = frozenset({Role.UNIT_HEAD})
TEAM = ANYBODY  # being named on the round decides, not the post


def of_the_round(row: Any, by: User) -> None:
    """The inspection office, or a member of the round's teams; `row` is the round or a row of it."""
    if by.roles & OFFICE or member_of(getattr(row, "round", row), by):
        return
    raise NotAllowed("round.team", "这一步由本轮次巡察组成员和巡察办办理。")


def of_unit(roles: frozenset[str], text: str) -> Callable[[Any, User], None]:
    """A check: the person holds one of `roles` in the unit the row was sent to."""

    def check(row: Any, by: User) -> None:
        if not any(post.unit_id == row.unit_id and post.role in roles for post in by.current_posts()):
            raise NotAllowed("unit.not_yours", text)

    return check
