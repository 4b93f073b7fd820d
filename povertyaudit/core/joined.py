"""Lines of a sub-query in one cell, for ledgers, on both databases."""

from typing import Any

from django.db.models import CharField, Subquery


class Joined(Subquery):
    """The `line` of every row of a sub-query, joined by line ends."""

    template = "(SELECT STRING_AGG(_lines.line, E'\\n') FROM (%(subquery)s) _lines)"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT GROUP_CONCAT(_lines.line, CHAR(10)) FROM (%(subquery)s) _lines)"
        return self.as_sql(compiler, connection, template=template, **extra)
