"""Issue, recognise and end bearer tokens. A token is shown once; the database holds its SHA-256 only."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare

from povertyaudit.core import moment
from povertyaudit.core.models import ApiToken, User

PREFIX = "pa_"
DEFAULT_HOURS = 12
SEEN_EVERY = timedelta(minutes=1)


def issue(user: User, hours: int = 0, /, *, device: str = "", ip: str = "") -> tuple[str, datetime]:
    """A new token for `user` and the moment it ends (after `hours`, else settings.API_TOKEN_HOURS, default 12)."""
    token = PREFIX + secrets.token_urlsafe(32)
    ends = moment.now() + timedelta(hours=hours or getattr(settings, "API_TOKEN_HOURS", DEFAULT_HOURS))
    ApiToken.objects.create(
        user=user, digest=_digest(token), stamp=_stamp(user), expires_at=ends, device=device, ip=ip or None
    )
    return token, ends


def row_of(token: str) -> ApiToken:
    """The row of a token just issued."""
    return ApiToken.objects.get(digest=_digest(token))


def user_of(token: str) -> User | None:
    """The account the token stands for; None when unknown, ended, older than the password, or without a post today."""
    found = (
        ApiToken.objects.select_related("user__person", "scope")
        .filter(digest=_digest(token), expires_at__gt=moment.now(), user__is_active=True)
        .first()
    )
    if found is None or not constant_time_compare(found.stamp, _stamp(found.user)):
        return None
    found.user.use_token(getattr(found, "scope", None))
    if not found.user.current_posts():
        return None
    if found.seen_at < moment.now() - SEEN_EVERY:
        ApiToken.objects.filter(pk=found.pk).update(seen_at=moment.now())
    return found.user


def end(token: str) -> None:
    """Make one token worthless."""
    ApiToken.objects.filter(digest=_digest(token)).delete()


def sweep() -> int:
    """Delete tokens that have ended; returns how many."""
    return ApiToken.objects.filter(expires_at__lte=moment.now()).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _stamp(user: User) -> str:
    """Changes with the password, so that a new password ends every token."""
    return hashlib.sha256(user.get_session_auth_hash().encode()).hexdigest()
