"""复核和公示要求: one more requirement of one sort of item. Proposed by 案管, confirmed by 安全保密."""

from datetime import date
from typing import Any, cast

from inspections.models import InspectionTerm, Round
from povertyaudit.core import terms
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from rectification.models import CheckAxis, CheckKind, CheckLevel, CheckRule, Source
from rectification.services.needs import code_for


def propose(
    *, by: User, about: str, kind: str, level: str, valid_from: date, anchor: str = "", note: str = ""
) -> CheckRule:
    """提出新增. `about` is `<axis>:<code>`: `all:`, `source:audit`, `class:funds`, `round:<id>` (of a round that is not
    secret); `level` "required" for a way, the days for a publication. Raises NotAllowed, RuleBroken at the field."""
    axis, _, key = about.partition(":")
    days = [code for code in CheckLevel.values if code.isdigit()]
    if kind not in CheckKind.values:
        raise RuleBroken("check_rule.kind", "请选择要求哪一种复核方式，还是要求公示。", field="kind")
    if kind == CheckKind.PUBLICATION and level not in days:
        raise RuleBroken("check_rule.level", f"请选择公示的天数：{'、'.join(days)}。", field="level")
    if kind != CheckKind.PUBLICATION and level != CheckLevel.REQUIRED:
        raise RuleBroken("check_rule.level", "要求复核方式的，请选择“必须有”。", field="level")
    rule = CheckRule(
        axis=axis, key=key, about=_about(axis, key, by), kind=kind, level=level, code=code_for(axis, key, kind), anchor=anchor,
    )  # fmt: skip
    rule.name = rule.own_name
    try:
        return cast("CheckRule", terms.propose(rule, by=by, valid_from=valid_from, note=note))
    except RuleBroken as refused:
        if refused.code != "term.taken":
            raise
        text = f"“{rule.about}”已有“{rule.get_kind_display()}”的要求，请在列表中打开这一项办理“改变”。"
        raise RuleBroken("check_rule.taken", text, field="kind") from refused


def _about(axis: str, key: str, by: User) -> str:
    """What the rule concerns, in the words of today."""
    if (axis, key) == (CheckAxis.ALL, ""):
        return "全部事项"
    if axis == CheckAxis.SOURCE and key in Source.values:
        return f"来源为{Source(key).label}"
    if axis == CheckAxis.CLASS:
        classes = InspectionTerm.objects.on().filter(axis=InspectionTerm.Axis.PROBLEM_CLASS)
        if (found := classes.filter(code=key).first()) is not None:
            return str(found.name)
    if axis == CheckAxis.ROUND:
        one = open_rounds(by).filter(public_id=key).first()
        if one is not None:
            return f"{one.name}"[:60]
    raise RuleBroken("check_rule.about", "请从现有的来源、大类和轮次中选择。", field="about")


def open_rounds(by: User) -> Any:
    """Rounds a rule may name: those `by` knows of, not over and not secret — the list is read by everybody."""
    return Round.objects.visible_to(by).exclude(state=Round.State.CLOSED).filter(secret=False)
