"""Reads of rounds and findings that have a name. A secret round is known only to those named on it."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, Prefetch, Q, QuerySet

from povertyaudit.core.models import OFFICERS, Role
from povertyaudit.core.scope import ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REGION_WIDE = frozenset({Role.PATROL_OFFICE, Role.CASE_MANAGER, Role.SECRETARY, Role.DEPUTY, Role.SERVICE})
NEVER_NAMED = OFFICERS | {Role.SERVICE}
SECRET = Q(secret=True, finished_on=None)


class RoundQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """Rounds the user is named on; for region-wide posts also every round that is not secret now."""
        if post.role in NEVER_NAMED:
            return post.within("region_id") & ~SECRET if post.role == Role.SERVICE else None
        named = self._named(post.user_id)
        return named | (post.within("region_id") & ~SECRET) if post.role in REGION_WIDE else named

    def _named(self, user_id: int) -> Q:
        members = apps.get_model("inspections", "TeamMember").objects.filter(user_id=user_id)
        return Q(ordered_by=user_id) | Q(approved_by=user_id) | Q(pk__in=members.values("round_id"))

    def open(self) -> Self:
        """Rounds not yet finished."""
        return self.filter(finished_on=None)

    def for_list(self) -> Self:
        return self.select_related("region").annotate(finding_count=Count("findings"))

    def for_page(self) -> Self:
        team = apps.get_model("inspections", "TeamMember").objects.select_related("user__person")
        return self.select_related("region", "ordered_by__person", "approved_by__person").prefetch_related(
            Prefetch("members", team.order_by("role", "pk"))
        )


class FindingQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """Findings of the rounds this post sees."""
        rounds: QuerySet[Any] = apps.get_model("inspections", "Round").objects.all()
        wanted = rounds.reach(post)  # type: ignore[attr-defined]
        return None if wanted is None else Q(round__in=rounds.filter(wanted).values("pk"))

    def for_list(self) -> Self:
        return self.select_related("round__region", "unit", "region")
