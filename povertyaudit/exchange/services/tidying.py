"""What the exchange throws away at night."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from povertyaudit.core import changes
from povertyaudit.core.jobs import Lease
from povertyaudit.exchange.services import files, hooks

JOB = "exchange_tidy"


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """Once a day."""
    return [(f"{JOB}:{day}", JOB, {})]


def job(_payload: dict[str, Any], lease: Lease) -> dict[str, int]:
    """Job handler."""
    return {
        "numbered": _all_of(changes.number, lease),
        "changes": _all_of(changes.forget, lease),
        "files": files.sweep(),
        "messages": hooks.sweep(),
    }


def _all_of(some: Callable[[], int], lease: Lease) -> int:
    """Again and again until there is nothing left."""
    done = 0
    while got := some():
        done += got
        lease.renew()
    return done
