"""来件: the periods that begin on receipt, and the way back to the body that sent what is not ours."""

from typing import Any

from django.db import transaction

from cases.models import Channel, IntakeDetail, Lead
from cases.services.telling import addressees, registry_of, tell_desk
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, User


def start_clocks(lead: Lead) -> None:
    """The periods of domain §1.6 that begin on receipt: #2 and #3 accepting or forwarding, #4 acknowledgement, #10 from a superior."""
    whom = addressees(lead)
    if lead.counts:
        registry = registry_of(lead.registering_unit.region_id)
        on_desk = {**whom, "owner_unit": registry or lead.registering_unit}
        transferred = lead.channel == Channel.SUPERIOR
        code, event = (
            ("lead.accept_transferred", "收到上级转送件") if transferred else ("lead.forward", "收到线索")
        )
        clocks.start(lead, code, on=lead.received_on, event=event, **on_desk)
    if lead.acknowledgement_owed:
        clocks.start(lead, "lead.acknowledge", on=lead.received_on, event="收到实名检举控告", **whom)
    clock_of_result(lead)


def clock_of_result(lead: Lead) -> None:
    """#10, three months or the day the superior named, for what a superior wants a result of; stopped when he does not."""
    intake: IntakeDetail | None = getattr(lead, "intake", None)
    if intake is not None and intake.result_wanted is False:
        clocks.stop(lead, "lead.assigned", moment.today(), "lead.amend")
        return
    asked = lead.channel == Channel.SUPERIOR or lead.result_due_on
    running = Clock.objects.of(lead).open().filter(code="lead.assigned").exists()
    if asked and lead.counts and not running:
        event = "收到上级交办件" if lead.channel == Channel.SUPERIOR else "受理"
        named: dict[str, Any] = (
            {"due_on": lead.result_due_on, "reason": "要求报结果的日期"} if lead.result_due_on else {}
        )
        clocks.start(lead, "lead.assigned", on=lead.received_on, event=event, **named, **addressees(lead))


@transaction.atomic
def return_to_sender(
    lead: Lead, *, by: User, note: str, returned_to: str, expected_version: int | None = None
) -> Lead:
    """退回来件单位 what a superior or another body handed in and is not ours, with the reason. Every period ends."""
    row = LEAD.begin(lead, "return_to_sender", by=by, note=note, expected_version=expected_version)
    if not returned_to.strip():
        raise RuleBroken("return.body", "请写明退回的单位。", field="returned_to")
    today = moment.today()
    changes = {
        "returned_to": returned_to, "returned_on": today, "return_reason": note, "acknowledgement_owed": False,
    }  # fmt: skip
    done: Lead = LEAD.finish(row, "return_to_sender", by=by, note=note, changes=changes)
    clocks.stop_all(done, today, "lead.return_to_sender")
    tell_desk(done, "已退回来件单位。", by=by)
    return done


@transaction.atomic
def void(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """登记有误作废, with the reason, before anybody was told to handle it: the number stays and is not given again, every period
    ends, and nothing counts it any more."""
    row = LEAD.begin(lead, "void", by=by, note=note, expected_version=expected_version)
    done: Lead = LEAD.finish(row, "void", by=by, note=note, changes={"acknowledgement_owed": False})
    clocks.stop_all(done, moment.today(), "lead.void")
    tell_desk(done, "已按登记有误作废。", by=by)
    return done
