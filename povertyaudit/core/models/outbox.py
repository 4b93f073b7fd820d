"""What was said to whom (the outbox and the inbox are one table), and the morning scans that said it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.people import User
from povertyaudit.core.models.roles import Role
from povertyaudit.core.scope import ScopedQuerySet

MENTION = "comment.mention"
DIGEST = "desk.digest"  # kind of the row that carries the day's letter


class ScanState(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"


class ScanRunQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For those who keep the installation running and those who watch them; counts only, no contents."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self if user.roles & {Role.SYSADMIN, Role.AUDITOR} else self.none()


class ScanRun(models.Model):
    """One morning's reminder scan. Unique per day; `claim` and `lease_until` say who is at it and until when."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    day = models.DateField("日期", unique=True)
    state = models.CharField("状态", max_length=8, choices=ScanState.choices, default=ScanState.WAITING)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    started_at = models.DateTimeField("开始", null=True, blank=True)
    finished_at = models.DateTimeField("完成", null=True, blank=True)
    counts = models.JSONField(
        "统计", default=dict, blank=True
    )  # {clocks, messages, people, letters, stages: {kind: n}}

    objects = ScanRunQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {"waiting": "plain", "running": "open", "done": "done"}

    class Meta:
        verbose_name = "提醒扫描"
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day} 提醒扫描"

    @property
    def number(self) -> str:
        return f"提醒 {self.day}"


class NotificationQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A person's own inbox; the day's letter with counts is carried by a row that is no message."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.filter(user=user).exclude(kind=DIGEST)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def read(self) -> Self:
        return self.filter(read_at__isnull=False)

    def mentions(self) -> Self:
        """Those of comments that name him."""
        return self.filter(kind=MENTION)

    def for_list(self) -> Self:
        return self.order_by("-created_at", "-id")


class Notification(models.Model):
    """A message to one person: number, days, date and a link, never protected content. Unique per key and person."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="notifications", verbose_name="收件人")
    key = models.CharField(max_length=120)
    kind = models.CharField("类别", max_length=60)
    number = models.CharField("编号", max_length=60, blank=True)
    text = models.CharField("内容", max_length=300)
    url = models.CharField("链接", max_length=200, blank=True)
    target_label = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True, blank=True)
    scan = models.ForeignKey(ScanRun, models.SET_NULL, null=True, blank=True, related_name="notifications")
    created_at = models.DateTimeField("时间", default=moment.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("user", "-created_at"), name="inbox"),
            models.Index(fields=("user",), condition=Q(read_at=None), name="inbox_unread"),
        )
        constraints = (models.UniqueConstraint(fields=("key", "user"), name="told_once"),)

    def __str__(self) -> str:
        return self.text

    @property
    def state(self) -> str:
        return "read" if self.read_at else "unread"

    @property
    def version(self) -> int:
        """2 once read: the only change a message knows."""
        return 2 if self.read_at else 1
