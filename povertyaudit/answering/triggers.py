"""What no sequence of statements may bring about, on both databases: two holders at once of what one alone holds, and a
term that is rewritten. The service says both in words first."""

from typing import Any

TABLE = "answering_responsibility"
OVERLAP, REWRITTEN = "terms of one capacity overlap", "a term is never rewritten"
FIXED = ("capacity_id", "code", "region_id", "area_id", "object_no", "user_id", "name", "starts_on")
_CLASH = f"""EXISTS (SELECT 1 FROM {TABLE} other WHERE other.id <> NEW.id AND other.code = NEW.code
    AND other.region_id = NEW.region_id AND COALESCE(other.area_id, 0) = COALESCE(NEW.area_id, 0)
    AND other.object_no = NEW.object_no AND other.single AND other.state <> 'voided'
    AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')
    AND NEW.starts_on <= COALESCE(other.ends_on, '9999-12-31'))"""  # noqa: S608 — constants only
_HELD = "NEW.single AND NEW.state <> 'voided'"


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: Any) -> None:
    """Drop them; only migrations backwards do this."""
    names = _POSTGRESQL_DROP if connection.vendor == "postgresql" else _SQLITE_DROP
    _run(connection, names)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_SQLITE = [
    *(
        f"CREATE TRIGGER {TABLE}_apart_{event} AFTER {event} ON {TABLE} WHEN {_HELD} AND {_CLASH} "
        f"BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END"
        for event in ("insert", "update")
    ),
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} WHEN "
    + " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
    + f" BEGIN SELECT RAISE(ABORT, '{REWRITTEN}'); END",
]
_SQLITE_DROP = [
    f"DROP TRIGGER IF EXISTS {TABLE}_{name}" for name in ("apart_insert", "apart_update", "fixed")
]
# Two who register at once take turns by the lock; the second then sees the first.
_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('{TABLE}' || NEW.code || NEW.region_id));
    IF {_CLASH} THEN RAISE EXCEPTION '{OVERLAP}' USING ERRCODE = 'exclusion_violation'; END IF;
    RETURN NULL; END $$""",  # noqa: S608 — constants only
    f"CREATE TRIGGER {TABLE}_apart AFTER INSERT OR UPDATE ON {TABLE} FOR EACH ROW "
    f"WHEN ({_HELD}) EXECUTE FUNCTION {TABLE}_apart()",
    f"""CREATE OR REPLACE FUNCTION {TABLE}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '{REWRITTEN}' USING ERRCODE = 'check_violation'; END $$""",
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ("
    + " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)
    + f") EXECUTE FUNCTION {TABLE}_fixed()",
]
_POSTGRESQL_DROP = [f"DROP TRIGGER IF EXISTS {TABLE}_{name} ON {TABLE}" for name in ("apart", "fixed")]

LETTERS = "answering_letter"
OUT_OF_OFFICE = "a letter is signed in office"
_AWAY = " OR ".join(
    f"""(NEW.{side}_signed_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {TABLE} term WHERE term.id = NEW.{side}_id
    AND term.starts_on <= NEW.{side}_signed_on AND NEW.{side}_signed_on <= COALESCE(term.ends_on, '9999-12-31')))"""  # noqa: S608
    for side in ("upper", "lower")
)
_LETTERS_SQLITE = [
    f"CREATE TRIGGER {LETTERS}_in_office_{event} AFTER {event} ON {LETTERS} WHEN {_AWAY} "
    f"BEGIN SELECT RAISE(ABORT, '{OUT_OF_OFFICE}'); END"
    for event in ("insert", "update")
]
_LETTERS_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {LETTERS}_in_office() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {_AWAY} THEN RAISE EXCEPTION '{OUT_OF_OFFICE}' USING ERRCODE = 'check_violation'; END IF;
    RETURN NULL; END $$""",
    f"CREATE TRIGGER {LETTERS}_in_office AFTER INSERT OR UPDATE ON {LETTERS} FOR EACH ROW "
    f"EXECUTE FUNCTION {LETTERS}_in_office()",
]


def install_letters(connection: Any) -> None:
    """Nobody signs a letter whose term is over that day, or has not begun."""
    remove_letters(connection)
    _run(connection, _LETTERS_POSTGRESQL if connection.vendor == "postgresql" else _LETTERS_SQLITE)


def remove_letters(connection: Any) -> None:
    if connection.vendor == "postgresql":
        _run(connection, [f"DROP TRIGGER IF EXISTS {LETTERS}_in_office ON {LETTERS}"])
        return
    _run(
        connection, [f"DROP TRIGGER IF EXISTS {LETTERS}_in_office_{event}" for event in ("insert", "update")]
    )
