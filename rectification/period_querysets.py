"""Who sees the reports of an item, and the reads that have a name."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q

from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

OPEN = ("owed", "submitted", "returned")
TO_FILL = ("owed", "returned")
SOON_DAYS = 3
OVERSEERS = frozenset(
    {Role.PATROL_OFFICE, Role.SUPERVISION, Role.DEPUTY, Role.CASE_MANAGER}
)  # as `in_charge`


class PeriodReportQuerySet(ScopedQuerySet):
    """整改定期报告: seen by whoever sees the item, by the same rules and in the same words."""

    through = "item"

    def reasons(self, post: "Post") -> list[Reason]:
        items: Any = self.model._meta.get_field("item").related_model._default_manager.all()
        return [
            Reason(reason.words, Q(item__in=items.filter(reason.rows).order_by().values("pk")))
            for reason in items.reasons(post)
        ]

    def open(self) -> Self:
        """Neither signed nor no longer asked for."""
        return self.filter(state__in=OPEN)

    def missed(self, today: date) -> Self:
        """未报: past the day and not signed."""
        return self.open().filter(due_on__lt=today)

    def missed_for(self, user: "User", today: date) -> Self:
        """未报 of the items the user watches over: 巡察办 what a round found, the discipline body all else.

        For others what is missed among what they see.
        """
        posts = [post for post in user.current_posts() if post.role in OVERSEERS]
        found = Q(item__source="finding")
        watched = Q(pk__in=()) if posts else Q()
        for post in posts:
            watched |= post.within("region_id") & (found if post.role == Role.PATROL_OFFICE else ~found)
        return self.missed(today).filter(watched)

    def last_signed(self, on: date | None = None) -> Self:
        """Of each item the report signed last: its figures are totals, so that each item counts once.

        With `on` as it stood when that day was over, whatever was signed since.
        """
        by_then = Q(state="signed") if on is None else Q(state="signed", signed_on__lte=on)
        newer = self.model._base_manager.filter(
            by_then, item=OuterRef("item"), last_day__gt=OuterRef("last_day")
        )
        return self.filter(by_then, ~Exists(newer))

    def this_week(self, today: date) -> Self:
        """To be in by Sunday or within three days, and what should have been in before."""
        return self.open().filter(due_on__lte=today + timedelta(days=max(6 - today.weekday(), SOON_DAYS)))

    def waiting_for(self, user: "User") -> Self:
        """Reports this user's unit owes: to fill in, and for its head to sign."""
        wanted = Q(pk__in=())
        for post in user.current_posts():
            if post.role == Role.UNIT_HEAD:
                wanted |= Q(unit=post.unit_id, state__in=OPEN)
            elif post.role == Role.LIAISON:
                wanted |= Q(unit=post.unit_id, state__in=TO_FILL)
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related("region", "item", "unit", "filled_by__person", "signed_by__person")

    def for_page(self) -> Self:
        return self.for_list().prefetch_related(
            "figures__kind", "signatures__person", "signatures__voided_by__person"
        )


class PeriodPartQuerySet(ScopedQuerySet):
    """Rows below a report: seen exactly when it is."""
