"""评分: what an office gave the units it was asked about, out of a hundred each."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from povertyaudit.assessment.models.assessments import POINTS, Assessment, UnitSheet
from povertyaudit.assessment.querysets import PartQuerySet, ScoreSheetQuerySet
from povertyaudit.core.models import Dossier, Row, Unit, User


class ScoreSheetState(models.TextChoices):
    OWED = "owed", "待评分"
    SUBMITTED = "submitted", "已提交"
    WAIVED = "waived", "不再要求"


class ScoreSheet(Dossier):
    """评分表 of one office in one assessment."""

    label_zh: ClassVar[str] = "评分表"
    state_tones: ClassVar[dict[str, str]] = {"owed": "open", "submitted": "done", "waived": "plain"}

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="score_sheets", verbose_name="考核"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="评分单位")
    due_on = models.DateField("评分时限")
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ScoreSheetState.choices, default=ScoreSheetState.OWED
    )

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "评分表"
        indexes = (models.Index(fields=("unit", "state"), name="score_sheet_unit_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "unit"), name="score_sheet_once",
                violation_error_message="这个单位在本期已有评分表。",
            ),
            models.CheckConstraint(
                name="score_sheet_submitted_by_somebody",
                condition=Q(state="submitted", submitted_by__isnull=False, submitted_on__isnull=False)
                | ~Q(state="submitted") & Q(submitted_by=None, submitted_on=None),
                violation_error_message="提交的评分表应有提交人和日期，没有提交的没有。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("score_sheet", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.unit.name}评分：{self.assessment.title}"

    @property
    def light(self) -> Any:
        """What the clock column shows: the date until it is handed in, then whether it was in time."""
        return None if self.state == ScoreSheetState.WAIVED else self

    @property
    def stopped_on(self) -> Any:
        return self.submitted_on

    def scope_units(self) -> list[int]:
        return [self.unit_id]


class Score(Row):
    """One cell: what the office gives one unit for one indicator. Nobody scores the unit he serves in (trigger)."""

    dossier_path: ClassVar[str] = "sheet"

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="scores", verbose_name="评分表")
    unit_sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="scores", verbose_name="被评单位")
    key = models.CharField("指标代码", max_length=30)
    points = models.DecimalField("评分", **POINTS)
    scored_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="评分人")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "评分"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "unit_sheet", "key"), name="score_once",
                violation_error_message="同一单位的同一指标只评一次。",
            ),
            models.CheckConstraint(
                name="score_of_a_hundred", condition=Q(points__gte=0, points__lte=100),
                violation_error_message="评分应在 0 至 100 分之间。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key} {self.points}"
