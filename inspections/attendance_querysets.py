"""Reads of village teams and their months."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from inspections.querysets import REGION_WIDE
from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet, prefix_of

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

CHECKERS = frozenset({*REGION_WIDE, Role.SUPERVISION, Role.PATROL_TEAM})
TOWN_DIGITS = 9  # of a region code that names a township
REPORTERS = frozenset({Role.LIAISON, Role.UNIT_HEAD})


def team_ways(post: "Post", unit: str, what: str) -> list[Reason]:
    """Those who check in their region, a township's in theirs, and the unit that sent the person."""
    if post.role in CHECKERS:
        return [Reason(f"可查看{post.place}的{what}", post.within("region_id"))]
    if post.role in REPORTERS:
        sent = Reason(f"{what}由您所在单位派出", Q(**{unit: post.unit_id}))
        if len(prefix_of(post.region_id)) < TOWN_DIGITS:  # a department of the county sees those it sent
            return [sent]
        return [sent, Reason(f"可查看{post.place}的{what}", post.within("region_id"))]
    return []


class VillagePersonQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return team_ways(post, "unit_id", "驻村人员")

    def serving(self) -> Self:
        return self.filter(state="serving")

    def for_list(self) -> Self:
        return self.select_related("region", "unit")


class AttendanceQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return team_ways(post, "person__unit_id", "驻村考勤")

    def for_list(self) -> Self:
        return self.select_related("region", "person__unit", "person__region", "recorded_by__person")

    def with_figures(self, days: int) -> Self:
        """Annotates `absences` (visits that found the person absent in the month, none that is secret) and `lacking`
        (days that lack to `days`; null while nothing was reported)."""
        visits = apps.get_model("inspections", "Visit").objects.all().counted()
        checks: Any = apps.get_model("inspections", "VisitCheck")._base_manager
        same = checks.filter(person=OuterRef("person"), found="absent", visit__in=visits.order_by())
        same = same.annotate(of=TruncMonth("visit__visited_on")).filter(of=OuterRef("month"))
        counted = same.order_by().values("person").annotate(n=Count("pk")).values("n")
        short = When(days_present__lt=days, then=Value(days) - F("days_present"))
        reported = When(days_present__isnull=False, then=Value(0))
        return self.annotate(
            absences=Coalesce(Subquery(counted), 0),
            lacking=Case(short, reported, default=None, output_field=IntegerField()),
        )
