"""The first entry of the chains of many new rows of one kind, as `audit.record` would write them one by one.

Written a column at a time (`core.sideways`): what all rows have alike is put into its canonical form once.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring as _quoted
from typing import Any

import orjson
from django.db import models

from povertyaudit.core import audit, hashing, inserting, moment
from povertyaudit.core.context import request_id
from povertyaudit.core.models import AuditEntry, AuditValue, ChainHead, User
from povertyaudit.core.proof import check
from povertyaudit.core.sideways import Sideways

EMPTY: tuple[Any, ...] = (None, "", [], {})
_EXACT = {type(None), str, int, bool}  # kinds of values of which both writers of JSON make the same bytes
_NAMES = {True: "true", False: "false", None: "null"}


def digests(table: Sideways) -> list[str]:
    """As `audit.row_digests`, of rows that are about to be written: the digest of all columns of each."""
    derived: frozenset[str] = getattr(table.model, "derived_columns", frozenset())
    later: frozenset[str] = getattr(table.model, "later_columns", frozenset())
    parts: list[Sequence[str]] = []
    alike = ""
    for name in sorted({*table.columns, *table.same} - derived):
        if name in table.same:
            value = table.same[name]
            alike += "" if name in later and not value else f',"{name}":{_json([value])[0]}'
            continue
        given = table.columns[name]
        said = [f'{alike},"{name}":{text}' for text in _json(given)]
        if name in later:
            said = [one if value else alike for one, value in zip(said, given, strict=True)]
        parts.append(said)
        alike = ""
    rows = map("".join, zip(*parts, strict=True))
    return [hashlib.sha256(f"{{{row[1:]}{alike}}}".encode()).hexdigest() for row in rows]


class FirstEntries:
    """What is asked of the database is asked when it is made; `put` asks nothing."""

    def __init__(self, verb: str, roots: Sequence[models.Model], by: User | None) -> None:
        audit.share()
        self.keys = inserting.keys(AuditEntry, len(roots))
        self._same: dict[str, Any] = {**_of_all(verb, roots[0], by), "algorithm": hashing.algorithm()}
        about = [audit.what(root, by) for root in roots]
        each = ("target_id", "target_public_id", "target_number", "region_code")
        self._each: dict[str, Sequence[Any]] = {name: [one[name] for one in about] for name in each}

    def put(self, table: Sideways, states: Sequence[Mapping[str, str]], lane: inserting.Lane) -> None:
        """Write the entries, their values and the heads of the chains. `table`: the roots; `states`: of each root
        `label:public id` → digest, of itself and of what is new below it."""
        opened, sealed = _changes(table)
        seals, values = _seal(sealed, self.keys)
        columns = {**self._each, "changes": opened, "sealed_values": seals, "state": states}
        hashes = self._hashes(columns)
        lane.put(Sideways(AuditEntry, table.count, {"id": self.keys, **columns, "hash": hashes}, self._same))
        lane.put(Sideways(AuditValue, len(values["entry_id"]), values))
        head = {"target_label": self._same["target_label"], "seq": 1}
        lane.put(Sideways(ChainHead, table.count, {"target_id": columns["target_id"], "hash": hashes}, head))

    def _hashes(self, columns: Mapping[str, Sequence[Any]]) -> list[str]:
        exact = all(type(new) in _EXACT for changes in columns["changes"] for _, new in changes.values())
        alike = {name: hashing.plain(self._same[name]) for name in check.ENTRY if name in self._same}
        names = [name for name in check.ENTRY if name not in alike]
        rows = zip(*[columns[name] for name in names], strict=True)
        algorithm = self._same["algorithm"]
        return [
            _digest({**alike, **dict(zip(names, row, strict=True))}, algorithm, exact=exact) for row in rows
        ]


def _of_all(verb: str, root: models.Model, by: User | None) -> dict[str, Any]:
    actor = audit.actor(by)
    return {
        "actor_id": by.pk if by else None, "actor_name": actor["actor_name"], "actor_role": actor["actor_role"],
        "target_label": root._meta.label_lower, "seq": 1, "verb": verb, "at": moment.now(),
        "request_id": request_id.get(), "previous": "",
    }  # fmt: skip


def _changes(table: Sideways) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Of each row what an editable field holds, as (nothing before, this now): open, and what is sealed."""
    personal: frozenset[str] = getattr(table.model, "personal_fields", frozenset())
    opened: list[dict[str, Any]] = [{} for _ in range(table.count)]
    sealed: list[dict[str, Any]] = [{} for _ in range(table.count)]
    for field in table.model._meta.concrete_fields:
        if not field.editable or table.same.get(field.attname, field) in EMPTY:
            continue
        into = sealed if field.name in personal else opened
        given: Iterable[Any] = table.columns.get(field.attname) or [table.same[field.attname]] * table.count
        for row, value in zip(into, given, strict=True):
            if value not in EMPTY:
                row[field.name] = [None, hashing.plain(value)]
    return opened, sealed


def _seal(
    personal: Sequence[Mapping[str, Any]], keys: Sequence[int]
) -> tuple[list[dict[str, str]], dict[str, list[Any]]]:
    """Field → salted digest of each, and the columns of the values with their salts."""
    count = sum(map(len, personal))
    raw = os.urandom(16 * count).hex()
    salts = iter([raw[at : at + 32] for at in range(0, 32 * count, 32)])
    seals: list[dict[str, str]] = []
    columns: dict[str, list[Any]] = {"entry_id": [], "field": [], "salt": [], "value": []}
    for key, mine in zip(keys, personal, strict=True):
        found = {}
        for name, value in mine.items():
            salt = next(salts)
            found[name] = _sealed(salt, value)
            for column, one in (("entry_id", key), ("field", name), ("salt", salt), ("value", value)):
                columns[column].append(one)
        seals.append(found)
    return seals, columns


def _sealed(salt: str, value: list[Any]) -> str:
    """As `audit.sealed_digest`, of (nothing before, this now)."""
    if type(value[1]) is not str:
        return audit.sealed_digest(salt, value)
    return hashlib.sha256(f'{{"salt":"{salt}","value":[null,{_quoted(value[1])}]}}'.encode()).hexdigest()


def _digest(value: dict[str, Any], algorithm: str, *, exact: bool) -> str:
    """The digest of the canonical form. `exact`: there is no figure with a point in it, so the fast writer may write."""
    if not exact:
        return hashing.digest(value, algorithm)
    return check.digest(orjson.dumps(value, option=orjson.OPT_SORT_KEYS), algorithm)


def _json(values: Sequence[Any]) -> list[str]:
    """The canonical form of each value of a column."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return list(map(_quoted, values))
    if kinds == {int}:
        return list(map(str, values))
    if kinds <= {bool, type(None)}:
        return [_NAMES[one] for one in values]
    return [_quoted(one) if type(one) is str else hashing.canonical(one).decode() for one in values]
