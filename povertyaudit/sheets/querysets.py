"""Who sees an import: whoever brought it. What it made is seen where it lies."""

from typing import TYPE_CHECKING, Self

from django.db.models import Case, Q, When

from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

IMPORTERS = frozenset({
    Role.PETITION, Role.CASE_MANAGER, Role.SUPERVISION, Role.INVESTIGATION, Role.PATROL_OFFICE, Role.PATROL_TEAM,
    Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR, Role.FINANCE, Role.SYSADMIN,
})  # fmt: skip


class SheetImportQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        return [Reason("表格由您上传", Q(taken_by=post.user_id))] if post.role in IMPORTERS else []

    def for_list(self) -> Self:
        return self.select_related("region", "unit", "taken_by__person")


class SheetRowQuerySet(ScopedQuerySet):
    def refused(self) -> Self:
        return self.filter(outcome="refused")

    def clashing(self) -> Self:
        """Rows of which cells were changed on both sides."""
        return self.exclude(conflicts={})

    def written(self) -> Self:
        """Rows that are in the register by this import."""
        return self.exclude(target_id="").filter(done=True)

    def in_order(self) -> Self:
        """Those with mistakes first."""
        return self.order_by(Case(When(outcome="refused", then=0), default=1), "line")
