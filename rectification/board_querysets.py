"""Who reads the rankings that were kept: everybody in the county who works with items."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

READERS = frozenset(
    {
        Role.CASE_MANAGER, Role.SUPERVISION, Role.SECRETARY, Role.DEPUTY, Role.PATROL_OFFICE, Role.COUNTY_LEADER,
        Role.SECTOR, Role.LIAISON, Role.UNIT_HEAD,
    }
)  # fmt: skip


class UnitRankingQuerySet(ScopedQuerySet):
    """A ranking tells numbers of units and nothing of one item: it is read in the whole county."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role not in READERS:
            return []
        here = post.within("region_id") | Q(region=post.region_id[:6].ljust(12, "0"))
        return [Reason(f"可查看{post.place}的单位销号率排名", here)]


class RankedUnitQuerySet(ScopedQuerySet):
    """Lines of a ranking: read when it is."""

    def visible_to(self, user: Any) -> Self:
        rankings: Any = self.model._meta.get_field("ranking").related_model
        return self.filter(ranking__in=rankings._default_manager.visible_to(user))
