"""Reports owed period by period: how often (dated), the report of one item and period, and its figures as rows."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models.rhythms import CHOSEN, Cadence
from povertyaudit.core.models import Dossier, Listed, Row, SignatureBase, Term, TermQuerySet, Unit, User
from rectification.models.items import Item
from rectification.models.period_days import in_words
from rectification.part_querysets import ItemPartQuerySet
from rectification.period_querysets import PeriodPartQuerySet, PeriodReportQuerySet


class PeriodState(models.TextChoices):
    OWED = "owed", "待填报"
    SUBMITTED = "submitted", "待签报"
    RETURNED = "returned", "退回重填"
    SIGNED = "signed", "已签报"
    WAIVED = "waived", "不再要求"


OPEN = (PeriodState.OWED, PeriodState.SUBMITTED, PeriodState.RETURNED)
IS_OPEN = Q(state__in=("owed", "submitted", "returned"))


class ReportRhythm(Term):
    """How often an item is reported on where nothing else is set for it: by its source, from one day on."""

    WORDS: ClassVar[dict[str, str]] = {
        "finding": "巡察发现问题的整改事项",
        "other": "其他来源的整改事项",
    }

    kind = models.CharField("适用事项", max_length=10)  # a key of WORDS
    cadence = models.CharField("报告周期", max_length=8, choices=Cadence.choices)

    carried: ClassVar[tuple[str, ...]] = ("kind", "cadence")
    decided: ClassVar[str] = "cadence"
    lists: ClassVar[tuple[Listed, ...]] = (Listed("report_rhythms", "整改报告周期", closed=True),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "整改报告周期"

    @property
    def own_name(self) -> str:
        return f"{self.WORDS[self.kind]}：{self.get_cadence_display()}"


class FigureKind(Term):
    """数据指标: what reports count. The name says the unit: 培训群众（人次）."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("report_figures", "整改数据指标"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "整改数据指标"


