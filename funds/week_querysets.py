"""Who reads the weeks of progress that were kept: everybody in the county who works with projects."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from funds.project_querysets import BY_UNIT, REGION_WIDE
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

READERS = REGION_WIDE | BY_UNIT  # programs of the region too, over REST


class ProgressWeekQuerySet(ScopedQuerySet):
    """A week tells sums of townships and kinds and nothing of one project: it is read in the whole county."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role not in READERS:
            return []
        here = post.within("region_id") | Q(region=post.region_id[:6].ljust(12, "0"))
        return [Reason(f"可查看{post.place}的支出进度周报", here)]


class ProgressLineQuerySet(ScopedQuerySet):
    """Lines of a week: read when it is."""

    def visible_to(self, user: Any) -> Self:
        weeks: Any = self.model._meta.get_field("week").related_model
        return self.filter(week__in=weeks._default_manager.visible_to(user))
