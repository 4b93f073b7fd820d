"""What can be worked out while the database writes, because it asks the database nothing.

    coming = Ahead(lambda: read_and_judge(rows))
    with meanwhile(coming):
        write(batch)                 # a lane (`core.inserting`) that waits for the database works on it
    coming.result()                  # as worked out there, or worked out now

The connection is busy then: what asks it after all is broken off and done when its result is asked for. The work must bear
that, so it changes nothing and opens no transaction; an error of its own is raised by `result`, not in the midst of
another's transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import connection

T = TypeVar("T")
_coming: ContextVar["Ahead[Any] | None"] = ContextVar("coming", default=None)


class Busy(Exception):
    """The database was to be asked while it writes."""


class Ahead(Generic[T]):
    """Work that is done once, at the latest when its result is asked for."""

    def __init__(self, do: Callable[[], T]) -> None:
        self._do, self._tried = do, False
        self._made: list[T] = []

    def result(self) -> T:
        """What `do` returns. Raises what it raises."""
        if not self._made:
            self._made.append(self._do())
        return self._made[0]

    def attempt(self) -> None:
        """Do it now if it can be done without the database."""
        if self._tried or self._made:
            return
        self._tried = True
        try:
            with connection.execute_wrapper(_refuse):
                self._made.append(self._do())
        except Exception:  # noqa: BLE001 — done anew when it is asked for, and then it says what is wrong
            return


def _refuse(*_query: Any) -> Any:
    raise Busy


@contextmanager
def meanwhile(ahead: "Ahead[Any] | None") -> Iterator[None]:
    """Within, whoever waits for the database may do this."""
    token = _coming.set(ahead)
    try:
        yield
    finally:
        _coming.reset(token)


def use_the_time() -> None:
    """Called by who waits for the database."""
    if (ahead := _coming.get()) is not None:
        ahead.attempt()
