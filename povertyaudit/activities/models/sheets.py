"""导入表: activities of a spreadsheet, looked through first, then brought in as one act."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from povertyaudit.activities.models.activities import Activity, ActivityLevel
from povertyaudit.activities.models.attendance import Category
from povertyaudit.activities.models.terms import ActivityKind
from povertyaudit.activities.querysets import ActivitySheetLineQuerySet, ActivitySheetQuerySet
from povertyaudit.core.models import Dossier, Unit, User

MOST_LINES = 5000


class ActivitySheetState(models.TextChoices):
    STAGED = "staged", "待导入"
    IMPORTING = "importing", "导入中"
    IMPORTED = "imported", "已导入"
    DROPPED = "dropped", "已放弃"


class ActivitySheet(Dossier):
    """One file. `rows_known` of its lines were registered before and are not registered again."""

    label_zh: ClassVar[str] = "活动导入表"
    state_tones: ClassVar[dict[str, str]] = {
        "staged": "wait", "importing": "open", "imported": "done", "dropped": "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态",
        max_length=10,
        choices=ActivitySheetState.choices,
        default=ActivitySheetState.STAGED,
        editable=False,
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="导入单位")
    file_name = models.CharField("文件名", max_length=200, blank=True)
    file_sha256 = models.CharField("文件校验值", max_length=64, blank=True, editable=False)
    rows_given = models.PositiveIntegerField("行数")
    rows_known = models.PositiveIntegerField("已登记过", default=0)
    rows_made = models.PositiveIntegerField("新登记", default=0)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")

    objects = ActivitySheetQuerySet.as_manager()

    class Meta:
        verbose_name = "活动导入表"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="activity_sheet_counts",
                condition=Q(rows_given__gte=1, rows_given__lte=MOST_LINES),
                violation_error_message=f"一份导入表 1 至 {MOST_LINES} 行。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("activity_sheet", kwargs={"id": self.public_id})

    def scope_units(self) -> list[int]:
        return [self.unit_id]

    @property
    def title(self) -> str:
        return self.file_name or f"{self.unit} {self.rows_given} 行"


class ActivitySheetLine(models.Model):
    """One line as it was read: waits, was known before, or has become an activity."""

    sheet = models.ForeignKey(ActivitySheet, models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField("行")
    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="+", verbose_name="类别")
    title = models.CharField("名称", max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="举办单位")
    level = models.CharField("级别", max_length=10, choices=ActivityLevel.choices)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    where = models.CharField("地点", max_length=100, blank=True)
    host = models.CharField("主持人、主讲人", max_length=100, blank=True)
    topics = models.CharField("主要内容", max_length=1000, blank=True)
    sessions = models.PositiveSmallIntegerField("场次")
    category = models.CharField("参加人员", max_length=12, choices=Category.choices)
    times = models.PositiveIntegerField("人次")
    persons = models.PositiveIntegerField("人数")
    leaflets = models.PositiveIntegerField("发放资料（份）", default=0)
    known = models.BooleanField("已登记过", default=False)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="活动"
    )

    objects = ActivitySheetLineQuerySet.as_manager()

    class Meta:
        verbose_name = "导入行"
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                name="activity_sheet_line_once",
                fields=("sheet", "unit", "kind", "title", "starts_on"),
                violation_error_message="同一活动在导入表中只留一行。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.place} 行 {self.title}"
