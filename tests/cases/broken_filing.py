"""Raw rows the database refuses, from 立案 to execution: name of the constraint → (state of the lead, act)."""

from datetime import timedelta

from cases.models import CaseMoney, CasePerson, Duty, Outcome, TrialReturn
from povertyaudit.core import moment


def outcome(lead, **more):
    values = {
        "kind": "admin", "measure": "admin_warning", "decided_on": moment.today(), "body": "县监委", "document_number": "1",
        "state": "pending", "lead": lead, "region": lead.region, "subject": lead.subjects.first(),
    }  # fmt: skip
    return Outcome.objects.create(**values | more)


def twice(make):
    def act(lead):
        make(lead)
        make(lead)

    return act


def person(lead, **more):
    lead.case_persons.all().delete()
    values = {
        "state_filed_on": moment.today(),
        "state_body": "县监委",
        "lead": lead,
        "subject": lead.subjects.first(),
    }
    return CasePerson.objects.create(**values | more)


def money(lead, **more):
    values = {"lead": lead, "subject": lead.subjects.first(), "kind": "refund", "owed_fen": 100, "paper": "1"}
    return CaseMoney.objects.create(**values | more)


def returned(lead, **more):
    values = {"lead": lead, "kind": "evidence", "reason": "补证。", "returned_on": moment.today()}
    return TrialReturn.objects.create(**values | more)


def duty(lead, **more):
    return Duty.objects.create(outcome=outcome(lead), kind="announce", **more)


def two_duties(lead):
    row = duty(lead)
    Duty.objects.create(outcome=row.outcome, kind="announce")


def two_corrections(lead):
    old = outcome(lead)
    for _ in range(2):
        outcome(lead, corrects=old, correction="change")


ACTS = {
    "outcome_kind_of_measure": lambda lead: outcome(lead, kind="party", party_member=True),
    "outcome_decided_is_whole": lambda lead: outcome(lead, body=""),
    "outcome_only_org_is_suggested": lambda lead: outcome(lead, suggested_on=moment.today()),
    "outcome_party_for_members": lambda lead: outcome(lead, kind="party", measure="party_warning"),
    "outcome_light_admin_for_villages": lambda lead: outcome(
        lead, measure="admin_removal", admin_limit="village"
    ),
    "outcome_no_party_post_serious": lambda lead: outcome(lead, no_party_post=True),
    "outcome_two_supplements": lambda lead: outcome(
        lead, kind="transfer", measure="transfer_x", supplements=3
    ),
    "outcome_corrects_another": lambda lead: outcome(lead, correction="change"),
    "outcome_counted_stands": lambda lead: outcome(lead, counts=True, form=0),
    "outcome_person_counts_once": twice(lambda lead: outcome(lead, counts=True, form=2)),
    "outcome_corrected_once": two_corrections,
    "duty_once_per_outcome": two_duties,
    "duty_done_by_someone": lambda lead: duty(lead, done_on=moment.today()),
    "case_person_is_filed": lambda lead: person(lead, state_filed_on=None, state_body=""),
    "case_person_party_body": lambda lead: person(lead, party_body="县纪委"),
    "case_person_state_body": lambda lead: person(lead, state_body=""),
    "case_person_party_member": lambda lead: person(
        lead, party_member=False, party_filed_on=moment.today(), party_body="县纪委"
    ),
    "trial_return_one_open": twice(returned),
    "trial_return_in_order": lambda lead: returned(lead, resubmitted_on=moment.today() - timedelta(days=1)),
    "case_money_in_range": lambda lead: money(lead, owed_fen=0),
    "case_money_taken_within_owed": lambda lead: money(lead, taken_fen=101),
    "case_money_returned_within_taken": lambda lead: money(lead, returned_fen=1),
}
BROKEN_FILING = {name: ("registered", act) for name, act in ACTS.items()}
