"""疑似重复: another project like this one, found before approval, and what whoever reviews answered for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from funds.models.projects import Project
from funds.project_querysets import DoubleQuerySet
from povertyaudit.core.models import Row, User


class Likeness(models.TextChoices):
    """Why two projects are put side by side (seed 002 §3: 避免同一地点重复安排项目或同一项目重复安排资金)."""

    PLACE = "place", "地点相同"
    CONTENT = "content", "内容相近"
    MONEY = "money", "资金相同"


class DoubleAnswer(models.TextChoices):
    DIFFERENT = "different", "不是重复"
    CHANGED = "changed", "已调整，不再重复"
    DOUBLE = "double", "确属重复，不予批复"


class ProjectDouble(Row):
    """One suspicion. `reasons` are codes of Likeness, `words` what was alike; without a decision it bars the approval."""

    dossier_path: ClassVar[str] = "project"

    project = models.ForeignKey(Project, models.CASCADE, related_name="doubles", verbose_name="项目")
    other = models.ForeignKey(Project, models.PROTECT, related_name="+", verbose_name="相似的项目")
    reasons = models.CharField("相似之处", max_length=40)
    words = models.CharField("说明", max_length=300)
    decision = models.CharField("答复", max_length=10, choices=DoubleAnswer.choices, blank=True)
    answer = models.CharField("答复理由", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)

    objects = DoubleQuerySet.as_manager()

    class Meta:
        verbose_name = "疑似重复项目"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="double_once",
                fields=("project", "other"),
                violation_error_message="同一个相似项目只列一次。",
            ),
            models.CheckConstraint(
                name="double_of_another",
                condition=~Q(project=F("other")),
                violation_error_message="项目不能与自己重复。",
            ),
            models.CheckConstraint(
                name="double_answered_whole",
                condition=Q(decision="", answer="", answered_by=None, answered_on=None)
                | ~Q(decision="") & ~Q(answer="") & Q(answered_by__isnull=False, answered_on__isnull=False),
                violation_error_message="答复应写明结论、理由、答复人和日期。",
            ),
        )

    def __str__(self) -> str:
        return str(self.other)

    @property
    def kinds(self) -> str:
        """The reasons in words: 地点相同、资金相同."""
        return "、".join(str(Likeness(one).label) for one in self.reasons.split(","))

    def get_absolute_url(self) -> str:
        return self.other.get_absolute_url()
