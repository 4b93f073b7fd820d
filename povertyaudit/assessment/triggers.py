"""What an assessment holds in the database beside its constraints: triggers on both databases.

Signed figures do not change, and nobody scores the unit he serves in, whichever account he uses. A migration that alters
one of the tables on SQLite makes it anew without its triggers: it must call `install` again.
"""

from typing import Any

LOCKED, OWN = "a signed assessment does not change", "nobody scores his own unit"
_SIGNED = (
    "EXISTS (SELECT 1 FROM assessment_unitsheet u JOIN assessment_assessment a ON a.id = u.assessment_id "
    "WHERE u.id = {row}.{column} AND a.state IN ('signed', 'published'))"
)
_BELOW = (
    ("assessment_scoreline", "sheet_id"),
    ("assessment_adjustment", "sheet_id"),
    ("assessment_score", "unit_sheet_id"),
)
_EVENTS = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}
_KEPT = {
    "assessment_unitsheet": (
        "total",
        "place",
        "rival_total",
        "rival_place",
        "left_out",
        "task_missed",
        "unit_id",
    ),
    "assessment_assessment": ("scheme_id", "rival_id", "first_day", "last_day", "signed_by_id", "signed_on"),
}
_OWN = (
    "EXISTS (SELECT 1 FROM assessment_unitsheet u JOIN assessment_scoresheet s ON s.id = NEW.sheet_id "
    "JOIN assessment_assessment a ON a.id = u.assessment_id WHERE u.id = NEW.unit_sheet_id AND (u.unit_id = s.unit_id OR EXISTS ("
    "SELECT 1 FROM core_user me JOIN core_user other ON other.person_id = me.person_id "
    "JOIN core_post p ON p.user_id = other.id WHERE me.id = NEW.scored_by_id AND p.unit_id = u.unit_id "
    "AND p.ended_at IS NULL AND (p.ends_on IS NULL OR p.ends_on >= a.last_day))))"
)


def _altered(table: str, differs: str) -> str:
    """Whether the update touches what is kept, of a row that is signed."""
    columns = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in _KEPT[table])
    if table == "assessment_unitsheet":
        signed = "EXISTS (SELECT 1 FROM assessment_assessment a WHERE a.id = OLD.assessment_id AND a.state IN ('signed', 'published'))"
        return f"({columns}) AND {signed}"
    back = "NEW.state NOT IN ('signed', 'published')"
    return f"OLD.state IN ('signed', 'published') AND ({columns} OR {back})"


def _guards(differs: str) -> list[tuple[str, str, str, str, str]]:
    """(name, table, event, condition, sentence)."""
    found = [
        (f"{table}_kept_{event.lower()}", table, event, _SIGNED.format(row=row, column=column), LOCKED)
        for table, column in _BELOW
        for event, row in _EVENTS.items()
    ]
    found += [(f"{table}_kept", table, "UPDATE", _altered(table, differs), LOCKED) for table in _KEPT]
    found += [
        (f"assessment_score_own_{event.lower()}", "assessment_score", event, _OWN, OWN)
        for event in ("INSERT", "UPDATE")
    ]
    return found


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, table, event, condition, text in _guards("IS DISTINCT FROM" if postgres else "IS NOT"):
            if postgres:
                result = "OLD" if event == "DELETE" else "NEW"
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} "
                    f"THEN RAISE EXCEPTION '{text}' USING ERRCODE = 'check_violation'; END IF; RETURN {result}; END $$"
                )
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
                )


def remove(connection: Any) -> None:
    """Drop them; only migrations backwards do this."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, table, *_ in _guards("IS NOT"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if postgres else ''}")
