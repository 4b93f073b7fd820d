"""What has had its time is thrown away at night: tokens, kept answers, sessions, files. Missing a night does no harm."""

from collections.abc import Callable
from typing import Any

from povertyaudit.core import jobs, limits, moment, originals, orphans, tokens
from povertyaudit.core.models import IdempotencyRecord, UserSession


def tidy(renew: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Delete what has ended; returns how many of each."""
    now = moment.now()
    sealed = originals.seal_old(renew)  # before the sweep, which then finds their plain bytes
    return {
        "tokens": tokens.sweep(),
        "answers": IdempotencyRecord.objects.filter(expires_at__lte=now).delete()[0],
        "tallies": limits.sweep(),
        "originals": sealed.done,
        "originals_left_plain": sealed.refused,
        "files": orphans.sweep(renew),
        "sessions": UserSession.objects.filter(expire_date__lte=now).delete()[0],
    }


def job(_payload: dict[str, Any], lease: jobs.Lease) -> dict[str, int]:
    """Job handler; the counts stay in the job's row."""
    return tidy(lease.renew)
