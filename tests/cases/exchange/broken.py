"""What the database refuses of dispatches, assisting offices and batches: (state of the lead, act)."""

from datetime import timedelta

from cases.models import Assist, Batch, Dispatch, Handover, HandoverRow, Meeting, PartnerBody, Resolution
from povertyaudit.core import moment


def _assist(lead, **values):
    said = {"lead": lead, "unit": lead.acting_unit, "asked_by": lead.registered_by}
    return Assist.objects.create(**said | {"asked_on": moment.today()} | values)


def _batch(lead, **values):
    said = {"region": lead.registering_unit.region, "title": "批次", "sender": "市委巡察办", "promised": 2}
    more = {"received_on": moment.today(), "received_by": lead.registered_by}
    return Batch.objects.create(**said | more | values)


def _dispatch(lead, **values):
    return Dispatch.objects.filter(lead=lead).update(**values)


BROKEN = {
    "dispatch_special_has_reason": ("dispatched", lambda lead: _dispatch(lead, special_mode="raised")),
    "dispatch_report_is_whole": ("dispatched", lambda lead: _dispatch(lead, reported_on=moment.today())),
    "assist_once_at_a_time": ("dispatched", lambda lead: [_assist(lead) for _ in range(2)]),
    "assist_result_by_somebody": ("dispatched", lambda lead: _assist(lead, result="已办")),
    "assist_ends_after_start": (
        "dispatched",
        lambda lead: _assist(lead, ended_on=moment.today() - timedelta(days=1)),
    ),
    "batch_closed_is_dated": ("registered", lambda lead: _batch(lead, state="closed")),
    "batch_promises_leads": ("registered", lambda lead: _batch(lead, promised=0)),
    "batch_dates_in_order": (
        "registered",
        lambda lead: _batch(lead, deadline=moment.today() - timedelta(days=1)),
    ),
}


def _handover(lead, **values):
    said = {"region": lead.registering_unit.region, "direction": "out", "document": "函"}
    more = {"body": PartnerBody.objects.first(), "handed_on": moment.today(), "handed_by": lead.registered_by}
    return Handover.objects.create(**said | more | values)


def _row(own, **values):
    said = {"handover": _handover(own), "ordinal": 1, "lead": own, "standing": "waiting"}
    return HandoverRow.objects.create(**said | values)


def _twice(own, **values):
    book = _handover(own)
    for at in (1, 2):
        _row(own, **{"handover": book, "ordinal": at} | values)


BROKEN |= {
    "handover_receipt_is_whole": ("registered", lambda lead: _handover(lead, receipt_by="某")),
    "handover_state_is_dated": ("registered", lambda lead: _handover(lead, state="returned")),
    "handover_dates_in_order": ("registered", lambda lead: _handover(
        lead, state="acknowledged", receipt_by="某", receipt_on=moment.today() - timedelta(days=1)
    )),
    "handover_row_ordinal_once": ("registered", lambda lead: _twice(lead, ordinal=1, lead=None, standing="to_register")),
    "handover_row_lead_once": ("registered", _twice),
    "handover_row_standing": ("registered", lambda lead: _row(lead, lead=None)),
    "handover_row_refused_with_reason": ("registered", lambda lead: _row(lead, lead=None, standing="refused")),
    "handover_row_amount_in_range": ("registered", lambda lead: _row(lead, amount_fen=-1)),
}  # fmt: skip


def _meeting(lead, **values):
    said = {"region": lead.registering_unit.region, "title": "会", "held_on": moment.today(), "chair": "某"}
    return Meeting.objects.create(**said | {"bodies": "各", "recorded_by": lead.registered_by} | values)


def _resolution(lead, **values):
    book = _meeting(lead)
    said = {"region": book.region, "meeting": book, "text": "办", "unit": lead.registering_unit}
    return Resolution.objects.create(**said | {"due_day": moment.today()} | values)


BROKEN |= {
    "meeting_closed_is_dated": ("registered", lambda lead: _meeting(lead, state="closed")),
    "resolution_done_is_whole": ("registered", lambda lead: _resolution(lead, state="done")),
}
