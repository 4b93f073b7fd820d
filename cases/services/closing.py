"""了结后续: what a closing asks for besides, by the way it was reached (domain §1.4), and recording it as done."""

from datetime import date

from django.db import transaction

from cases.models import CloseKind, ClosingDuty, DutyKind, Lead, Method
from cases.services.checking import check_day
from cases.services.disposing import has_finished, late_days
from cases.services.telling import addressees
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


def owed(lead: Lead, close_kind: str, on: date) -> list[ClosingDuty]:
    """Closed without a check: only filed. After an inquiry: the person is told that he is believed, and explains
    himself at the meeting. Not true after a verification: his unit is told."""
    kinds: tuple[DutyKind, ...] = ()
    if close_kind == CloseKind.TALK_ACCEPTED:
        kinds = (DutyKind.TELL_PERSON, DutyKind.AT_MEETING)
    elif close_kind == CloseKind.UNTRUE and has_finished(lead, Method.VERIFY):
        kinds = (DutyKind.TELL_UNIT,)
    return [ClosingDuty(lead=lead, kind=kind, since=on) for kind in kinds]


def start_clocks(lead: Lead, duties: list[ClosingDuty], on: date) -> None:
    for duty in duties:
        clocks.start(lead, duty.clock_code, on=on, event="办结", **addressees(lead))


def undone(lead: Lead, on: date) -> list[ClosingDuty]:
    """The open duties of a closing that is taken back, their clocks stopped."""
    found = list(lead.closing_duties.filter(done_on=None, dropped_on=None))
    for duty in found:
        duty.dropped_on = on
        clocks.stop(lead, duty.clock_code, on, "lead.reopen")
    return found


@transaction.atomic
def record_duty(
    lead: Lead, *, by: User, kind: str, text: str, done_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Lead:  # fmt: skip
    """登记后续事项: one duty after the closing is done. Too late stays visible. Raises RuleBroken."""
    row = LEAD.begin(lead, "record_duty", by=by, note=note, expected_version=expected_version)
    duty = row.closing_duties.filter(kind=kind, done_on=None, dropped_on=None).first()
    if duty is None:
        raise RuleBroken("duty.kind", "没有这项待办的后续事项，请重新选择。", field="kind")
    if not text.strip():
        raise RuleBroken("duty.text", "请写明完成情况。", field="text")
    day = done_on or moment.today()
    check_day(day, "done_on", code="duty.date", what="完成日期", since=duty.since, since_what="办结日期")
    duty.done_on, duty.done_by, duty.text = day, by, text
    duty.late_days = late_days(row, duty.clock_code, day) or 0
    left = (row.duties_owed or 0) - 1
    changes = {"duties_owed": left or None}
    done: Lead = LEAD.finish(row, "record_duty", by=by, note=note, changes=changes, saved=[duty])
    clocks.stop(done, duty.clock_code, day, "lead.record_duty")
    return done
