"""The one place that reads the clock.

Everything asks `now()` or `today()` here, so that history can be made at past dates by the demo and by tests
without patching the standard library, and so that no rule below a door reads the clock by accident.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended_moment", default=None)


def now() -> datetime:
    """The current aware moment (UTC)."""
    return _pretended.get() or timezone.now()


def today() -> date:
    """The current day in the county's time zone."""
    return timezone.localdate(now())


def day_of(at: datetime) -> date:
    """The day of an aware moment in the county's time zone."""
    return timezone.localdate(at)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Act as if it were `moment` (aware). For `seed_demo` and tests only."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
