"""Write one entry of the record. Called by the function that changes the rows, in its transaction; never by a view."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from povertyaudit.core import hashing, moment, stored
from povertyaudit.core.context import request_id
from povertyaudit.core.models import UNNUMBERED, AuditEntry, AuditValue, ChainHead, Region, Seal, User

SYSTEM = "系统"
# Three fixed statements of every act, not put together anew each time.
_HEAD = "SELECT seq, hash FROM core_chainhead WHERE target_label = %s AND target_id = %s"
_NEW_HEAD = (
    "INSERT INTO core_chainhead (target_label, target_id, seq, hash, sealed_seq) VALUES (%s, %s, 0, '', 0) "
    "ON CONFLICT DO NOTHING"
)
_MOVED = "UPDATE core_chainhead SET seq = %s, hash = %s WHERE target_label = %s AND target_id = %s"
WRITERS_LOCK = 4_180_301  # PostgreSQL advisory lock: writers share it, the sealer takes it alone


@transaction.atomic
def record(
    verb: str,
    target: models.Model,
    *,
    by: User | None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    note: str = "",
    touched: Iterable[models.Model] = (),
    removed: Iterable[models.Model] = (),
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry to the chain of `target`.

    `changes` maps a field to (old, new); fields the target calls personal, and every note, enter the chain as salted
    digests with the value beside. `touched` rows get a digest of what the database now holds. `facts` are counts and
    the like that are not personal; `personal` more values to be sealed: those named `kind:public id` belong to a row
    beside the dossier and are read with that row only. By `None` means the system itself.
    """
    last, previous = _lock_head(target)
    open_changes, sealed_changes = _split(target, changes or {}, note)
    sealed, values = _seal_values({**sealed_changes, **(personal or {})})
    entry = AuditEntry(
        **_about(target, by),
        seq=last + 1,
        verb=verb,
        at=moment.now(),
        request_id=request_id.get(),
        changes=hashing.plain({**open_changes, **(facts or {})}),
        sealed_values=sealed,
        state={**row_digests(touched), **{key_of(row): None for row in removed}},
        algorithm=hashing.algorithm(),
        previous=previous,
    )
    entry.hash = hashing.digest(entry.chained(), entry.algorithm)
    entry.save(force_insert=True)
    AuditValue.objects.bulk_create([AuditValue(entry=entry, **value) for value in values])
    _move_head(target, entry.seq, entry.hash)
    return entry


def share() -> None:
    """Let the sealer wait until this transaction has ended. On SQLite one writes at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS_LOCK])


def history(target: models.Model) -> models.QuerySet[AuditEntry]:
    """The entries of one dossier, newest first, with their values."""
    return AuditEntry.objects.of(target).prefetch_related("values").order_by("-seq")


def intact(entry: Any) -> bool:
    """Whether an entry (of `for_reader`) is as it was written and follows the one before it."""
    follows = entry.previous == (entry.before or "")
    return follows and bool(hashing.digest(entry.chained(), entry.algorithm) == entry.hash)


def refers(model: type[models.Model], name: str) -> bool:
    """Whether the field `name` points at another row, which the reader of an entry may not know of."""
    return any(field.name == name and field.is_relation for field in model._meta.concrete_fields)


# Facts that named another dossier before they bore a colon; entries are never rewritten.
_NAMED_ONCE = frozenset({"into", "from", "lead", "lead_number", "comment"})


def told(entry: AuditEntry) -> dict[str, Any]:
    """What an entry says to a reader of its dossier: changes with their personal values put back. References to other
    rows say nothing, nor do facts that name one (a colon in the name), and what belongs to a row beside the dossier is
    not told here."""
    model = apps.get_model(entry.target_label)
    personal = {value.field: value.value for value in entry.values.all() if ":" not in value.field}
    plain = {
        name: value for name, value in entry.changes.items() if ":" not in name and name not in _NAMED_ONCE
    }
    return {name: value for name, value in plain.items() if not refers(model, name)} | personal


def last_seal() -> Seal | None:
    """The newest seal."""
    return Seal.objects.order_by("-seq").first()


def unsealed() -> int:
    """How many chains have grown since they were last sealed."""
    return ChainHead.objects.filter(seq__gt=models.F("sealed_seq")).count()


def row_digests(rows: Iterable[models.Model]) -> dict[str, str]:
    """`label:public id` → digest of all columns as the database holds them: one query per table."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in rows:
        wanted.setdefault(type(row), set()).add(row.pk)
    found: dict[str, str] = {}
    for model, keys in wanted.items():
        derived: frozenset[str] = getattr(model, "derived_columns", frozenset())
        for values in stored.columns_of(model, keys):
            for column in derived:
                values.pop(column, None)
            for column in getattr(model, "later_columns", ()):
                if not values[column]:  # None, "", False, 0: what the column begins with
                    del values[column]
            found[f"{model._meta.label_lower}:{values['public_id']}"] = hashing.digest(values)
    return found


