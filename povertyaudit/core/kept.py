"""The numbers of the rail, kept in a session for some seconds: counting them was a third of every page.

The session is read at each request anyway, whichever process answers, and ends with the sign-in. What is
kept goes with every act of its owner, so that one's own work shows at once; what others did may show `SECONDS` later.
Lists, and 我的工作, always count anew. See docs/decisions/024-numbers-of-the-rail.md.
"""

from collections.abc import Callable
from typing import Any

from povertyaudit.core import moment

KEY, SECONDS = "rail", 30
Numbers = dict[str, int]


def numbers(session: Any, user: Any, count: Callable[[], Numbers], *, anew: bool = False) -> Numbers:
    """Address of an entry → its number: as kept for the posts the user holds now, else counted and kept."""
    whose = [
        [post.pk, post.unit_id, post.role, post.region_id, post.area_id] for post in user.current_posts()
    ]
    now, kept = moment.now().timestamp(), session.get(KEY)
    if not anew and kept and kept["whose"] == whose and 0 <= now - kept["at"] < SECONDS:
        return dict(kept["numbers"])
    found = count()
    session[KEY] = {"whose": whose, "at": now, "numbers": found}
    return found


def drop(session: Any) -> None:
    """Its owner has done something."""
    session.pop(KEY, None)
