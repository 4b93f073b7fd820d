"""Work lists of leads by role, and the backlog (清零) by age: what a tab, a section and a figure of the board open."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from cases.models import LeadStep
from cases.querysets import LABEL, waits_for
from cases.roles import LEADERS, OFFICES
from povertyaudit.core import moment
from povertyaudit.core.models import Area, Clock, Role, User
from povertyaudit.core.models.people import Post
from povertyaudit.core.render import SOON_DAYS
from povertyaudit.core.scope import region_under

WORKERS = OFFICES | {Role.PETITION, Role.CASE_MANAGER}
REVIEWERS = LEADERS | {Role.SUPERVISION, Role.INVESTIGATION, Role.CASE_MANAGER}
HOLD_CLOCK = "lead.hold_review"


def soon(rows: Any) -> Any:
    """将到期: the earliest date lies within a week."""
    today = moment.today()
    return rows.due_within(today, today + timedelta(days=SOON_DAYS))


def to_review(rows: Any) -> Any:
    """暂存待复核: held, and the day of the re-check has come or lies within a week."""
    last = moment.today() + timedelta(days=SOON_DAYS)
    return rows.filter(
        state="held", pk__in=Clock.objects.filter(code=HOLD_CLOCK).targets(LABEL, due_on__lte=last)
    )


def elsewhere(rows: Any, user: User) -> Any:
    """待他人办理: open, sent on by this person or his office, and now with somebody else. Held ones have their own list."""
    sent = Q(pk__in=())
    for post in user.current_posts():
        sent |= _sent_on(rows, post)
    return rows.open().filter(sent).exclude(state="held").exclude(waits_for(user))


def _sent_on(rows: Any, post: Post) -> Q:
    """Rows this post has had in hand."""
    if post.role == Role.CASE_MANAGER:
        return ~Q(state="registered")
    if post.role == Role.DEPUTY:
        return Q(leader=post.user_id)
    if post.role == Role.SECRETARY:
        return Q(pk__in=LeadStep.objects.filter(approved_by=post.user_id).values("lead"))
    if post.role == Role.PETITION or post.role in OFFICES:
        reached: Q | None = rows.reach(post)
        return reached or Q(pk__in=())
    return Q(pk__in=())


def open_on(rows: Any, day: date) -> Any:
    """Leads open on the evening of `day`: received by then, and neither concluded nor passed on or back."""
    ended = Q(concluded_on__lte=day) | Q(forwarded_on__lte=day) | Q(returned_on__lte=day) | Q(state="merged")
    return rows.counted().filter(received_on__lte=day).exclude(ended)


# The backlog: leads (no consultations) that are not ended, by the days since they were received.


@dataclass(frozen=True)
class Band:
    """`least` to `most` days since the day of receipt, both counted in."""

    key: str
    label: str
    least: int
    most: int | None

    def rows(self) -> Q:
        today = moment.today()
        youngest = Q(received_on__lte=today - timedelta(days=self.least)) if self.least else Q()
        if self.most is None:
            return youngest
        return youngest & Q(received_on__gte=today - timedelta(days=self.most))


BANDS = (
    Band("30", "30 天以内", 0, 30),
    Band("60", "31—60 天", 31, 60),
    Band("90", "61—90 天", 61, 90),
    Band("180", "91—180 天", 91, 180),
    Band("more", "180 天以上", 181, None),
)
ALL = Band("all", "全部未办结", 0, None)
AGES = (ALL, *BANDS)


def aged(rows: Any, key: str) -> Any:
    """The part of the backlog the figure `key` of the board counts."""
    band = next((one for one in AGES if one.key == key), None)
    return rows if band is None else rows.counted().open().filter(band.rows())


def _counts() -> dict[str, Count]:
    overdue = Clock.objects.all().targets(LABEL, due_on__lt=moment.today())
    counts = {f"n_{band.key}": Count("pk", filter=band.rows()) for band in BANDS}
    return counts | {
        "n_all": Count("pk"),
        "n_held": Count("pk", filter=Q(state="held")),
        "n_overdue": Count("pk", filter=Q(pk__in=overdue)),
    }


def figures(rows: Any) -> dict[str, int]:
    """The figures of the board over all `rows`."""
    found: dict[str, int] = aged(rows, ALL.key).order_by().aggregate(**_counts())
    return found


def backlog(rows: Any, key: str) -> QuerySet[Any]:
    """The same, one row per value of `key`; `town` is the 9-digit beginning of the region's code."""
    grouped = aged(rows, ALL.key).order_by().annotate(town=Substr("region_id", 1, 9)).values(key)
    return grouped.annotate(**_counts())  # type: ignore[no-any-return]


def within(areas: list[Area]) -> Q:
    """Rows whose region lies in one of the areas; `regions` are to be prefetched."""
    found = Q(pk__in=())
    for area in areas:
        for town in area.regions.all():
            found |= region_under("region_id", town.code)
    return found
