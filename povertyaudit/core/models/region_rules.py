"""Dated rules a place may have of its own: proposed by one person, confirmed by another, the nearest place first."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Region
from povertyaudit.core.models.rules import RuleState
from povertyaudit.core.scope import ScopedQuerySet, prefix_of, region_under

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models.people import Post


class RegionRuleQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """The general rules, and those of the post's region and of the regions it lies in or that lie in it."""
        above = [post.region_id[:size].ljust(12, "0") for size in (2, 4, 6, 9, 12)]
        return Q(region=None) | Q(region__in=above) | region_under("region_id", post.region_id)

    def _without_recused(self, user: Any) -> Self:
        return self

    def in_force(self, on: "date") -> Self:
        """Confirmed rows valid on the day; where two say the same thing for one place the later holds."""
        open_end = Q(valid_to=None) | Q(valid_to__gte=on)
        rows = self.filter(open_end, state=RuleState.CONFIRMED, valid_from__lte=on)
        return rows.order_by("valid_from", "id")

    def waiting(self) -> Self:
        return self.filter(state=RuleState.DRAFT)

    def for_list(self) -> Self:
        return self.select_related("region", "changed_by__person", "confirmed_by__person")


class RegionRule(Row):
    """One rule from one day on. A change is a new row for a place; the old row stays and keeps what it said."""

    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="适用地区（空为普遍适用）",
    )
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("废止日期", null=True, blank=True)
    source = models.CharField("依据", max_length=200)
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=RuleState.choices, default=RuleState.CONFIRMED)
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    unrecorded: ClassVar[Q] = Q(changed_by=None)  # brought by a migration
    state_tones: ClassVar[dict[str, str]] = {"draft": "wait", "confirmed": "done", "refused": "stop"}
    content: ClassVar[tuple[str, ...]] = ()  # what a changed rule says itself
    carried: ClassVar[tuple[str, ...]] = ()  # what it takes over from the one it changes

    class Meta:
        abstract = True
        constraints: ClassVar[Any] = (
            models.CheckConstraint(
                name="%(class)s_two_pairs_of_eyes",
                condition=Q(confirmed_by=None)
                | Q(changed_by__isnull=False) & ~Q(changed_by=F("confirmed_by")),
                violation_error_message="规则的修改人和确认人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="%(class)s_changed_ends_confirmed",
                condition=Q(changed_by=None, confirmed_by=None, state="confirmed")
                | Q(changed_by__isnull=False, confirmed_by=None, state="draft")
                | Q(changed_by__isnull=False, confirmed_by__isnull=False) & ~Q(state="draft"),
                violation_error_message="由人修改的规则须经另一人确认。",
            ),
            models.CheckConstraint(
                name="%(class)s_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="废止日期不能早于施行日期。",
            ),
        )

    def scope_units(self) -> list[int]:
        """Rules belong to no unit."""
        return []

    @property
    def place(self) -> str:
        return str(self.region) if self.region_id else "普遍适用"

    def covers(self, code: str) -> bool:
        """Whether the place `code` lies where the rule holds."""
        return self.region_id is None or code.startswith(prefix_of(self.region_id))

    @property
    def nearness(self) -> int:
        """How local the rule is: of several the largest holds."""
        return len(prefix_of(self.region_id)) if self.region_id else 0
