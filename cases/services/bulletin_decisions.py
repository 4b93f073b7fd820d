"""What the register decided on the persons of a case, as a bulletin says it: taken from the outcomes, not typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet, Sum

from cases.models import CaseMoney, Lead, LeadSubject, Outcome, OutcomeKind
from povertyaudit.core import render
from povertyaudit.core.errors import RuleBroken

MOST_MEASURES = 200


def measures_of(subjects: Sequence[LeadSubject]) -> dict[int, str]:
    """The decisions that stand on each person, the earliest first: “党内警告、免职”. One question."""
    found: dict[int, list[str]] = {}
    for outcome in _standing(subjects):
        found.setdefault(outcome.subject_id, []).append(outcome.get_measure_display())
    return {key: "、".join(measures)[:MOST_MEASURES] for key, measures in found.items()}


def recorded(lead: Lead, subjects: Sequence[LeadSubject]) -> str:
    """The decisions that stand on these persons and the money that came in, in sentences; empty where there is none."""
    outcomes: dict[int, list[Outcome]] = {}
    for outcome in _standing(subjects):
        outcomes.setdefault(outcome.subject_id, []).append(outcome)
    if not outcomes:
        return ""
    money = CaseMoney.objects.filter(lead=lead, subject__in=subjects).order_by().values("subject")
    sums = {
        row["subject"]: row for row in money.annotate(taken=Sum("taken_fen"), returned=Sum("returned_fen"))
    }
    return "".join(
        _of_one(one.name, outcomes[one.pk], sums.get(one.pk)) for one in subjects if one.pk in outcomes
    )


def _standing(subjects: Sequence[LeadSubject]) -> QuerySet[Outcome]:
    rows: QuerySet[Outcome] = Outcome.objects.decided().filter(subject__in=subjects)
    return rows.order_by("decided_on", "pk")


def _of_one(name: str, outcomes: Sequence[Outcome], sums: Mapping[str, int] | None) -> str:
    months: dict[str, list[str]] = {}
    for outcome in outcomes:
        day: Any = outcome.decided_on
        months.setdefault(f"{day.year}年{day.month}月", []).append(_said(outcome))
    said = [f"{month}，{name}{'、'.join(phrases)}" for month, phrases in months.items()]
    return f"{'；'.join([*said, *_money(sums)])}。"


def _said(outcome: Outcome) -> str:
    measure = outcome.get_measure_display()
    if outcome.kind == OutcomeKind.TRANSFER:
        return f"被{measure}"
    if outcome.kind == OutcomeKind.NONE:
        return f"被决定{measure}"
    return f"受到{measure}{'处分' if outcome.kind in (OutcomeKind.PARTY, OutcomeKind.ADMIN) else '处理'}"


def _money(sums: Mapping[str, int] | None) -> list[str]:
    if not sums or not sums["taken"]:
        return []
    back = f"，其中退还群众{render.yuan(sums['returned'])}元" if sums["returned"] else ""
    return [f"追缴违纪资金{render.yuan(sums['taken'])}元{back}"]


def settled(lead: Lead, subjects: Sequence[LeadSubject], decision: str, changed_why: str) -> dict[str, str]:
    """`recorded`, `decision` and `changed_why` of a case: the register's words unless there is a reason for others.

    Raises RuleBroken where nothing is recorded and nothing typed, or other words come without a reason.
    """
    known, typed = recorded(lead, subjects), decision.strip()
    if not (typed or known):
        text = f"线索 {lead.number} 还没有登记所选人员的处理决定，请先登记；确实没有的，写明处理决定和理由。"
        raise RuleBroken("add_case.no_decision", text, field="decision")
    if not typed or _same(typed, known):
        return {"recorded": known, "decision": known, "changed_why": ""}
    if not changed_why.strip():
        text = f"处理决定与登记的不一致，请写明理由，或者清空由系统填写。登记的是：{known or '没有登记处理决定。'}"
        raise RuleBroken("add_case.changed", text, field="changed_why")
    return {"recorded": known, "decision": typed, "changed_why": changed_why.strip()}


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