class ItemRhythm(Row):
    """How often one item is reported on, from one day on: before what holds for its round or its source."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})

    item = models.ForeignKey(Item, models.CASCADE, related_name="rhythms")
    cadence = models.CharField("报告周期", max_length=8, choices=CHOSEN)
    valid_from = models.DateField("起始日期")
    reason = models.TextField("理由")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="决定人")

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "事项的报告周期"
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(
                fields=("item", "valid_from"),
                name="item_rhythm_once_a_day",
                violation_error_message="这一天起的报告周期已经定过，请改选日期。",
            ),
            models.CheckConstraint(
                name="item_rhythm_has_reason", condition=~Q(reason=""), violation_error_message="请写明理由。"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_cadence_display()}（{self.valid_from} 起）"


class PeriodReport(Dossier):
    """The report of one item for one period, opened by the clock. `figures` are totals since the item began (累计)."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number",)
    label_zh: ClassVar[str] = "整改定期报告"
    SIGNED_VERSION: ClassVar[int] = 1
    recused_with: ClassVar[tuple[str, ...]] = (
        "item",
        "item__finding",
        "item__finding__object",
        "item__finding__round",
        "item__lead",
    )
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "unchanged_reason", "returned_reason"})
    state_tones: ClassVar[dict[str, str]] = {
        "owed": "open", "submitted": "wait", "returned": "warn", "signed": "done", "waived": "plain",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=10, choices=PeriodState.choices, default=PeriodState.OWED, editable=False
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="period_reports", verbose_name="整改事项")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="报告单位")
    cadence = models.CharField("报告周期", max_length=8, choices=Cadence.choices)
    first_day = models.DateField("报告期起")
    last_day = models.DateField("报告期止")
    due_on = models.DateField("报送时限")
    text = models.TextField("进展情况", blank=True)
    unchanged = models.BooleanField("本期无变化", default=False)
    unchanged_reason = models.TextField("无变化的理由", blank=True)
    filled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填报人"
    )
    filled_on = models.DateField("填报日期", null=True, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签报人"
    )
    signed_on = models.DateField("签报日期", null=True, blank=True)
    returned_reason = models.TextField("退回理由", blank=True, editable=False)
    # Asked for no more because the item was applied for: asked for again when it is sent back.
    lapsed = models.BooleanField("随申请销号不再要求", default=False, editable=False)

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        verbose_name = "整改定期报告"
        ordering = ("-last_day", "-id")
        indexes = (
            models.Index(
                fields=("unit", "due_on"),
                condition=IS_OPEN,
                name="period_open_unit",
            ),
            models.Index(
                fields=("due_on", "region"),
                condition=IS_OPEN,
                name="period_open_due",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("item", "last_day"),
                name="period_report_once",
                violation_error_message="这个事项这一期的报告已经生成。",
            ),
            models.CheckConstraint(
                name="period_days_in_order",
                condition=Q(last_day__gte=F("first_day"), due_on__gte=F("last_day")),
                violation_error_message="报告期的截止日期不能早于起始日期，报送时限不能早于截止日期。",
            ),
            models.CheckConstraint(
                name="period_filled_iff_told",
                condition=Q(state="owed", filled_by=None, filled_on=None, text="")
                | Q(
                    state__in=("submitted", "returned", "signed"),
                    filled_by__isnull=False,
                    filled_on__isnull=False,
                )
                & ~Q(text="")
                | Q(state="waived"),
                violation_error_message="填报后须有进展情况、填报人和日期，填报前不能有。",
            ),
            models.CheckConstraint(
                name="period_signed_by_somebody",
                condition=Q(state="signed", signed_by__isnull=False, signed_on__isnull=False)
                | ~Q(state="signed") & Q(signed_by=None, signed_on=None),
                violation_error_message="签报后须有签报人和日期，签报前不能有。",
            ),
            models.CheckConstraint(
                name="period_unchanged_has_reason",
                condition=Q(unchanged=False, unchanged_reason="")
                | Q(unchanged=True) & ~Q(unchanged_reason=""),
                violation_error_message="本期无变化的须写明理由，有变化的不写。",
            ),
            models.CheckConstraint(
                name="period_has_cadence",
                condition=~Q(cadence="none"),
                violation_error_message="定期报告须有报告周期。",
            ),
            models.CheckConstraint(
                name="period_unchanged_when_filled",
                condition=Q(unchanged=False) | Q(filled_on__isnull=False),
                violation_error_message="填报以后才能写本期无变化。",
            ),
            models.CheckConstraint(
                name="period_returned_has_reason",
                condition=~Q(state="returned") | ~Q(returned_reason=""),
                violation_error_message="退回重填的须写明理由。",
            ),
            models.CheckConstraint(
                name="period_signed_after_filled",
                condition=Q(signed_on=None) | Q(signed_on__gte=F("filled_on")),
                violation_error_message="签报日期不能早于填报日期。",
            ),
            models.CheckConstraint(
                name="period_lapsed_is_waived",
                condition=Q(lapsed=False) | Q(state="waived"),
                violation_error_message="随申请销号不再要求的报告，状态应是“不再要求”。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("period_report", kwargs={"id": self.public_id})

    def scope_units(self) -> list[int]:
        """Those who see the item see its reports."""
        return [*(row.unit_id for row in self.item.units.all()), self.item.lead_unit_id]

    @property
    def title(self) -> str:
        """旬报 or 月报, and the period."""
        return f"{self.get_cadence_display()}（{in_words(self.first_day, self.last_day)}）"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def light(self) -> Any:
        """What the clock column shows: the date while it is owed, then whether it was in time."""
        return None if self.state == PeriodState.WAIVED else self

    @property
    def stopped_on(self) -> date | None:
        return self.signed_on

    def signed_content(self) -> dict[str, Any]:
        """What the head signs: the period, the text, what did not change and why, the figures."""
        return {
            "period": [self.first_day.isoformat(), self.last_day.isoformat()],
            "text": self.text,
            "unchanged": [self.unchanged, self.unchanged_reason],
            "figures": sorted([row.kind.code, row.value] for row in self.figures.select_related("kind")),
        }


class PeriodFigure(Row):
    """One figure of a report: whole units of its kind, in total since the item began."""

    dossier_path: ClassVar[str] = "report"

    report = models.ForeignKey(PeriodReport, models.CASCADE, related_name="figures")
    kind = models.ForeignKey(FigureKind, models.PROTECT, related_name="+", verbose_name="指标")
    value = models.BigIntegerField("累计")

    objects = PeriodPartQuerySet.as_manager()

    class Meta:
        verbose_name = "整改数据"
        ordering = ("kind__order", "id")
        constraints = (
            models.UniqueConstraint(fields=("report", "kind"), name="period_figure_once"),
            models.CheckConstraint(
                name="period_figure_not_negative",
                condition=Q(value__gte=0, value__lte=999_999_999_999),
                violation_error_message="数据应是 0 至 999999999999 的整数。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class PeriodSignature(SignatureBase):
    """The signature of the unit head over a report."""

    dossier_path: ClassVar[str] = "report"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    report = models.ForeignKey(PeriodReport, models.CASCADE, related_name="signatures")

    objects = PeriodPartQuerySet.as_manager()

    class Meta:
        verbose_name = "签报"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("report", "step"), condition=Q(voided_at=None), name="one_standing_period_signature"
            ),
        )

    def get_step_display(self) -> str:
        return "签报"
