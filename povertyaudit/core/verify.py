"""Check the whole record: entries, chains, the rows they describe, and seals. Names the first broken thing of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F

from povertyaudit.core import hashing, reference_clocks
from povertyaudit.core.audit import row_digests, sealed_digest
from povertyaudit.core.models import AuditEntry, AuditValue, ChainHead, ClockRule, Row, Seal
from povertyaudit.core.proof.check import leaf_digest
from povertyaudit.core.sealing import merkle_root, seal_hash

BATCH = 500
NOT_A_REGISTER = "scale.seeded"  # the verb of `seed_scale`: rows loaded beside the verbs, for measuring only


@dataclass
class Report:
    """What was checked and what was found; `broken` is empty when the record is whole."""

    entries: int = 0
    chains: int = 0
    rows: int = 0
    seals: int = 0
    erased_values: int = 0
    unsealed_chains: int = 0
    broken: list[str] = field(default_factory=list)


def verify(anchors: dict[int, str] | None = None) -> Report:
    """Check everything. `anchors` maps a seal's number to the value kept elsewhere."""
    report = Report()
    seen: dict[str, set[str]] = {}
    entries = AuditEntry.objects.order_by("target_label", "target_id", "seq").iterator(chunk_size=2000)
    chains = groupby(entries, key=lambda e: (e.target_label, e.target_id))
    for batch in _batches(((key, list(chain)) for key, chain in chains), BATCH):
        _check_batch(batch, report, seen)
    _check_values(report)
    if AuditEntry.objects.filter(verb=NOT_A_REGISTER).exists():  # an entry nobody can take away again
        report.broken.append("这是 seed_scale 生成的测量数据库，业务数据没有操作记录，不是真实台账。")
    else:
        _check_strangers(report, seen)
    _check_missing_chains(report)
    report.broken.extend(f"期限规则被改动：{what}。" for what in reference_clocks.altered(ClockRule))
    _check_seals(report, anchors or {})
    report.unsealed_chains = ChainHead.objects.filter(seq__gt=F("sealed_seq")).count()
    return report


def _batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _check_batch(batch: list[Any], report: Report, seen: dict[str, set[str]]) -> None:
    keys = [target_id for (_, target_id), _ in batch]
    heads = {(h.target_label, h.target_id): h for h in ChainHead.objects.filter(target_id__in=keys)}
    expected: dict[str, tuple[str | None, str]] = {}
    for key, chain in batch:
        report.chains += 1
        report.entries += len(chain)
        _check_chain(chain, heads.get(key), report)
        for entry in chain:
            for row_key, row_digest in entry.state.items():
                expected[row_key] = (row_digest, _where(entry))
    _check_rows(expected, report, seen)


def _where(entry: AuditEntry) -> str:
    return f"{entry.target_label} {entry.target_number} 第 {entry.seq} 条（{entry.verb}）"


def _check_chain(chain: list[AuditEntry], head: ChainHead | None, report: Report) -> None:
    previous = ""
    for position, entry in enumerate(chain, start=1):
        if entry.seq != position:
            report.broken.append(
                f"操作记录缺失：{entry.target_label} {entry.target_number} 缺第 {position} 条。"
            )
            return
        if entry.previous != previous:
            report.broken.append(f"操作记录前后不衔接：{_where(entry)}。")
            return
        if hashing.digest(entry.chained(), entry.algorithm) != entry.hash:
            report.broken.append(f"操作记录被改动：{_where(entry)}。")
            return
        previous = entry.hash
    last = chain[-1]
    if head is None or (head.seq, head.hash) != (last.seq, last.hash):
        report.broken.append(f"操作记录末尾被删改：{last.target_label} {last.target_number}。")


