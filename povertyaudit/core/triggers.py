"""Triggers that refuse UPDATE and DELETE on the record, on both databases.

The message is for the log of whoever tried: no verb of the product ever changes an entry.
"""

from typing import Any

PROTECTED = ("core_auditentry", "core_seal", "core_sealleaf")
MESSAGE = "record entries are append-only"


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: Any) -> None:
    """Drop the triggers. Only migrations backwards and the test databases' clean-up do this."""
    _run(connection, _POSTGRESQL_DROP if connection.vendor == "postgresql" else _SQLITE_DROP)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_SQLITE = [
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for table in PROTECTED
    for verb in ("UPDATE", "DELETE")
]
_SQLITE_DROP = [
    f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in PROTECTED for verb in ("update", "delete")
]
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION core_record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    *(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION core_record_is_append_only()"
        for table in PROTECTED
    ),
]
_POSTGRESQL_DROP = [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in PROTECTED]
