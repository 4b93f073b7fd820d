"""工作汇总: the week's total, the month's check, the quarter's analysis — figures as they stood when they were counted."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.roles import HANDLERS
from povertyaudit.core.models import Clock, Dossier, Post, Role, Unit, User
from povertyaudit.core.scope import Reason, ScopedQuerySet


class Period(models.TextChoices):
    WEEK = "week", "周汇总"
    MONTH = "month", "月排查"
    QUARTER = "quarter", "季分析"
    PARTNERS = "partners", "部门移送汇总"
    TOLD = "told", "办结情况通报"
    SANCTION = "sanction", "处分宣布情况报告"


BY_QUARTER = frozenset({Period.QUARTER, Period.TOLD, Period.SANCTION})


def in_words(period: str, first: date, last: date) -> str:
    """The period as a paper names it."""
    if period == Period.MONTH:
        return f"{first.year}年{first.month}月"
    if period in BY_QUARTER:
        return f"{first.year}年第{'一二三四'[(first.month - 1) // 3]}季度"
    year = "" if last.year == first.year else f"{last.year}年"
    return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"


READERS = frozenset({Role.SECRETARY, Role.DEPUTY, Role.COUNTY_LEADER})
TELLERS = HANDLERS
LABEL = "cases.worksummary"


class WorkSummaryQuerySet(ScopedQuerySet):
    def reasons(self, post: Post) -> list[Reason]:
        if post.role == Role.CASE_MANAGER:
            return [Reason(f"可查看{post.place}的工作汇总", post.within("region_id"))]
        if post.role in READERS:
            return [Reason(f"可查看{post.place}已报送的工作汇总", post.within("region_id") & Q(state="sent"))]
        if post.role in TELLERS:
            return [Reason("由您所在部门通报", Q(unit=post.unit_id))]
        if post.role == Role.PETITION:
            told = Q(state="sent", period=Period.TOLD)
            return [Reason("办结情况通报给信访部门", post.within("region_id") & told)]
        return []

    def waiting(self) -> Self:
        return self.filter(state="draft")

    def waiting_for(self, user: User) -> Self:
        """Drafts this person sends: the registry those of the county, an office its own."""
        wanted = Q(unit__in=user.unit_ids) if user.roles & TELLERS else Q(pk__in=())
        if Role.CASE_MANAGER in user.roles:
            wanted |= Q(unit=None)
        return self.waiting().filter(wanted)

    def for_list(self) -> Self:
        rows = self.select_related("region", "unit", "sent_by__person")
        return rows.annotate(due_on=Clock.objects.all().next_due(LABEL))


class WorkSummary(Dossier):
    """One period of one county, or (办结情况通报) of one office. `figures`: [{key, label, value, before, url}], `before` of the period before, where asked.

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
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="通报部门"
    )
    document_number = models.CharField("文号", max_length=60, blank=True, editable=False)
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
                condition=Q(unit=None),
                name="summary_once_per_period",
                violation_error_message="这一期的汇总已经生成。",
            ),
            models.UniqueConstraint(
                fields=("unit", "period", "first_day"),
                condition=Q(unit__isnull=False),
                name="summary_once_per_unit",
                violation_error_message="这个部门这一期的通报已经生成。",
            ),
            models.CheckConstraint(
                name="summary_told_by_a_unit",
                condition=Q(period="told", unit__isnull=False)
                | ~Q(period="told") & Q(unit=None, document_number=""),
                violation_error_message="办结情况通报须写明通报部门，其他汇总没有部门和文号。",
            ),
            models.CheckConstraint(
                name="summary_told_under_a_number",
                condition=~Q(period="told")
                | Q(state="draft", document_number="")
                | Q(state="sent") & ~Q(document_number=""),
                violation_error_message="发出的办结情况通报须有文号，草稿没有。",
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
        when = in_words(self.period, self.first_day, self.last_day)
        if self.unit is not None:
            return f"{self.unit.name}{self.get_period_display()}（{when}）"
        of_leads = self.period not in (Period.PARTNERS, Period.SANCTION)
        return f"{'问题线索' if of_leads else ''}{self.get_period_display()}（{when}）"
