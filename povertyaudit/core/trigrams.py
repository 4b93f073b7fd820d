"""Trigram indexes for "occurs in" searches, on PostgreSQL where its extension pg_trgm may be had; elsewhere nothing.

Made by migrations, not declared on models: SQLite has none, and a county whose database lacks the extension is slower
and not broken. They help words of three characters and more; two characters hold no trigram. What is
searched most has an index of pairs instead (`core.grams`); this serves older migrations and a table or two.
"""

import logging
from typing import Any

from django.db import Error, transaction

log = logging.getLogger(__name__)


def install(connection: Any, table: str, *columns: str) -> None:
    """Index the columns of the table as `icontains` compares them (idempotent)."""
    if connection.vendor == "postgresql" and _have_extension(connection):
        made = ", ".join(f'UPPER("{column}"::text) gin_trgm_ops' for column in columns)
        _run(connection, f'CREATE INDEX IF NOT EXISTS "{table}_trigrams" ON "{table}" USING gin ({made})')


def remove(connection: Any, table: str) -> None:
    """Drop the index again."""
    if connection.vendor == "postgresql":
        _run(connection, f'DROP INDEX IF EXISTS "{table}_trigrams"')


def _have_extension(connection: Any) -> bool:
    try:
        with transaction.atomic(using=connection.alias):
            _run(connection, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except Error:
        log.warning(
            "pg_trgm is not to be had: searches read whole tables. As the database's owner: CREATE EXTENSION pg_trgm"
        )
        return False
    return True


def _run(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
