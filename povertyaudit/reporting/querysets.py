"""Which frozen reports a post may see, and the reads that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

LEADERS = frozenset({Role.SECRETARY, Role.DEPUTY})
CHECKERS = frozenset({Role.CASE_MANAGER, Role.PATROL_OFFICE})
TOLD = frozenset({Role.COUNTY_LEADER})


class FrozenReportQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Those who check and sign see all of their county; a county leader what was signed."""
        if post.area_id is not None:
            return []
        if post.role in CHECKERS | LEADERS:
            return [Reason(f"可查看{post.place}的报表", post.within("region_id"))]
        if post.role in TOLD:
            return [Reason(f"可查看{post.place}已签发的报表", post.within("region_id") & Q(state="signed"))]
        return []

    def waiting_for(self, user: Any) -> Self:
        """Drafts for those who check, checked ones for those who sign."""
        wanted = Q(pk__in=())
        if user.roles & CHECKERS:
            wanted |= Q(state="draft")
        if user.roles & LEADERS:
            wanted |= Q(state="checked") & ~Q(checked_by__person=user.person_id)
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related("region", "round", "checked_by__person", "signed_by__person")

    def for_page(self) -> Self:
        return self.for_list().prefetch_related("figures")


class FigureQuerySet(ScopedQuerySet):
    """Seen exactly when the report is."""
