"""Reads of misuses that have a name."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REGION_WIDE = frozenset(
    {Role.FINANCE, Role.CASE_MANAGER, Role.SUPERVISION, Role.SECRETARY, Role.DEPUTY, Role.SERVICE}
)
BY_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR})


class MisuseQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Region-wide posts see their region; a unit sees what it must pay back."""
        if post.role in REGION_WIDE:
            return [Reason(f"可查看{post.place}的全部违规使用资金", post.within("region_id"))]
        if post.role in BY_UNIT:
            return [Reason("您所在单位是责任单位", Q(responsible_unit=post.unit_id))]
        return []

    def outstanding(self) -> Self:
        """Misuses with money still to come back."""
        return self.filter(recovered_fen__lt=F("amount_fen"))

    def with_sums(self) -> Self:
        """With `outstanding_fen` (分): what is still to come back."""
        return self.annotate(outstanding_fen=F("amount_fen") - F("recovered_fen"))

    def for_list(self) -> Self:
        return self.with_sums().select_related("kind", "fund_kind", "responsible_unit", "region")


class RecoveryQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Recoveries that count: not voided."""
        return self.filter(voided_at=None)
