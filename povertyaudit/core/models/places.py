"""Regions, areas and units."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import Today, new_public_id
from povertyaudit.core.scope import ScopedQuerySet, prefix_of, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models.people import Post


class Level(models.IntegerChoices):
    PROVINCE = 1, "省"
    CITY = 2, "市"
    COUNTY = 3, "县"
    TOWNSHIP = 4, "乡镇"
    VILLAGE = 5, "村"


class RegionQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """The post's own region, what lies below it, and what it lies in."""
        prefix = prefix_of(post.region_id)
        above = [prefix[:size].ljust(12, "0") for size in (2, 4, 6, 9) if size < len(prefix)]
        return region_under("code", post.region_id) | Q(code__in=above)

    def with_history(self) -> Self:
        """With former names and yearly attributes: two queries however many rows."""
        return self.prefetch_related("former_names", "attributes__mark")

    def current(self) -> Self:
        """Regions not abolished today."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=Today()))

    def ended(self) -> Self:
        """Regions abolished before today."""
        return self.filter(ends_on__lt=Today())

    def named(self, words: str) -> Self:
        """Regions whose full path or a former name holds every part of `words` (any syllable, any order)."""
        found = self
        former = apps.get_model("core", "RegionName")._default_manager
        for word in words.split():
            was = former.filter(name__icontains=word).values("region_id")
            found = found.filter(Q(path_name__icontains=word) | Q(code__startswith=word) | Q(pk__in=was))
        return found


class Region(models.Model):
    """A region of one of five levels, by its 12-digit statistical code (GB/T 2260, GB/T 10114)."""

    code = models.CharField("区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=100)
    path_name = models.CharField("全称", max_length=400)
    level = models.PositiveSmallIntegerField("层级", choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    starts_on = models.DateField("启用日期", null=True, blank=True)
    ends_on = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销后并入"
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "地区"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="region_code_is_12_digits",
                condition=Q(code__regex=r"^[0-9]{12}$"),
                violation_error_message="区划代码应为 12 位数字。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/regions/{self.code}/"

    @property
    def prefix(self) -> str:
        return prefix_of(self.code)

    def county_code(self) -> str:
        """The 12-digit code of the county this region lies in (itself for a county or above)."""
        return self.code[:6].ljust(12, "0")


class AreaQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """The areas of the post's county, or of the counties below it."""
        return region_under("county_id", post.region_id) | Q(county_id=post.region.county_code())


class Area(models.Model):
    """片区: several townships of one county under one head (片长)."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField("片区名称", max_length=100)
    county = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="所属县")
    regions = models.ManyToManyField(Region, related_name="areas", verbose_name="所辖乡镇")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "片区"
        constraints = (models.UniqueConstraint(fields=("county", "name"), name="area_name_once_in_county"),)

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    COMMISSION = "commission", "纪委监委"
    ROOM = "room", "纪委监委内设机构"
    PATROL_OFFICE = "patrol_office", "巡察办"
    PATROL_TEAM = "patrol_team", "巡察组"
    LEADERSHIP = "leadership", "县级领导"
    DEPARTMENT = "department", "县直部门"
    TOWNSHIP = "township", "乡镇"
    VILLAGE = "village", "村（社区）"
    OUTSIDE = "outside", "外部机关"


class UnitQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        return region_under("region_id", post.region_id) | Q(region_id=post.region.county_code())

    def current(self) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=Today()))

    def changing(self, user: Any) -> Self:
        """Units of which a change waits that `user` may know of."""
        changes = apps.get_model("core", "UnitChange")._default_manager.visible_to(user).waiting()
        return self.filter(pk__in=changes.values("unit_id"))

    def ended(self) -> Self:
        """Units that ended before today."""
        return self.filter(ends_on__lt=Today())

    def named(self, words: str) -> Self:
        """Units of which the name, a former name or another one holds every part of `words`."""
        found = self
        for word in words.split():
            also = UnitAlias.objects.filter(name__icontains=word).values("unit_id")
            found = found.filter(Q(name__icontains=word) | Q(pk__in=also))
        return found

    def answering(self) -> Self:
        """Units that can be made responsible for a rectification."""
        return self.current().filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.VILLAGE))

    def offices(self) -> Self:
        """Rooms of the discipline body that handle leads."""
        return self.current().filter(kind__in=(UnitKind.ROOM, UnitKind.PATROL_OFFICE))


class Unit(models.Model):
    """An organisation or a room of one. `office_code` is the suffix in register numbers, e.g. XF for 信访室."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField("单位名称", max_length=100)
    kind = models.CharField("类别", max_length=16, choices=UnitKind.choices)
    office_code = models.CharField("编号代字", max_length=8, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="units", verbose_name="所属地区")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    starts_on = models.DateField("成立日期", null=True, blank=True)
    ends_on = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销后并入"
    )
    predecessor_ids = models.JSONField("并入本单位的单位", default=list, editable=False)  # of the whole chain

    state_tones: ClassVar[dict[str, str]] = {"current": "done", "ended": "stop"}
    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        ordering = ("region_id", "kind", "id")
        constraints = (
            models.UniqueConstraint(fields=("region", "name"), name="unit_name_once_in_region"),
            models.CheckConstraint(
                name="unit_succeeded_has_ended",
                condition=Q(successor=None) | Q(ends_on__isnull=False) & ~Q(successor=F("id")),
                violation_error_message="并入其他单位的须有撤销日期，且不能并入自己。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/units/{self.public_id}/"

    @property
    def state(self) -> str:
        return "ended" if self.ends_on and self.ends_on < moment.today() else "current"

    def get_state_display(self) -> str:
        return "已撤销" if self.state == "ended" else "在用"

    def heirs(self) -> list[int]:
        """Ids of the unit and of those it was merged into, one after the other: whose people answer for it."""
        found, unit = [self.pk], self
        while unit.successor is not None:
            unit = unit.successor
            found.append(unit.pk)
        return found


class UnitAlias(models.Model):
    """Another name the unit is known by, or with `valid_to` was known by until that day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=100)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "单位别名"
        constraints = (models.UniqueConstraint(fields=("unit", "name"), name="alias_once_per_unit"),)

    def __str__(self) -> str:
        return self.name