def _check_rows(
    expected: dict[str, tuple[str | None, str]], report: Report, seen: dict[str, set[str]]
) -> None:
    by_label: dict[str, list[str]] = {}
    for row_key, (row_digest, _) in expected.items():
        label, public_id = row_key.split(":")
        seen.setdefault(label, set()).add(public_id)
        if row_digest is not None:
            by_label.setdefault(label, []).append(public_id)
    current: dict[str, str] = {}
    for label, ids in by_label.items():
        model = apps.get_model(label)
        for start in range(0, len(ids), BATCH):
            current |= row_digests(model._default_manager.filter(public_id__in=ids[start : start + BATCH]))
    for row_key, (row_digest, where) in expected.items():
        report.rows += 1
        if row_digest is None:
            continue
        if row_key not in current:
            report.broken.append(f"业务数据被删除：{_name(row_key)}，最后记录于 {where}。")
        elif current[row_key] != row_digest:
            report.broken.append(f"业务数据被改动：{_name(row_key)}，与 {where} 不符。")


def _name(row_key: str) -> str:
    label, public_id = row_key.split(":")
    model = apps.get_model(label)
    return f"{model._meta.verbose_name}（{label} {public_id}）"


def _check_values(report: Report) -> None:
    """Personal values that are still there must match the digest in the chain; erased ones are only counted."""
    for value in AuditValue.objects.select_related("entry").iterator(chunk_size=2000):
        if value.entry.sealed_values.get(value.field) != sealed_digest(value.salt, value.value):
            report.broken.append(f"操作记录的内容被改动：{_where(value.entry)} 的“{value.field}”。")
    sealed = sum(
        len(names) for names in AuditEntry.objects.values_list("sealed_values", flat=True).iterator()
    )
    report.erased_values = sealed - AuditValue.objects.count()


def _check_strangers(report: Report, seen: dict[str, set[str]]) -> None:
    for model in _row_models():
        label = model._meta.label_lower
        known = seen.get(label, set())
        # Reference rows that a migration brought have no act behind them; the model says which they are.
        recorded = model._default_manager.exclude(getattr(model, "unrecorded", models.Q(pk__in=())))
        for public_id in recorded.values_list("public_id", flat=True).iterator():
            if public_id not in known:
                report.broken.append(f"业务数据没有操作记录：{_name(f'{label}:{public_id}')}。")


def _row_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Row)]


def _check_missing_chains(report: Report) -> None:
    kept = AuditEntry.objects.filter(
        target_label=models.OuterRef("target_label"), target_id=models.OuterRef("target_id")
    )
    for head in ChainHead.objects.filter(seq__gt=0).exclude(models.Exists(kept)):
        report.broken.append(f"操作记录整链缺失：{head.target_label} {head.target_id}。")


def _check_seals(report: Report, anchors: dict[int, str]) -> None:
    previous = ""
    position = 0
    for position, seal in enumerate(Seal.objects.order_by("seq"), start=1):
        report.seals += 1
        leaves = list(seal.leaves.values_list("target_label", "target_id", "seq", "hash"))
        digests = [leaf_digest(*leaf, seal.algorithm) for leaf in leaves]
        whole = (seal.seq, seal.previous, seal.hash) == (position, previous, seal_hash(seal))
        if not whole or len(leaves) != seal.count or merkle_root(digests, seal.algorithm) != seal.root:
            report.broken.append(f"封印被改动：第 {seal.seq} 枚。")
        if anchors.get(seal.seq, seal.hash) != seal.hash:
            report.broken.append(f"封印与外部留存不符：第 {seal.seq} 枚。")
        if lost := _lost_leaf(leaves):
            report.broken.append(f"封印后的操作记录被改动：{lost}（第 {seal.seq} 枚封印）。")
        previous = seal.hash
    report.broken.extend(f"封印缺失：外部留存第 {seq} 枚，系统中没有。" for seq in anchors if seq > position)


def _lost_leaf(leaves: list[tuple[str, int, int, str]]) -> str | None:
    for start in range(0, len(leaves), BATCH):
        part = leaves[start : start + BATCH]
        found = set(
            AuditEntry.objects.filter(target_id__in=[leaf[1] for leaf in part]).values_list(
                "target_label", "target_id", "seq", "hash"
            )
        )
        for leaf in part:
            if leaf not in found:
                return f"{leaf[0]} {leaf[1]} 第 {leaf[2]} 条"
    return None
