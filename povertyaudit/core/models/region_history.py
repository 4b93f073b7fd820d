"""What happens to regions over time: loads, former names, successors that a person has to name, yearly attributes."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import Row, new_public_id
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Region
from povertyaudit.core.models.roles import Role
from povertyaudit.core.models.terms import Listed, Term, TermQuerySet
from povertyaudit.core.scope import ScopedQuerySet, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models.people import Post

KEEPERS = frozenset({Role.SECADMIN, Role.SYSADMIN, Role.CASE_MANAGER})


class LoadKind(models.TextChoices):
    REGIONS = "regions", "区划"
    ATTRIBUTES = "attributes", "地区属性"


class RegionLoad(models.Model):
    """One load of a list of regions or of their attributes: which file, as of which day, and what it changed."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    at = models.DateTimeField("载入时间", default=moment.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="载入人")
    kind = models.CharField("内容", max_length=10, choices=LoadKind.choices, default=LoadKind.REGIONS)
    as_of = models.DateField("区划截止日期")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name="载入范围（空为全部）"
    )
    file_name = models.CharField("文件", max_length=200)
    file_sha256 = models.CharField("文件校验值", max_length=64)
    counts = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = "地区载入"

    def __str__(self) -> str:
        return self.file_name


class RegionName(models.Model):
    """曾用名 of a region, with the days it was borne."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="former_names", db_index=False, verbose_name="地区"
    )
    name = models.CharField("曾用名", max_length=100)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期")

    class Meta:
        verbose_name = "地区曾用名"
        ordering = ("-valid_to", "id")
        constraints = (
            models.UniqueConstraint(fields=("region", "valid_to"), name="region_one_name_until_a_day"),
            models.CheckConstraint(
                name="region_name_ends_after_start",
                condition=Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="曾用名的停用日期不能早于启用日期。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class RegionChangeState(models.TextChoices):
    ASKED = "asked", "待确认去向"
    NAMED = "named", "已确认去向"
    NONE = "none", "无承接地区"


class RegionChangeQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        return region_under("region_id", post.region_id) if post.role in KEEPERS else None

    def _without_recused(self, user: Any) -> Self:
        return self

    def waiting(self) -> Self:
        return self.filter(state=RegionChangeState.ASKED)

    def for_list(self) -> Self:
        return self.select_related("region", "region__successor", "successor", "decided_by__person")


class RegionChange(Row):
    """地区变更: a region that vanished from the list while records refer to it; a person names what it became."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="changes", verbose_name="撤销的地区")
    load = models.ForeignKey(RegionLoad, models.PROTECT, related_name="changes", verbose_name="载入")
    successor = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入的地区"
    )
    state = models.CharField(
        "状态",
        max_length=8,
        choices=RegionChangeState.choices,
        default=RegionChangeState.ASKED,
        editable=False,
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    objects = RegionChangeQuerySet.as_manager()
    unrecorded: ClassVar[Q] = Q(decided_by=None)  # asked by a load, which the record counts as a whole
    state_tones: ClassVar[dict[str, str]] = {"asked": "wait", "named": "done", "none": "stop"}

    class Meta:
        verbose_name = "地区变更"
        constraints = (
            models.UniqueConstraint(
                name="region_change_asked_once", fields=("region",), condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="region_change_named_has_successor",
                condition=Q(state="named", successor__isnull=False) | ~Q(state="named") & Q(successor=None),
                violation_error_message="已确认去向的须写明并入的地区。",
            ),
            models.CheckConstraint(
                name="region_change_decided_by_someone",
                condition=Q(state="asked", decided_by=None) | ~Q(state="asked") & Q(decided_by__isnull=False),
                violation_error_message="地区变更须有确认人。",
            ),
        )

    def __str__(self) -> str:
        return self.region.path_name

    @property
    def title(self) -> str:
        return f"于 {self.region.ends_on} 撤销"

    def get_absolute_url(self) -> str:
        return f"/region-changes/{self.public_id}/"

    def scope_units(self) -> list[int]:
        """Regions belong to no unit."""
        return []


class RegionMark(Term):
    """地区属性: 贫困村, 深度贫困村, 极贫乡镇 — what a region may be marked as, year by year."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("region_marks", "地区属性"),)

    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "地区属性"


class RegionAttributeQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        return region_under("region_id", post.region_id)

    def marked(self, code: str | None, year: int | None = None) -> Self:
        """Attributes with the mark `code` (any) in the year (any)."""
        rows = self.filter(mark__code=code) if code else self.all()
        return rows.filter(year=year) if year else rows


class RegionAttribute(models.Model):
    """A region bore a mark in a year."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="attributes", db_index=False, verbose_name="地区"
    )
    year = models.PositiveSmallIntegerField("年度")
    mark = models.ForeignKey(RegionMark, models.PROTECT, related_name="+", verbose_name="属性")

    objects = RegionAttributeQuerySet.as_manager()

    class Meta:
        verbose_name = "地区年度属性"
        ordering = ("-year", "mark__order")
        constraints = (
            models.UniqueConstraint(fields=("region", "year", "mark"), name="region_attribute_once_a_year"),
            models.CheckConstraint(
                name="region_attribute_year",
                condition=Q(year__gte=1949, year__lte=2100),
                violation_error_message="年度应在 1949 至 2100 之间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} 年{self.mark}"
