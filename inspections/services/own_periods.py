"""Periods a round has of its own (本轮次另定的期限), beside the dated rules: how they are said, and what they come to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from inspections.models import Round
from inspections.models.rounds import MOST_DAYS, MOST_MONTHS
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.clock_rules import rule_for
from povertyaudit.core.deadlines import UNIT_NAMES, Unit, due
from povertyaudit.core.errors import DomainError, RuleBroken

PERIODS = ("plan_amount", "plan_unit", "report_amount", "report_unit", "periods_rule")
OWN = {"plan": "整改方案报送期限", "report": "向书记专题会报告的期限"}


def refuse_half(said: Mapping[str, Any]) -> list[DomainError]:
    """What is wrong with the `PERIODS` said: a number without a unit, one out of bounds, none of them with its document."""
    found: list[DomainError] = []
    for name, what in OWN.items():
        amount, unit = said.get(f"{name}_amount"), said.get(f"{name}_unit") or ""
        if (amount is None) == bool(unit):
            field = f"{name}_amount" if amount is None else f"{name}_unit"
            text = f"{what}的数目和单位请一并填写；按现行规定的，两项都不填。"
            found.append(RuleBroken("own_period.half", text, field=field))
        elif amount is not None and not 1 <= amount <= _most(unit):
            text = f"{what}应在 1 至 {_most(unit)} {UNIT_NAMES[Unit(unit)]}之间，请核对。"
            found.append(RuleBroken("own_period.amount", text, field=f"{name}_amount"))
    if any(said.get(f"{name}_amount") for name in OWN) and not (said.get("periods_rule") or "").strip():
        text = "本轮次另定期限的，请写明依据的文件。"
        found.append(RuleBroken("own_period.basis", text, field="periods_rule"))
    return found


def _most(unit: str) -> int:
    return MOST_MONTHS if unit == Unit.MONTHS else MOST_DAYS


def own_due(round_: Round, name: str, code: str, region: str, on: date) -> dict[str, Any]:
    """`due_on` and `reason` for `clocks.start` where the round has a period of its own for `name` (plan, report), counted
    from `on` the way the rule `code` counts; empty where it has none: the rule's period runs.
    """
    amount = getattr(round_, f"{name}_amount")
    if amount is None:
        return {}
    rule = rule_for(code, region, on)
    period = replace(rule.period, amount=amount, unit=Unit(getattr(round_, f"{name}_unit")))
    counted = due(period, on, NationalCalendar())
    return {"due_on": counted.on, "reason": f"本轮次另定为 {period}，依据{round_.periods_rule}"}
