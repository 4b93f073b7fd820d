"""督查安排: what must take place in every half year or quarter, as dated rules in days; and each time it is owed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models import Round, VisitPlan
from povertyaudit.assessment.querysets import DutyQuerySet
from povertyaudit.assessment.spans import PeriodKind, in_words
from povertyaudit.core.models import Dossier, Listed, Region, Term, TermAct, TermQuerySet, Unit, User


class DutyKind(models.TextChoices):
    BIG = "big", "大督查"
    CROSS = "cross", "交叉互查"


class DutyRule(Term):
    """How often it takes place, which office answers for it, and by which day of the period it is done."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="适用地区")
    kind = models.CharField("督查种类", max_length=8, choices=DutyKind.choices)
    cadence = models.CharField("周期", max_length=8, choices=PeriodKind.choices)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="负责单位")
    due_days = models.PositiveSmallIntegerField("一期开始后几天内完成")
    open_days = models.PositiveSmallIntegerField("到期前几天列入")

    carried: ClassVar[tuple[str, ...]] = ("region", "kind", "cadence", "office", "due_days", "open_days")
    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("inspection_rules", "督查安排规定", add_at="/terms/inspection-rules/new/"),
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "督查安排规定"
        constraints: ClassVar[Any] = (
            *Term.Meta.constraints,
            models.CheckConstraint(
                name="duty_rule_days_sensible", condition=Q(due_days__gte=1, due_days__lte=400, open_days__lte=400),
                violation_error_message="天数应在 1 至 400 之间。",
            ),
        )  # fmt: skip

    def get_act_display(self) -> str:  # type: ignore[no-redef]
        return "修改" if self.act == TermAct.RENAME else str(TermAct(self.act).label)


class DutyState(models.TextChoices):
    OPEN = "open", "待开展"
    DONE = "done", "已完成"
    WAIVED = "waived", "不再要求"


class InspectionDuty(Dossier):
    """One 大督查 or 交叉互查 that is owed, opened by the clock; closed by the round, the plan or the paper that shows it."""

    label_zh: ClassVar[str] = "督查安排"
    state_tones: ClassVar[dict[str, str]] = {"open": "open", "done": "done", "waived": "plain"}

    rule = models.ForeignKey(DutyRule, models.PROTECT, related_name="+", verbose_name="规定")
    rule_code = models.CharField("规定代码", max_length=30, editable=False)
    kind = models.CharField("督查种类", max_length=8, choices=DutyKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="负责单位")
    first_day = models.DateField("一期起")
    last_day = models.DateField("一期止")
    due_on = models.DateField("时限")
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="巡察轮次"
    )
    plan = models.ForeignKey(
        VisitPlan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="走访计划"
    )
    paper = models.CharField("文件", max_length=200, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    done_on = models.DateField("完成日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=DutyState.choices, default=DutyState.OPEN)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "督查安排"
        indexes = (models.Index(fields=("region", "state", "due_on"), name="inspection_duty_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=("region", "rule_code", "first_day"), name="inspection_duty_once",
                violation_error_message="这一期的督查安排已经列入。",
            ),
            models.CheckConstraint(
                name="inspection_duty_days_in_order",
                condition=Q(last_day__gt=F("first_day"), due_on__gte=F("first_day")),
                violation_error_message="时限不能早于一期开始。",
            ),
            models.CheckConstraint(
                name="inspection_duty_done_with_evidence",
                condition=Q(state="done", done_by__isnull=False, done_on__isnull=False)
                & (Q(round__isnull=False) | Q(plan__isnull=False) | ~Q(paper=""))
                | ~Q(state="done") & Q(done_by=None, done_on=None, round=None, plan=None, paper=""),
                violation_error_message="完成须有轮次、走访计划或者文件为证，写明登记人和日期。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("inspection_duty", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{in_words(self.rule.cadence, self.first_day)} {self.rule.name}"

    @property
    def light(self) -> Any:
        """What the clock column shows: the date while it is owed, then whether it was in time."""
        return None if self.state == DutyState.WAIVED else self

    @property
    def stopped_on(self) -> Any:
        return self.done_on

    def scope_units(self) -> list[int]:
        return [self.unit_id]
