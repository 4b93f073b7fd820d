"""Text of a file that only its desk may open never lies in the search: the database itself refuses it, whoever writes."""

from typing import Any

MESSAGE = "text of a protected file"
_PROTECTED = "SELECT 1 FROM core_attachment WHERE id = NEW.attachment_id AND desk_unit_id IS NOT NULL"


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop them again."""
    on = " ON core_filereading" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("insert", "update"):
            cursor.execute(f"DROP TRIGGER IF EXISTS core_filereading_{verb}{on}")


_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION core_no_protected_text() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF EXISTS ({_PROTECTED}) THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; "
    "END IF; RETURN NEW; END $$",
    *(
        f"CREATE TRIGGER core_filereading_{verb} BEFORE {verb.upper()} ON core_filereading "
        "FOR EACH ROW EXECUTE FUNCTION core_no_protected_text()"
        for verb in ("insert", "update")
    ),
]
_SQLITE = [
    f"CREATE TRIGGER core_filereading_{verb} BEFORE {verb.upper()} ON core_filereading "
    f"WHEN EXISTS ({_PROTECTED}) BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for verb in ("insert", "update")
]
