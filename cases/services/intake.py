"""来件: the periods that begin on receipt, and the way back to the body that sent what is not ours."""

from typing import Any

from django.db import transaction

from cases.models import Channel, Lead
from cases.services.telling import addressees, registry_of, tell_desk
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


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
    if lead.channel == Channel.SUPERIOR and lead.counts:
        named: dict[str, Any] = (
            {"due_on": lead.result_due_on, "reason": "上级要求报结果的日期"} if lead.result_due_on else {}
        )
        clocks.start(lead, "lead.assigned", on=lead.received_on, event="收到上级交办件", **named, **whom)
    elif lead.result_due_on and lead.counts:
        clocks.start(
            lead, "lead.assigned", on=lead.received_on, event="受理", due_on=lead.result_due_on,
            reason="要求报结果的日期", **whom,
        )  # fmt: skip


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
