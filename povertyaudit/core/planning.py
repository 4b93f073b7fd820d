"""A few pages read a whole register to answer: their questions may take a second worker of PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def wide_questions() -> Iterator[None]:
    """What is asked within may be read by two at once (everything else by one: `env.PLANNING`, and why).

    SQLite knows no workers.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 1")
        yield
