"""The morning's reminders: who is near the end of a term or past it, once a week to each desk; letters that are late."""

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from povertyaudit.answering.models import Letter, Responsibility
from povertyaudit.answering.services.letters import late_since
from povertyaudit.answering.services.rules import amount
from povertyaudit.core import jobs, moment, notify
from povertyaudit.core.models import Post, Role, UnitKind, User

AFTER = time(7, 0)
DESKS = frozenset({Role.LIAISON, Role.UNIT_HEAD})


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload)."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"answering:{day}", "answering", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: bears being run again, each message goes once."""
    day = max(date.fromisoformat(payload["day"]), moment.today())
    return {"told": remind(day)}


@transaction.atomic
def remind(day: date) -> int:
    """Remind everybody concerned; how many were told now or before."""
    due = list(Responsibility.objects.due(day, amount("remind_days", day)).for_list())
    told = _persons(due, day) + _desks(due, day)
    return told + _signers(day)


def _week(day: date) -> str:
    at = day.isocalendar()
    return f"{at.year}-{at.week}"


def _persons(due: list[Responsibility], day: date) -> int:
    """Each person with an account, once for an end of his term."""
    told = 0
    for row in due:
        if row.user is not None and row.ends_on is not None:
            over = row.ends_on < day
            text = f"您任{row.place_name}{row.capacity.name}的任期{'已于' if over else '将于'} {row.ends_on} 届满。"
            key = f"responsibility.end:{row.public_id}:{row.ends_on}"
            told += len(
                notify.tell(
                    [row.user], key, kind="responsibility", text=text, url=row.get_absolute_url(), target=row
                )
            )
    return told


def _desks(due: list[Responsibility], day: date) -> int:
    """The units that sent people, and the townships where they serve: how many, once a week."""
    counts: dict[int, Counter[str]] = {}
    posts = Post.objects.current(day).filter(role__in=DESKS).select_related("unit")
    by_unit: dict[int, set[int]] = {}
    by_town: dict[str, set[int]] = {}
    for post in posts:
        by_unit.setdefault(post.unit_id, set()).add(post.user_id)
        if post.unit.kind == UnitKind.TOWNSHIP:
            by_town.setdefault(post.region_id[:9], set()).add(post.user_id)
    for row in due:
        what = "over" if row.ends_on is not None and row.ends_on < day else "near"
        for user in by_unit.get(row.home_unit_id or 0, set()) | by_town.get(row.region_id[:9], set()):
            counts.setdefault(user, Counter())[what] += 1
    for user in User.objects.filter(pk__in=counts):
        near, over = counts[user.pk]["near"], counts[user.pk]["over"]
        words = "，".join(
            ([f"{near} 人任期即将届满"] if near else []) + ([f"{over} 人任期已届满没有接任"] if over else [])
        )
        notify.tell(
            [user], f"responsibility.due:{_week(day)}", kind="responsibility", text=f"{words}，请延期或者登记接任。",
            url="/responsibilities/?tab=due",
        )  # fmt: skip
    return len(counts)


def _signers(day: date) -> int:
    """Those whose signature lacks on a letter that is late, once a week."""
    if day < late_since(day.year):
        return 0
    late: Counter[User] = Counter()
    for letter in Letter.objects.unsigned().filter(year=day.year).for_list():
        for side in ("upper", "lower"):
            user = getattr(letter, side).user
            if user is not None and letter.signed_on(side) is None:
                late[user] += 1
    for user, count in late.items():
        notify.tell(
            [user], f"letter.late:{_week(day)}", kind="responsibility",
            text=f"{day.year} 年还有 {count} 份责任书等您签字。", url="/responsibility-letters/?tab=mine",
        )  # fmt: skip
    return len(late)
