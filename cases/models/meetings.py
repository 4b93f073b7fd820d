"""联席会议: who met, and what was decided, each resolution followed until it is done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.exchange_querysets import MeetingQuerySet, ResolutionQuerySet
from povertyaudit.core.models import Dossier, Unit, User


class Meeting(Dossier):
    """One meeting. Its minutes are an attachment; its resolutions have a record of their own."""

    class State(models.TextChoices):
        OPEN = "open", "落实中"
        CLOSED = "closed", "已落实"

    label_zh = "联席会议"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})
    state_tones: ClassVar[dict[str, str]] = {"open": "open", "closed": "done"}

    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN, editable=False)
    title = models.CharField("会议名称", max_length=100)
    held_on = models.DateField("召开日期")
    chair = models.CharField("主持人", max_length=60)
    bodies = models.TextField("参加单位", help_text="用顿号分开。")
    text = models.TextField("会议纪要要点", blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    closed_on = models.DateField("全部落实日期", null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "联席会议"
        ordering = ("-held_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="meeting_closed_is_dated",
                condition=Q(state="closed", closed_on__isnull=False) | Q(state="open", closed_on=None),
                violation_error_message="已落实的会议须有日期，落实中的不能有。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("meeting", kwargs={"id": self.public_id})


class Resolution(Dossier):
    """会议议定事项: owned by a unit (and a person of it), due on a day, done with what was done."""

    class State(models.TextChoices):
        OPEN = "open", "落实中"
        DONE = "done", "已落实"

    label_zh = "会议议定事项"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "done_text"})
    state_tones: ClassVar[dict[str, str]] = {"open": "open", "done": "done"}

    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions", verbose_name="会议")
    text = models.TextField("议定事项")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    due_day = models.DateField("完成日期")
    done_on = models.DateField("落实日期", null=True, blank=True)
    done_text = models.TextField("落实情况", blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "会议议定事项"
        ordering = ("due_day", "id")
        indexes = (models.Index(fields=("unit", "state"), name="resolution_unit_state"),)
        constraints = (
            models.CheckConstraint(
                name="resolution_done_is_whole",
                condition=Q(state="open", done_on=None, done_by=None)
                | Q(state="done", done_on__isnull=False, done_by__isnull=False) & ~Q(done_text=""),
                violation_error_message="已落实的事项须写明落实情况、报告人和日期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("resolution", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        """The first line, for lists."""
        return self.text.partition("\n")[0][:80]

    def scope_units(self) -> list[int]:
        return [self.unit_id]
