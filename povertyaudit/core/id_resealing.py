"""Sealed ID numbers under the present key, many at a time: one look, one statement that keeps them.

The rows have `id_key`, to which a seal is tied. Plain numbers stay in here.
"""

from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core.id_seals import Sealer

BATCH = 5000


class Done(NamedTuple):
    """The key of the last row looked at (0: there was none), how many were sealed anew, how many do not open."""

    last: int
    anew: int
    damaged: int


@sensitive_variables()
def batch(model: type[Model], cipher: str, key: str, after: int) -> Done:
    """The next rows under old keys at hand; `cipher` and `key` name the columns of the seal and of its key's id. Call
    inside a transaction."""
    now = Sealer()
    old = {sealer.key_id: sealer for sealer in map(Sealer, settings.VAULT_OLD_KEYS)}
    found: Any = model._default_manager.filter(**{f"{key}__in": old}, pk__gt=after).order_by("pk")
    locked = found.select_for_update(of=("self",))
    rows = list(locked.values_list("pk", cipher, key, "id_key")[:BATCH])
    anew, damaged = [], 0
    for pk, sealed, key_id, id_key in rows:
        try:
            number = old[key_id].unseal(bytes(sealed), bytes(id_key))
        except InvalidTag:
            damaged += 1
            continue
        anew.append((pk, now.seal(number, bytes(id_key))))
    _keep(model._meta.db_table, cipher, key, now.key_id, anew)
    return Done(rows[-1][0] if rows else 0, len(anew), damaged)


def _keep(table: str, cipher: str, key: str, key_id: str, anew: list[tuple[int, bytes]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            keys, seals = [pk for pk, _ in anew], [sealed for _, sealed in anew]
            cursor.execute(
                f"UPDATE {table} AS t SET {cipher} = n.sealed, {key} = %s "  # noqa: S608 — names of our own models
                "FROM unnest(%s::bigint[], %s::bytea[]) AS n(id, sealed) WHERE t.id = n.id",
                [key_id, keys, seals],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET {cipher} = %s, {key} = %s WHERE id = %s",  # noqa: S608 — names of our own models
                [(sealed, key_id, pk) for pk, sealed in anew],
            )
