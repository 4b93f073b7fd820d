"""An archived lead stays as it is, on both databases: neither it nor what belongs to it is written to any more.

The service says it in words first (`core.rows`). 撤销办结 takes the mark away in the same statement that changes the
lead. A migration that alters one of these tables on SQLite makes it anew without its triggers: it must call `install`.
"""

from typing import Any

MESSAGE = "an archived lead is read-only"
KEPT = (
    "state", "title", "text", "kind", "channel", "category_id", "style_id", "amount_fen", "received_on", "concluded_on",
    "close_kind", "result_text", "handling_unit_id", "handler_id", "leader_id", "method", "filed_on", "number",
)  # fmt: skip
PARTS = ("leadsubject", "dispatch", "othernumber", "leadstep", "closingcheck", "answer")
_ALTERED = " OR ".join(f"OLD.{name} {{differs}} NEW.{name}" for name in KEPT)
_LEAD = f"OLD.archived_on IS NOT NULL AND NEW.archived_on IS NOT NULL AND ({_ALTERED})"
_PART = "(SELECT archived_on FROM cases_lead WHERE id = NEW.lead_id) IS NOT NULL"


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    _run(connection, _postgresql() if connection.vendor == "postgresql" else _sqlite())


def remove(connection: Any) -> None:
    """Drop them; only migrations do this."""
    names = [
        ("lead", "update"),
        ("volume", "update"),
        *((part, verb) for part in PARTS for verb in ("insert", "update")),
    ]
    on = " ON cases_{0}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS cases_{t}_archived_{v}{on.format(t)}" for t, v in names])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return [
        f"CREATE TRIGGER cases_lead_archived_update BEFORE UPDATE ON cases_lead WHEN {_LEAD.format(differs='IS NOT')} {refuse}",
        f"CREATE TRIGGER cases_volume_archived_update BEFORE UPDATE ON cases_volume {refuse}",
        *(
            f"CREATE TRIGGER cases_{part}_archived_{verb} BEFORE {verb} ON cases_{part} WHEN {_PART} {refuse}"
            for part in PARTS
            for verb in ("insert", "update")
        ),
    ]


def _postgresql() -> list[str]:
    refuse = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'"
    run = "FOR EACH ROW EXECUTE FUNCTION"
    lead = _LEAD.format(differs="IS DISTINCT FROM")
    return [
        f"CREATE OR REPLACE FUNCTION cases_archived() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$",
        "CREATE OR REPLACE FUNCTION cases_part_archived() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_PART} THEN {refuse}; END IF; RETURN NEW; END $$",  # noqa: S608 — constants only
        f"CREATE TRIGGER cases_lead_archived_update BEFORE UPDATE ON cases_lead FOR EACH ROW WHEN ({lead}) "
        "EXECUTE FUNCTION cases_archived()",
        f"CREATE TRIGGER cases_volume_archived_update BEFORE UPDATE ON cases_volume {run} cases_archived()",
        *(
            f"CREATE TRIGGER cases_{part}_archived_{verb} BEFORE {verb} ON cases_{part} {run} cases_part_archived()"
            for part in PARTS
            for verb in ("insert", "update")
        ),
    ]
