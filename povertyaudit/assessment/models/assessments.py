"""考核 of one period: the assessment, a sheet per unit judged, and what was counted, scored, added and corrected on it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.assessment.models.schemes import AssessmentScheme, Way
from povertyaudit.assessment.querysets import AssessmentQuerySet, PartQuerySet, UnitSheetQuerySet
from povertyaudit.assessment.spans import PeriodKind, in_words
from povertyaudit.core.models import Dossier, Row, Unit, User

POINTS: dict[str, Any] = {"max_digits": 6, "decimal_places": 2}


class AssessmentState(models.TextChoices):
    COUNTING = "counting", "计数中"
    SCORING = "scoring", "评分中"
    SIGNED = "signed", "已签发"
    PUBLISHED = "published", "已公布"
    CANCELLED = "cancelled", "已取消"


TONES = {"counting": "plain", "scoring": "open", "signed": "wait", "published": "done", "cancelled": "stop"}


class Assessment(Dossier):
    """一期考核. `scheme` is the one that counts: that of the last day, unless a person decided for `rival`, which held on the
    first day. Once signed its figures are locked by triggers."""

    label_zh: ClassVar[str] = "考核"
    state_tones: ClassVar[dict[str, str]] = TONES

    scheme = models.ForeignKey(AssessmentScheme, models.PROTECT, related_name="+", verbose_name="考核办法")
    rival = models.ForeignKey(
        AssessmentScheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="期初的考核办法",
    )
    scheme_code = models.CharField("办法代码", max_length=30, editable=False)
    period = models.CharField("考核周期", max_length=8, choices=PeriodKind.choices)
    first_day = models.DateField("考核期起")
    last_day = models.DateField("考核期止")
    counted_on = models.DateField("计数日期", null=True, blank=True)
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="启动人"
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="选定办法的人"
    )
    decided_reason = models.TextField("选定办法的理由", blank=True, max_length=2000)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    signed_on = models.DateField("签发日期", null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=AssessmentState.choices, default=AssessmentState.COUNTING
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "考核"
        indexes = (models.Index(fields=("region", "state"), name="assessment_region_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("region", "scheme_code", "last_day"), condition=~Q(state="cancelled"), name="assessment_once",
                violation_error_message="这一期考核已经启动。",
            ),
            models.CheckConstraint(
                name="assessment_days_in_order", condition=Q(last_day__gt=F("first_day")),
                violation_error_message="考核期的截止日期应晚于起始日期。",
            ),
            models.CheckConstraint(
                name="assessment_signed_by_somebody",
                condition=Q(state__in=("signed", "published"), signed_by__isnull=False, signed_on__isnull=False)
                | Q(state__in=("counting", "scoring", "cancelled"), signed_by=None, signed_on=None),
                violation_error_message="签发后须有签发人和日期，签发前不能有。",
            ),
            models.CheckConstraint(
                name="assessment_published_is_dated",
                condition=Q(state="published", published_on__isnull=False) | ~Q(state="published") & Q(published_on=None),
                violation_error_message="已公布的应有公布日期。",
            ),
            models.CheckConstraint(
                name="assessment_decided_with_reason",
                condition=Q(decided_by=None, decided_reason="") | Q(decided_by__isnull=False) & ~Q(decided_reason=""),
                violation_error_message="选定考核办法须写明理由。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("assessment", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{in_words(self.period, self.first_day)} {self.scheme.name}"

    @property
    def span(self) -> str:
        return in_words(self.period, self.first_day)

    def schemes(self) -> list[AssessmentScheme]:
        """The one that counts, and the one beside it."""
        return [self.scheme] if self.rival is None else [self.scheme, self.rival]

    def scope_units(self) -> list[int]:
        return [row.unit_id for row in self.sheets.all()]


class UnitSheet(Dossier):
    """单位得分表. `total` and `place` are written when the assessment is signed and locked then; `rival_…` by the other scheme."""

    label_zh: ClassVar[str] = "单位得分表"
    state_tones: ClassVar[dict[str, str]] = TONES

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sheets", verbose_name="考核")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    left_out = models.BooleanField("不参加排名", default=False)
    left_reason = models.CharField("不参加排名的理由", max_length=200, blank=True)
    total = models.DecimalField("得分", null=True, blank=True, **POINTS)
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    rival_total = models.DecimalField("另一办法得分", null=True, blank=True, **POINTS)
    rival_place = models.PositiveSmallIntegerField("另一办法名次", null=True, blank=True)
    task_missed = models.BooleanField("年度任务未完成", default=False)

    objects = UnitSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "单位得分表"
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "unit"), name="unit_sheet_once",
                violation_error_message="这个单位在本期已有得分表。",
            ),
            models.CheckConstraint(
                name="unit_sheet_left_out_with_reason",
                condition=Q(left_out=False, left_reason="") | Q(left_out=True, place=None, rival_place=None) & ~Q(left_reason=""),
                violation_error_message="不参加排名的没有名次，且须写明理由。",
            ),
            models.CheckConstraint(
                name="unit_sheet_total_within",
                condition=(Q(total=None) | Q(total__gte=0, total__lte=120))
                & (Q(rival_total=None) | Q(rival_total__gte=0, rival_total__lte=120)),
                violation_error_message="得分应在 0 至 120 之间。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("unit_sheet", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.unit.name} {self.assessment.title}"

    @property
    def state(self) -> str:
        """That of the assessment: a sheet has no way of its own."""
        return str(self.assessment.state)

    def get_state_display(self) -> str:
        return str(self.assessment.get_state_display())

    def scope_units(self) -> list[int]:
        return [self.unit_id]


class ScoreLine(Row):
    """One indicator of one unit by one scheme: what was counted, as of which day, and the points. Scored ones get theirs when
    the assessment is signed."""

    dossier_path: ClassVar[str] = "sheet"

    sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="lines", verbose_name="得分表")
    scheme = models.ForeignKey(AssessmentScheme, models.PROTECT, related_name="+", verbose_name="考核办法")
    key = models.CharField("指标代码", max_length=30)
    name = models.CharField("指标", max_length=50)
    weight = models.PositiveSmallIntegerField("满分")
    way = models.CharField("得分方式", max_length=8, choices=Way.choices)
    measure = models.CharField("计数口径", max_length=30, blank=True)
    hits = models.BigIntegerField("数", null=True, blank=True)
    among = models.BigIntegerField("总数", null=True, blank=True)
    as_of = models.DateField("截至", null=True, blank=True)
    points = models.DecimalField("得分", null=True, blank=True, **POINTS)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "指标得分"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "scheme", "key"), name="score_line_once",
                violation_error_message="同一指标在一张得分表里只有一行。",
            ),
            models.CheckConstraint(
                name="score_line_within_weight",
                condition=Q(points=None) | Q(points__gte=0, points__lte=F("weight")),
                violation_error_message="指标得分不能超过满分，也不能小于 0。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.points}"


class Adjustment(Row):
    """加分、减分、一票否决, each with its reason; and that the task of the year was missed."""

    class Kind(models.TextChoices):
        PLUS = "plus", "加分"
        MINUS = "minus", "减分"
        VETO = "veto", "一票否决"
        MISSED = "missed", "年度任务未完成"

    dossier_path: ClassVar[str] = "sheet"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})

    sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="adjustments", verbose_name="得分表")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    points = models.DecimalField("分值", default=0, **POINTS)
    reason = models.CharField("事由", max_length=500)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "加减分"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="adjustment_says_enough",
                condition=(Q(kind__in=("plus", "minus"), points__gt=0, points__lte=20) | Q(kind__in=("veto", "missed"), points=0))
                & ~Q(reason=""),
                violation_error_message="加减分应大于 0、不超过 20 分，一票否决和任务未完成不填分值；都须写明事由。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reason}"


class Correction(Row):
    """更正 after signing: shown beside what was signed, never instead of it."""

    dossier_path: ClassVar[str] = "sheet"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})

    sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="corrections", verbose_name="得分表")
    line = models.ForeignKey(ScoreLine, models.PROTECT, related_name="+", verbose_name="指标")
    points = models.DecimalField("应得分", **POINTS)
    reason = models.CharField("理由", max_length=500)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="更正人")
    made_on = models.DateField("更正日期")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "更正"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="correction_says_enough", condition=Q(points__gte=0) & ~Q(reason=""),
                violation_error_message="应得分不能小于 0，且须写明理由。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.points} {self.made_on}"
