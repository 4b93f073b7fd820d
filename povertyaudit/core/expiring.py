"""任期将满: the 安全保密管理员 of the region is told once, some days before the last day of somebody's post."""

from datetime import date, timedelta
from typing import Any

from povertyaudit.core import moment, notify
from povertyaudit.core.models import Notification, Post, Role
from povertyaudit.core.scope import region_under

WARN_DAYS = 14


def warn(today: date) -> int:
    """Tell of every term that ends within `WARN_DAYS` days; a message is unique per post, day and person, so that a
    second run is silent. Returns how many were offered."""
    keepers = (
        Post.objects.current(today).filter(role=Role.SECADMIN, user__is_active=True).select_related("user")
    )
    rows = [
        _message(post, keeper)
        for keeper in keepers
        for post in _ending(today).filter(region_under("user__region_id", keeper.region_id))
    ]
    if rows:
        notify.put(rows)
    return len(rows)


def _ending(today: date) -> Any:
    """Posts whose last day is near and that nothing of the same kind follows."""
    soon = Post.objects.current(today).filter(
        ends_on__lte=today + timedelta(days=WARN_DAYS), user__is_active=True
    )
    return soon.select_related("user", "unit").order_by("ends_on", "pk")


def _message(post: Post, keeper: Post) -> Notification:
    text = f"{post.user.username} 的任职（{post}）将于 {post.ends_on} 届满，请办理续任或者工作移交。"
    return Notification(
        user=keeper.user, key=f"term:{post.public_id}:{post.ends_on}", kind="account.term_ending",
        number=post.user.username, text=text[: notify.TEXT_LIMIT], url=post.user.get_absolute_url(),
        created_at=moment.now(),
    )  # fmt: skip
