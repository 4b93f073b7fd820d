"""工作汇总: the week's total, the month's check, the quarter's analysis — figures as they stood when they were counted."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from povertyaudit.core.models import Dossier, Post, Role, User
from povertyaudit.core.scope import Reason, ScopedQuerySet


class Period(models.TextChoices):
    WEEK = "week", "周汇总"
    MONTH = "month", "月排查"
    QUARTER = "quarter", "季分析"


def in_words(period: str, first: date, last: date) -> str:
    """The period as a paper names it."""
    if period == Period.MONTH:
        return f"{first.year}年{first.month}月"
    if period == Period.QUARTER:
        return f"{first.year}年第{'一二三四'[(first.month - 1) // 3]}季度"
    return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"


READERS = frozenset({Role.SECRETARY, Role.DEPUTY, Role.COUNTY_LEADER})


class WorkSummaryQuerySet(ScopedQuerySet):
    def reasons(self, post: Post) -> list[Reason]:
        if post.role == Role.CASE_MANAGER:
            return [Reason(f"可查看{post.place}的工作汇总", post.within("region_id"))]
        if post.role in READERS:
            return [Reason(f"可查看{post.place}已报送的工作汇总", post.within("region_id") & Q(state="sent"))]
        return []

    def waiting(self) -> Self:
        return self.filter(state="draft")

    def for_list(self) -> Self:
        return self.select_related("region", "sent_by__person")


class WorkSummary(Dossier):
    """One period of one county. `figures`: [{key, label, value, before, url}], `before` of the period before, where asked.

    Once sent, figures and text never change again: the database refuses it as well (`cases/summary_triggers.py`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "待报送"
        SENT = "sent", "已报送"

    label_zh = "工作汇总"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})
    state_tones: ClassVar[dict[str, str]] = {"draft": "wait", "sent": "done"}

    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.DRAFT, editable=False)
    period = models.CharField("类型", max_length=8, choices=Period.choices)
    first_day = models.DateField("起始日期")
    last_day = models.DateField("截止日期")
    figures: Any = models.JSONField("数据", default=list, editable=False)
    counted_at = models.DateTimeField("统计时间", editable=False)
    text = models.TextField("正文")
    sent_on = models.DateField("报送日期", null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="报送人"
    )

    objects = WorkSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "工作汇总"
        ordering = ("-last_day", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "period", "first_day"),
                name="summary_once_per_period",
                violation_error_message="这一期的汇总已经生成。",
            ),
            models.CheckConstraint(
                name="summary_days_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="截止日期不能早于起始日期。",
            ),
            models.CheckConstraint(
                name="summary_sent_by_somebody",
                condition=Q(state="draft", sent_on=None, sent_by=None)
                | Q(state="sent", sent_on__isnull=False, sent_by__isnull=False),
                violation_error_message="报送后须有报送日期和报送人，报送前不能有。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("summary", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return (
            f"问题线索{self.get_period_display()}（{in_words(self.period, self.first_day, self.last_day)}）"
        )
