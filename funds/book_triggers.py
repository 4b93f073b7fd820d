"""The books of misused money balance at every moment, on both databases.

An entry follows the one before it, is never changed nor deleted, and carries the sums of its misuse with it; a
counter-entry is the mirror of what it reverses (of the first entry only where the misuse is voided, and that is for good); the row behind an entry stays as it was booked. A migration that alters
one of these tables on SQLite makes it anew without its triggers: it must call `install` again.
"""

from typing import Any

MESSAGE = "the books do not balance"
FROZEN = "what is booked does not change"
ENTRY, RECOVERY, MISUSE = "funds_ledgerentry", "funds_recovery", "funds_misuse"
KEPT = (  # of a recovery; a reversed one is stamped once
    "misuse_id", "kind", "amount_fen", "received_on", "voucher_no", "voucher_line", "destination", "household", "village_id",
    "signed_by_id", "to_project_id",
)  # fmt: skip

# All texts below are built of constants.
_LAST = "COALESCE((SELECT {0} FROM funds_ledgerentry WHERE misuse_id = {1} ORDER BY no DESC LIMIT 1), {2})"
_OWED = "CASE WHEN NEW.credit = 'owed' THEN NEW.amount_fen WHEN NEW.debit = 'owed' THEN -NEW.amount_fen ELSE 0 END"
_SETTLED = (
    "CASE WHEN NEW.credit = 'owed' OR NEW.debit = 'owed' THEN 0 "
    "WHEN NEW.credit = 'open' THEN NEW.amount_fen ELSE -NEW.amount_fen END"
)
_AMISS = " OR ".join((
    f"NEW.no <> 1 + {_LAST.format('no', 'NEW.misuse_id', 0)}",
    f"NEW.owed_after_fen <> {_LAST.format('owed_after_fen', 'NEW.misuse_id', 0)} + {_OWED}",
    f"NEW.settled_after_fen <> {_LAST.format('settled_after_fen', 'NEW.misuse_id', 0)} + {_SETTLED}",
    "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM funds_ledgerentry e WHERE e.id = NEW.reverses_id "
    "AND e.misuse_id = NEW.misuse_id AND e.amount_fen = NEW.amount_fen AND e.debit = NEW.credit "
    "AND e.credit = NEW.debit AND e.reverses_id IS NULL AND (e.recovery_id = NEW.recovery_id "
    "OR e.no = 1 AND e.recovery_id IS NULL AND NEW.recovery_id IS NULL))",
    "NEW.recovery_id IS NOT NULL AND NEW.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM funds_recovery r "
    "WHERE r.id = NEW.recovery_id AND r.misuse_id = NEW.misuse_id AND r.amount_fen = NEW.amount_fen "
    "AND r.kind = NEW.debit AND NOT EXISTS (SELECT 1 FROM funds_ledgerentry e WHERE e.recovery_id = r.id))",
    "NEW.relief_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM funds_relief r WHERE r.id = NEW.relief_id "
    "AND r.misuse_id = NEW.misuse_id AND r.amount_fen = NEW.amount_fen AND r.state = 'granted')",
))  # fmt: skip
_CARRY = (
    f"UPDATE funds_misuse SET recovered_fen = {_LAST.format('settled_after_fen', 'NEW.misuse_id', 0)}, "  # noqa: S608 — constants only
    f"adjusted_fen = {_LAST.format('owed_after_fen', 'NEW.misuse_id', 0)} - amount_fen, "
    f"state = CASE WHEN {_LAST.format('open_after_fen', 'NEW.misuse_id', 1)} = 0 THEN 'settled' ELSE 'open' END "
    "WHERE id = NEW.misuse_id"
)
_APART = (
    f"NEW.recovered_fen <> {_LAST.format('settled_after_fen', 'NEW.id', 0)} OR NEW.amount_fen + NEW.adjusted_fen <> "
    f"{_LAST.format('owed_after_fen', 'NEW.id', 'NEW.amount_fen + NEW.adjusted_fen')} "
    "OR OLD.state = 'voided' AND NEW.state <> 'voided'"
)
_NAMES = (
    (ENTRY, "books_follow"), (ENTRY, "books_carry"), (ENTRY, "books_update"), (ENTRY, "books_delete"),
    (RECOVERY, "books_update"), (RECOVERY, "books_delete"), (MISUSE, "books_sums"), (MISUSE, "books_begin"),
)  # fmt: skip


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    _run(connection, _postgresql() if connection.vendor == "postgresql" else _sqlite())


def remove(connection: Any) -> None:
    """Drop them; only migrations do this."""
    on = " ON {}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {table}_{name}{on.format(table)}" for table, name in _NAMES])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _altered(differs: str) -> str:
    columns = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in KEPT)
    return f"{columns} OR (OLD.voided_at IS NOT NULL AND NEW.voided_at {differs} OLD.voided_at)"


def _sqlite() -> list[str]:
    def refuse(table: str, name: str, on: str, when: str, words: str) -> str:
        return f"CREATE TRIGGER {table}_{name} {on} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"

    return [
        refuse(ENTRY, "books_follow", "BEFORE INSERT", _AMISS, MESSAGE),
        f"CREATE TRIGGER {ENTRY}_books_carry AFTER INSERT ON {ENTRY} BEGIN {_CARRY}; END",
        refuse(ENTRY, "books_update", "BEFORE UPDATE", "1", FROZEN),
        refuse(ENTRY, "books_delete", "BEFORE DELETE", "1", FROZEN),
        refuse(RECOVERY, "books_update", "BEFORE UPDATE", _altered("IS NOT"), FROZEN),
        refuse(RECOVERY, "books_delete", "BEFORE DELETE", "1", FROZEN),
        refuse(MISUSE, "books_sums", "BEFORE UPDATE", _APART, MESSAGE),
        refuse(MISUSE, "books_begin", "BEFORE INSERT", "NEW.recovered_fen <> 0", MESSAGE),
    ]


def _postgresql() -> list[str]:
    def refuse(table: str, name: str, on: str, when: str, words: str, back: str = "NEW") -> list[str]:
        function = f"{table}_{name}"
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF ({when}) THEN "
            f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF; RETURN {back}; END $$",
            f"CREATE TRIGGER {function} {on} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        ]

    return [
        *refuse(ENTRY, "books_follow", "BEFORE INSERT", _AMISS, MESSAGE),
        f"CREATE OR REPLACE FUNCTION {ENTRY}_books_carry() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_CARRY}; RETURN NULL; END $$",
        f"CREATE TRIGGER {ENTRY}_books_carry AFTER INSERT ON {ENTRY} FOR EACH ROW "
        f"EXECUTE FUNCTION {ENTRY}_books_carry()",
        *refuse(ENTRY, "books_update", "BEFORE UPDATE", "TRUE", FROZEN),
        *refuse(ENTRY, "books_delete", "BEFORE DELETE", "TRUE", FROZEN, "OLD"),
        *refuse(RECOVERY, "books_update", "BEFORE UPDATE", _altered("IS DISTINCT FROM"), FROZEN),
        *refuse(RECOVERY, "books_delete", "BEFORE DELETE", "TRUE", FROZEN, "OLD"),
        *refuse(MISUSE, "books_sums", "BEFORE UPDATE", _APART, MESSAGE),
        *refuse(MISUSE, "books_begin", "BEFORE INSERT", "NEW.recovered_fen <> 0", MESSAGE),
    ]
