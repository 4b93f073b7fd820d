"""Keys of ID numbers in the words of either database."""

from typing import Any

from django.db.models import CharField, Func


class Hex(Func):
    """Bytes as lower-case hex, on both databases."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="LOWER(HEX(%(expressions)s))", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="ENCODE(%(expressions)s, 'hex')", **more)
