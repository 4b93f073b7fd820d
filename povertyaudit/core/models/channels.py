"""What leaves the house and by which way: channels two officers stand for, deliveries, hosts that do not answer."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from povertyaudit.core import moment
from povertyaudit.core.models.base import Row, new_public_id
from povertyaudit.core.models.outbox import Notification
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Region, Unit
from povertyaudit.core.models.roles import OFFICERS, Role
from povertyaudit.core.scope import ScopedQuerySet, region_under

if TYPE_CHECKING:
    from povertyaudit.core.models.people import Post


class ChannelKind(models.TextChoices):
    MAIL = "mail", "邮件"
    WEBHOOK = "webhook", "通用推送（签名 JSON）"
    WECOM = "wecom", "企业微信、政务微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人（加签）"
    FEISHU = "feishu", "飞书群机器人（签名校验）"


KEPT = timedelta(days=3)  # what could not go out by then is no news
GROUP_ROBOTS = frozenset({ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.FEISHU})


class ChannelState(models.TextChoices):
    PROPOSED = "proposed", "待确认"
    ON = "on", "启用"
    REFUSED = "refused", "未通过"
    OFF = "off", "已停用"


class ChannelQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """For the three officers of the channel's region."""
        return region_under("region_id", post.region_id) if post.role in OFFICERS else None

    def _without_recused(self, user: Any) -> Self:
        return self

    def for_list(self) -> Self:
        return self.select_related("unit", "region", "proposed_by__person", "confirmed_by__person")

    def waiting(self) -> Self:
        return self.filter(state=ChannelState.PROPOSED)

    def on(self) -> Self:
        return self.filter(state=ChannelState.ON)


class Channel(Row):
    """外发渠道: one receiver. Proposed by 系统管理员, in use only when 安全保密管理员, another person, confirmed it."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("方式", max_length=10, choices=ChannelKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="适用地区")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="适用单位（空为全部）"
    )
    host = models.CharField("接收主机", max_length=255)  # host[:port]; of mail the server's, for the eye
    # Address and signing secret: the address of a robot is itself a key. Opened by core.vault alone.
    sealed = models.BinaryField(default=b"", editable=False)
    key_id = models.CharField(max_length=16, blank=True, editable=False)
    state = models.CharField(
        "状态", max_length=10, choices=ChannelState.choices, default=ChannelState.PROPOSED
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = ChannelQuerySet.as_manager()
    unrecorded: ClassVar[Q] = Q(
        proposed_by=None
    )  # letters of before there were channels; made by a migration
    state_tones: ClassVar[dict[str, str]] = {
        "proposed": "wait",
        "on": "open",
        "refused": "stop",
        "off": "plain",
    }

    class Meta:
        verbose_name = "外发渠道"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="channel_on_is_confirmed",
                condition=~Q(state=ChannelState.ON)
                | Q(proposed_by__isnull=False, confirmed_by__isnull=False),
                violation_error_message="外发渠道须经安全保密管理员确认后才能启用。",
            ),
            models.CheckConstraint(
                name="channel_two_pairs_of_eyes",
                condition=Q(confirmed_by=None) | Q(proposed_by=None) | ~Q(proposed_by=F("confirmed_by")),
                violation_error_message="外发渠道的提出人和确认人不能是同一个人。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        return self.name

    @property
    def personal(self) -> bool:
        """A message of its own for each person; a group robot speaks to the whole group."""
        return self.kind not in GROUP_ROBOTS

    def get_absolute_url(self) -> str:
        return f"/channels/{self.public_id}/"

    def scope_units(self) -> list[int]:
        """Officers see it by region."""
        return []


def no_news_from() -> datetime:
    """When a delivery queued now is too old to be sent."""
    return moment.now() + KEPT


class NoticeGroup(models.TextChoices):
    DUE = "due", "到期提醒"
    TASK = "task", "待办"
    PRESS = "press", "督办与升级"
    MENTION = "mention", "批注与提及"
    SYSTEM = "system", "系统"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "待发"
    SENT = "sent", "已发"
    FAILED = "failed", "未发出"
    SUPPRESSED = "suppressed", "不再发"
    EXPIRED = "expired", "已过期"


ANSWERS = {
    "accepted": "邮件服务器已收下", "timeout": "超时", "dns": "找不到主机", "tls": "证书不可信", "refused": "拒绝连接",
    "broken": "连接中断", "unreadable": "答复无法识别", "recipient": "收件地址被拒收", "sealed": "密钥打不开",
    "not_allowed": "主机未放行或渠道未启用", "read": "本人已在站内阅读", "not_entitled": "收件人已离任或回避",
    "switched_off": "渠道已停用", "before_channels": "升级前的邮件",
}  # fmt: skip


class DeliveryQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The log of 系统管理员, read by 安全审计员 too. It says way, time and outcome, never whom or what about."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        seen = [p for p in user.current_posts() if p.role in {Role.SYSADMIN, Role.AUDITOR}]
        wanted = Q(pk__in=())
        for post in seen:
            wanted |= region_under("channel__region_id", post.region_id)
        return self.filter(wanted) if seen else self.none()

    def for_list(self) -> Self:
        return self.select_related("channel")

    def due(self, now: datetime) -> Self:
        return self.filter(state=DeliveryState.QUEUED, next_at__lte=now)


class Delivery(models.Model):
    """One message by one channel. Claimed by one conditional UPDATE that also pushes `next_at` on: that is the lease.

    Those of one `batch` go out as one letter or message, whose id is the batch: the same again after a crash.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    notification = models.ForeignKey(
        Notification, models.CASCADE, null=True, related_name="deliveries", verbose_name="消息"
    )  # null: a test
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries", verbose_name="渠道")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="收件人")
    group = models.CharField("类别", max_length=8, choices=NoticeGroup.choices)
    state = models.CharField(
        "状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_at = models.DateTimeField("下次发送", default=moment.now)
    batch = models.CharField(max_length=22, blank=True)
    answer = models.CharField(
        "最近的答复", max_length=40, blank=True
    )  # status code or kind of error, no body
    created_at = models.DateTimeField("登记时间", default=moment.now)
    expires_at = models.DateTimeField("有效至", default=no_news_from)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {
        "queued": "wait", "sent": "done", "failed": "stop", "suppressed": "plain", "expired": "warn",
    }  # fmt: skip

    class Meta:
        verbose_name = "外发"
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("channel", "next_at"), condition=Q(state="queued"), name="delivery_waiting"),
            models.Index(fields=("-created_at", "-id"), name="delivery_log"),
            models.Index(fields=("batch",), condition=~Q(batch=""), name="delivery_batch"),
        )
        constraints = (models.UniqueConstraint(fields=("notification", "channel"), name="delivered_once"),)

    def __str__(self) -> str:
        return f"外发 {self.public_id[:8]}"

    def get_absolute_url(self) -> str:
        return f"/deliveries/{self.public_id}/"

    @property
    def number(self) -> str:
        """The delivery's own id: the register number is not the log's to show."""
        return self.public_id[:8]

    @property
    def answer_words(self) -> str:
        """The last answer as people read it."""
        return ANSWERS.get(self.answer, f"返回 {self.answer}" if self.answer else "")

    @property
    def region_id(self) -> str:
        return self.channel.region_id

    @property
    def updated_at(self) -> datetime:
        return self.finished_at or self.created_at

    @property
    def version(self) -> int:
        return 2 * self.attempts + (2 if self.finished_at else 1)


