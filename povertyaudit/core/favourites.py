"""关注: follow a record and find it again. Nobody else learns of it, and nothing of it enters the record."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from povertyaudit.core import clocks
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.home import LIMIT, Entry, Section
from povertyaudit.core.models import Dossier, Favourite, User

MOST = 500  # a list somebody reads, not a copy of the register


def follow(root: Dossier, *, by: User) -> Favourite:
    """Follow the record; again is silent. The caller found it through scope. Raises RuleBroken beyond 500."""
    mine = Favourite.objects.filter(user=by)
    if not mine.of(root).exists() and mine.count() >= MOST:
        raise RuleBroken("follow.most", f"最多关注 {MOST} 条记录，请先取消不再需要的关注。")
    kept, _ = Favourite.objects.get_or_create(user=by, target_label=root._meta.label_lower, target_id=root.pk)
    return kept


def unfollow(root: Dossier, *, by: User) -> None:
    """Follow it no longer; silent where it was not followed."""
    Favourite.objects.of(root).filter(user=by).delete()


def follows(root: Dossier, user: User) -> bool:
    return bool(Favourite.objects.of(root).filter(user=user).exists())


def with_rows(favourites: Iterable[Favourite], user: User) -> list[Favourite]:
    """Each with its `row` and `clock`, read through scope: two queries a kind. What is not seen is left out."""
    found = list(favourites)
    rows: dict[tuple[str, int], Any] = {}
    for label in dict.fromkeys(one.target_label for one in found):
        ids = [one.target_id for one in found if one.target_label == label]
        seen = apps.get_model(label)._default_manager.visible_to(user).filter(pk__in=ids)
        rows |= {(label, row.pk): row for row in seen}
    for one in found:
        one.row = rows.get((one.target_label, one.target_id))
    for label in dict.fromkeys(label for label, _ in rows):
        due = clocks.due_many(row for (of, _), row in rows.items() if of == label)
        for one in found:
            if one.target_label == label:
                one.clock = due.get(one.target_id)
    return [one for one in found if one.row is not None]


def followed(user: User) -> Section | None:
    """我的关注, the latest first, for 我的工作; nothing where nothing is followed."""
    mine = Favourite.objects.filter(user=user)[:MOST]
    seen = with_rows(mine, user)
    entries = [Entry.of(one.row, clock=one.clock) for one in seen[:LIMIT]]
    return Section("我的关注", "/favourites/", entries, len(seen)) if entries else None
