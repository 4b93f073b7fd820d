"""What a person who leaves has in hand: items he leads, look-backs he is to check. Everything else of an item stands in
the name of a unit. Called by `core.handing_over`."""

from povertyaudit.core import notify, rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, Role, User
from rectification.look_back_querysets import CHECKERS
from rectification.models import Item, LookBackCheck, LookBackCheckState, LookBackState, State
from rectification.services import look_back_clocks
from rectification.services.look_backs import tell_checkers
from rectification.services.telling import tell, verifiers
from rectification.workflow.look_back_apart import conflict


def open_work(post: Post) -> list[Work]:
    """The items not crossed off that the holder of this post leads; signatures over them hold."""
    if post.role in CHECKERS:
        mine = LookBackCheck.objects.filter(checker=post.user_id, state=LookBackCheckState.ASSIGNED)
        known = mine.filter(plan__state__in=(LookBackState.DRAFTED, LookBackState.APPROVED))
        # Not counted: the number alone would tell the officer of a look-back.
        return [Work("待核查的回头看", known, _check, _unassigned, counted=False)]
    if post.role != Role.COUNTY_LEADER:
        return []
    led = Item.objects.standing().exclude(state=State.CLOSED).filter(leading_leader=post.user_id)
    return [Work("牵头的整改事项", led, _move, _stuck)]


def _move(item: Item, successor: User, by: User) -> None:
    rows.change(item, verb="item.hand_over", by=by, changes={"leading_leader": successor})


def _stuck(item: Item, by: User) -> None:
    left = rows.change(item, verb="item.not_handed_over", by=by, changes={})
    tell(left, verifiers(left), "牵头县领导离任，接任人应当回避，请另行指定。")


def _check(check: LookBackCheck, successor: User, by: User) -> None:
    """To the successor, or back to the desk where he signed any of it or stands on its other side."""
    if conflict(check, successor):
        _unassigned(check, by)
        return
    done = rows.change(check, verb="lookbackcheck.hand_over", by=by, changes={"checker": successor})
    if done.plan.state == LookBackState.APPROVED:
        look_back_clocks.name(done, successor)
        tell_checkers(done.plan, [successor])


def _unassigned(check: LookBackCheck, by: User) -> None:
    changes = {"checker": None, "state": LookBackCheckState.DRAWN}
    left = rows.change(check, verb="lookbackcheck.not_handed_over", by=by, changes=changes)
    look_back_clocks.name(left, None)
    text = "回头看核查人离任，请另行分派。"
    notify.tell_of(left, [left.plan.drafted_by], text, by=None, kind="lookback")
