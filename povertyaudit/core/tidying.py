"""What has had its time is thrown away at night: tokens, kept answers, sessions. Missing a night does no harm."""

from typing import Any

from povertyaudit.core import jobs, limits, moment, tokens
from povertyaudit.core.models import IdempotencyRecord, UserSession


def tidy() -> dict[str, int]:
    """Delete what has ended; returns how many of each."""
    now = moment.now()
    return {
        "tokens": tokens.sweep(),
        "answers": IdempotencyRecord.objects.filter(expires_at__lte=now).delete()[0],
        "tallies": limits.sweep(),
        "sessions": UserSession.objects.filter(expire_date__lte=now).delete()[0],
    }


def job(_payload: dict[str, Any], _lease: jobs.Lease) -> dict[str, int]:
    """Job handler."""
    return tidy()
