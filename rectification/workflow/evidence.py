"""佐证材料清单: what an item still lacks of the kinds its sort of problem needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User
from rectification.models import EvidenceKind, EvidenceNeed, NeedLevel
from rectification.models.evidence import PAIR


@dataclass(frozen=True)
class Lack:
    """One kind that is asked for and not there: of the item as a whole, or of `measures` (their numbers)."""

    kind: str
    name: str
    about: str
    measures: Sequence[int] = ()

    @property
    def sentence(self) -> str:
        """What is missing and why, for whoever can mend it."""
        why = f"（佐证材料清单对“{self.about}”的要求）"
        whose = f"{'、'.join(f'第 {no} 条' for no in self.measures[:10])}措施" if self.measures else "该事项"
        more = "等" if len(self.measures) > 10 else ""
        if self.kind == PAIR:
            return f"{whose}{more}还没有整改前后同一角度的对比照片，请上传整改后照片并选定对应的整改前照片{why}。"
        return f"{whose}{more}还没有“{self.name}”，请先上传{why}。"


def lacking(item: Any) -> list[Lack]:
    """Of the list in force today; where a kind is asked for twice, once and of each measure if that is asked. One query
    beside the evidence and measures, which a page has fetched."""
    asked: dict[str, EvidenceNeed] = {}
    for need in EvidenceNeed.objects.for_item(item):
        if need.kind not in asked or need.level == NeedLevel.MEASURE:
            asked[need.kind] = need
    if not asked:
        return []
    shown = {
        (kind, where) for one in item.evidence.all() for kind in _kinds(one) for where in (0, one.measure_id)
    }
    measures = list(item.measures.all())
    found = []
    for kind, need in asked.items():
        if need.level == NeedLevel.MEASURE:
            numbers = [m.no for m in measures if (kind, m.pk) not in shown]
            if numbers:
                found.append(Lack(kind, need.kind_name, need.about, numbers))
        elif (kind, 0) not in shown:
            found.append(Lack(kind, need.kind_name, need.about))
    return found


def _kinds(one: Any) -> list[str]:
    paired = one.kind == EvidenceKind.PHOTO_AFTER and one.before_id is not None
    return [one.kind, PAIR] if paired else [one.kind]


def mend(item: Any, lack: Lack) -> str:
    """The form that uploads what lacks, filled in as far as it is known."""
    asked = {"kind": lack.kind}
    if lack.measures:
        asked["measure"] = next(m.public_id for m in item.measures.all() if m.no == lack.measures[0])
    if lack.kind == PAIR:
        free = unpaired(item)
        asked["kind"] = EvidenceKind.PHOTO_AFTER if free else EvidenceKind.PHOTO_BEFORE
        if free and not lack.measures:
            asked["before"] = free[0].public_id
    return f"{item.get_absolute_url()}add_evidence/?{urlencode(asked)}"


def unpaired(item: Any) -> list[Any]:
    """Photos of before that no photo of afterwards names, out of the fetched ones."""
    every = list(item.evidence.all())
    taken = {one.before_id for one in every}
    return [one for one in every if one.kind == EvidenceKind.PHOTO_BEFORE and one.pk not in taken]


def evidence_is_complete(item: Any, by: User) -> None:
    """Asked when the item is applied for, by the list of that day: what is signed then is not measured by a later one."""
    problems: list[DomainError] = [
        RuleBroken("close_out.evidence_missing", lack.sentence, mend=mend(item, lack))
        for lack in lacking(item)
    ]
    raise_all(problems)
