"""What follows from a bad result, as dated rules; and what was proposed by them, decided by a person with a reason."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from povertyaudit.assessment.models.assessments import Assessment, UnitSheet
from povertyaudit.assessment.querysets import MeasureQuerySet
from povertyaudit.core.models import Dossier, Listed, Role, Term, TermAct, TermQuerySet, Unit, User

MOST_TIMES = 6


class MeasureKind(models.TextChoices):
    SELF_CRITICISM = "self_criticism", "书面检查"
    TALK = "talk", "约谈"
    ADJUSTMENT = "adjustment", "组织调整建议"
    OTHER = "other", "其他处理"


class Addressed(models.TextChoices):
    HEADS = "heads", "党政正职"
    DEPUTIES = "deputies", "分管领导"
    BOTH = "both", "党政正职和分管领导"
    UNIT = "unit", "单位"


class Joined(models.TextChoices):
    """How the two conditions of one sentence are read: the paper may mean either."""

    AND = "and", "得分和名次都符合"
    OR = "or", "得分或者名次符合"


class LadderRule(Term):
    """One rung: the condition, how many periods in a row, and what is proposed. Rungs of one condition are one ladder."""

    scheme_code = models.CharField("考核办法代码", max_length=30)
    below = models.PositiveSmallIntegerField("得分低于", null=True, blank=True)
    last_places = models.PositiveSmallIntegerField("排名后几名", null=True, blank=True)
    joined = models.CharField("两个条件", max_length=3, choices=Joined.choices, default=Joined.AND)
    missed = models.BooleanField("年度任务未完成", default=False)
    times = models.PositiveSmallIntegerField("连续几期")
    proposal = models.CharField("建议", max_length=16, choices=MeasureKind.choices)
    addressed = models.CharField("对象", max_length=8, choices=Addressed.choices)
    decider = models.CharField(
        "由谁决定",
        max_length=16,
        choices=((Role.DEPUTY, "分管领导"), (Role.SECRETARY, "主要负责人")),
        default=Role.DEPUTY,
    )

    carried: ClassVar[tuple[str, ...]] = (
        "scheme_code", "below", "last_places", "joined", "missed", "times", "proposal", "addressed", "decider",
    )  # fmt: skip
    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("assessment_ladders", "考核结果运用", add_at="/terms/assessment-ladders/new/"),
    )
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "考核结果运用规则"
        constraints: ClassVar[Any] = (
            *Term.Meta.constraints,
            models.CheckConstraint(
                name="ladder_has_one_condition",
                condition=Q(missed=True, below=None, last_places=None)
                | Q(missed=False) & (Q(below__gte=1, below__lte=120) | Q(below=None, last_places__isnull=False))
                & (Q(last_places=None) | Q(last_places__gte=1, last_places__lte=50)),
                violation_error_message="请写明得分低于多少、排名后几名，或者年度任务未完成；任务未完成的不另写得分和名次。",
            ),
            models.CheckConstraint(
                name="ladder_times_sensible", condition=Q(times__gte=1, times__lte=MOST_TIMES),
                violation_error_message=f"连续期数应在 1 至 {MOST_TIMES} 之间。",
            ),
        )  # fmt: skip

    def get_act_display(self) -> str:  # type: ignore[no-redef]
        return "修改" if self.act == TermAct.RENAME else str(TermAct(self.act).label)

    @property
    def condition(self) -> tuple[Any, ...]:
        """What makes rungs one ladder."""
        return self.below, self.last_places, self.joined, self.missed

    def in_words(self) -> str:
        """得分低于 90 分且排名后 3 名，连续 2 期."""
        if self.missed:
            found = "年度任务未完成"
        else:
            parts = [f"得分低于 {self.below} 分"] * (self.below is not None)
            parts += [f"排名后 {self.last_places} 名"] * (self.last_places is not None)
            found = ("且" if self.joined == Joined.AND else "或者").join(parts)
        return f"{found}，连续 {self.times} 期" if self.times > 1 else found


class MeasureState(models.TextChoices):
    PROPOSED = "proposed", "待决定"
    AGREED = "agreed", "已同意"
    CHANGED = "changed", "另作处理"
    DECLINED = "declined", "不采取"
    DONE = "done", "已有结果"


class AssessmentMeasure(Dossier):
    """考核结果运用: proposed by a rule after an assessment was signed. 组织调整 stays a suggestion: who decides on it is
    somebody else, and his decision is recorded."""

    label_zh: ClassVar[str] = "考核结果运用"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason", "outcome"})
    state_tones: ClassVar[dict[str, str]] = {
        "proposed": "wait", "agreed": "open", "changed": "open", "declined": "stop", "done": "done",
    }  # fmt: skip

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="measures", verbose_name="考核")
    sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="measures", verbose_name="得分表")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    rule = models.ForeignKey(LadderRule, models.PROTECT, related_name="+", verbose_name="规则")
    evidence = models.JSONField("依据")  # [{sheet, span, total, place}], the latest period first
    proposal = models.CharField("建议", max_length=16, choices=MeasureKind.choices)
    addressed = models.CharField("建议对象", max_length=8, choices=Addressed.choices)
    decided_kind = models.CharField("决定", max_length=16, choices=MeasureKind.choices, blank=True)
    decided_addressed = models.CharField("决定对象", max_length=8, choices=Addressed.choices, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    reason = models.TextField("理由", blank=True, max_length=2000)
    outcome = models.TextField("结果", blank=True, max_length=2000)
    outcome_on = models.DateField("结果日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=MeasureState.choices, default=MeasureState.PROPOSED
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "考核结果运用"
        indexes = (models.Index(fields=("region", "state"), name="assessment_measure_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "rule"), name="assessment_measure_once",
                violation_error_message="这一期已经按这条规则提出过。",
            ),
            models.CheckConstraint(
                name="assessment_measure_decided_with_reason",
                condition=Q(state="proposed", decided_by=None, decided_on=None, reason="", decided_kind="")
                | Q(state="declined", decided_by__isnull=False, decided_on__isnull=False, decided_kind="") & ~Q(reason="")
                | Q(state__in=("agreed", "changed", "done"), decided_by__isnull=False, decided_on__isnull=False)
                & ~Q(reason="") & ~Q(decided_kind=""),
                violation_error_message="决定须有决定人、日期和理由；不采取的不写决定。",
            ),
            models.CheckConstraint(
                name="assessment_measure_outcome_is_dated",
                condition=Q(state="done", outcome_on__isnull=False) & ~Q(outcome="")
                | ~Q(state="done") & Q(outcome="", outcome_on=None),
                violation_error_message="已有结果的须写明结果和日期。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("assessment_measure", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.unit.name}：{self.get_proposal_display()}（{self.rule.in_words()}）"

    @property
    def kind(self) -> str:
        """What was decided, or else what is proposed."""
        return self.decided_kind or self.proposal

    def scope_units(self) -> list[int]:
        return [self.unit_id]
