"""Whether two ledgers hold the same rows: ids and versions of ours against those of another instance or a file."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

from django.db.models import QuerySet

from povertyaudit.core import ledger

TOLD = 20  # rows named of each kind
WAITED = 300  # seconds


@dataclass
class Difference:
    """What is only here, only there, and in another version; the first of each by id."""

    count: int = 0
    here: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.here or self.there or self.versions)


def of_file(path: Path) -> Iterator[tuple[str, int]]:
    """`(id, version)` of a ledger kept as NDJSON or CSV."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if path.suffix == ".csv":
            yield from ((row["id"], int(row["version"])) for row in csv.DictReader(lines))
        else:
            yield from of_lines(lines)


def of_lines(lines: Iterable[str | bytes]) -> Iterator[tuple[str, int]]:
    for line in lines:
        row = json.loads(line)
        yield row["id"], int(row["version"])


class Instance:
    """Another instance, asked with a token."""

    def __init__(self, base: str, things: str, query: str, token: str) -> None:
        if not base.startswith(("https://", "http://")):
            raise ValueError("地址应以 https:// 开头。")
        self.base, self.token = f"{base.rstrip('/')}/api/v1/{quote(things)}/ledger", token
        self.query = f"?{query}" if query else ""

    def digest(self) -> tuple[int, str]:
        found = json.load(self._open("digest"))
        return int(found["count"]), str(found["digest"])

    def rows(self) -> Iterator[tuple[str, int]]:
        return of_lines(self._open("ndjson"))

    def _open(self, kind: str) -> Any:
        asked = Request(f"{self.base}.{kind}{self.query}", headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310 — http(s) alone, see above
        return urlopen(asked, timeout=WAITED)  # noqa: S310


def compare(rows: "QuerySet[Any]", there: Iterable[tuple[str, int]]) -> Difference:
    """Every row of ours against every row of theirs."""
    ours = dict(rows.values_list("public_id", "version").iterator(ledger.CHUNK))
    found, seen = Difference(count=len(ours)), set()
    for id, version in there:
        seen.add(id)
        if id not in ours:
            _add(found.there, id)
        elif ours[id] != version:
            _add(found.versions, f"{id}（本级第 {ours[id]} 版，对方第 {version} 版）")
    for id in ours:
        if id not in seen:
            _add(found.here, id)
    return found


def _add(told: list[str], what: str) -> None:
    if len(told) < TOLD:
        told.append(what)
