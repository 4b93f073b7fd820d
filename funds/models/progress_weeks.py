"""支出进度周报: each Monday's figures of townships and kinds as they stood when Sunday was over, kept for ever."""

from django.db import models
from django.db.models import F, Q

from funds.week_querysets import ProgressLineQuerySet, ProgressWeekQuerySet
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from povertyaudit.core.models.base import new_public_id


class ProgressWeek(models.Model):
    """One county's figures of one Monday, as of `through`. Never made twice, never changed (`funds/week_triggers.py`)."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="县")
    day = models.DateField("固定日期")
    through = models.DateField("截至日期")
    made_at = models.DateTimeField("固定时间", default=moment.now)

    objects = ProgressWeekQuerySet.as_manager()

    class Meta:
        verbose_name = "支出进度周报"
        ordering = ("-day", "id")
        constraints = (
            models.UniqueConstraint(fields=("region", "day"), name="progress_week_once"),
            models.CheckConstraint(name="progress_week_through_before", condition=Q(through__lt=F("day"))),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.day}"


class ProgressLine(models.Model):
    """One township or one kind in it. `place` only of townships with money; `weeks_last`: for how many weeks on end it was
    among the last three. Sums in 分."""

    class By(models.TextChoices):
        TOWN = "town", "乡镇"
        KIND = "kind", "项目类别"

    week = models.ForeignKey(ProgressWeek, models.CASCADE, related_name="lines")
    by = models.CharField("分法", max_length=5, choices=By.choices)
    key = models.CharField("代码", max_length=30)  # of a region, or of a kind
    label = models.CharField("名称", max_length=100)
    projects = models.PositiveIntegerField("项目")
    funded_fen = models.BigIntegerField("安排资金（分）")
    paid_fen = models.BigIntegerField("已拨付（分）")
    spent_fen = models.BigIntegerField("已支出（分）")
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    weeks_last = models.PositiveSmallIntegerField("连续几周列后三名", default=0)

    objects = ProgressLineQuerySet.as_manager()

    class Meta:
        verbose_name = "周报中的一行"
        ordering = (F("place").asc(nulls_last=True), "id")
        constraints = (
            models.UniqueConstraint(fields=("week", "by", "key"), name="progress_line_once"),
            models.CheckConstraint(
                name="progress_line_adds_up",
                condition=Q(projects__gte=1, spent_fen__gte=0, spent_fen__lte=F("paid_fen")),
            ),
            models.CheckConstraint(
                name="progress_line_place_of_town",
                condition=Q(place=None, weeks_last=0) | Q(by="town", place__isnull=False, funded_fen__gt=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.spent_fen}/{self.funded_fen}"
