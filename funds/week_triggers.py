"""A week of progress says for ever what it said: triggers on both databases.

A migration that alters one of the tables on SQLite makes it anew without its triggers: it must call `install` again.
"""

from typing import Any

TABLES, MESSAGE = ("funds_progressweek", "funds_progressline"), "a kept week does not change"
EVENTS = ("UPDATE", "DELETE")


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: Any) -> None:
    """Drop them; only migrations backwards do this."""
    if connection.vendor == "postgresql":
        _run(connection, [f"DROP TRIGGER IF EXISTS {table}_kept ON {table}" for table in TABLES])
        return
    _run(
        connection, [f"DROP TRIGGER IF EXISTS {_name(table, event)}" for table in TABLES for event in EVENTS]
    )


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


_SQLITE = [
    f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for table in TABLES
    for event in EVENTS
]
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION funds_week_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    *(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION funds_week_is_kept()"
        for table in TABLES
    ),
]
