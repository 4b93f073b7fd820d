"""Work to be done: the row is the truth, the broker only wakes the worker (no broker without Redis survives a kill)."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.roles import Role


class JobState(models.TextChoices):
    QUEUED = "queued", "排队"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class JobQuerySet(models.QuerySet[Any]):
    def claimable(self, now: datetime) -> Self:
        """Due and waiting, or left behind by a worker whose lease has ended."""
        return self.filter(
            Q(state=JobState.QUEUED, run_after__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
        )

    def unfinished(self) -> Self:
        return self.filter(state__in=(JobState.QUEUED, JobState.RUNNING))

    def rotations(self) -> Self:
        """Rotations of the vault key, with the account that asked (`payload`)."""
        return self.filter(kind="rotate")

    def visible_to(self, user: Any) -> Self:
        """Background work is nobody's to see but the rotations 安全保密管理员 asks for, which are of all counties."""
        known = getattr(user, "is_authenticated", False) and user.is_active
        return self.rotations() if known and Role.SECADMIN in user.roles else self.none()


class Job(models.Model):
    """One piece of background work, claimed by one conditional UPDATE and kept by a lease."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    kind = models.CharField("种类", max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict, blank=True)
    state = models.CharField("状态", max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    run_after = models.DateTimeField("不早于", default=moment.now)
    lease_until = models.DateTimeField("租约至", null=True, blank=True)
    claim = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("最近的错误", max_length=120, blank=True)  # the kind of error, never its content
    result = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField("登记时间", default=moment.now)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {
        "queued": "wait", "running": "open", "done": "done", "failed": "stop",
    }  # fmt: skip

    class Meta:
        verbose_name = "后台任务"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("run_after",), condition=Q(state="queued"), name="job_queued"),
            models.Index(fields=("lease_until",), condition=Q(state="running"), name="job_running"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Heartbeat(models.Model):
    """The last sign of life of a process (the clock, the worker), for /readyz and the IT officer's page."""

    name = models.CharField("进程", max_length=20, unique=True)
    at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = "心跳"

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
