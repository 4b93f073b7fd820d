"""分类公示要求: one more requirement of one kind of project, or of one size. Proposed by 案管, confirmed by 安全保密."""

import hashlib
from datetime import date
from typing import cast

from funds.models import NoticeRule, ProjectKind
from funds.models.notice_rules import CELLS, DAYS, SIZES
from povertyaudit.core import terms
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User

LONGEST = 30  # of a code


def propose(
    *, by: User, cell: str, amount: str, valid_from: date, kind: str = "", from_wan: int = 0, anchor: str = "",
    note: str = "",
) -> NoticeRule:  # fmt: skip
    """提出新增. `cell` is `<stage>_<level>`, `amount` the days ("0": not owed), `kind` the code of a kind of project,
    `from_wan` the least approved sum in 万元. Raises NotAllowed, RuleBroken at the field."""
    if cell not in dict(CELLS):
        raise RuleBroken("notice_rule.cell", "请选择哪一处公示。", field="cell")
    if amount not in dict(DAYS):
        raise RuleBroken("notice_rule.amount", "请选择几天内公示，或者不要求。", field="amount")
    if from_wan not in SIZES:
        raise RuleBroken("notice_rule.from_wan", "请从可选的金额中选择。", field="from_wan")
    if not kind and not from_wan:
        text = "请选择项目类别或者金额；对全部项目的要求在“资金管理规定”改变。"
        raise RuleBroken("notice_rule.about", text, field="kind")
    rule = NoticeRule(
        cell=cell, kind=kind, from_wan=from_wan, amount=amount, about=_about(kind, from_wan), anchor=anchor,
        code=_code(cell, kind, from_wan),
    )  # fmt: skip
    rule.name = rule.own_name
    try:
        return cast("NoticeRule", terms.propose(rule, by=by, valid_from=valid_from, note=note))
    except RuleBroken as refused:
        if refused.code != "term.taken":
            raise
        text = f"“{rule.about}”已有这一处公示的要求，请在列表中打开这一项办理“改变”。"
        raise RuleBroken("notice_rule.taken", text, field="cell") from refused


def _about(kind: str, from_wan: int) -> str:
    """Which projects, in the words of today."""
    name = "全部项目"
    if kind:
        found = ProjectKind.objects.on().filter(code=kind).first()
        if found is None:
            raise RuleBroken("notice_rule.kind", "请从现有的项目类别中选择。", field="kind")
        name = found.name
    return (f"{name} {from_wan} 万元以上" if from_wan else name)[:60]


def _code(cell: str, kind: str, from_wan: int) -> str:
    code = f"{cell}_{kind or 'ALL'}_{from_wan}"
    if len(code) <= LONGEST:
        return code
    return f"{cell}_{hashlib.sha256(code.encode()).hexdigest()[: LONGEST - len(cell) - 1]}"
