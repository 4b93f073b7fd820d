"""单位变更: a new name, a merger or an end, proposed by one officer and confirmed by another."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Unit
from povertyaudit.core.models.roles import OFFICERS, Role
from povertyaudit.core.models.terms import TermState
from povertyaudit.core.scope import ScopedQuerySet, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models.people import Post

KEEPERS = frozenset({Role.CASE_MANAGER}) | OFFICERS


class UnitAct(models.TextChoices):
    RENAME = "rename", "更名"
    MERGE = "merge", "并入其他单位"
    ABOLISH = "abolish", "撤销"


class UnitChangeQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        return region_under("unit__region_id", post.region_id) if post.role in KEEPERS else None

    def _without_recused(self, user: Any) -> Self:
        return self

    def for_list(self) -> Self:
        return self.select_related(
            "unit__region", "successor__region", "changed_by__person", "confirmed_by__person"
        )

    def waiting(self) -> Self:
        return self.filter(state=TermState.DRAFT)


class UnitChange(Row):
    """One change of a unit; it takes effect when it is confirmed, from `effective_on`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes", verbose_name="单位")
    act = models.CharField("变更", max_length=8, choices=UnitAct.choices)
    old_name = models.CharField("原名称", max_length=100)
    new_name = models.CharField("新名称", max_length=100, blank=True)
    successor = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入的单位"
    )
    effective_on = models.DateField("生效日期")
    basis = models.CharField("依据", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=TermState.choices, default=TermState.DRAFT, editable=False
    )
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    objects = UnitChangeQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {"draft": "wait", "confirmed": "done", "refused": "stop"}

    class Meta:
        verbose_name = "单位变更"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                name="unit_change_one_proposal",
                fields=("unit",),
                condition=Q(state="draft"),
                violation_error_message="这个单位已有一个变更等待确认，请先处理。",
            ),
            models.CheckConstraint(
                name="unit_change_two_pairs_of_eyes",
                condition=Q(state="draft", confirmed_by=None)
                | ~Q(state="draft") & Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("changed_by")),
                violation_error_message="单位变更须经另一人确认。",
            ),
            models.CheckConstraint(
                name="unit_change_says_what",
                condition=(Q(act="rename") & ~Q(new_name="") | ~Q(act="rename") & Q(new_name=""))
                & (Q(act="merge", successor__isnull=False) | ~Q(act="merge") & Q(successor=None)),
                violation_error_message="更名须写新名称，并入须写并入的单位。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_name} {self.get_act_display()}"

    @property
    def region_id(self) -> str:
        return str(self.unit.region_id)

    @property
    def title(self) -> str:
        """What the change comes to, in words."""
        into = f"为{self.new_name}" if self.new_name else ""
        into = f"：{self.successor}" if self.successor else into
        return f"{self.get_act_display()}{into}，自 {self.effective_on} 起"

    def get_absolute_url(self) -> str:
        return f"/unit-changes/{self.public_id}/"

    def scope_units(self) -> list[int]:
        """Seen by those who keep the units, not by the unit."""
        return []
