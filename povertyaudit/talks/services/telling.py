"""Who hears of a talk: a number and a link, nothing of why."""

from collections.abc import Iterable

from povertyaudit.core import notify
from povertyaudit.core.models import Post, Role, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.talks.models import Talk, TalkKind
from povertyaudit.talks.querysets import ANSWERING, LEADERS

KIND = "talk"


def subject_of(talk: Talk) -> list[User]:
    """The accounts of the other side."""
    if talk.kind == TalkKind.PERSON:
        return [talk.account] if talk.account else []
    return list(User.objects.holding(ANSWERING, unit=talk.unit).order_by("pk"))


def head_of(talk: Talk) -> User | None:
    """Who answers for the other side: the person, or the head of the unit."""
    if talk.kind == TalkKind.PERSON:
        account: User | None = talk.account
        return account
    head: User | None = User.objects.holding({Role.UNIT_HEAD}, unit=talk.unit).order_by("pk").first()
    return head


def deciders(talk: Talk) -> list[User]:
    """The leaders in whose region it lies."""
    posts = Post.objects.current().filter(role__in=LEADERS, user__is_active=True).select_related("user")
    over = [post.user for post in posts if talk.region_id.startswith(prefix_of(post.region_id))]
    return list({user.pk: user for user in over}.values())


def tell(talk: Talk, users: Iterable[User | None], text: str, *, by: User | None) -> None:
    notify.tell_of(talk, [user for user in users if user is not None], text, by=by, kind=KIND)
