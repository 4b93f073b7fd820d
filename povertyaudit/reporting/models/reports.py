"""A report of one period of one county: drafted by the clock, checked, signed, and from then on fixed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.spans import Span
from inspections.models import Round
from povertyaudit.core.models import Dossier, Row, User
from povertyaudit.reporting.querysets import FigureQuerySet, FrozenReportQuerySet


class ReportKind(models.TextChoices):
    TEN_DAYS = "ten_days", "旬报"
    MONTH = "month", "月报"
    QUARTER = "quarter", "季度报表"
    YEAR = "year", "年报"
    ROUND = "round", "巡察轮次总结"


class ReportState(models.TextChoices):
    DRAFT = "draft", "待核对"
    CHECKED = "checked", "待签发"
    SIGNED = "signed", "已签发"


class Report(Dossier):
    """Once signed, figures and text never change (`reporting/triggers.py`): a later correction stands beside."""

    label_zh: ClassVar[str] = "报表"
    recused_with: ClassVar[tuple[str, ...]] = ("round",)
    state_tones: ClassVar[dict[str, str]] = {"draft": "open", "checked": "wait", "signed": "done"}

    state = models.CharField(
        "状态", max_length=8, choices=ReportState.choices, default=ReportState.DRAFT, editable=False
    )
    kind = models.CharField("类型", max_length=8, choices=ReportKind.choices)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="巡察轮次"
    )
    first_day = models.DateField("起始日期")
    last_day = models.DateField("截止日期")
    counted_at = models.DateTimeField("统计时间", editable=False)
    text = models.TextField("文字说明", blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="核对人"
    )
    checked_on = models.DateField("核对日期", null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="签发人"
    )
    signed_on = models.DateField("签发日期", null=True, blank=True, editable=False)
    explained = models.TextField("对提示的说明", blank=True)

    objects = FrozenReportQuerySet.as_manager()

    class Meta:
        verbose_name = "报表"
        ordering = ("-last_day", "-id")
        constraints = (
            models.UniqueConstraint(
                name="report_once_per_period",
                fields=("region", "kind", "first_day"),
                condition=Q(round=None),
                violation_error_message="这一期的报表已经生成。",
            ),
            models.UniqueConstraint(
                name="report_once_per_round",
                fields=("round",),
                condition=Q(round__isnull=False),
                violation_error_message="这个轮次的总结已经生成。",
            ),
            models.CheckConstraint(
                name="report_round_is_named",
                condition=Q(kind="round", round__isnull=False) | ~Q(kind="round") & Q(round=None),
                violation_error_message="巡察轮次总结须写明轮次，其他报表没有轮次。",
            ),
            models.CheckConstraint(
                name="report_days_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="截止日期不能早于起始日期。",
            ),
            models.CheckConstraint(
                name="report_signed_by_two",
                condition=Q(state="draft", checked_by=None, checked_on=None, signed_by=None, signed_on=None)
                | Q(state="checked", checked_by__isnull=False, checked_on__isnull=False, signed_by=None, signed_on=None)
                | Q(state="signed", checked_by__isnull=False, checked_on__isnull=False, signed_on__isnull=False)
                & ~Q(signed_by=F("checked_by")) & Q(signed_by__isnull=False),
                violation_error_message="报表由一人核对、另一人签发，各写明日期。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("report", kwargs={"id": self.public_id})

    @property
    def span(self) -> Span:
        return Span(f"{self.first_day}_{self.last_day}", self.period_words, self.first_day, self.last_day)

    @property
    def period_words(self) -> str:
        """The period as a paper names it."""
        first, last = self.first_day, self.last_day
        if self.kind == ReportKind.MONTH:
            return f"{first.year}年{first.month}月"
        if self.kind == ReportKind.TEN_DAYS:
            return f"{first.year}年{first.month}月{'上中下'[min((first.day - 1) // 10, 2)]}旬"
        if self.kind == ReportKind.QUARTER:
            return f"{first.year}年第{'一二三四'[(first.month - 1) // 3]}季度"
        if self.kind == ReportKind.YEAR:
            return f"{first.year}年"
        return f"{first} 至 {last}"

    @property
    def title(self) -> str:
        if self.round is not None:
            return f"{self.round.name}总结"
        return f"监督工作{self.get_kind_display()}（{self.period_words}）"


class ReportFigure(Row):
    """One figure as it was counted. `ids`: the keys of its rows then; `past_value`: of the period before, counted then."""

    dossier_path: ClassVar[str] = "report"

    report = models.ForeignKey(Report, models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField("序号")
    code = models.CharField("指标", max_length=40)
    name = models.CharField("名称", max_length=60)
    unit = models.CharField("单位", max_length=4)
    counts = models.TextField("计什么")
    value = models.BigIntegerField("本期")
    past_value = models.BigIntegerField("上期", null=True, blank=True)
    year_value = models.BigIntegerField("本年累计", null=True, blank=True)
    ids: Any = models.JSONField("所计的行", default=list, editable=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "报表数据"
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(
                name="report_figure_once",
                fields=("report", "code"),
                violation_error_message="这个指标已经在报表中。",
            ),
        )

    def __str__(self) -> str:
        return self.name
