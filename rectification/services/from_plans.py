"""整改方案 approved by the joint review becomes items: class → problem → measures, as the plan says.

Called by `inspections` through `settings.PLAN_APPROVED`, within its transaction: the layers below do not know this one.
"""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken, Several
from povertyaudit.core.models import Unit, User
from rectification.models import Source
from rectification.services.opening import create_item

ASPECT = 200  # characters of an item's 方面


def open_items(plan: Any, *, by: User, lead_unit: Unit | None = None) -> None:
    """登记整改事项 for every problem of the plan: its unit, region, person, date, and each line of its measures as one.

    Raises RuleBroken or Several where no unit leads a problem, or its date has passed; nothing is then opened.
    """
    rows = plan.rows.select_related(
        "finding__unit", "finding__region", "finding__lead_unit", "finding__category"
    )
    lines = [
        line for line in rows if line.finding.state == "recorded"
    ]  # one may have been handed on by hand before
    wrong = [found for line in lines if (found := _wrong(line, lead_unit))]
    if wrong:
        raise Several(wrong) if len(wrong) > 1 else wrong[0]
    order: dict[str, int] = {}
    for line in lines:
        order.setdefault(line.finding.problem_class, len(order))
    for line in sorted(lines, key=lambda one: (order[one.finding.problem_class], one.ordinal)):
        _open(plan, line, by, lead_unit)


def _wrong(line: Any, lead_unit: Unit | None) -> DomainError | None:
    if lead_unit is None and line.finding.lead_unit is None:
        text = f"第 {line.ordinal} 项没有牵头单位，请选择牵头单位。"
        return RuleBroken("from_plan.lead_unit", text, field="lead_unit")
    if line.due_on < moment.today():
        text = f"第 {line.ordinal} 项的完成时间 {line.due_on} 已过，请退回整改单位调整。"
        return RuleBroken("from_plan.due_on", text)
    return None


def _open(plan: Any, line: Any, by: User, lead_unit: Unit | None) -> None:
    found = line.finding
    leads: Any = found.lead_unit or lead_unit  # one of the two, as `_wrong` made sure
    aspect = found.aspect or (found.category.name if found.category else found.problem_class)
    create_item(
        by=by, source=Source.FINDING, problem_class=found.problem_class, aspect=aspect[:ASPECT], problem=found.text,
        lead_unit=leads, main_unit=plan.unit, region=found.region, finding=found,
        responsible_person=line.person, due_on=line.due_on,
        measures=[{"text": text, "due_on": line.due_on} for text in measures_of(line.measure)],
    )  # fmt: skip


def measures_of(text: str) -> list[str]:
    """Each line that says something is one measure."""
    return [line.strip() for line in text.splitlines() if line.strip()]
