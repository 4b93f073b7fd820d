"""Key rotation: what is sealed under a key of the past is sealed anew under the present one, a batch at a time.

Each batch is one short transaction and notes how far it came in the job's row, so that it may be killed anywhere and
goes on with what is left. Plain values stay inside `core.vault`; only counts and key ids are told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Model, Q

from povertyaudit.core import audit, channels, id_resealing, id_seals, jobs, moment, originals, rows, vault
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Channel, FileKey, Job, Role, User, VaultEntry
from povertyaudit.core.models.jobs import JobState

BATCH = 100


@dataclass(frozen=True)
class Kind:
    """One kind of sealed rows: `bound` is what a seal is tied to, `keep` stores the new one if nobody was faster."""

    name: str
    label: str
    model: type[Model]
    cipher: str
    bound: Callable[[Any], bytes]
    keep: Callable[[Any, bytes, str, User], bool]
    beside: tuple[str, ...] = ()  # rows `bound` reads, fetched with the batch


@dataclass(frozen=True)
class Numbers:
    """One kind of rows with sealed ID numbers, millions of them, sealed by `id_seals` and anew by `id_resealing`."""

    name: str
    label: str
    model: type[Model]
    cipher: str
    key: str


def _keep_entry(entry: VaultEntry, sealed: bytes, key_id: str, by: User) -> bool:
    same = VaultEntry.objects.filter(pk=entry.pk, key_id=entry.key_id, ciphertext=entry.ciphertext)
    return bool(same.update(ciphertext=sealed, key_id=key_id))


def _keep_file_key(key: FileKey, sealed: bytes, key_id: str, by: User) -> bool:
    same = FileKey.objects.filter(pk=key.pk, key_id=key.key_id, ciphertext=key.ciphertext)
    return bool(same.update(ciphertext=sealed, key_id=key_id))


def _keep_channel(channel: Channel, sealed: bytes, key_id: str, by: User) -> bool:
    """A channel is a recorded row: its digest must say what the database now holds. It is locked by the batch."""
    channel.sealed, channel.key_id = sealed, key_id
    rows.write(channel, verb="channel.reseal", by=by)  # type: ignore[type-var]
    return True


# Whatever is sealed with the vault's key. A test sees that no model with a `key_id` is missing.
KINDS = (
    Kind("complainants", "举报人信息", VaultEntry, "ciphertext", vault.bound, _keep_entry),
    Kind("channels", "外发渠道", Channel, "sealed", channels.bound, _keep_channel),
    Kind(
        "originals", "来信来访原件", FileKey, "ciphertext", originals.bound, _keep_file_key, ("attachment",)
    ),
)


def kinds() -> list[Kind | Numbers]:
    """Every kind, those of the apps above too: `settings.SEALED_NUMBERS`."""
    numbers = (
        Numbers(name, label, apps.get_model(model), cipher, key)
        for name, label, model, cipher, key in settings.SEALED_NUMBERS
    )
    return [*KINDS, *numbers]


@dataclass(frozen=True)
class Standing:
    """How many rows are sealed under a key, by kind. Not `at_hand`: nobody can open them on this server."""

    key_id: str
    present: bool
    at_hand: bool
    counts: dict[str, int]

    @property
    def short(self) -> str:
        return self.key_id[:8]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def standing() -> list[Standing]:
    """Every key that is at hand or still needed, the present one first."""
    present, old = vault.present_key(), vault.old_keys()
    found: dict[str, dict[str, int]] = {key_id: {} for key_id in (present, *old)}
    for kind in kinds():
        known, key = (id_seals.keys(), kind.key) if isinstance(kind, Numbers) else ({}, "key_id")
        groups = kind.model._default_manager.exclude(**{key: ""}).order_by(key).values(key)
        for group in groups.annotate(n=Count("pk")):
            key_id = known.get(group[key], group[key])
            found.setdefault(key_id, {})[kind.name] = group["n"]
    return [
        Standing(
            key_id,
            key_id == present,
            key_id in {present, *old},
            {k.name: counts.get(k.name, 0) for k in kinds()},
        )
        for key_id, counts in found.items()
    ]


def waiting(keys: list[Standing]) -> int:
    """How many rows under old keys at hand are still to be sealed anew, and originals of before to be encrypted at all."""
    old = sum(key.total for key in keys if key.at_hand and not key.present)
    return old + int(originals.unsealed().count())


def missing(keys: list[Standing]) -> str:
    """The sentence about rows whose key is not at hand; empty when there are none."""
    lost = [key for key in keys if not key.at_hand]
    if not lost:
        return ""
    listed = "、".join(f"{key.short}（{key.total} 条）" for key in lost)
    return (
        f"有 {sum(key.total for key in lost)} 条是用服务器上没有的密钥加密的，打不开，已原样保留："
        f"密钥编号 {listed}。请运维人员把对应的旧密钥写入 VAULT_OLD_KEYS 并重新启动后再办。"
    )


@transaction.atomic
def ask(*, by: User, wake: bool = True) -> Job:
    """更换后重新加密: stands ready as a job; asked twice while one is under way it is the same.

    Without `wake` only the caller or the next sweep does it. Raises NotAllowed unless `by` is 安全保密管理员.
    """
    if Role.SECADMIN not in by.roles:
        raise NotAllowed("vault.rotate", "只有安全保密管理员可以办理更换密钥后的重新加密。")
    asked = Job.objects.rotations()
    ended = asked.exclude(pk__in=asked.unfinished()).count()
    payload = {
        "by": by.pk, "name": by.display_name, "key_id": vault.present_key(), "total": waiting(standing()),
    }  # fmt: skip
    at = None if wake else moment.now()
    return jobs.enqueue("rotate", payload, f"vault-key:{ended + 1}", run_after=at)


def last() -> Job | None:
    """The newest rotation asked for."""
    return Job.objects.rotations().order_by("-pk").first()


def work(payload: dict[str, Any], lease: jobs.Lease, tell: Callable[[int], None] = lambda done: None) -> None:
    """Job handler: every row under an old key at hand, batch by batch; `tell` hears how many are done.

    Raises KeyMissing in a process that was not started with the key the officer saw, and LeaseLost.
    """
    if payload["key_id"] != vault.present_key():
        raise vault.KeyMissing
    by, old = User.objects.get(pk=payload["by"]), vault.old_keys()
    counts = {kind.name: lease.job.result.get(kind.name, 0) for kind in kinds()} | {"damaged": 0}
    counts["originals"] += originals.seal_old(
        lambda: lease.renew()
    ).done  # the refused stand on the page as plain
    for kind in kinds():
        after = 0
        while after := (
            _many(kind, after, counts, lease)
            if isinstance(kind, Numbers)
            else _batch(kind, old, after, counts, by, lease)
        ):
            tell(sum(counts[kind.name] for kind in kinds()))
    with transaction.atomic():
        left = {"left": sum(key.total for key in standing() if not key.present)}
        if lease.finish(state=JobState.DONE, finished_at=moment.now(), result=counts | left, error=""):
            audit.record("vault.rotate", lease.job, by=by, facts=counts | left)


@transaction.atomic
def _batch(
    kind: Kind, old: list[str], after: int, counts: dict[str, int], by: User, lease: jobs.Lease
) -> int:
    """Seal the next rows anew; returns the last one's key, 0 when there was none. A damaged row stays as it is."""
    under = Q(key_id__in=old, pk__gt=after)
    found: Any = kind.model._default_manager.select_for_update(of=("self",)).filter(under).order_by("pk")
    batch = list(found.select_related(*kind.beside)[:BATCH] if kind.beside else found[:BATCH])
    for row in batch:
        try:
            sealed, key_id = vault.reseal(bytes(getattr(row, kind.cipher)), row.key_id, kind.bound(row))
        except InvalidTag:
            counts["damaged"] += 1
            continue
        counts[kind.name] += kind.keep(row, sealed, key_id, by)
    lease.renew(result=counts)  # in the same transaction: a lost lease takes the batch back
    return batch[-1].pk if batch else 0


@transaction.atomic
def _many(kind: Numbers, after: int, counts: dict[str, int], lease: jobs.Lease) -> int:
    """As `_batch`, of sealed ID numbers."""
    done = id_resealing.batch(kind.model, kind.cipher, kind.key, after)
    counts[kind.name] += done.anew
    counts["damaged"] += done.damaged
    lease.renew(result=counts)
    return done.last
