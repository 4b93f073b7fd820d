"""Who sees what belongs to the exchange itself."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models import Role
from povertyaudit.core.scope import ScopedQuerySet, region_under


class OwnQuerySet(ScopedQuerySet):
    """What an account ordered is its own, while it lasts."""

    def visible_to(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.filter(user=user, expires_at__gt=moment.now()).select_related("job")

    def ended(self) -> Self:
        return self.filter(expires_at__lte=moment.now())


class HookQuerySet(ScopedQuerySet):
    """For 系统管理员 and the auditor of the region of the channel."""

    channel = "channel"

    def visible_to(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        wanted = Q(pk__in=())
        for post in user.current_posts():
            if post.role in {Role.SYSADMIN, Role.AUDITOR}:
                wanted |= region_under(f"{self.channel}__region_id", post.region_id)
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related("channel", "user__person", "created_by__person")

    def on(self) -> Self:
        return self.filter(ended_at=None, channel__state="on", user__is_active=True)


class HookDeliveryQuerySet(HookQuerySet):
    channel = "hook__channel"

    def for_list(self) -> Self:
        return self.select_related("hook__channel", "hook__user__person")

    def due(self, now: datetime) -> Self:
        return self.filter(state="queued", next_at__lte=now, hook__ended_at=None, hook__channel__state="on")
