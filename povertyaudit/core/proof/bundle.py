"""Write a bundle of one county and period that `check.py` verifies on another machine. Streamed: memory stays flat.

Chains of dossiers and reference rows of the county go out entry by entry, as they are hashed: personal values are salted
digests there anyway. Accounts' own chains, other counties and plans that are still secret appear as digests among the
leaves of seals, with nothing that names them.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from povertyaudit.core import audit, hashing, moment
from povertyaudit.core.models import UNNUMBERED, AuditEntry, ChainHead, Region, Seal, SealLeaf, User
from povertyaudit.core.proof import check
from povertyaudit.core.scope import dossier_models, prefix_of, region_under

HERE = Path(__file__).parent
BATCH = 500
APART = (User._meta.label_lower,)  # sign-ins and the like are no business of the county's


@dataclass
class Made:
    """What was written: lines and SHA-256 of each member, numbers, and the SHA-256 of the manifest."""

    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    manifest: str = ""


def export(path: Path, region: Region, since: date | None = None, until: date | None = None) -> Made:
    """Write the bundle to `path` (readable by its owner only) and record the act. Days are in local time, both
    included; the period reaches on to the first seal after `until`, so that what it holds is sealed. Raises OSError."""
    made, draft = Made(), path.with_name(f"{path.name}.part")
    draft.touch(mode=0o600)
    try:
        with one_moment(), zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as out:
            Writer(out, made, region, since, until).write()
        facts = {"from": since, "to": until, "manifest": made.manifest, **made.counts}
        audit.record("export.proof", region, by=None, facts=facts)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return made


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as of one moment: a snapshot on PostgreSQL, the single writer's transaction on SQLite."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


class Writer:
    """One bundle under way."""

    def __init__(
        self, out: zipfile.ZipFile, made: Made, region: Region, since: date | None, until: date | None
    ) -> None:
        self.out, self.made, self.region, self.since, self.until = out, made, region, since, until
        self.start = _midnight(since) if since else None
        self.seals = Seal.objects.order_by("seq")
        after = self.seals.filter(at__gt=_end_of(until)).first() if until else None
        self.end_seal = after or self.seals.last()
        self.first_seal = self.seals.filter(at__gte=self.start).first() if self.start else self.seals.first()

    def write(self) -> None:
        counts = self.made.counts
        counts["seals"] = self.member("seals.ndjson", self.seal_lines())
        counts["leaves"] = self.member("leaves.ndjson", self.leaf_lines())
        counts |= {"chains": 0, "rows": 0}
        counts["entries"] = self.member("entries.ndjson", self.entry_lines())
        self.member("chains.ndjson", self.chain_lines())
        counts["versions"] = self.member("versions.ndjson", self.version_lines())
        for name in ("check.py", "README.txt"):
            self.member(name, (HERE / name).read_bytes().splitlines(keepends=True))
        manifest = hashing.canonical(self.manifest()) + b"\n"
        self.out.writestr("manifest.json", manifest)
        self.made.manifest = hashlib.sha256(manifest).hexdigest()

    def manifest(self) -> dict[str, Any]:
        reach = (self.first_seal, self.end_seal)
        leaves = [one.seq for one in reach if one] if all(reach) else [1, 0]
        return {
            "format": check.FORMAT, "made_at": moment.now(), "region": self.region.code,
            "region_name": self.region.path_name, "from": self.since, "to": self.until, "seals_with_leaves": leaves,
            "counts": self.made.counts, "members": self.made.members,
        }  # fmt: skip

    def member(self, name: str, lines: Iterable[bytes]) -> int:
        """Write a member line by line; returns how many."""
        seen, number = hashlib.sha256(), 0
        with self.out.open(name, "w", force_zip64=True) as out:
            for line in lines:
                out.write(line)
                seen.update(line)
                number += line.count(b"\n")
        self.made.members[name] = {"sha256": seen.hexdigest(), "lines": number}
        return number

    def seal_lines(self) -> Iterator[bytes]:
        """Every seal there is: their links are checked from the beginning."""
        for seal in self.seals.iterator(BATCH):
            yield _line({name: getattr(seal, name) for name in (*check.SEAL, "hash", "algorithm")})

    def leaf_lines(self) -> Iterator[bytes]:
        """The leaves of the seals of the period; those of chains that are not here as digests only."""
        if not self.first_seal or not self.end_seal:
            return
        rows = SealLeaf.objects.filter(seal__seq__gte=self.first_seal.seq, seal__seq__lte=self.end_seal.seq)
        for leaf in _with_last(rows).select_related("seal").order_by("seal__seq", "pk").iterator(BATCH):
            place = (leaf.target_label, leaf.target_id, leaf.seq, leaf.hash)
            if self.is_ours(leaf):
                yield _line(
                    {"seal": leaf.seal.seq, **dict(zip(("label", "id", "seq", "hash"), place, strict=True))}
                )
            else:
                yield _line({"seal": leaf.seal.seq, "digest": check.leaf_digest(*place, leaf.seal.algorithm)})

    def is_ours(self, row: Any) -> bool:
        """Is the chain of this head or leaf (with `last_region`, `last_number`) in the bundle?"""
        here = bool(row.last_region) and row.last_region.startswith(prefix_of(self.region.code))
        return here and row.last_number != UNNUMBERED and row.target_label not in APART

    def heads(self) -> QuerySet[Any]:
        """The chains of the county that are no secret."""
        rows = _with_last(ChainHead.objects.filter(seq__gt=0).exclude(target_label__in=APART))
        here = rows.filter(region_under("last_region", self.region.code)).exclude(last_number=UNNUMBERED)
        return here.order_by("target_label", "target_id")

    def parts(self) -> Iterator[tuple[list[Any], dict[tuple[str, int], list[AuditEntry]]]]:
        """Batches of heads with the entries of each within the period, from its first to its last without gaps."""
        batch: list[Any] = []
        for head in self.heads().iterator(BATCH):
            batch.append(head)
            if len(batch) == BATCH:
                yield batch, self.entries_of(batch)
                batch = []
        yield batch, self.entries_of(batch)

    def entries_of(self, heads: list[Any]) -> dict[tuple[str, int], list[AuditEntry]]:
        rows = AuditEntry.objects.filter(target_id__in=[head.target_id for head in heads])
        reach = rows.filter(self.period()).order_by().values_list("target_label", "target_id")
        spans = {
            (label, key): (low, high) for label, key, low, high in reach.annotate(Min("seq"), Max("seq"))
        }
        wanted = {(head.target_label, head.target_id) for head in heads}
        found: dict[tuple[str, int], list[AuditEntry]] = {}
        for entry in rows.order_by("target_label", "target_id", "seq"):
            place = (entry.target_label, entry.target_id)
            low, high = spans.get(place, (1, 0))
            if place in wanted and low <= entry.seq <= high:
                found.setdefault(place, []).append(entry)
        return found

    def period(self) -> Q:
        begun = Q(at__gte=self.start) if self.start else Q()
        if not self.until:
            return begun
        end = _end_of(self.until)
        return begun & Q(at__lte=max(end, self.end_seal.at) if self.end_seal else end)

    def entry_lines(self) -> Iterator[bytes]:
        for _, found in self.parts():
            for chain in found.values():
                for entry in chain:
                    yield _line({**entry.chained(), "hash": entry.hash, "algorithm": entry.algorithm})

    def chain_lines(self) -> Iterator[bytes]:
        """Each chain's reach; where it is here to its end, the digests of its rows as the database holds them now."""
        for heads, found in self.parts():
            ends = {(head.target_label, head.target_id): head.seq for head in heads}
            whole = {place: chain for place, chain in found.items() if chain[-1].seq == ends[place]}
            now = _current({key for chain in whole.values() for entry in chain for key in entry.state})
            for (label, key), chain in found.items():
                keys = {name for entry in chain for name in entry.state} if (label, key) in whole else set()
                rows = {name: now[name] for name in keys if name in now}
                self.made.counts["chains"] += 1
                self.made.counts["rows"] += len(rows)
                yield _line({
                    "label": label, "id": key, "number": chain[-1].target_number, "first": chain[0].seq,
                    "last": chain[-1].seq, "whole": (label, key) in whole, "rows": rows,
                })  # fmt: skip

    def version_lines(self) -> Iterator[bytes]:
        """Id and version of every numbered record of the county, by kind, as the ledgers' digests take them."""
        for model in dossier_models():
            here = model._default_manager.filter(region_under("region_id", self.region.code))
            things = model(public_id="x").get_absolute_url().strip("/").split("/")[0]
            rows = here.exclude(number=None).order_by("public_id").values_list("public_id", "version")
            for key, version in rows.iterator(BATCH):
                yield _line({"things": things, "id": key, "version": version})


def _with_last(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With the region and number that the newest entry of the row's chain bears."""
    last = AuditEntry.objects.filter(target_label=OuterRef("target_label"), target_id=OuterRef("target_id"))
    newest = last.order_by("-seq")
    found: QuerySet[Any] = rows.annotate(
        last_region=Subquery(newest.values("region_code")[:1]),
        last_number=Subquery(newest.values("target_number")[:1]),
    )
    return found


def _current(keys: set[str]) -> dict[str, str]:
    """The digests of these rows (`label:public id`) as the database holds them now."""
    by_label: dict[str, list[str]] = {}
    for key in sorted(keys):
        label, public_id = key.split(":")
        by_label.setdefault(label, []).append(public_id)
    found: dict[str, str] = {}
    for label, ids in by_label.items():
        for start in range(0, len(ids), BATCH):
            rows = apps.get_model(label)._default_manager.filter(public_id__in=ids[start : start + BATCH])
            found |= audit.row_digests(rows)
    return found


def _line(value: dict[str, Any]) -> bytes:
    return hashing.canonical(value) + b"\n"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
