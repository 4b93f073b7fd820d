"""What changed since a cursor (同步): numbering what is committed, and reading it as one account may see it.

`core.rows` writes a change row unnumbered in the writer's transaction. Numbers are given here, by one process at a
time, to rows that are committed: a number once seen is never followed by a lower one, however long another writer's
transaction takes, and so no cursor passes a row that becomes visible later. Cursors see numbered rows only.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction

from povertyaudit.core import moment
from povertyaudit.core.models import Change, Dossier, Post, Recusal, Row, User
from povertyaudit.core.scope import lies_under, root_model

KEPT = timedelta(days=180)
BATCH, MOST = 5_000, 50_000  # rows numbered in one transaction, and by one caller
LOCK = 0x70616368  # of the advisory lock: "pach"
_NUMBER = """
UPDATE core_change SET seq = numbered.seq FROM (
  SELECT id, (SELECT COALESCE(MAX(seq), 0) FROM core_change) + ROW_NUMBER() OVER (ORDER BY id) AS seq
  FROM (SELECT id FROM core_change WHERE seq IS NULL ORDER BY id LIMIT %s) AS waiting
) AS numbered WHERE core_change.id = numbered.id
"""


def number() -> int:
    """Number what is committed and waits; returns how many. Whoever comes at the same moment waits for his turn, so
    that what was committed before he asked is numbered when this returns."""
    done = 0
    while done < MOST and Change.objects.filter(seq=None).exists():
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # SQLite has one writer anyway
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute(_NUMBER, [BATCH])
            done += cursor.rowcount
    return done


def forget() -> int:
    """Delete changes older than KEPT but for the last one, some at a time; returns how many. A client that did not ask
    for so long makes its copy anew."""
    old = Change.objects.filter(at__lt=moment.now() - KEPT, seq__lt=last()).order_by("seq")
    return Change.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).delete()[0]


@dataclass(frozen=True)
class Moved:
    """A row that may look different to the client: its id, the version after the change, whether it left his scope."""

    id: str
    version: int
    left: bool


def last() -> int:
    """The highest number given so far."""
    found: int | None = Change.objects.aggregate(n=models.Max("seq"))["n"]
    return found or 0


def mark(seq: int) -> str:
    """What tells the change under this number from any other: after a restore another one bears it. Empty: there is none."""
    row = Change.objects.filter(seq=seq).values_list("row_id", "version", "at").first() if seq else None
    return hashlib.sha256("\t".join(map(str, row)).encode()).hexdigest()[:16] if row else ""


def standing(user: User, columns: Iterable[str], extra: str = "") -> str:
    """What the account may see by, and the columns it is told: when it changes, a copy must be made anew."""
    posts = sorted(
        (p.role, p.unit_id, p.region_id, p.area_id or 0, sorted(_towns(p) or ()))
        for p in user.current_posts()
    )
    recused = list(
        Recusal.objects.filter(person_id=user.person_id, ended_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    said = repr((user.pk, posts, recused, list(columns), extra))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def labels_of(model: type[models.Model]) -> dict[str, list[str]]:
    """Label of what changed → paths from `model` to its id: the row itself, and every dossier it hangs on (who sees the
    one sees the other)."""
    found: dict[str, list[str]] = {model._meta.label_lower: ["public_id"]}
    for field in model._meta.concrete_fields:
        there: Any = field.related_model
        if (
            field.is_relation
            and isinstance(there, type)
            and issubclass(there, Dossier)
            and there is not model
        ):
            found.setdefault(there._meta.label_lower, []).append(f"{field.name}__public_id")
    return found


def since(model: type[Row], seq: int, limit: int, user: User) -> tuple[dict[str, Moved], int]:
    """Rows of `model` moved by the next `limit` changes after `seq`, by id, and the number of the last change read."""
    paths = labels_of(model)
    rows = Change.objects.filter(seq__gt=seq, label__in=paths).order_by("seq")[:limit]
    read = list(rows.values_list("seq", "label", "row_id", "version", "scope_before", "scope_after"))
    if not read:
        return {}, seq
    own, found, beside = model._meta.label_lower, dict[str, Moved](), dict[str, dict[str, bool]]()
    posts = reading(model, user)
    for _, label, row_id, version, before, after in read:
        left = leaves(posts, before, after)
        if label == own:
            was = found.get(row_id)
            found[row_id] = Moved(row_id, version, left or bool(was and was.left))
        else:
            known = beside.setdefault(label, {})
            known[row_id] = known.get(row_id, False) or left
    for label, roots in beside.items():
        for path in paths[label]:
            _add_beside(found, model, path, roots)
    return found, int(read[-1][0] or seq)


def _add_beside(found: dict[str, Moved], model: type[Row], path: str, roots: dict[str, bool]) -> None:
    rows = model._base_manager.filter(**{f"{path}__in": list(roots)}).values_list(
        "public_id", "version", path
    )
    for row_id, version, root in rows:
        was = found.get(row_id)
        found[row_id] = Moved(row_id, version, roots[root] or bool(was and was.left))


def reading(model: type[models.Model], user: User) -> list[Post]:
    """The posts by which the account sees rows of this kind at all: of leads a township's liaison sees none, so that none
    can leave him either."""
    rows: Any = root_model(model)._default_manager.all()
    return [post for post in user.current_posts() if rows.reach(post) is not None]


def leaves(posts: Iterable[Post], before: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
    """Whether a row leaves the region, the area (片区) or the unit of one of the posts, or is gone from there. What stays
    there unseen was unseen before: of it nothing is told, not even that it changed."""
    for post in posts:
        if _in_reach(post, _region(before)) and not _in_reach(post, _region(after)):
            return True
        if post.unit_id in _units(before) - _units(after):
            return True
    return False


def _in_reach(post: Post, region: str) -> bool:
    """Whether the region lies in the post's, and in a township of its area where it is narrowed to one."""
    towns = _towns(post)
    return lies_under(region, post.region_id) and (
        towns is None or any(lies_under(region, town) for town in towns)
    )


def _towns(post: Post) -> list[str] | None:
    """The townships of the area the post is narrowed to; None where it is not."""
    return None if post.area is None else [town.pk for town in post.area.regions.all()]


def _region(scope: dict[str, Any] | None) -> str:
    return str((scope or {}).get("region") or "")


def _units(scope: dict[str, Any] | None) -> set[int]:
    return set((scope or {}).get("units") or ())
