"""Indexes that Django makes with every column and no question reads, on tables where rows are written by the thousand.

Each index costs a new row about a microsecond and a half. On PostgreSQL alone, by migrations: the models do not name these
indexes, so nothing in them changes. Why which: docs/decisions, "spreadsheets in".

    likes(connection, "cases_lead")                    # companions for LIKE: places are asked for as a range, ids whole
    covered(connection, "cases_lead", "region_id")     # another index begins with the column
    filled_only(connection, "cases_lead", "batch_id")  # most rows have none: only those with a value are kept in it
"""

from typing import Any

# Plain indexes of one column, by how they compare.
_ALONE = """
SELECT made.relname FROM pg_index i JOIN pg_class made ON made.oid = i.indexrelid
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] JOIN pg_opclass o ON o.oid = i.indclass[0]
WHERE i.indrelid = %s::regclass AND i.indnatts = 1 AND NOT i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
AND (o.opcname LIKE '%%pattern_ops') = %s AND (%s = '' OR a.attname = %s) ORDER BY 1
"""


def likes(connection: Any, *tables: str) -> None:
    """Drop what answers LIKE alone (idempotent)."""
    for table in tables:
        _drop(connection, _alone(connection, table, like=True))


def covered(connection: Any, table: str, *columns: str) -> None:
    """Drop the index of each column: another begins with it (idempotent)."""
    for column in columns:
        _drop(connection, _alone(connection, table, column))


def filled_only(connection: Any, table: str, *columns: str) -> None:
    """Make the index of each column anew, of the rows that have a value there (idempotent)."""
    for column in columns:
        for name in _alone(connection, table, column):
            _drop(connection, [name])
            with connection.cursor() as cursor:
                cursor.execute(
                    f'CREATE INDEX "{name}" ON "{table}" ("{column}") WHERE "{column}" IS NOT NULL'
                )


def _alone(connection: Any, table: str, column: str = "", *, like: bool = False) -> list[str]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [table, like, column, column])
        return [name for (name,) in cursor.fetchall()]


def _drop(connection: Any, names: list[str]) -> None:
    for name in names:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP INDEX "{name}"')
