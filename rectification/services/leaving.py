"""What a person who leaves has in hand: items he leads. Everything else of an item stands in the name of a unit.
Called by `core.handing_over`."""

from povertyaudit.core import rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, Role, User
from rectification.models import Item, State
from rectification.services.telling import tell, verifiers


def open_work(post: Post) -> list[Work]:
    """The items not crossed off that the holder of this post leads; signatures over them hold."""
    if post.role != Role.COUNTY_LEADER:
        return []
    led = Item.objects.standing().exclude(state=State.CLOSED).filter(leading_leader=post.user_id)
    return [Work("牵头的整改事项", led, _move, _stuck)]


def _move(item: Item, successor: User, by: User) -> None:
    rows.change(item, verb="item.hand_over", by=by, changes={"leading_leader": successor})


def _stuck(item: Item, by: User) -> None:
    left = rows.change(item, verb="item.not_handed_over", by=by, changes={})
    tell(left, verifiers(left), "牵头县领导离任，接任人应当回避，请另行指定。")
