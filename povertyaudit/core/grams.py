"""Pairs of neighbouring characters as an index of PostgreSQL: words of two characters are found without reading the table.

The index is made over an expression on the row's own columns, so the database keeps it equal to them in every
transaction and nothing has to be written beside. A pair is one number, and so is a sum (below nought): the locale of the
database has no part in it. SQLite has no such index and reads the table. Why: docs/decisions, "search".
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func

# What stands between words: nobody looks for it, and 〔2026〕 [2026] (2026) are to be found by each other.
BLANKS = " \t\n\r[]()【】〔〕（）［］{}《》<>“”\"',，。.、;；:：·•‧・-—_/|%％"
SUFFIX = "_grams"
_PLAIN = str.maketrans(dict.fromkeys(BLANKS, " "))
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def keys(text: str) -> list[int]:
    """The pairs that stand in `text`, as the index holds them."""
    plain = text.translate(_PLAIN).translate(_UPPER)
    pairs = zip(plain, plain[1:], strict=False)
    return sorted({ord(one) << 21 | ord(two) for one, two in pairs if " " not in (one, two)})


def key_of_sum(fen: int) -> int:
    """A sum in 分, as the index holds it."""
    return -fen


class Holds(Func):
    """Whether the index of the row holds all of `keys`; true of every row where the database has no index.

    `texts` and `sums` are the columns the index was made of, in their order (`install`).
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, texts: Sequence[str], sums: Sequence[str], wanted: Sequence[int]) -> None:
        super().__init__(*(F(name) for name in (*texts, *sums)))
        self.texts, self.wanted = len(texts), list(wanted)

    def as_sql(self, *_args: Any, **_extra: Any) -> Any:
        return "1 = 1", []

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:
        """The expression letter by letter as in the index, or the planner does not know it."""
        columns = [compiler.compile(source)[0] for source in self.get_source_expressions()]
        call = _call(columns[: self.texts], columns[self.texts :])
        return f"{call} @> %s::bigint[]", [self.wanted]


def _call(texts: Sequence[str], sums: Sequence[str]) -> str:
    joined = " || ' ' || ".join(f"COALESCE({column}, '')" for column in texts)
    return f"search_grams({joined}, ARRAY[{', '.join(sums)}]::bigint[])"


def install(connection: Any, table: str, texts: Sequence[str], sums: Sequence[str] = ()) -> None:
    """Make the index of these columns of `table` (idempotent)."""
    if connection.vendor == "postgresql":
        call = _call([f'"{name}"' for name in texts], [f'"{name}"' for name in sums])
        _run(
            connection, _MAKE, f'CREATE INDEX IF NOT EXISTS "{table}{SUFFIX}" ON "{table}" USING gin ({call})'
        )


def remove(connection: Any, table: str) -> None:
    """Drop the index; the function stays, others need it."""
    if connection.vendor == "postgresql":
        _run(connection, f'DROP INDEX IF EXISTS "{table}{SUFFIX}"')


def rebuild(connection: Any) -> list[str]:
    """Make every such index anew, from the rows as they are; returns their names."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname ~ %s ORDER BY 1",
            [f"{SUFFIX}$"],
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f'REINDEX INDEX "{name}"')
    return names


def _run(connection: Any, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _quoted(text: str) -> str:
    return "U&'" + "".join(f"\\+{ord(char):06x}" for char in text) + "'"


# Of `pg_catalog` alone: a dump is restored with an empty search path. A loop, since setting up a query for a line of text
# takes twice as long as going through it.
_MAKE = """
CREATE OR REPLACE FUNCTION search_grams(words text, sums bigint[]) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 200 AS $$
DECLARE
  letter text;
  fen bigint;
  code bigint;
  before bigint := 0;
  found bigint[] := '{{}}';
BEGIN
  FOREACH letter IN ARRAY string_to_array(translate(words, {blanks} || 'abcdefghijklmnopqrstuvwxyz', {plain}), NULL) LOOP
    code := CASE letter WHEN ' ' THEN 0 ELSE ascii(letter) END;
    IF before > 0 AND code > 0 THEN
      found := found || (before << 21 | code);
    END IF;
    before := code;
  END LOOP;
  FOREACH fen IN ARRAY sums LOOP
    IF fen > 0 THEN
      found := found || -fen;
    END IF;
  END LOOP;
  RETURN found;
END $$
""".format(  # noqa: S608 — no value of anybody's
    blanks=_quoted(BLANKS), plain=f"'{' ' * len(BLANKS)}ABCDEFGHIJKLMNOPQRSTUVWXYZ'"
)
