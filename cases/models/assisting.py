"""协办: offices that assist the responsible one with a lead. They see it while they assist and decide nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.subjects import PartQuerySet
from povertyaudit.core.models import Row, Unit, User


class Assist(Row):
    """One office asked to assist; it ends with its result, or when the lead goes back to the registry."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"task", "result"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="assists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="协办部门")
    task = models.TextField("协办事项", blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="交办人")
    asked_on = models.DateField("交办日期")
    result = models.TextField("协办结果", blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反馈人"
    )
    ended_on = models.DateField("结束日期", null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "协办"
        ordering = ("id",)
        indexes = (models.Index(fields=("unit", "ended_on"), name="assist_unit_ended"),)
        constraints = (
            models.UniqueConstraint(
                fields=("lead", "unit"),
                condition=Q(ended_on=None),
                name="assist_once_at_a_time",
                violation_error_message="该部门已在协办这件线索，不需要重复交办。",
            ),
            models.CheckConstraint(
                name="assist_result_by_somebody",
                condition=Q(result="", given_by=None)
                | ~Q(result="") & Q(given_by__isnull=False, ended_on__isnull=False),
                violation_error_message="协办结果须写明由谁反馈。",
            ),
            models.CheckConstraint(
                name="assist_ends_after_start",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("asked_on")),
                violation_error_message="协办结束日期不能早于交办日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_on} {self.unit_id}"

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.result:
            return "已反馈"
        return "已终止" if self.ended_on else "协办中"
