"""What the database refuses whoever asks; every constraint of the app is broken here once."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import F

from cases import services as real
from cases.models import (
    Accountability,
    ApprovalRule,
    BulletinChannel,
    CallCategory,
    Category,
    ClosingDuty,
    Declaration,
    DigestHour,
    Dispatch,
    EndingTerm,
    HoldReview,
    IntakeDetail,
    Interference,
    Lead,
    LeadKey,
    LeadLink,
    LeadStep,
    ManagedBy,
    OtherNumber,
    PartnerBody,
    Responsible,
    StepParticipant,
    Suspect,
)
from povertyaudit.core import moment
from tests.cases import test_asking as asking
from tests.cases.broken_filing import BROKEN_FILING
from tests.cases.exchange import broken as exchange
from tests.cases.test_constraints_papers import PAPERS, all_refused


def _pair(model, lead, *, turned=False, **values):
    """A row of two leads, the later first unless `turned`."""
    later, earlier = sorted((lead.pk, lead.merged_into_id), reverse=not turned)
    return model.objects.create(lead_id=later, other_id=earlier, **values)


def _decided(lead):
    return {"kind": "related", "by": lead.registered_by}


BROKEN = BROKEN_FILING | {
    "lead_concluded_is_dated": (
        "concluded",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(concluded_on=None),
    ),
    "lead_concluded_has_kind": (
        "concluded",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(close_kind=""),
    ),
    "lead_dispatched_has_unit": (
        "dispatched",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(leader=None),
    ),
    "lead_amount_in_range": (
        "registered",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(amount_fen=-1),
    ),
    "lead_merged_into_another": (
        "merged",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(merged_into=F("id")),
    ),
    "lead_forwarded_has_body": (
        "forwarded",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(forwarded_to=""),
    ),
    "lead_returned_with_reason": (
        "returned",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(return_reason=""),
    ),
    "lead_question_is_not_handled": (
        "dispatched",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(kind="consultation"),
    ),
    "superior_receipt_sent_is_dated": ("registered", lambda lead: _slip(lead, state="sent")),
    "superior_receipt_dates_in_order": (
        "registered",
        lambda lead: _slip(
            lead, state="sent", sent_on=moment.today() - timedelta(days=1), sent_by=lead.registered_by
        ),
    ),
    "intake_visitors_in_range": (
        "registered",
        lambda lead: IntakeDetail.objects.create(lead=lead, source_count=0),
    ),
    "lead_filed_is_dated": ("case_filed", lambda lead: Lead.objects.filter(pk=lead.pk).update(filed_on=None)),
    "lead_held_has_review": ("held", lambda lead: Lead.objects.filter(pk=lead.pk).update(review_on=None)),
    "lead_dates_in_order": (
        "concluded",
        lambda lead: Lead.objects.filter(pk=lead.pk).update(
            concluded_on=lead.received_on - timedelta(days=1)
        ),
    ),
    "step_ordinal_once": (
        "proposed",
        lambda lead: LeadStep.objects.create(**{**_values(lead.steps.get()), "ordinal": 1}),
    ),
    "step_two_persons": (
        "approved",
        lambda lead: LeadStep.objects.filter(lead=lead).update(approver=F("proposer")),
    ),
    "step_approved_is_whole": (
        "approved",
        lambda lead: LeadStep.objects.filter(lead=lead).update(approver=None),
    ),
    "step_starts_after_approval": (
        "proposed",
        lambda lead: LeadStep.objects.filter(lead=lead).update(started_on=moment.today()),
    ),
    "step_finishes_after_start": (
        "approved",
        lambda lead: LeadStep.objects.filter(lead=lead).update(finished_on=moment.today()),
    ),
    "other_number_once_per_lead": (
        "registered",
        lambda lead: [OtherNumber.objects.create(lead=lead, issuer="市", number="1") for _ in range(2)],
    ),
    "dispatch_handed_back_with_reason": (
        "dispatched",
        lambda lead: Dispatch.objects.filter(lead=lead).update(handed_back_at=moment.now()),
    ),
    "dispatch_signed_for_by_somebody": (
        "dispatched",
        lambda lead: Dispatch.objects.filter(lead=lead).update(signed_for_at=moment.now()),
    ),
    "step_resumed_after_stop": (
        "in_step",
        lambda lead: LeadStep.objects.filter(lead=lead).update(resumed_on=moment.today()),
    ),
    "participant_once_per_step": (
        "in_step",
        lambda lead: StepParticipant.objects.create(
            **_values(StepParticipant.objects.filter(step__lead=lead)[0])
        ),
    ),
    "hold_review_next_is_later": (
        "held",
        lambda lead: HoldReview.objects.create(
            step=lead.steps.get(),
            due_on=moment.today(),
            reviewed_on=moment.today(),
            next_on=moment.today(),
            reviewed_by=lead.handler,
            finding="没有变化。",
        ),
    ),
    "interference_handled_is_whole": (
        "in_step", lambda lead: asking.report(lead.handler) and Interference.objects.update(handled_on=moment.today()),
    ),
    "interference_reported_after_it_happened": (
        "in_step",
        lambda lead: asking.report(lead.handler)
        and Interference.objects.update(reported_on=moment.today() - timedelta(days=1)),
    ),
    "accountability_decided_is_whole": (
        "in_step", lambda lead: _accountability(lead) and Accountability.objects.update(**_settled(lead, decided_on=None)),
    ),
    "accountability_carried_out_is_whole": (
        "in_step", lambda lead: _accountability(lead) and Accountability.objects.update(
            **_settled(lead, state="carried_out", result="已落实。")
        ),
    ),
    "responsible_once": (
        "in_step", lambda lead: Responsible.objects.create(**_values(_accountability(lead).objects_of.get())),
    ),
    "responsible_measure_fits": (
        "in_step", lambda lead: _accountability(lead).objects_of.update(measure="reorganise"),
    ),
    "declaration_says_what": (
        "registered",
        lambda lead: Declaration.objects.create(
            person=lead.registered_by.person, kind="kin", noted_by=lead.registered_by
        ),
    ),
    "one_open_duty_per_kind": (
        "concluded",
        lambda lead: [
            ClosingDuty.objects.create(lead=lead, kind="tell_unit", since=moment.today()) for _ in range(2)
        ],
    ),
    "duty_done_is_whole": (
        "concluded",
        lambda lead: ClosingDuty.objects.create(
            lead=lead, kind="tell_unit", since=moment.today(), done_on=moment.today()
        ),
    ),
    "subject_entered_the_party_as_a_member": ("registered", lambda lead: lead.subjects.update(party_entry_month="1998-07")),
    "subject_born_before_party_entry": ("registered", lambda lead: lead.subjects.update(
        political_status="member", birth_month="1998-07", party_entry_month="1998-07"
    )),
    "subject_id_number_is_whole": ("registered", lambda lead: lead.subjects.update(id_last4="1234")),
    "subject_id_key_is_half_the_digest": ("registered", lambda lead: lead.subjects.update(id_key=b"a" * 16)),
    "lead_key_once": ("registered", lambda lead: [LeadKey.objects.create(lead=lead, value=1) for _ in range(2)]),
    "suspect_once": ("merged", lambda lead: [_pair(Suspect, lead, score=60) for _ in range(2)]),
    "suspect_later_then_earlier": ("merged", lambda lead: _pair(Suspect, lead, turned=True, score=60)),
    "lead_link_once": ("merged", lambda lead: [_pair(LeadLink, lead, **_decided(lead)) for _ in range(2)]),
    "lead_link_later_then_earlier": ("merged", lambda lead: _pair(LeadLink, lead, turned=True, **_decided(lead))),
    "subject_cppcc_has_no_township": ("registered", lambda lead: lead.subjects.update(cppcc_seat="township")),
}  # fmt: skip


def _of_terms(name, model):
    """What holds for every table of terms."""
    return {
        f"{name}_ends_after_start": (
            "registered", lambda lead: model.objects.update(valid_from="2026-01-02", valid_to="2026-01-01"),
        ),
        f"{name}_changed_ends_confirmed": (
            "registered", lambda lead: model.objects.update(changed_by=lead.registered_by),
        ),
        f"{name}_two_pairs_of_eyes": ("registered", lambda lead: model.objects.update(
            changed_by=lead.registered_by, confirmed_by=lead.registered_by, state="refused"
        )),
        f"{name}_one_proposal": ("registered", lambda lead: [
            model.objects.create(**_values(model.objects.first()) | {"code": "second"}),
            model.objects.update(code="same", changed_by=lead.registered_by, state="draft"),
        ]),
    }  # fmt: skip


BROKEN |= exchange.BROKEN
BROKEN |= (
    _of_terms("category", Category)
    | _of_terms("managedby", ManagedBy)
    | _of_terms("approvalrule", ApprovalRule)
    | _of_terms("partnerbody", PartnerBody)
    | _of_terms("bulletinchannel", BulletinChannel)
    | _of_terms("callcategory", CallCategory)
    | _of_terms("digesthour", DigestHour)
    | _of_terms("endingterm", EndingTerm)
)


def _slip(lead, **changes):
    slip = real.receive_for_superior(by=lead.registered_by, received_on=moment.today())
    type(slip).objects.filter(pk=slip.pk).update(**changes)


def _settled(lead, **more):
    """Decided, whole; `more` says what is missing (a date that is not there must not slip through)."""
    whole = {
        "state": "decided",
        "decided_by": lead.registered_by,
        "document": "青纪 1",
        "decided_on": moment.today(),
    }
    return whole | more


def _accountability(lead):
    said = {"by": lead.handler, "lead": lead, "title": "监管不力", "responsible": [asking.LEADER]}
    return asking.asking.open_accountability(**said)


def _values(step):
    skipped = {"id", "public_id"}
    return {f.attname: getattr(step, f.attname) for f in step._meta.concrete_fields if f.name not in skipped}


def test_every_constraint_of_the_app_is_broken_here():
    names = {
        constraint.name
        for model in apps.get_app_config("cases").get_models()
        for constraint in model._meta.constraints
    }
    assert names == BROKEN.keys() | PAPERS.keys()


@pytest.mark.parametrize("state", sorted({state for state, _ in BROKEN.values()}))
def test_the_database_refuses(make, state):
    all_refused(BROKEN, state, make(state))


def test_every_refusal_has_a_chinese_sentence():
    for model in apps.get_app_config("cases").get_models():
        for constraint in model._meta.constraints:
            if hasattr(constraint, "condition") and not hasattr(constraint, "fields"):
                assert constraint.violation_error_message.endswith("。"), constraint.name
