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
    leads = _leads(lines, lead_unit)
    wrong = [found for line in lines if (found := _wrong(line, leads[line.pk]))]
    if wrong:
        raise Several(wrong) if len(wrong) > 1 else wrong[0]
    order: dict[str, int] = {}
    for line in lines:
        order.setdefault(line.finding.problem_class, len(order))
    for line in sorted(lines, key=lambda one: (order[one.finding.problem_class], one.ordinal)):
        _open(plan, line, by, leads[line.pk])


def _leads(lines: list[Any], lead_unit: Unit | None) -> dict[int, Any]:
    """Row → the unit that leads: the one the problem names while it is one that can lead, else `lead_unit`, else None."""
    named = [unit for unit in (lead_unit, *(line.finding.lead_unit for line in lines)) if unit is not None]
    usable = set(Unit.objects.answering().filter(pk__in=[unit.pk for unit in named]))
    return {
        line.pk: next((unit for unit in (line.finding.lead_unit, lead_unit) if unit in usable), None)
        for line in lines
    }


def _wrong(line: Any, lead_unit: Unit | None) -> DomainError | None:
    if lead_unit is None:
        former = line.finding.lead_unit
        why = f"的牵头单位“{former.name}”已经不能牵头" if former else "没有牵头单位"
        text = f"第 {line.ordinal} 项{why}，请选择现有的牵头单位。"
        return RuleBroken("from_plan.lead_unit", text, field="lead_unit")
    if line.due_on < moment.today():
        text = f"第 {line.ordinal} 项的完成时间 {line.due_on} 已过，请退回整改单位调整。"
        return RuleBroken("from_plan.due_on", text)
    return None


def _open(plan: Any, line: Any, by: User, lead_unit: Unit) -> None:
    found = line.finding
    aspect = found.aspect or (found.category.name if found.category else found.problem_class)
    create_item(
        by=by, source=Source.FINDING, problem_class=found.problem_class, aspect=aspect[:ASPECT], problem=found.text,
        lead_unit=lead_unit, main_unit=plan.unit, region=found.region, finding=found,
        responsible_person=line.person, due_on=line.due_on,
        measures=[{"text": text, "due_on": line.due_on} for text in measures_of(line.measure)],
    )  # fmt: skip


def measures_of(text: str) -> list[str]:
    """Each line that says something is one measure."""
    return [line.strip() for line in text.splitlines() if line.strip()]
