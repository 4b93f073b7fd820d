"""What belongs to one disposition step: who takes part, its papers, the looks at a held lead, the duties after a closing."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.steps import LeadStep
from cases.models.subjects import PartQuerySet
from povertyaudit.core.models import Attachment, Person, Row, User


class StepParticipant(Row):
    """参加人员 of a step: one row per natural person."""

    dossier_path: ClassVar[str] = "step__lead"

    step = models.ForeignKey(LeadStep, models.CASCADE, related_name="participants")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="参加人员")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="参加人员（自然人）")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "参加人员"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("step", "person"), name="participant_once_per_step",
                violation_error_message="同一个人在一个步骤里只登记一次。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.user.display_name


class StepPaper(Row):
    """步骤材料: a file of the lead that belongs to one of its steps."""

    dossier_path: ClassVar[str] = "step__lead"

    step = models.ForeignKey(LeadStep, models.PROTECT, related_name="papers")
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+", verbose_name="材料")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "步骤材料"
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.attachment)


class HoldReview(Row):
    """暂存复核: one look at a held lead: no way in yet, and the day of the next look."""

    dossier_path: ClassVar[str] = "step__lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"finding"})

    step = models.ForeignKey(LeadStep, models.PROTECT, related_name="hold_reviews")
    due_on = models.DateField("定下的复核日期")
    reviewed_on = models.DateField("复核日期")
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="复核人")
    finding = models.TextField("复核情况")
    next_on = models.DateField("下次复核日期")
    late_days = models.PositiveSmallIntegerField("超期天数", default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "暂存复核"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="hold_review_next_is_later",
                condition=Q(next_on__gt=F("reviewed_on")),
                violation_error_message="下次复核日期应晚于本次复核日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewed_on} 复核"


class DutyKind(models.TextChoices):
    TELL_PERSON = "tell_person", "向本人反馈采信情况"
    AT_MEETING = "at_meeting", "本人在民主生活会上说明"
    TELL_UNIT = "tell_unit", "向所在单位党组织说明核查情况"


class ClosingDuty(Row):
    """了结后续: what a closing after inquiry or verification still asks for, until it is recorded as done."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="closing_duties")
    kind = models.CharField("后续事项", max_length=12, choices=DutyKind.choices)
    since = models.DateField("起算日")
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    text = models.TextField("完成情况", blank=True)
    late_days = models.PositiveSmallIntegerField("超期天数", default=0)
    dropped_on = models.DateField("撤销日期", null=True, blank=True)  # the closing was undone

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "了结后续事项"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("lead", "kind"), condition=Q(done_on=None, dropped_on=None), name="one_open_duty_per_kind"
            ),
            models.CheckConstraint(
                name="duty_done_is_whole",
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False, done_on__gte=F("since")) & ~Q(text=""),
                violation_error_message="完成后续事项须写明日期、登记人和情况，日期不能早于办结。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def clock_code(self) -> str:
        return f"lead.{self.kind}"

    @property
    def standing(self) -> str:
        if self.dropped_on:
            return "已撤销"
        if self.done_on is None:
            return "待办理"
        return f"已完成（超期 {self.late_days} 天）" if self.late_days else "已完成"
