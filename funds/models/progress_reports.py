"""形象进度: what the unit that builds reports of a project between 开工 and 完工."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from funds.models.projects import Project
from funds.project_querysets import ReportQuerySet
from povertyaudit.core.models import Row, User


class ProgressReport(Row):
    """How much is built on a day, in per cent. A report is never edited: the next one says what is true since."""

    dossier_path: ClassVar[str] = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="reports", verbose_name="项目")
    reported_on = models.DateField("截至日期")
    percent = models.PositiveSmallIntegerField("形象进度（%）")
    text = models.CharField("完成情况", max_length=500)
    problem = models.CharField("存在问题", max_length=500, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报告人")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "项目进度报告"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="project_report_once_a_day",
                fields=("project", "reported_on"),
                violation_error_message="同一天的进度只报告一次。",
            ),
            models.CheckConstraint(
                name="project_report_percent",
                condition=Q(percent__lte=100),
                violation_error_message="形象进度应在 0 到 100 之间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reported_on} {self.percent} %"
