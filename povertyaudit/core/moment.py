"""The one place that reads the clock.

Everything asks `now()` or `today()` here, so that history can be made at past dates by the demo and by tests
without patching the standard library, and so that no rule below a door reads the clock by accident.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache

from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended_moment", default=None)


def now() -> datetime:
    """The current aware moment (UTC)."""
    return _pretended.get() or datetime.now(UTC)


def today() -> date:
    """The current day in the county's time zone."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """The day of an aware moment in the county's time zone."""
    return _day(
        at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0), timezone.get_default_timezone()
    )


@lru_cache(64)
def _day(quarter: datetime, zone: tzinfo) -> date:
    """No zone changes its day but at a full quarter of an hour: asked for every row, it is worked out once."""
    return timezone.localdate(quarter, zone)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Act as if it were `moment` (aware). For `seed_demo` and tests only."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
