"""佐证材料清单: a further kind of evidence asked for of one sort of item. Proposed by 案管, confirmed by 安全保密."""

import hashlib
import re
from datetime import date
from typing import cast

from funds.models import MisuseKind
from inspections.models import InspectionTerm
from povertyaudit.core import terms
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from rectification.models import EvidenceNeed, EvidenceSort, NeedAxis, NeedLevel, Source
from rectification.models.evidence import PAIR
from rectification.reference_evidence import code_of

PAIR_NAME = "整改前后同一角度对比照片"


def propose(
    *, by: User, about: str, kind: str, level: str, valid_from: date, anchor: str = "", note: str = ""
) -> EvidenceNeed:
    """提出新增. `about` is `<axis>:<code>`: `all:`, `source:audit`, `class:funds`, `misuse:` (any money) or `misuse:<code>`;
    `kind` a kind of evidence or `pair`. Raises NotAllowed, RuleBroken at the field."""
    axis, _, key = about.partition(":")
    if level not in (NeedLevel.MEASURE, NeedLevel.ITEM):
        raise RuleBroken("evidence_need.level", "请选择每条措施都要有，还是整个事项至少一份。", field="level")
    need = EvidenceNeed(
        axis=axis, key=key, about=_about(axis, key), kind=kind, kind_name=_kind(kind), level=level,
        code=code_for(axis, key, kind), anchor=anchor,
    )  # fmt: skip
    need.name = need.own_name
    try:
        return cast("EvidenceNeed", terms.propose(need, by=by, valid_from=valid_from, note=note))
    except RuleBroken as refused:
        if refused.code != "term.taken":
            raise
        text = (
            f"“{need.about}”已要求“{need.kind_name}”；要改变要求的，请在佐证材料清单中打开这一项办理“改变”。"
        )
        raise RuleBroken("evidence_need.taken", text, field="kind") from refused


def _about(axis: str, key: str) -> str:
    """What the need concerns, in the words of today."""
    if (axis, key) == (NeedAxis.ALL, ""):
        return "全部事项"
    if (axis, key) == (NeedAxis.MISUSE, ""):
        return "关联违规资金的事项"
    if axis == NeedAxis.SOURCE and key in Source.values:
        return f"来源为{Source(key).label}"
    names = {
        NeedAxis.CLASS: InspectionTerm.objects.on().filter(axis=InspectionTerm.Axis.PROBLEM_CLASS),
        NeedAxis.MISUSE: MisuseKind.objects.on(),
    }
    found = names[axis].filter(code=key).first() if axis in names else None  # type: ignore[index]
    if found is None:
        raise RuleBroken("evidence_need.about", "请从现有的来源、大类和违规问题类型中选择。", field="about")
    return str(found.name)


def _kind(kind: str) -> str:
    if kind == PAIR:
        return PAIR_NAME
    found = EvidenceSort.objects.on().filter(code=kind).first()
    if found is None:
        text = "没有这个佐证材料类别，或者已经停用，请重新选择。"
        raise RuleBroken("evidence_need.kind", text, field="kind")
    return str(found.name)


def code_for(axis: str, key: str, kind: str) -> str:
    """As `code_of`, in letters that codes may have, and no longer than they may be."""
    code = re.sub(r"\W", "_", code_of(axis, key, kind), flags=re.ASCII)
    if len(code) <= 30:
        return code
    return f"{code[:21]}_{hashlib.sha256(code.encode()).hexdigest()[:8]}"
