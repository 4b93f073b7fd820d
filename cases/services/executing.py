"""执行: what must be done after a decision, each with its clock, recorded one by one; and the prosecutor's returns."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Duty, Measure, Outcome, OutcomeKind, OutcomeState
from cases.models.measures import SANCTIONS, kind_of
from cases.models.outcomes import MOST_RETURNS
from cases.services.checking import check_day
from cases.services.telling import addressees
from cases.workflow import OUTCOME
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Post, Role, Unit, User

CLOCKS: dict[str, str] = {
    Duty.Kind.ANNOUNCE: "sanction.announce",
    Duty.Kind.ADJUST: "sanction.adjust",
    Duty.Kind.FILE: "sanction.file",
    Duty.Kind.REPORT: "sanction.report",
    Duty.Kind.RESTORE: "sanction.probation",
}
# Party sanctions that change post or pay; every administrative one does (政务处分法 art. 54; village cadres: art. 22).
CHANGE_PAY = (Measure.PARTY_REMOVAL, Measure.PARTY_PROBATION, Measure.PARTY_EXPULSION)


def duties_of(outcome: Outcome, measure: str) -> list[Duty]:
    """What carrying out the measure takes; nothing for one that is done by being decided."""
    kind = kind_of(measure)
    found: list[str] = []
    if kind in SANCTIONS:
        pay = kind == OutcomeKind.ADMIN or measure in CHANGE_PAY
        found = [Duty.Kind.ANNOUNCE, *([Duty.Kind.ADJUST] if pay else []), Duty.Kind.FILE, Duty.Kind.REPORT]
        if measure == Measure.PARTY_PROBATION:
            found.append(Duty.Kind.RESTORE)
    elif kind == OutcomeKind.ORG or measure == Measure.ADMONITION:
        found = [Duty.Kind.FILE]
    elif kind == OutcomeKind.TRANSFER:
        found = [Duty.Kind.PROSECUTE]
    return [Duty(outcome=outcome, kind=duty) for duty in found]


def start_duties(outcome: Outcome, duties: Sequence[Duty]) -> None:
    """One clock per duty, from the day of the decision."""
    whom = _addressees(outcome) if duties else {}
    for duty in duties:
        if duty.kind == Duty.Kind.RESTORE:
            clocks.start(
                outcome, "sanction.probation", on=_day(outcome), event="作出处分决定", due_on=outcome.probation_until,
                reason="处分决定确定的察看期", **whom,
            )  # fmt: skip
        elif duty.kind in CLOCKS:
            clocks.start(outcome, CLOCKS[duty.kind], on=_day(outcome), event="作出处分决定", **whom)


def _day(outcome: Outcome) -> date:
    day: Any = outcome.decided_on
    return day  # type: ignore[no-any-return]


def _addressees(outcome: Outcome) -> dict[str, Any]:
    """审理室 sees to the execution (domain §1.6), then the leader and the registry of the lead."""
    lead = outcome.lead
    return addressees(lead, _adjudicators(lead.acting_unit or lead.registering_unit)) | {"owner_user": None}


def _adjudicators(near: Unit) -> Unit:
    post = Post.objects.current().filter(role=Role.ADJUDICATION, unit__region_id=near.region_id)
    found = post.select_related("unit").first()
    return found.unit if found else near


@transaction.atomic
def record_execution(
    outcome: Outcome,
    *,
    by: User,
    duty: Duty,
    paper: str,
    done_on: date | None = None,
    applies: bool = True,
    note: str = "",
    expected_version: int | None = None,
) -> Outcome:
    """登记执行情况 of one duty, with its paper; or that it does not apply, and why. The last one ends the execution."""
    row = OUTCOME.begin(outcome, "record_execution", by=by, note=note, expected_version=expected_version)
    found = row.duties.filter(pk=duty.pk).first()
    if found is None or found.done_on is not None:
        raise RuleBroken("execute.duty", "请选择一项还没有登记的执行事项。", field="duty")
    day = done_on or moment.today()
    check_day(
        day, "done_on", code="execute.date", what="完成日期", since=row.decided_on, since_what="决定日期"
    )
    if found.kind == Duty.Kind.RESTORE and applies and day < row.probation_until:
        text = f"察看期到 {row.probation_until} 才满，期满后再恢复党员权利。"
        raise RuleBroken("execute.probation", text, field="done_on")
    found.done_on, found.applies, found.paper, found.recorded_by = day, applies, paper, by
    last = not row.duties.filter(done_on=None).exclude(pk=found.pk).exists()
    changes = {"state": OutcomeState.EXECUTED} if last else {}
    facts = {"duty": found.kind}
    done: Outcome = OUTCOME.finish(
        row, "record_execution", by=by, note=note, changes=changes, saved=[found], facts=facts
    )
    if found.kind in CLOCKS:
        clocks.stop(done, CLOCKS[found.kind], day, "outcome.record_execution")
    return done


@transaction.atomic
def extend_execution(
    outcome: Outcome, *, by: User, note: str, months: int, clock: str = "sanction.adjust",
    expected_version: int | None = None,
) -> Outcome:  # fmt: skip
    """延长执行期限, approved by the head: changes of post and pay take six months at most (政务处分法 art. 54)."""
    row = OUTCOME.begin(outcome, "extend", by=by, note=note, expected_version=expected_version)
    if not Clock.objects.of(row).running().filter(code=clock).exists():
        raise RuleBroken("extend.clock", "没有正在计算的这项期限，请核对。", field="clock")
    change = clocks.extend(row, clock, months=months, reason=note, by=by)
    done: Outcome = OUTCOME.finish(row, "extend", by=by, note=note, facts=dict(change.changes))
    return done


@transaction.atomic
def return_case(
    outcome: Outcome,
    *,
    by: User,
    note: str,
    returned_on: date | None = None,
    expected_version: int | None = None,
) -> Outcome:
    """登记退回补充调查 by the prosecutor: one month, twice at most (监察法 art. 54)."""
    row = OUTCOME.begin(outcome, "return_case", by=by, note=note, expected_version=expected_version)
    if row.supplements >= MOST_RETURNS:
        text = "检察机关退回补充调查以二次为限，已经退回二次（监察法第五十四条）。"
        raise RuleBroken("return_case.twice", text)
    day = returned_on or moment.today()
    check_day(
        day,
        "returned_on",
        code="return_case.date",
        what="退回日期",
        since=row.decided_on,
        since_what="移送日期",
    )
    changes = {"supplement_since": day, "supplements": row.supplements + 1}
    done: Outcome = OUTCOME.finish(row, "return_case", by=by, note=note, changes=changes)
    clocks.start(done, "case.supplement", on=day, event="检察机关退回", **addressees(done.lead))
    return done


@transaction.atomic
def resubmit_case(
    outcome: Outcome, *, by: User, note: str = "", expected_version: int | None = None
) -> Outcome:
    """补充调查后重新移送."""
    row = OUTCOME.begin(outcome, "resubmit_case", by=by, note=note, expected_version=expected_version)
    done: Outcome = OUTCOME.finish(row, "resubmit_case", by=by, note=note, changes={"supplement_since": None})
    clocks.stop(done, "case.supplement", moment.today(), "outcome.resubmit_case")
    return done
