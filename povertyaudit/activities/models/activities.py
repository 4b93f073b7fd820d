"""活动: what a unit planned and held. Head counts (人) and attendances (人次) are two figures that never add up."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models import Campaign, Round
from povertyaudit.activities.models.terms import ActivityKind
from povertyaudit.activities.querysets import ActivityQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Unit, User

MOST = 2_000_000  # of any count: times MOST_SESSIONS it still fits a whole number of the database
MOST_SESSIONS = 1000


class ActivityState(models.TextChoices):
    PLANNED = "planned", "计划"
    HELD = "held", "已举办"
    ARCHIVED = "archived", "已归档"
    CANCELLED = "cancelled", "已取消"
    VOIDED = "voided", "已作废"


class ActivityLevel(models.TextChoices):
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇级"
    VILLAGE = "village", "村级"


class Activity(Dossier):
    """One training, lesson, meeting or lecture; `sessions` where the same was held several times in its days."""

    label_zh: ClassVar[str] = "活动"
    recused_with: ClassVar[tuple[str, ...]] = ("round",)
    personal_fields: ClassVar[frozenset[str]] = frozenset({"host", "topics", "ended_reason"})
    state_tones: ClassVar[dict[str, str]] = {
        "planned": "open", "held": "done", "archived": "plain", "cancelled": "stop", "voided": "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED, editable=False
    )
    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="+", verbose_name="类别")
    title = models.CharField("名称", max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="举办单位")
    level = models.CharField("级别", max_length=10, choices=ActivityLevel.choices)
    place = models.CharField("地点", max_length=100, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    host = models.CharField("主持人、主讲人", max_length=100, blank=True)
    topics = models.TextField("主要内容", blank=True)
    sessions = models.PositiveSmallIntegerField("场次", default=1)
    times = models.PositiveIntegerField("人次", default=0)
    persons = models.PositiveIntegerField("人数", default=0)
    leaflets = models.PositiveIntegerField("发放资料（份）", default=0)
    cost_fen = models.BigIntegerField("经费（分）", null=True, blank=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专项行动"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="巡察轮次"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    planned_on = models.DateField("列入计划日期", null=True, blank=True, editable=False)
    held_on = models.DateField("登记举办日期", null=True, blank=True, editable=False)
    archived_on = models.DateField("归档日期", null=True, blank=True, editable=False)
    ended_reason = models.CharField("取消、作废理由", max_length=500, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活动"
        ordering = ("-starts_on", "-id")
        indexes = (
            models.Index(fields=("region", "-starts_on"), name="activity_region_day"),
            models.Index(fields=("unit", "-starts_on"), name="activity_unit_day"),
            models.Index(fields=("starts_on",), condition=Q(state="planned"), name="activity_planned"),
        )
        constraints = (
            models.UniqueConstraint(
                name="activity_once",
                fields=("unit", "kind", "title", "starts_on"),
                condition=~Q(state__in=("cancelled", "voided")),
                violation_error_message="这个单位同一天已有同类别、同名称的活动，请核对。",
            ),
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="activity_planned_ahead",
                condition=Q(planned_on=None) | ~Q(state="planned") | Q(starts_on__gte=F("planned_on")),
                violation_error_message="计划的日期不能早于列入计划的那一天。",
            ),
            models.CheckConstraint(
                name="activity_held_is_over",
                condition=Q(state__in=("planned", "cancelled"), held_on=None)
                | Q(state__in=("held", "archived", "voided"), held_on__gte=F("ends_on")),
                violation_error_message="活动结束以后才能登记举办。",
            ),
            models.CheckConstraint(
                name="activity_counts_fit",
                condition=Q(persons__lte=F("times"), times__lte=F("persons") * F("sessions"))
                & Q(sessions__gte=1, sessions__lte=MOST_SESSIONS, times__lte=MOST, leaflets__lte=MOST),
                violation_error_message="人数不能大于人次，人次不能大于人数乘以场次。",
            ),
            models.CheckConstraint(
                name="activity_held_says_who",
                condition=Q(state__in=("planned", "cancelled"), times=0, leaflets=0)
                | Q(state__in=("held", "archived", "voided")) & (Q(times__gte=1) | Q(leaflets__gte=1)),
                violation_error_message="已举办的活动须有参加人次或者发放份数，没有举办的不能有。",
            ),
            models.CheckConstraint(
                name="activity_archived_is_dated",
                condition=Q(state="archived", archived_on__isnull=False)
                | ~Q(state="archived") & Q(archived_on=None),
                violation_error_message="已归档的活动须有归档日期。",
            ),
            models.CheckConstraint(
                name="activity_ended_says_why",
                condition=Q(state__in=("cancelled", "voided")) & ~Q(ended_reason="")
                | ~Q(state__in=("cancelled", "voided")) & Q(ended_reason=""),
                violation_error_message="取消、作废的活动须写明理由。",
            ),
            models.CheckConstraint(
                name="activity_cost_sensible",
                condition=Q(cost_fen=None) | Q(cost_fen__gte=0, cost_fen__lte=MAX_FEN),
                violation_error_message="经费不能小于 0，且不超过 10 万亿元。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("activity", kwargs={"id": self.public_id})

    def scope_units(self) -> list[int]:
        return [self.unit_id]

    @property
    def days(self) -> str:
        """Its day or days, with the hour where it is known."""
        hour = f" {self.starts_at:%H:%M}" if self.starts_at else ""
        return f"{self.starts_on}{hour}" + (f" 至 {self.ends_on}" if self.ends_on != self.starts_on else "")
