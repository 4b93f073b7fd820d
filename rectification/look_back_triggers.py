"""What a look-back holds in the database beside its constraints: triggers on both databases.

A draw never changes; and nobody checks what he signed, whichever account he uses. A migration that alters one of the
tables on SQLite makes it anew without its triggers: it must call `install` again.
"""

from typing import Any

DRAW, CHECK = "rectification_lookbackdraw", "rectification_lookbackcheck"
KEPT, SIGNED = "a draw does not change", "the checker signed it"
_SIGNED = (
    "NEW.checker_id IS NOT NULL AND (EXISTS (SELECT 1 FROM rectification_itemsignature s "
    "JOIN core_user u ON u.person_id = s.person_id WHERE s.item_id = NEW.item_id AND u.id = NEW.checker_id) "
    "OR EXISTS (SELECT 1 FROM funds_recovery r JOIN core_user a ON a.id = r.signed_by_id "
    "JOIN core_user b ON b.person_id = a.person_id WHERE r.id = NEW.recovery_id AND b.id = NEW.checker_id))"
)
_EVENTS = ("INSERT", "UPDATE")
# Later he may sign what came of it: asked when he is named and when he records, not at every later write.
_ASKED = (
    "(NEW.checker_id {differs} OLD.checker_id OR (OLD.visited_on IS NULL AND NEW.visited_on IS NOT NULL))"
)


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: Any) -> None:
    """Drop them; only migrations backwards do this."""
    if connection.vendor == "postgresql":
        _run(connection, [
            f"DROP TRIGGER IF EXISTS {DRAW}_kept ON {DRAW}",
            f"DROP TRIGGER IF EXISTS {CHECK}_unsigned ON {CHECK}",
        ])  # fmt: skip
        return
    names = [f"{DRAW}_kept", *(f"{CHECK}_unsigned_{event.lower()}" for event in _EVENTS)]
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in names])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_SQLITE = [
    f"CREATE TRIGGER {DRAW}_kept BEFORE UPDATE ON {DRAW} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    *(
        f"CREATE TRIGGER {CHECK}_unsigned_{event.lower()} BEFORE {event} ON {CHECK} "
        f"WHEN {_ASKED.format(differs='IS NOT') + ' AND ' if event == 'UPDATE' else ''}{_SIGNED} "
        f"BEGIN SELECT RAISE(ABORT, '{SIGNED}'); END"
        for event in _EVENTS
    ),
]
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION rectification_look_back_draw_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$",
    f"CREATE TRIGGER {DRAW}_kept BEFORE UPDATE ON {DRAW} "
    "FOR EACH ROW EXECUTE FUNCTION rectification_look_back_draw_is_kept()",
    "CREATE OR REPLACE FUNCTION rectification_look_back_unsigned() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF TG_OP = 'UPDATE' THEN IF NOT {_ASKED.format(differs='IS DISTINCT FROM')} THEN RETURN NEW; END IF; "
    f"END IF; IF {_SIGNED} THEN RAISE EXCEPTION '{SIGNED}' USING ERRCODE = 'check_violation'; END IF; "
    "RETURN NEW; END $$",
    f"CREATE TRIGGER {CHECK}_unsigned BEFORE INSERT OR UPDATE ON {CHECK} "
    "FOR EACH ROW EXECUTE FUNCTION rectification_look_back_unsigned()",
]
