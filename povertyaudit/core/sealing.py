"""The daily seal: a Merkle root over the heads grown since the last seal, written in the database and outside it."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from povertyaudit.core import hashing, moment
from povertyaudit.core.audit import WRITERS_LOCK
from povertyaudit.core.models import ChainHead, Seal, SealLeaf
from povertyaudit.core.proof import check
from povertyaudit.core.proof.check import leaf_digest


def merkle_root(leaves: Iterable[str], algorithm: str) -> str:
    """Root over hex leaves in the given order; an odd one out moves up unpaired. Empty: digest of nothing."""
    tree = check.Merkle(algorithm)
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def seal() -> Seal | None:
    """Seal what has grown since the last seal; None when nothing has. Waits for writers that are still open."""
    with transaction.atomic():
        _wait_for_writers()
        grown = list(ChainHead.objects.filter(seq__gt=F("sealed_seq")).order_by("target_label", "target_id"))
        if not grown:
            return None
        made = _make(grown)
        ChainHead.objects.filter(pk__in=[head.pk for head in grown]).update(sealed_seq=F("seq"))
    _write_outside(made)
    return made


def _wait_for_writers() -> None:
    """On PostgreSQL writers hold the lock shared until they commit; on SQLite an IMMEDIATE transaction is alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])


def _make(grown: list[ChainHead]) -> Seal:
    algorithm = hashing.algorithm()
    last = Seal.objects.order_by("-seq").first()
    leaves = [leaf_digest(h.target_label, h.target_id, h.seq, h.hash, algorithm) for h in grown]
    made = Seal(
        seq=(last.seq if last else 0) + 1,
        at=moment.now(),
        count=len(grown),
        root=merkle_root(leaves, algorithm),
        previous=last.hash if last else "",
        algorithm=algorithm,
    )
    made.hash = seal_hash(made)
    made.save(force_insert=True)
    SealLeaf.objects.bulk_create(
        [
            SealLeaf(seal=made, target_label=h.target_label, target_id=h.target_id, seq=h.seq, hash=h.hash)
            for h in grown
        ],
        batch_size=1000,
    )
    return made


def seal_hash(made: Seal) -> str:
    """The value that is printed, sent elsewhere and given back to `verify_ledger --anchor`."""
    content = {name: getattr(made, name) for name in check.SEAL}
    return hashing.digest(content, made.algorithm)


def _write_outside(made: Seal) -> None:
    folder = Path(settings.DATA_DIR) / "seals"
    folder.mkdir(parents=True, exist_ok=True)
    line = {
        "seq": made.seq,
        "at": hashing.plain(made.at),
        "count": made.count,
        "root": made.root,
        "hash": made.hash,
    }
    with (folder / "seals.ndjson").open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
