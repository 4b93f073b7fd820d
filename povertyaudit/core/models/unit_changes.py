"""单位变更: a new unit, a new name, a merger or an end, proposed by one officer and confirmed by another."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Region, Unit, UnitKind
from povertyaudit.core.models.roles import OFFICERS, Role
from povertyaudit.core.scope import ScopedQuerySet, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models.people import Post

KEEPERS = frozenset({Role.CASE_MANAGER}) | OFFICERS


class UnitAct(models.TextChoices):
    FOUND = "found", "设立"
    RENAME = "rename", "更名"
    MERGE = "merge", "并入其他单位"
    ABOLISH = "abolish", "撤销"


class UnitChangeState(models.TextChoices):
    DRAFT = "draft", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


class UnitChangeQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        return region_under("region_id", post.region_id) if post.role in KEEPERS else None

    def _without_recused(self, user: Any) -> Self:
        return self

    def for_list(self) -> Self:
        return self.select_related(
            "region",
            "unit__region",
            "parent",
            "successor__region",
            "changed_by__person",
            "confirmed_by__person",
        )

    def waiting(self) -> Self:
        return self.filter(state=UnitChangeState.DRAFT)


class UnitChange(Row):
    """One change of a unit; it takes effect when it is confirmed, from `effective_on`. A new unit is there from then on."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="单位"
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="所属地区")
    act = models.CharField("变更", max_length=8, choices=UnitAct.choices)
    old_name = models.CharField("原名称", max_length=100, blank=True)
    new_name = models.CharField("新名称", max_length=100, blank=True)
    kind = models.CharField("类别", max_length=16, choices=UnitKind.choices, blank=True)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级单位"
    )
    office_code = models.CharField("编号代字", max_length=8, blank=True)
    successor = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入的单位"
    )
    effective_on = models.DateField("生效日期")
    basis = models.CharField("依据", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=UnitChangeState.choices, default=UnitChangeState.DRAFT, editable=False
    )
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    objects = UnitChangeQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {
        "draft": "wait", "confirmed": "done", "refused": "stop", "withdrawn": "stop",
    }  # fmt: skip

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
            models.UniqueConstraint(
                name="unit_change_one_founding",
                fields=("region", "new_name"),
                condition=Q(state="draft", act="found"),
                violation_error_message="这个名称的单位已提出设立、等待确认，请先处理。",
            ),
            models.CheckConstraint(
                name="unit_change_two_pairs_of_eyes",
                condition=Q(state__in=("draft", "withdrawn"), confirmed_by=None)
                | ~Q(state__in=("draft", "withdrawn"))
                & Q(confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("changed_by")),
                violation_error_message="单位变更须经另一人确认。",
            ),
            models.CheckConstraint(
                name="unit_change_says_what",
                condition=(
                    Q(act__in=("rename", "found")) & ~Q(new_name="")
                    | ~Q(act__in=("rename", "found")) & Q(new_name="")
                )
                & (Q(act="merge", successor__isnull=False) | ~Q(act="merge") & Q(successor=None)),
                violation_error_message="设立和更名须写新名称，并入须写并入的单位。",
            ),
            models.CheckConstraint(
                name="unit_change_founds_when_confirmed",
                condition=Q(act="found", old_name="", unit__isnull=False, state="confirmed") & ~Q(kind="")
                | Q(act="found", old_name="", unit=None) & ~Q(state="confirmed") & ~Q(kind="")
                | ~Q(act="found")
                & ~Q(old_name="")
                & Q(unit__isnull=False, kind="", parent=None, office_code=""),
                violation_error_message="设立的单位在确认时产生，其他变更须写明单位。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_name} {self.get_act_display()}"

    @property
    def unit_name(self) -> str:
        """The unit by the name it had, a new one by the name it is to have."""
        return self.old_name or self.new_name

    @property
    def title(self) -> str:
        """What the change comes to, in words."""
        into = f"为{self.new_name}" if self.old_name and self.new_name else self.new_name
        into = f"：{self.successor}" if self.successor else into
        return f"{self.get_act_display()}{into}，自 {self.effective_on} 起"

    def get_absolute_url(self) -> str:
        return f"/unit-changes/{self.public_id}/"

    def scope_units(self) -> list[int]:
        """Seen by those who keep the units, not by the unit."""
        return []
