"""Reads of rounds and findings that have a name. A secret round is known only to those named on it."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Count, Prefetch, Q

from povertyaudit.core.models import OFFICERS, Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REGION_WIDE = frozenset({Role.PATROL_OFFICE, Role.CASE_MANAGER, Role.SECRETARY, Role.DEPUTY, Role.SERVICE})
NEVER_NAMED = OFFICERS | {Role.SERVICE}


def ways(post: "Post", path: str = "") -> list[Reason]:
    """Who sees a round: those named on it; for region-wide posts also every round that is not secret now.

    `path` leads to the round from rows that are seen when it is, e.g. "round__".
    """
    what, open_ones = ("问题所在的轮次", "轮次发现的问题") if path else ("轮次", "轮次")
    found = []
    if post.role not in NEVER_NAMED:
        teams = apps.get_model("inspections", "TeamMember").objects.filter(user_id=post.user_id)
        found = [
            Reason(f"{what}由您部署", Q(**{f"{path}ordered_by": post.user_id})),
            Reason(f"{what}由您批准", Q(**{f"{path}approved_by": post.user_id})),
            Reason(f"您是{what}的巡察组成员", Q(**{f"{path}pk__in": teams.values("round_id")})),
        ]
    if post.role in REGION_WIDE:
        secret = Q(**{f"{path}secret": True, f"{path}finished_on": None})
        here = post.within(f"{path}region_id") & ~secret
        found.append(Reason(f"可查看{post.place}不保密的{open_ones}", here))
    return found


class RoundQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return ways(post)

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
    def reasons(self, post: "Post") -> list[Reason]:
        """Findings of the rounds this post sees."""
        return ways(post, "round__")

    def for_list(self) -> Self:
        return self.select_related("round__region", "unit", "region")
