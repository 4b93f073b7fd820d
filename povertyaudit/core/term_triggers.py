"""Triggers that keep confirmed terms of one code apart in time, on both databases.

A migration that alters such a table on SQLite makes it anew without its triggers: it must call `install` again.
"""

from typing import Any

MESSAGE = "terms of one code overlap"
_BEGUN = "COALESCE({}.valid_from, '0001-01-01')"
_ENDED = "COALESCE({}.valid_to, '9999-12-31')"
_CLASH = (
    "EXISTS (SELECT 1 FROM {table} other WHERE other.id <> NEW.id AND other.code = NEW.code "
    "AND other.state = 'confirmed' AND other.act <> 'end' "
    f"AND {_BEGUN.format('other')} <= {_ENDED.format('NEW')} AND {_BEGUN.format('NEW')} <= {_ENDED.format('other')})"
)


def install(connection: Any, table: str) -> None:
    """Create the triggers of one table of terms (idempotent)."""
    remove(connection, table)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for statement in make(table, _CLASH.format(table=table)):
            cursor.execute(statement)


def remove(connection: Any, table: str) -> None:
    """Drop them; only migrations backwards do this."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_apart ON {table}")
            return
        for event in ("insert", "update"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_apart_{event}")


def _sqlite(table: str, clash: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_apart_{event} AFTER {event} ON {table} "
        f"WHEN NEW.state = 'confirmed' AND NEW.act <> 'end' AND {clash} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for event in ("insert", "update")
    ]


def _postgresql(table: str, clash: str) -> list[str]:
    """Two who confirm at once take turns by the lock on the code; the second then sees the first."""
    return [
        f"CREATE OR REPLACE FUNCTION {table}_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM pg_advisory_xact_lock(hashtext('{table}' || NEW.code)); "
        f"IF {clash} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'exclusion_violation'; END IF; "
        "RETURN NULL; END $$",
        f"CREATE TRIGGER {table}_apart AFTER INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"WHEN (NEW.state = 'confirmed' AND NEW.act <> 'end') EXECUTE FUNCTION {table}_apart()",
    ]
