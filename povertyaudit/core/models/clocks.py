"""Running periods."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Region
from povertyaudit.core.models.places import Unit as Organisation
from povertyaudit.core.models.rules import ClockRule
from povertyaudit.core.scope import ScopedQuerySet, reachable

if TYPE_CHECKING:
    from datetime import date


class ClockState(models.TextChoices):
    RUNNING = "running", "计时中"
    PAUSED = "paused", "已暂停"
    STOPPED = "stopped", "已结束"


OPEN = (ClockState.RUNNING, ClockState.PAUSED)


class ClockQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Clocks of dossiers the user may see."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.filter(reachable(user))

    def of(self, target: models.Model) -> Self:
        return self.filter(target_label=target._meta.label_lower, target_id=target.pk)

    def running(self) -> Self:
        return self.filter(state=ClockState.RUNNING)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def in_reminder_range(self, today: "date", days: int) -> Self:
        """Running clocks due within `days` days or overdue: a range, never an equality."""
        return self.running().filter(due_on__lte=today + timedelta(days=days))

    def overdue(self, today: "date") -> Self:
        return self.running().filter(due_on__lt=today)

    def first_of_each(self, label: str) -> Self:
        """The running clock of each row of model `label` that ends first: in order of `due_on` out of one index."""
        same = self.running().filter(target_label=label, target_id=OuterRef("target_id"))
        sooner = Q(due_on__lt=OuterRef("due_on")) | Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("pk"))
        return self.running().filter(~Exists(same.filter(sooner)), target_label=label)

    def targets(self, label: str, **due: "date") -> "models.QuerySet[Any]":
        """Keys of the rows of model `label` with a running clock: `due_on__lt=…`, to put behind `pk__in`."""
        return self.running().filter(target_label=label, **due).order_by().values("target_id")

    def next_due(self, label: str) -> Subquery:
        """The earliest running date of the outer row of model `label`, to annotate, filter and order lists by."""
        rows = self.running().filter(target_label=label, target_id=OuterRef("pk")).order_by("due_on")
        return Subquery(rows.values("due_on")[:1])


class Clock(models.Model):
    """A period that runs for one row. `due_on` is stored by whoever moves it; lists and reminders only read it."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    target_label = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    number = models.CharField("编号", max_length=60, blank=True)
    url = models.CharField(max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="地区")
    rule = models.ForeignKey(ClockRule, models.PROTECT, related_name="clocks", verbose_name="规则")
    code = models.CharField(max_length=40)
    started_on = models.DateField("起算日")
    start_event = models.CharField("起算事由", max_length=100)
    due_on = models.DateField("到期日", db_index=True)
    original_due_on = models.DateField("原到期日")
    provisional = models.BooleanField("暂定", default=False)
    state = models.CharField("状态", max_length=8, choices=ClockState.choices, default=ClockState.RUNNING)
    stopped_on = models.DateField("结束日", null=True, blank=True)
    stopped_by_verb = models.CharField(max_length=60, blank=True)
    pauses = models.JSONField("暂停", default=list, blank=True)  # [{since, until|null, reason, by}]
    extensions = models.JSONField(
        "延期", default=list, blank=True
    )  # [{amount, unit, reason, by, on, superseded}]
    override = models.JSONField("上级指定日期", null=True, blank=True)  # {due_on, reason, by, on}
    owner_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    owner_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    head_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    leader_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    body_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = "时钟"
        ordering = ("due_on", "id")
        indexes = (
            models.Index(fields=("due_on",), condition=Q(state="running"), name="clock_running_due"),
            models.Index(
                fields=("target_label", "due_on", "target_id"),
                condition=Q(state="running"),
                name="clock_running_targets",
            ),
            models.Index(fields=("target_label", "target_id", "state", "due_on"), name="clock_target"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("target_label", "target_id", "code"),
                condition=Q(state__in=("running", "paused")),
                name="one_open_clock_per_rule",
            ),
            models.CheckConstraint(
                name="clock_stopped_is_dated",
                condition=Q(state="stopped", stopped_on__isnull=False)
                | ~Q(state="stopped") & Q(stopped_on=None),
                violation_error_message="已结束的时钟须有结束日，未结束的不能有。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.code} {self.due_on}"

    @property
    def late_by(self) -> int:
        """Days between the due date and the day it stopped; 0 when in time or still open. Visible for ever."""
        return max(0, (self.stopped_on - self.due_on).days) if self.stopped_on else 0
