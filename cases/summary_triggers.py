"""A summary that was sent says for ever what it said: triggers on both databases."""

from typing import Any

TABLE, MESSAGE = "cases_worksummary", "a summary that was sent does not change"
FIXED = (
    "state",
    "figures",
    "text",
    "counted_at",
    "sent_on",
    "sent_by_id",
    "period",
    "first_day",
    "last_day",
)
LATER = ("unit_id", "document_number")  # columns that came after the table


def install(connection: Any, also: tuple[str, ...] = ()) -> None:
    """Create the trigger (idempotent); `also`: columns that are there by now."""
    remove(connection)
    columns = FIXED + also
    _run(connection, _postgresql(columns) if connection.vendor == "postgresql" else _sqlite(columns))


def remove(connection: Any) -> None:
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {TABLE}_fixed{on}"])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite(columns: tuple[str, ...]) -> list[str]:
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)
    return [
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} WHEN OLD.state = 'sent' AND ({changed}) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ]


def _postgresql(columns: tuple[str, ...]) -> list[str]:
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)
    return [
        f"CREATE OR REPLACE FUNCTION {TABLE}_is_fixed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN (OLD.state = 'sent' AND ({changed})) EXECUTE FUNCTION {TABLE}_is_fixed()",
    ]
