"""Joint review (联审): which bodies of the round review, each submission, and each body's opinion on each problem."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inspections.models.finding_terms import InspectionTerm
from inspections.models.rectifying import PlanRow, RectificationPlan
from inspections.models.rounds import Round
from povertyaudit.core.models import Row, Unit, User
from povertyaudit.core.scope import ScopedQuerySet

DISCIPLINE = "discipline"  # the body that consolidates


class RoundBody(Row):
    """A body that reviews plans and reports of this round, by one unit."""

    dossier_path: ClassVar[str] = "round"

    round = models.ForeignKey(Round, models.CASCADE, related_name="bodies", verbose_name="轮次")
    body = models.ForeignKey(InspectionTerm, models.PROTECT, related_name="+", verbose_name="联审机构")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办单位")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "联审单位"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "unit"), name="round_body_unit_once",
                violation_error_message="同一个单位在联审中只能列一次。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.body.name}（{self.unit.name}）"


class ReviewRound(Row):
    """联审: one submission before the bodies, until it is approved or returned (退单回炉)."""

    class State(models.TextChoices):
        OPEN = "open", "联审中"
        CONSOLIDATED = "consolidated", "已汇总"
        RETURNED = "returned", "已退回"
        APPROVED = "approved", "已通过"

    dossier_path: ClassVar[str] = "plan"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"summary"})
    state_tones: ClassVar[dict[str, str]] = {
        "open": "open", "consolidated": "wait", "returned": "warn", "approved": "done",
    }  # fmt: skip

    plan = models.ForeignKey(
        RectificationPlan, models.CASCADE, related_name="reviews", verbose_name="整改方案"
    )
    ordinal = models.PositiveSmallIntegerField("第几次联审")
    opened_on = models.DateField("开始日期")
    summary = models.TextField("汇总意见", blank=True)
    consolidated_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="汇总人"
    )
    ended_on = models.DateField("结束日期", null=True, blank=True)
    state = models.CharField("状态", max_length=14, choices=State.choices, default=State.OPEN)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "联审"
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "ordinal"), name="review_ordinal_once"),
            models.UniqueConstraint(
                fields=("plan",), condition=Q(state__in=("open", "consolidated")), name="review_one_open"
            ),
            models.CheckConstraint(
                name="review_summary_by_state",
                condition=Q(state="open", summary="", consolidated_by=None, ended_on=None)
                | Q(state="consolidated", consolidated_by__isnull=False, ended_on=None) & ~Q(summary="")
                | Q(state__in=("returned", "approved"), consolidated_by__isnull=False, ended_on__isnull=False)
                & ~Q(summary="")
                | Q(state="returned", summary="", consolidated_by=None, ended_on__isnull=False),
                violation_error_message="联审须先汇总意见再通过；退回的须有结束日期。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.ordinal} 次联审"


class ReviewBody(Row):
    """One body in one review: its opinion is given once, as a whole, and touches no other body's."""

    dossier_path: ClassVar[str] = "review__plan"

    review = models.ForeignKey(ReviewRound, models.CASCADE, related_name="bodies", verbose_name="联审")
    body = models.ForeignKey(InspectionTerm, models.PROTECT, related_name="+", verbose_name="联审机构")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办单位")
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出人"
    )
    given_on = models.DateField("提出日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "参加联审的单位"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("review", "unit"), name="review_unit_once"),
            models.CheckConstraint(
                name="review_given_is_whole",
                condition=Q(given_by=None, given_on=None) | Q(given_by__isnull=False, given_on__isnull=False),
                violation_error_message="联审意见须有提出人和日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body.name}（{self.unit.name}）"


class BodyOpinion(Row):
    """What one body says of one problem: a grade and an opinion."""

    class Grade(models.TextChoices):
        GOOD = "good", "好"
        FAIR = "fair", "中"
        POOR = "poor", "差"

    dossier_path: ClassVar[str] = "body__review__plan"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    body = models.ForeignKey(ReviewBody, models.CASCADE, related_name="opinions", verbose_name="联审单位")
    row = models.ForeignKey(PlanRow, models.PROTECT, related_name="opinions", verbose_name="问题")
    grade = models.CharField("等次", max_length=4, choices=Grade.choices)
    opinion = models.TextField("意见", blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "联审意见"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("body", "row"), name="body_opinion_once"),
            models.CheckConstraint(
                name="body_opinion_poor_says_why",
                condition=~Q(grade="poor") | ~Q(opinion=""),
                violation_error_message="评为“差”的须写明意见。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body} {self.get_grade_display()}"
