"""回头看: a plan to look again at what was crossed off and paid back; whom it names is known to its planners alone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models import Campaign, Round
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Listed, Row, Term, TermQuerySet, Unit, User
from rectification.look_back_querysets import LookBackPartQuerySet, LookBackQuerySet

MOST_LINES = 5000  # of a population
MOST_CHECKS = 200  # of one plan


class LookBackOrigin(models.TextChoices):
    ROUND = "round", "巡察轮次"
    CAMPAIGN = "campaign", "专项行动"
    PERIOD = "period", "一段时间"


class LookBackPool(models.TextChoices):
    BOTH = "both", "已销号事项和退还款项"
    ITEMS = "items", "已销号事项"
    RETURNS = "returns", "退还群众的款项"


class LookBackState(models.TextChoices):
    DRAFTED = "drafted", "待批准"
    APPROVED = "approved", "核查中"
    FINISHED = "finished", "已办结"
    CANCELLED = "cancelled", "已取消"


class LookBack(Dossier):
    """回头看计划. Its number is given when it is finished: a gap in the numbers would tell of it before."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "basis"})
    recused_with: ClassVar[tuple[str, ...]] = ("round",)
    state_tones: ClassVar[dict[str, str]] = {
        "drafted": "wait", "approved": "open", "finished": "done", "cancelled": "stop",
    }  # fmt: skip

    title = models.CharField("计划名称", max_length=100)
    origin = models.CharField("范围", max_length=10, choices=LookBackOrigin.choices)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="look_backs", verbose_name="巡察轮次"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="look_backs", verbose_name="专项行动"
    )
    period_from = models.DateField("销号、退还不早于", null=True, blank=True)
    period_to = models.DateField("销号、退还不晚于", null=True, blank=True)
    pool = models.CharField("抽查什么", max_length=8, choices=LookBackPool.choices, default=LookBackPool.BOTH)
    random_size = models.PositiveSmallIntegerField("随机抽取数量", default=0)
    above_fen = models.BigIntegerField("金额不低于（分）的全部抽查", null=True, blank=True)
    repeat_units = models.BooleanField("有过反弹的单位全部抽查", default=False)
    basis = models.CharField("依据", max_length=200, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("截止日期")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟定人")
    desk_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="组织单位")
    approver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批准人")
    approved_on = models.DateField("批准日期", null=True, blank=True)
    finished_on = models.DateField("办结日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=LookBackState.choices, default=LookBackState.DRAFTED
    )

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = "回头看计划"
        indexes = (models.Index(fields=("region", "state"), name="look_back_region_state"),)
        constraints = (
            models.CheckConstraint(
                name="look_back_origin_is_whole",
                condition=Q(origin="round", round__isnull=False, campaign=None, period_from=None, period_to=None)
                | Q(origin="campaign", campaign__isnull=False, round=None, period_from=None, period_to=None)
                | Q(origin="period", round=None, campaign=None, period_from__lte=F("period_to")),
                violation_error_message="范围应是一个轮次、一个专项行动，或者一段有起止的时间。",
            ),
            models.CheckConstraint(
                name="look_back_ends_after_start", condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="look_back_two_persons", condition=~Q(drafted_by=F("approver")),
                violation_error_message="拟定人和批准人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="look_back_number_only_at_the_end", condition=Q(number=None) | Q(state="finished"),
                violation_error_message="回头看计划办结时才编号。",
            ),
            models.CheckConstraint(
                name="look_back_approved_first",
                condition=~Q(state__in=("approved", "finished")) | Q(approved_on__isnull=False),
                violation_error_message="回头看计划批准后才能核查。",
            ),
            models.CheckConstraint(
                name="look_back_finished_is_dated",
                condition=Q(state="finished", finished_on__isnull=False)
                | ~Q(state="finished") & Q(finished_on=None),
                violation_error_message="已办结的回头看计划应有办结日期。",
            ),
            models.CheckConstraint(
                name="look_back_amounts_sensible",
                condition=Q(random_size__lte=MOST_CHECKS)
                & (Q(above_fen=None) | Q(above_fen__gte=1, above_fen__lte=MAX_FEN)),
                violation_error_message=f"一次最多抽查 {MOST_CHECKS} 件；金额应大于 0，且不超过 10 万亿元。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("look_back", args=(self.public_id,))

    @property
    def about(self) -> str:
        """Where the sample comes from, in words."""
        if self.origin == LookBackOrigin.ROUND:
            return str(self.round.name if self.round else "")
        if self.origin == LookBackOrigin.CAMPAIGN:
            return str(self.campaign.name if self.campaign else "")
        return f"{self.period_from} 至 {self.period_to}"


class LookBackUnit(Row):
    """A unit all of whose rows are looked at."""

    dossier_path: ClassVar[str] = "plan"

    plan = models.ForeignKey(LookBack, models.CASCADE, related_name="units", verbose_name="回头看计划")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")

    objects = LookBackPartQuerySet.as_manager()

    class Meta:
        verbose_name = "指定抽查单位"
        constraints = (models.UniqueConstraint(fields=("plan", "unit"), name="look_back_unit_once"),)

    def __str__(self) -> str:
        return self.unit.name


class LookBackDraw(Row):
    """抽取记录, never changed: the population as it stood, the seed, and what the lot took out of the rest.

    `population`: [[key, unit, 分, ground], …], ground empty for rows that lots were drawn for; the lot of a key is
    SHA-256 of "<seed>:<key>", the smallest are drawn (`inspections.sampling`).
    """

    dossier_path: ClassVar[str] = "plan"

    plan = models.OneToOneField(LookBack, models.PROTECT, related_name="draw", verbose_name="回头看计划")
    seed = models.CharField("种子", max_length=40)
    population = models.JSONField("名单")
    drawn = models.JSONField("随机抽中", blank=True)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间")

    objects = LookBackPartQuerySet.as_manager()

    class Meta:
        verbose_name = "回头看抽取记录"

    def __str__(self) -> str:
        return self.seed


class LookBackQuestion(Term):
    """询问提纲: what the people concerned are asked, from one day on. Old checks keep the words of their day."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("look_back_questions", "回头看询问提纲"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "回头看询问提纲"
