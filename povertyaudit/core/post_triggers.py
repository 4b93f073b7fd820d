"""What no sequence of statements may bring about: an officer with a second kind of post, a post granted to oneself,
an account moved to another person. Triggers on both databases; the service says it in words first (core/posts.py).
"""

from typing import Any

from povertyaudit.core.models import OFFICERS

_OFFICERS = ", ".join(f"'{role.value}'" for role in sorted(OFFICERS))
# Another post of the same natural person, under whichever of his accounts, while this one lasts.
_MIXED = f"""
    SELECT 1 FROM core_user me JOIN core_user other ON other.person_id = me.person_id
    JOIN core_post held ON held.user_id = other.id
    WHERE me.id = NEW.user_id AND held.id <> NEW.id AND held.role <> NEW.role
      AND (held.role IN ({_OFFICERS}) OR NEW.role IN ({_OFFICERS}))
      AND NEW.ended_at IS NULL AND held.ended_at IS NULL
      AND (held.ends_on IS NULL OR held.ends_on >= NEW.starts_on)
      AND (NEW.ends_on IS NULL OR NEW.ends_on >= held.starts_on)"""  # noqa: S608 — constants only
_OWN = """
    SELECT 1 FROM core_user me JOIN core_user giver ON giver.person_id = me.person_id
    WHERE me.id = NEW.user_id AND giver.id = NEW.granted_by_id"""
MIXED, OWN, MOVED = (
    "an officer holds no other post", "nobody grants himself a post", "an account stays with its person",
)  # fmt: skip


def install(connection: Any) -> None:
    """Create the triggers (idempotent)."""
    remove(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: Any) -> None:
    _run(connection, _POSTGRESQL_DROP if connection.vendor == "postgresql" else _SQLITE_DROP)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_SQLITE = [
    *(
        f"""CREATE TRIGGER core_post_apart_{verb.lower()} AFTER {verb} ON core_post BEGIN
        SELECT RAISE(ABORT, '{MIXED}') WHERE EXISTS ({_MIXED});
        SELECT RAISE(ABORT, '{OWN}') WHERE EXISTS ({_OWN}); END"""
        for verb in ("INSERT", "UPDATE")
    ),
    f"""CREATE TRIGGER core_user_stays BEFORE UPDATE OF person_id ON core_user
    WHEN NEW.person_id <> OLD.person_id BEGIN SELECT RAISE(ABORT, '{MOVED}'); END""",
]
_SQLITE_DROP = [
    f"DROP TRIGGER IF EXISTS {name}"
    for name in ("core_post_apart_insert", "core_post_apart_update", "core_user_stays")
]
# The person is locked, so that two grants at the same moment see each other.
_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION core_post_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM 1 FROM core_person WHERE id = (SELECT person_id FROM core_user WHERE id = NEW.user_id) FOR UPDATE;
    IF EXISTS ({_MIXED}) THEN RAISE EXCEPTION '{MIXED}' USING ERRCODE = 'check_violation'; END IF;
    IF EXISTS ({_OWN}) THEN RAISE EXCEPTION '{OWN}' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW; END $$""",  # noqa: S608 — constants only
    "CREATE TRIGGER core_post_apart AFTER INSERT OR UPDATE ON core_post FOR EACH ROW "
    "EXECUTE FUNCTION core_post_apart()",
    f"""CREATE OR REPLACE FUNCTION core_user_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '{MOVED}' USING ERRCODE = 'check_violation'; END $$""",
    "CREATE TRIGGER core_user_stays BEFORE UPDATE OF person_id ON core_user FOR EACH ROW "
    "WHEN (NEW.person_id <> OLD.person_id) EXECUTE FUNCTION core_user_stays()",
]
_POSTGRESQL_DROP = [
    "DROP TRIGGER IF EXISTS core_post_apart ON core_post",
    "DROP TRIGGER IF EXISTS core_user_stays ON core_user",
]
