"""A report that was signed says for ever what it said: triggers on both databases."""

from typing import Any

MESSAGE = "a report that was signed does not change"
TABLE, FIGURES = "reporting_report", "reporting_reportfigure"
FIXED = (
    "state", "kind", "round_id", "first_day", "last_day", "counted_at", "text", "checked_by_id", "checked_on",
    "signed_by_id", "signed_on", "explained",
)  # fmt: skip
SQLITE = (
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} WHEN OLD.state = 'signed' AND ("
    + " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
    + f") BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    *(
        f"CREATE TRIGGER {FIGURES}_fixed_{act.lower()} BEFORE {act} ON {FIGURES} WHEN EXISTS (SELECT 1 FROM {TABLE} r "
        f"WHERE r.id = {row}.report_id AND r.state = 'signed') BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for act, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
)
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_is_fixed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (OLD.state = 'signed' AND ("
    + " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)
    + f")) EXECUTE FUNCTION {TABLE}_is_fixed()",
    f"CREATE OR REPLACE FUNCTION {FIGURES}_is_fixed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ DECLARE one bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.report_id ELSE OLD.report_id END; "
    f"BEGIN IF EXISTS (SELECT 1 FROM {TABLE} r WHERE r.id = one AND r.state = 'signed') THEN "
    f"RAISE EXCEPTION '{MESSAGE}'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER {FIGURES}_fixed BEFORE INSERT OR UPDATE OR DELETE ON {FIGURES} FOR EACH ROW "
    f"EXECUTE FUNCTION {FIGURES}_is_fixed()",
)


def install(connection: Any) -> None:
    """Create the triggers."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    there = connection.vendor == "postgresql"
    names = (
        [(f"{TABLE}_fixed", TABLE), (f"{FIGURES}_fixed", FIGURES)]
        if there
        else [
            (f"{TABLE}_fixed", ""),
            *((f"{FIGURES}_fixed_{act}", "") for act in ("insert", "update", "delete")),
        ]
    )
    with connection.cursor() as cursor:
        for name, table in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if table else ""))
