"""Who sees 反馈文件, and the reads of them that have a name."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from povertyaudit.core.scope import Reason, ScopedQuerySet
from rectification.querysets import BODY_ROLES

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User


class SourcePaperQuerySet(ScopedQuerySet):
    """The discipline body sees those of its region, everybody else those of the items he sees."""

    def reasons(self, post: "Post") -> list[Reason]:
        found = []
        if post.role in BODY_ROLES:
            found.append(Reason(f"可查看{post.place}的全部反馈文件", post.within("region_id")))
        items = self._items()
        seen = items.reach(post)
        if seen is not None:
            of_them = items.filter(seen, paper__isnull=False).values("paper")
            found.append(Reason("您能看到由这份文件转来的整改事项", Q(pk__in=of_them)))
        return found

    def _items(self) -> Any:
        items: Any = self.model._meta.get_field("items").related_model
        return items._default_manager.all()

    def standing(self) -> Self:
        """Not discarded."""
        return self.exclude(state="discarded")

    def for_list(self) -> Self:
        return self.select_related("region", "registered_by__person")

    def counted(self, user: "User") -> Self:
        """With `items_all` and `items_closed`: of those this user sees."""
        mine = (
            self._items().visible_to(user).standing().filter(paper=OuterRef("pk")).order_by().values("paper")
        )

        def number(rows: Any) -> Any:
            return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

        return self.annotate(items_all=number(mine), items_closed=number(mine.filter(state="closed")))
