"""Suspicions somebody who leaves was to look at: the visit goes to the successor, or back to the unit."""

from funds.models import Suspicion
from funds.services.suspicions import CLOCK
from funds.suspicion_querysets import VISITING
from povertyaudit.core import clocks, rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, User


def open_work(post: Post) -> list[Work]:
    """House visits that stand in the holder's name in this unit."""
    if post.role not in VISITING:
        return []
    waiting = Suspicion.objects.filter(
        state=Suspicion.State.DESK_CHECKED, assigned_to=post.user_id, responsible_unit=post.unit_id
    )
    return [Work("待入户核查的疑点", waiting, _move, _to_the_unit)]


def _move(row: Suspicion, successor: User | None, by: User) -> None:
    done = rows.change(row, verb="suspicion.hand_over", by=by, changes={"assigned_to": successor})
    clocks.address(done, CLOCK, owner_user=successor)


def _to_the_unit(row: Suspicion, by: User) -> None:
    """Whoever would follow must stand aside: the unit names another."""
    _move(row, None, by)
