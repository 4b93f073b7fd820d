"""Reads of match lists and suspicions that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REGION_WIDE = frozenset(
    {Role.FINANCE, Role.CASE_MANAGER, Role.SUPERVISION, Role.SECRETARY, Role.DEPUTY, Role.SERVICE}
)
VISITING = frozenset({Role.LIAISON, Role.UNIT_HEAD})  # of the unit that goes to the house
CHECKERS = frozenset({Role.SUPERVISION, Role.FINANCE})
DECIDED = ("cleared", "corrected", "lead")


class MatchListQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Region-wide posts; a township sees the suspicions it visits, never the whole list."""
        if post.role in REGION_WIDE:
            return [Reason(f"可查看{post.place}的比对清单", post.within("region_id"))]
        return []

    def standing(self) -> Self:
        return self.exclude(state__in=("dropped", "voided"))

    def for_list(self) -> Self:
        return self.select_related("rule", "source", "compared", "region", "taken_by__person")


class MatchLineQuerySet(models.QuerySet[Any]):
    """Only the job and the verbs of the list read lines."""


class SuspicionQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Region-wide posts see their region; a unit what it was sent to. What a voided list brought is seen by nobody."""
        stands = ~Q(match_list__state="voided")
        if post.role in REGION_WIDE:
            return [Reason(f"可查看{post.place}的全部疑点", stands & post.within("region_id"))]
        if post.role in VISITING:
            return [Reason("由您所在单位入户核查", stands & Q(responsible_unit=post.unit_id))]
        return []

    def waiting_for(self, user: Any) -> Self:
        """Suspicions whose next step is this person's."""
        wanted = Q(pk__in=())
        if user.roles & CHECKERS:
            wanted |= Q(state__in=("imported", "visited"))
        if user.roles & VISITING:
            mine = Q(assigned_to=None) | Q(assigned_to=user.pk)
            wanted |= mine & Q(state="desk_checked", responsible_unit__in=user.unit_ids)
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related(
            "match_list__rule", "match_list__compared", "region", "responsible_unit", "assigned_to__person", "excuse",
            "desk_by__person",
        )  # fmt: skip
