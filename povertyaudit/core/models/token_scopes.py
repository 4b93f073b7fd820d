"""What a token of a service account may do: resources, verbs, region, addresses, how often; and how it was used."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, Sum

from povertyaudit.core import moment
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.people import User
from povertyaudit.core.models.places import Region
from povertyaudit.core.models.roles import OFFICERS
from povertyaudit.core.models.tokens import ApiToken
from povertyaudit.core.scope import ScopedQuerySet, region_under

MOST_PER_MINUTE = 6000


class TokenScopeQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For the three officers of the region of the account, or of the region the token is narrowed to."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        posts = [post for post in user.current_posts() if post.role in OFFICERS]
        wanted = Q(pk__in=())
        for post in posts:
            wanted |= region_under("user__region_id", post.region_id) | region_under(
                "region_id", post.region_id
            )
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related("user__person", "region", "issued_by__person", "token").annotate(
            requests=Sum("uses__requests", default=0), refused=Sum("uses__refused", default=0)
        )

    def working(self) -> Self:
        return self.filter(token__expires_at__gt=moment.now(), ended_at=None)


class TokenScope(models.Model):
    """接口授权. Stays when its token is gone, with what it was used for."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    token = models.OneToOneField(
        ApiToken, models.SET_NULL, null=True, editable=False, related_name="scope", verbose_name="令牌"
    )
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="接口账户")
    name = models.CharField("用途", max_length=60)
    resources: Any = models.JSONField("台账", default=list, blank=True)  # empty: all
    verbs: Any = models.JSONField("动作", default=list)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="限定地区"
    )
    networks: Any = models.JSONField("允许的网络地址", default=list, blank=True)  # empty: from anywhere
    per_minute = models.PositiveIntegerField("每分钟请求数")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签发人")
    created_at = models.DateTimeField("签发时间", default=moment.now, editable=False)
    expires_at = models.DateTimeField("有效期至")
    ended_at = models.DateTimeField("作废时间", null=True, blank=True, editable=False)
    used_at = models.DateTimeField("最近使用", null=True, blank=True, editable=False)
    used_from = models.GenericIPAddressField("最近使用的网络地址", null=True, blank=True, editable=False)

    objects = TokenScopeQuerySet.as_manager()
    state_tones: ClassVar[dict[str, str]] = {"working": "done", "ended": "stop"}

    class Meta:
        verbose_name = "接口授权"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="token_scope_rate_in_range",
                condition=Q(per_minute__gte=1, per_minute__lte=MOST_PER_MINUTE),
                violation_error_message=f"每分钟请求数应为 1 至 {MOST_PER_MINUTE}。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/token-scopes/{self.public_id}/"

    @property
    def number(self) -> str:
        return self.name

    @property
    def version(self) -> int:
        return 2 if self.ended_at else 1

    @property
    def updated_at(self) -> Any:
        return self.ended_at or self.created_at

    @property
    def state(self) -> str:
        return "working" if self.ended_at is None and self.expires_at > moment.now() else "ended"

    def get_state_display(self) -> str:
        return "使用中" if self.state == "working" else "已失效"


class TokenUse(models.Model):
    """How often a token was used on one day."""

    scope = models.ForeignKey(TokenScope, models.CASCADE, related_name="uses")
    day = models.DateField("日期")
    requests = models.PositiveIntegerField("请求数", default=0)
    refused = models.PositiveIntegerField("拒绝数", default=0)

    class Meta:
        verbose_name = "接口使用情况"
        ordering = ("-day",)
        constraints = (models.UniqueConstraint(name="token_use_once_a_day", fields=("scope", "day")),)

    def __str__(self) -> str:
        return f"{self.scope_id} {self.day}"