class OutboundHost(models.Model):
    """The circuit of one host: after failures in a row nothing is sent there until `open_until`."""

    host = models.CharField("主机", max_length=255, unique=True)
    failures = models.PositiveSmallIntegerField("连续失败", default=0)
    open_until = models.DateTimeField("暂停至", null=True, blank=True)

    class Meta:
        verbose_name = "外发主机"

    def __str__(self) -> str:
        until = f"，暂停至 {timezone.localtime(self.open_until):%m-%d %H:%M}" if self.open_until else ""
        return f"连续 {self.failures} 次没有正常答复{until}"


class NoticePreference(models.Model):
    """提醒方式 of one person; without a row everything is on and the usual quiet hours hold.

    `digest`: instead of a letter for each message one a day, at `digest_at`, with counts and a link.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_preference", verbose_name="账号")
    version = models.PositiveIntegerField("版本", default=1)
    muted = models.JSONField("不发的", default=list, blank=True)  # ["due.mail", "task.push"]
    quiet = models.BooleanField("夜间不打扰", default=True)
    quiet_from = models.TimeField("夜间开始", default=time(21, 0))
    quiet_to = models.TimeField("夜间结束", default=time(7, 30))
    quiet_rest_days = models.BooleanField("休息日不打扰", default=True)
    digest = models.BooleanField("邮件只发每日摘要", default=False)
    digest_at = models.TimeField("摘要时间", default=time(8, 0))

    class Meta:
        verbose_name = "提醒方式"
        constraints = (
            models.CheckConstraint(
                name="quiet_hours_are_some",
                condition=~Q(quiet_from=F("quiet_to")),
                violation_error_message="夜间的开始和结束不能是同一时间。",
            ),
            models.CheckConstraint(
                name="digest_not_in_quiet_hours",
                condition=Q(digest=False)
                | Q(quiet=False)
                | Q(quiet_from__gt=F("quiet_to"), digest_at__gte=F("quiet_to"), digest_at__lt=F("quiet_from"))
                | Q(quiet_from__lt=F("quiet_to"))
                & (Q(digest_at__gte=F("quiet_to")) | Q(digest_at__lt=F("quiet_from"))),
                violation_error_message="摘要时间不能在夜间不打扰的时间以内。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} 提醒方式"
