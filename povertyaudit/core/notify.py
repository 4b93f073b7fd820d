"""Tell people: a row in their inbox, once per person and key, and a delivery for each channel that reaches them.

The row is the outbox. Messages say number, days, date and link; protected content never stands in one — the guard
below catches the mistakes it can know.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from povertyaudit.core import moment, queueing
from povertyaudit.core.models import Notification, Post, Recusal, User
from povertyaudit.core.scope import follow, recusals_of

TEXT_LIMIT = 300
IDENTITY = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")  # 身份证号, 手机号


@transaction.atomic
def tell(
    users: Iterable[User],
    key: str,
    *,
    kind: str,
    number: str | None = "",
    text: str,
    url: str = "",
    target: models.Model | None = None,
) -> list[Notification]:
    """Put one message in each person's inbox; `users` who hold no post today or are recused from `target` are left out.

    Telling the same `key` again is silent. Call it in the verb's transaction. Returns the rows offered to the inbox.
    Raises ValueError when the text holds an ID or telephone number: that is a mistake in the code.
    """
    if IDENTITY.search(text):
        raise ValueError("a message must not hold an ID or telephone number")
    label = target._meta.label_lower if target is not None else ""
    rows = [
        Notification(
            user=user,
            key=key,
            kind=kind,
            number=number or "",
            text=text[:TEXT_LIMIT],
            url=url,
            target_label=label,
            target_id=target.pk if target is not None else None,
            created_at=moment.now(),
        )
        for user in _able(users, target)
    ]
    put(rows)
    return rows


def tell_of(
    row: Any, users: Iterable[User], text: str, *, by: User | None, entry: Any = None, target: Any = None, kind: str = ""
) -> list[Notification]:  # fmt: skip
    """Tell of the act just written to `row`: its number, `text` and the link, once per person and act; nothing to the
    actor. `entry`: the act, where it stands in another chain; `target`: whose recusals count, where not those of `row`.
    """
    act, number = entry or row._last_entry, row.number or ""
    people: Iterable[User] = users
    if by is not None:
        asked = isinstance(users, models.QuerySet)
        people = users.exclude(pk=by.pk) if asked else [user for user in users if user.pk != by.pk]  # type: ignore[attr-defined]
    return tell(
        people, f"{act.verb}:{act.public_id}", kind=kind or act.verb, number=number, text=f"{number} {text}".strip(),
        url=row.get_absolute_url(), target=target or row,
    )  # fmt: skip


@transaction.atomic
def put(rows: Sequence[Notification]) -> None:
    """Insert what is not there yet (unique per key and person) and queue what goes out beside it."""
    Notification.objects.bulk_create(rows, batch_size=queueing.BATCH, ignore_conflicts=True)
    queueing.queue(rows)


def able_to_receive(path: str = "") -> models.Q:
    """Users that are active and hold a post today; `path` leads to the user, e.g. "owner_user"."""
    posts = Post.objects.current().filter(user_id=OuterRef(f"{path}_id" if path else "pk"))
    active = {f"{path}__is_active" if path else "is_active": True}
    service = {f"{path}__is_service" if path else "is_service": False}
    return models.Q(Exists(posts), **active, **service)


def _able(users: Iterable[User], target: models.Model | None) -> Any:
    among = (
        users
        if isinstance(users, models.QuerySet)
        else User.objects.filter(pk__in=[user.pk for user in users])
    )
    wanted = among.filter(able_to_receive())
    for other, path in recusals_of(type(target)) if target is not None else ():
        recused = Recusal.objects.filter(target_label=other, target_id=follow(target, path), ended_at=None)
        wanted = wanted.exclude(person_id__in=recused.values("person_id"))
    return wanted.order_by("pk")
