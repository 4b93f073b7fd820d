"""One record seen from the other side: why this person sees it, and which of these people do. Same rules as `scope`."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Q, Value, When

from povertyaudit.core.models import Dossier, Post, Recusal, User
from povertyaudit.core.models.people import with_inherited
from povertyaudit.core.scope import follow, recusals_of


def why(row: Dossier, user: User) -> list[tuple[Post, str]]:
    """Every way by which `user` reaches `row`: the post, and its rule in words. One query; unseen: none."""
    rows = _rows(row)
    ways = [(post, reason) for post in user.current_posts() for reason in rows.reasons(post)]
    found = _which(rows.visible_to(user), [reason.rows for _, reason in ways])
    return [(post, reason.words) for (post, reason), true in zip(ways, found, strict=True) if true]


def seers(row: Dossier, users: Iterable[User]) -> list[User]:
    """Those of `users` who may see `row` today. Two queries whatever their number, which should be small."""
    rows = _rows(row)
    own = [Q(target_label=label, target_id=follow(row, path)) for label, path in recusals_of(type(row))]
    recused = Recusal.objects.filter(reduce(or_, own), ended_at=None)
    posts = Post.objects.current().filter(user__in=[user.pk for user in users], user__is_active=True)
    reached: dict[int, list[Q]] = {}
    free = posts.exclude(user__person__in=recused.values("person"))
    for post in with_inherited(list(free.select_related("unit", "region", "area"))):
        if (found := rows.reach(post)) is not None:
            reached.setdefault(post.user_id, []).append(found)
    flags = _which(rows, [reduce(or_, found) for found in reached.values()])
    seeing = {key for key, true in zip(reached, flags, strict=True) if true}
    return [user for user in users if user.pk in seeing]


def _rows(row: Dossier) -> Any:
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    rows.one_row = True
    return rows


def _which(rows: Any, conditions: list[Q]) -> list[bool]:
    """Which of `conditions` hold for the one row of `rows`: one query; none where the row is not there."""
    yes = Value(True, BooleanField())
    flags = [Case(When(condition, then=yes), default=False) for condition in conditions]
    found = rows.values_list(*flags).first() if flags else None
    return list(found) if found else [False] * len(flags)
