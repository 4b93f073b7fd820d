"""Webhooks: which ledgers a receiver is told of, and every message with what came of it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models

from povertyaudit.core import moment
from povertyaudit.core.models import Channel, User
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.channels import ANSWERS
from povertyaudit.exchange.querysets import HookDeliveryQuerySet, HookQuerySet

KEPT = timedelta(days=90)


class Hook(models.Model):
    """变动推送: a channel of kind webhook is told that ledgers changed within the scope of a service account."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="hooks", verbose_name="外发渠道")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="接口账户")
    things: Any = models.JSONField("台账", default=dict)  # name of the resource: label of its rows
    seen = models.BigIntegerField("已通知到的变动", default=0, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间", default=moment.now, editable=False)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True, editable=False)

    objects = HookQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {"on": "open", "ended": "stop"}

    class Meta:
        verbose_name = "变动推送"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.channel.name}（{self.user.username}）"

    def get_absolute_url(self) -> str:
        return f"/hooks/{self.public_id}/"

    @property
    def number(self) -> str:
        return str(self)

    @property
    def version(self) -> int:
        return 2 if self.ended_at else 1

    @property
    def updated_at(self) -> datetime:
        return self.ended_at or self.created_at

    @property
    def region_id(self) -> str:
        return self.channel.region_id

    @property
    def state(self) -> str:
        return "ended" if self.ended_at else "on"

    def get_state_display(self) -> str:
        return "已停用" if self.ended_at else "使用中"

    @property
    def things_in_words(self) -> str:
        return "、".join(sorted(self.things))


class HookState(models.TextChoices):
    QUEUED = "queued", "待发"
    SENT = "sent", "已发"
    FAILED = "failed", "未发出"


class HookDelivery(models.Model):
    """One message: how many rows of which ledgers changed. Nothing of the rows themselves."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries", verbose_name="变动推送")
    counts: Any = models.JSONField("变动", default=dict)
    state = models.CharField("状态", max_length=8, choices=HookState.choices, default=HookState.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_at = models.DateTimeField("下次发送", default=moment.now)
    answer = models.CharField("答复", max_length=20, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    created_at = models.DateTimeField("登记时间", default=moment.now, editable=False)
    updated_at = models.DateTimeField("更新时间", default=moment.now, editable=False)

    objects = HookDeliveryQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {"queued": "wait", "sent": "done", "failed": "stop"}

    class Meta:
        verbose_name = "推送记录"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("next_at",), condition=models.Q(state="queued"), name="hook_delivery_due"),
            models.Index(fields=("hook", "-id"), name="hook_delivery_of_hook"),
        )

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return f"/hook-deliveries/{self.public_id}/"

    @property
    def number(self) -> str:
        return self.public_id

    @property
    def region_id(self) -> str:
        return self.hook.region_id

    @property
    def words(self) -> str:
        return "、".join(f"{things} {number} 处" for things, number in self.counts.items())

    @property
    def answer_words(self) -> str:
        return ANSWERS.get(self.answer, self.answer)
