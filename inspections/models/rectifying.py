"""What a recipient owes after the feedback: 整改方案, and later 整改情况报告; both go through joint review."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from inspections.feedback_querysets import PlanQuerySet
from inspections.models.feedback import Feedback
from inspections.models.findings import Finding
from inspections.models.objects import RoundObject
from inspections.models.of_round import OfRound
from inspections.models.rounds import Round
from inspections.querysets import OfFindingQuerySet
from povertyaudit.core.models import Dossier, Row, Unit


class RectificationPlan(OfRound, Dossier):
    """整改方案, or with `kind` report the 整改情况报告 over the same problems."""

    class Kind(models.TextChoices):
        PLAN = "plan", "整改方案"
        REPORT = "report", "整改情况报告"

    class State(models.TextChoices):
        DRAFTING = "drafting", "编制中"
        SUBMITTED = "submitted", "联审中"
        CONSOLIDATED = "consolidated", "联审意见已汇总"
        RETURNED = "returned", "已退回"
        APPROVED = "approved", "已通过"

    label_zh: ClassVar[str] = "整改方案和报告"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})
    recused_with: ClassVar[tuple[str, ...]] = ("round", "object")
    state_tones: ClassVar[dict[str, str]] = {
        "drafting": "open", "submitted": "wait", "consolidated": "wait", "returned": "warn", "approved": "done",
    }  # fmt: skip

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="plans", verbose_name="反馈表")
    round = models.ForeignKey(Round, models.PROTECT, related_name="rectification_plans", verbose_name="轮次")
    object = models.ForeignKey(
        RoundObject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rectification_plans",
        verbose_name="巡察对象",
    )
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="整改单位")
    text = models.TextField("总体情况", blank=True)
    submitted_on = models.DateField("报送日期", null=True, blank=True)
    approved_on = models.DateField("通过日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=14, choices=State.choices, default=State.DRAFTING, editable=False
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "整改方案和报告"
        ordering = ("-id",)
        indexes = (models.Index(fields=("unit", "state"), name="plan_unit_state"),)
        constraints = (
            models.UniqueConstraint(fields=("feedback", "kind"), name="plan_once_per_feedback_and_kind"),
            models.CheckConstraint(
                name="plan_state_is_dated",
                condition=Q(state="drafting", submitted_on=None, approved_on=None)
                | Q(
                    state__in=("submitted", "consolidated", "returned"),
                    submitted_on__isnull=False,
                    approved_on=None,
                )
                | Q(state="approved", submitted_on__isnull=False, approved_on__isnull=False),
                violation_error_message="报送和通过的日期须与状态相符。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("rectification_plan", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.unit.name}{self.get_kind_display()}"

    @property
    def is_report(self) -> bool:
        return self.kind == self.Kind.REPORT

    def scope_units(self) -> list[int]:
        """The unit that owes it, and the bodies that review it."""
        if not self.pk:
            return [self.unit_id]
        bodies = self.reviews.exclude(bodies__unit=None).values_list("bodies__unit_id", flat=True)
        return [self.unit_id, *bodies.distinct()]


class PlanRow(Row):
    """One problem of the plan: who, until when, by which measures; in a report also what came of it."""

    dossier_path: ClassVar[str] = "plan"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"person", "measure", "result", "before"})
    ASKED: ClassVar[tuple[str, ...]] = ("person", "due_on", "measure")

    plan = models.ForeignKey(RectificationPlan, models.CASCADE, related_name="rows", verbose_name="整改方案")
    ordinal = models.PositiveSmallIntegerField("序号")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="plan_rows", verbose_name="问题")
    person = models.CharField("责任人", max_length=100, blank=True)
    due_on = models.DateField("完成时间", null=True, blank=True)
    measure = models.TextField("整改措施", blank=True)
    result = models.TextField("整改成效", blank=True)
    before = models.JSONField("退回前的内容", default=dict, blank=True)

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "整改方案的问题"
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "finding"), name="plan_row_once_per_finding"),
            models.UniqueConstraint(fields=("plan", "ordinal"), name="plan_row_ordinal_once"),
        )

    def __str__(self) -> str:
        return f"第 {self.ordinal} 项"

    def said(self) -> dict[str, str]:
        """What the unit wrote, as text: compared over a return."""
        day = self.due_on.isoformat() if self.due_on else ""
        return {"person": self.person, "due_on": day, "measure": self.measure, "result": self.result}

    def changed(self) -> dict[str, str]:
        """What was altered since it was returned: column → what stood before."""
        now = self.said()
        return {name: old for name, old in self.before.items() if now.get(name) != old}
