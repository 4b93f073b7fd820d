"""The rhythm of inspections: the clock lists what is owed, reminds, and shows what is late; evidence closes it."""

from datetime import date, timedelta
from typing import Any, cast

from django.db import transaction

from inspections.models import Round, VisitPlan
from povertyaudit.assessment import spans
from povertyaudit.assessment.models import DutyRule, InspectionDuty
from povertyaudit.assessment.roles import LEADERS, ORGANISERS, SCORERS
from povertyaudit.assessment.workflow.duties import INSPECTION_DUTY
from povertyaudit.core import clocks, moment, notify, numbering, rows, terms
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, Unit, User

CLOCK = "inspection.duty"


def open_due(day: date) -> int:
    """List every duty of the running periods whose time has come; returns how many were listed now."""
    return sum(
        _open(rule, day)
        for rule in DutyRule.objects.on(day).select_related("region", "office").order_by("pk")
    )


@transaction.atomic
def _open(rule: DutyRule, day: date) -> bool:
    first, last = spans.around(rule.cadence, day)
    due = first + timedelta(days=rule.due_days - 1)
    if day < due - timedelta(days=rule.open_days):
        return False
    if InspectionDuty.objects.filter(region=rule.region, rule_code=rule.code, first_day=first).exists():
        return False
    office = Unit.objects.get(pk=rule.office.heirs()[-1])
    row = InspectionDuty(
        region=rule.region, rule=rule, rule_code=rule.code, kind=rule.kind, unit=office, first_day=first, last_day=last,
        due_on=due, number=numbering.take("inspection_duty", rule.region),
    )  # fmt: skip
    made = rows.create(row, verb="inspectionduty.open", by=None)
    people = User.objects.holding(SCORERS, unit=office).order_by("-pk")
    leader = User.objects.holding(LEADERS).filter(posts__region=rule.region_id).order_by("-pk").first()
    room = User.objects.holding(ORGANISERS).filter(posts__region=rule.region_id).order_by("-pk").first()
    clocks.start(
        made, CLOCK, on=first, due_on=due, reason=rule.name, owner_unit=office, owner_user=people.first(), leader_user=leader,
        body_unit=room.home.unit if room and room.home else None,
    )  # fmt: skip
    notify.tell_of(made, people, f"已列入，请在 {due} 前完成。", by=None)
    return True


@transaction.atomic
def fulfil(
    duty: InspectionDuty, *, by: User, done_on: date, round: Round | None = None, plan: VisitPlan | None = None,
    paper: str = "", note: str = "", expected_version: int | None = None,
) -> InspectionDuty:  # fmt: skip
    """登记完成 with what shows it: a round, a visit plan that is over, or a paper. Nothing secret is linked."""
    row = INSPECTION_DUTY.begin(duty, "fulfil", by=by, note=note, expected_version=expected_version)
    if round is None and plan is None and not paper:
        raise RuleBroken(
            "inspection_duty.evidence", "请选择轮次、走访计划，或者填写文件，至少一项。", field="paper"
        )
    if round is not None and round.is_secret_now:
        raise RuleBroken("inspection_duty.secret", "这一轮次还在保密，结束以后再登记。", field="round")
    if plan is not None and plan.state != VisitPlan.State.FINISHED:
        raise RuleBroken("inspection_duty.plan", "走访计划结束以后才能作为完成的依据。", field="plan")
    if done_on > moment.today() or done_on < row.first_day:
        text = f"完成日期应在 {row.first_day} 至今天之间。"
        raise RuleBroken("inspection_duty.done_on", text, field="done_on")
    changes = {"round": round, "plan": plan, "paper": paper, "done_by": by, "done_on": done_on}
    done: InspectionDuty = INSPECTION_DUTY.finish(row, "fulfil", by=by, note=note, changes=changes)
    clocks.stop(done, CLOCK, done_on, "inspectionduty.fulfil")
    return done


@transaction.atomic
def waive(
    duty: InspectionDuty, *, by: User, note: str = "", expected_version: int | None = None
) -> InspectionDuty:
    """不再要求 by a leader, with the reason."""
    row = INSPECTION_DUTY.begin(duty, "waive", by=by, note=note, expected_version=expected_version)
    done: InspectionDuty = INSPECTION_DUTY.finish(row, "waive", by=by, note=note)
    clocks.stop(done, CLOCK, moment.today(), "inspectionduty.waive")
    return done


def propose_rule(
    *, by: User, code: str, name: str, region: Region, kind: str, cadence: str, office: Unit, due_days: int, open_days: int,
    valid_from: date, anchor: str = "", note: str = "",
) -> DutyRule:  # fmt: skip
    """提出新增 a rule, or 提出修改 where the code is in force. Raises NotAllowed, RuleBroken at the field."""
    first, last = spans.around(cadence, valid_from)
    longest = (last - first).days + 1
    if due_days > longest:
        text = f"这个周期最短 {longest} 天，完成的天数不能更多。"
        raise RuleBroken("duty_rule.due_days", text, field="due_days")
    if open_days > due_days:
        raise RuleBroken("duty_rule.open_days", "到期前列入的天数不能多于完成的天数。", field="open_days")
    values: dict[str, Any] = {
        "region": region, "kind": kind, "cadence": cadence, "office": office, "due_days": due_days, "open_days": open_days,
    }  # fmt: skip
    rule = DutyRule(code=code, name=name, anchor=anchor, **values)
    present = DutyRule.objects.named().filter(code=code, valid_to=None).first()
    if present is None:
        return cast("DutyRule", terms.propose(rule, by=by, valid_from=valid_from, note=note))
    return cast("DutyRule", terms.replace(present, rule, by=by, valid_from=valid_from, note=note))


def follow_unit(unit: Unit, heir: Unit, *, by: User) -> None:
    """An office was merged: what it still owes is the successor's."""
    for duty in InspectionDuty.objects.filter(unit=unit, state="open").order_by("pk"):
        facts = {"unit": [unit.name, heir.name]}
        rows.write(
            rows.lock(duty), verb="inspectionduty.follow_unit", by=by, changes={"unit": heir}, facts=facts
        )
        clocks.address(duty, CLOCK, owner_unit=heir, owner_user=None)