def key_of(row: models.Model) -> str:
    """How the entry names a row it digests."""
    return f"{row._meta.label_lower}:{row.public_id}"  # type: ignore[attr-defined]


def _about(target: models.Model, by: User | None) -> dict[str, Any]:
    """Who did it to what, as it was then."""
    return what(target, by) | actor(by)


def what(target: models.Model, by: User | None) -> dict[str, Any]:
    """What the entry says of its dossier."""
    return {
        "target_label": target._meta.label_lower,
        "target_id": int(target.pk),  # a region's key is text: the digest must say what the column will hold
        "target_public_id": getattr(target, "public_id", ""),
        "target_number": _number_of(target),
        "region_code": _region_of(target, by),
    }


def actor(by: User | None) -> dict[str, Any]:
    """What it says of who did it."""
    return {
        "actor": by,
        "actor_name": by.display_name if by else SYSTEM,
        "actor_role": "；".join(dict.fromkeys(map(str, by.current_posts())))[:120] if by else "",
    }


def _lock_head(target: models.Model) -> tuple[int, str]:
    """Number and hash of the last entry of the chain, which nobody else lengthens until the transaction ends."""
    share()
    key = (target._meta.label_lower, int(target.pk))
    with connection.cursor() as cursor:
        for seq, hashed in _heads(cursor, key):
            return seq, hashed
        cursor.execute(_NEW_HEAD, key)
        (found,) = _heads(cursor, key)
        return found


def _heads(cursor: Any, key: tuple[str, Any]) -> list[tuple[int, str]]:
    cursor.execute(_HEAD + (" FOR UPDATE" if connection.vendor == "postgresql" else ""), key)
    found: list[tuple[int, str]] = cursor.fetchall()
    return found


def _move_head(target: models.Model, seq: int, hashed: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, (seq, hashed, target._meta.label_lower, int(target.pk)))


def _split(target: models.Model, changes: Mapping[str, tuple[Any, Any]], note: str) -> tuple[dict, dict]:
    personal_names: frozenset[str] = getattr(target, "personal_fields", frozenset())
    personal: dict[str, Any] = {name: list(pair) for name, pair in changes.items() if name in personal_names}
    if note:
        personal["note"] = note
    return {name: list(pair) for name, pair in changes.items() if name not in personal_names}, personal


def _seal_values(personal: Mapping[str, Any]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    sealed, values = {}, []
    for field, raw in personal.items():
        value = hashing.plain(raw)
        salt = secrets.token_hex(16)
        sealed[field] = sealed_digest(salt, value)
        values.append({"field": field, "salt": salt, "value": value})
    return sealed, values


def sealed_digest(salt: str, value: Any) -> str:
    """The digest of a personal value that the chain holds."""
    return hashing.digest({"salt": salt, "value": value})


def _number_of(target: models.Model) -> str:
    """A dossier's number and nothing of its contents; an account's name; of reference rows what they are."""
    if getattr(target, "is_dossier", False):
        return getattr(target, "number", None) or UNNUMBERED
    if isinstance(target, User):
        return target.username
    return f"{target._meta.verbose_name} {getattr(target, 'number', '') or target}"[:60]


def _region_of(target: models.Model, by: User | None) -> str:
    if isinstance(target, Region):
        return target.code
    if code := getattr(target, "region_id", None):
        return str(code)
    person = (
        target if isinstance(target, User) else by
    )  # a failed sign-in has no actor, but it has an account
    return str(person.home.region_id) if person and person.home else ""
