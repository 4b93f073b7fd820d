"""What the database refuses of clarifications, findings of false accusation, reports of members and what offices tell."""

from datetime import date

from cases.models import Clarification, EndingTerm, FalseAccusation, PartnerBody, PartnerReport, WorkSummary
from povertyaudit.core import moment
from tests.cases.broken_filing import twice


def _clear(lead, **more):
    said = {
        "region": lead.region,
        "lead": lead,
        "subject": lead.subjects.first(),
        "place": "村委会",
        "text": "不属实。",
    }
    by = {
        "way": EndingTerm.objects.clearings().first(),
        "proposed_by": lead.registered_by,
        "proposed_on": moment.today(),
    }
    return Clarification.objects.create(**said | by | more)


def _agreed(lead, **more):
    return _clear(
        lead, **{"state": "approved", "decided_by": lead.leader, "decided_on": moment.today()} | more
    )


def _mark(lead, **more):
    said = {"region": lead.region, "lead": lead, "basis": "伪造票据。", "proposed_by": lead.registered_by}
    return FalseAccusation.objects.create(**said | {"proposed_on": moment.today()} | more)


def _sent_up(lead, **more):
    return _mark(
        lead, **{"state": "submitted", "submitted_by": lead.leader, "submitted_on": moment.today()} | more
    )


def _found(lead, **more):
    said = {"level": "city", "body": "市纪委监委", "document_number": "9", "document_on": moment.today()}
    return _sent_up(lead, **{"state": "confirmed", "recorded_by": lead.leader} | said | more)


def _report(lead, **more):
    said = {"region": lead.region, "body": PartnerBody.objects.first(), "last_day": date(2026, 11, 20)}
    by = {"handed_over": 1, "under_way": 1, "reported_on": moment.today(), "reported_by": lead.registered_by}
    return PartnerReport.objects.create(**said | by | more)


def _told(lead, **more):
    said = {"region": lead.region, "period": "told", "first_day": "2026-07-01", "last_day": "2026-09-30"}
    by = {"unit": lead.registering_unit, "figures": [], "counted_at": moment.now()}
    return WorkSummary.objects.create(**said | by | more)


CLEARING = {
    "clarification_once_per_person": ("registered", twice(_clear)),
    "clarification_decided_is_whole": ("registered", lambda lead: _clear(lead, state="approved")),
    "clarification_two_persons": ("registered", lambda lead: _agreed(lead, decided_by=lead.registered_by)),
    "clarification_done_is_whole": ("dispatched", lambda lead: _agreed(
        lead, state="done", done_on=moment.today(), recorded_by=lead.leader)),
    "clarification_withdrawn_is_whole": ("registered", lambda lead: _clear(lead, state="withdrawn")),
    "false_accusation_once_per_lead": ("registered", twice(_mark)),
    "false_accusation_submitted_is_whole": ("registered", lambda lead: _mark(lead, state="submitted")),
    "false_accusation_two_persons": ("registered", lambda lead: _sent_up(lead, submitted_by=lead.registered_by)),
    "false_accusation_found_above": ("dispatched", lambda lead: _found(lead, level="county")),
    "false_accusation_rejected_is_whole": ("registered", lambda lead: _mark(lead, state="rejected")),
    "partner_report_once_a_month": ("registered", twice(_report)),
    "partner_report_ends_on_the_twentieth": ("registered", lambda lead: _report(lead, last_day=date(2026, 11, 21))),
    "partner_report_numbers_are_sensible": ("registered", lambda lead: _report(lead, handed_over=100_001)),
    "summary_once_per_unit": ("registered", twice(_told)),
    "summary_told_by_a_unit": ("registered", lambda lead: _told(lead, unit=None)),
    "summary_told_under_a_number": ("registered", lambda lead: _told(
        lead, state="sent", sent_on=moment.today(), sent_by=lead.registered_by)),
}  # fmt: skip
