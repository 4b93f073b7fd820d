"""What rows of registers keep, on both databases: they are added and taken away only while their register is loading,
lie in a village of its county, and never change but for being sealed anew (marks: for being compared anew).

PostgreSQL looks once a statement at all it adds: a check row by row would cost more than loading the row. A migration
that alters one of these tables on SQLite makes it anew without its triggers: it must call `install` again.
"""

from typing import Any

MESSAGE = "a register takes rows of its own villages while it is loading"
FROZEN = "a row of a register does not change"
PEOPLE, MARKS = "funds_beneficiary", "funds_householdmark"
KEPT = {
    PEOPLE: ("register_id", "region_id", "line", "household_no", "name", "relation", "id_key", "account_tail",
             "amount_fen", "note"),
    MARKS: ("register_id", "region_id", "year", "line", "household_no", "head_name", "food", "clothing", "schooling",
            "health", "housing", "water", "exit"),
}  # fmt: skip
_NAMES = ("taken_in", "update", "delete")
# All texts below are built of constants.
_PLACED = (
    "EXISTS (SELECT 1 FROM funds_register g JOIN core_region r ON r.code = {0}.region_id AND r.level = 5 "
    "AND substr(r.code, 1, 6) = substr(g.region_id, 1, 6) WHERE g.id = {0}.register_id AND g.state = 'loading')"
)
_LOADING = "EXISTS (SELECT 1 FROM funds_register g WHERE g.id = OLD.register_id AND g.state = 'loading')"


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    _run(connection, [statement for table in KEPT for statement in make(table)])


def remove(connection: Any) -> None:
    """Drop them; only migrations do this."""
    on = " ON {}" if connection.vendor == "postgresql" else ""
    drops = [(table, f"{table}_{name}") for table in KEPT for name in _NAMES]
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{on.format(table)}" for table, name in drops])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _altered(table: str, differs: str) -> str:
    return " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in KEPT[table])


def _sqlite(table: str) -> list[str]:
    def refuse(name: str, on: str, when: str, words: str) -> str:
        return f"CREATE TRIGGER {table}_{name} {on} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"

    return [
        refuse("taken_in", "BEFORE INSERT", f"NOT {_PLACED.format('NEW')}", MESSAGE),
        refuse("update", "BEFORE UPDATE", _altered(table, "IS NOT"), FROZEN),
        refuse("delete", "BEFORE DELETE", f"NOT {_LOADING}", MESSAGE),
    ]


def _postgresql(table: str) -> list[str]:
    def function(name: str, body: str) -> str:
        return f"CREATE OR REPLACE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"

    def refuse(when: str, words: str) -> str:
        return f"IF ({when}) THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF;"

    places = f"(SELECT DISTINCT register_id, region_id FROM added) a WHERE NOT {_PLACED.format('a')}"  # noqa: S608
    return [
        function("taken_in", refuse(f"EXISTS (SELECT 1 FROM {places})", MESSAGE) + " RETURN NULL;"),  # noqa: S608
        f"CREATE TRIGGER {table}_taken_in AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_taken_in()",
        function("update", refuse(_altered(table, "IS DISTINCT FROM"), FROZEN) + " RETURN NEW;"),
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_update()",
        function("delete", refuse(f"NOT {_LOADING}", MESSAGE) + " RETURN OLD;"),
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_delete()",
    ]
