"""Who is told of an act on misused money."""

from funds.models import Misuse
from funds.workflow.who import DESK, LEADERS
from povertyaudit.core.models import User
from povertyaudit.core.scope import prefix_of


def desk_of(misuse: Misuse) -> list[User]:
    """The fund desk over the region of the misuse."""
    return _over(misuse, DESK)


def leaders_of(misuse: Misuse) -> list[User]:
    """分管领导 and 主要负责人 over the region of the misuse."""
    return _over(misuse, LEADERS)


def _over(misuse: Misuse, roles: frozenset[str]) -> list[User]:
    return [
        user
        for user in User.objects.holding(roles).order_by("pk")
        if any(
            post.role in roles and misuse.region_id.startswith(prefix_of(post.region_id))
            for post in user.current_posts()
        )
    ]
