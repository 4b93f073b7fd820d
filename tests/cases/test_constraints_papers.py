"""What the database refuses of calls, digests, bulletins, summaries, requests for an identity, and the end of a lead."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import (
    Answer,
    Bulletin,
    BulletinCase,
    BulletinChannel,
    BulletinCopy,
    BulletinPerson,
    CallCategory,
    CallDigest,
    ClosingCheck,
    DigestLine,
    EndingTerm,
    HotlineCall,
    IdentityRequest,
    Instruction,
    Lead,
    Volume,
    WorkSummary,
)
from povertyaudit.core import moment
from tests.cases.broken_clearing import CLEARING
from tests.cases.broken_filing import twice


def _call(lead, **more):
    said = {"region": lead.region, "category": CallCategory.objects.first(), "title": "来电"}
    desk = {"registering_unit": lead.registering_unit, "registered_by": lead.registered_by}
    return HotlineCall.objects.create(**said | desk | {"received_at": moment.now()} | more)


def _digest(lead, **more):
    said = {"region": lead.region, "desk_unit": lead.registering_unit, "made_for": moment.now(), "issue": 1}
    return CallDigest.objects.create(**said | more)


def _two_lines(lead):
    digest = _digest(lead)
    for _ in range(2):
        DigestLine.objects.create(
            digest=digest, call=_call(lead), ordinal=1, standing="待处理", answered=False
        )


def _instruction(lead, **more):
    said = {
        "digest": _digest(lead),
        "leader": lead.registered_by,
        "text": "请核实。",
        "given_at": moment.now(),
    }
    return Instruction.objects.create(
        **said | {"unit": lead.registering_unit, "due_on": moment.today()} | more
    )


def _bulletin(lead, **more):
    said = {"region": lead.region, "title": "通报", "drafting_unit": lead.registering_unit}
    return Bulletin.objects.create(**said | {"drafted_by": lead.registered_by} | more)


def _case(lead, **more):
    said = {
        "lead": lead,
        "ordinal": 1,
        "place": "村",
        "problem": "问题",
        "facts": "事实",
        "decision": "处理",
        "recorded": "处理",
    }
    return BulletinCase.objects.create(**said | more)


def _two_cases(lead):
    """The same lead twice."""
    bulletin = _bulletin(lead)
    for ordinal in (1, 2):
        _case(lead, bulletin=bulletin, ordinal=ordinal)


def _two_ordinals(lead):
    """Two leads at the same place."""
    bulletin = _bulletin(lead)
    for one in (lead, lead.merged_into):
        _case(one, bulletin=bulletin)


def _two_persons(lead):
    case = _case(lead, bulletin=_bulletin(lead))
    for _ in range(2):
        BulletinPerson.objects.create(case=case, subject=lead.subjects.first(), name="王某某")


def _copy(lead, bulletin=None, **more):
    said = {"bulletin": bulletin or _bulletin(lead), "channel": BulletinChannel.objects.first()}
    to = {"unit": lead.registering_unit, "region": lead.region, "sender_region": lead.region}
    return BulletinCopy.objects.create(**said | to | {"sent_at": moment.now()} | more)


def _two_copies(lead):
    bulletin = _bulletin(lead)
    for _ in range(2):
        _copy(lead, bulletin)


def _summary(lead, **more):
    said = {"region": lead.region, "period": "week", "first_day": "2026-11-16", "last_day": "2026-11-22"}
    return WorkSummary.objects.create(**said | {"figures": [], "counted_at": moment.now()} | more)


def _request(lead, **more):
    said = {"lead": lead, "requested_by": lead.registered_by, "requester": lead.registered_by.person}
    return IdentityRequest.objects.create(**said | {"reason": "需当面核对。"} | more)


def _decided(lead, by, **more):
    now = moment.now()
    said = {"state": "approved", "decided_by": by, "decider": by.person, "decided_at": now}
    return _request(lead, **said | {"expires_at": now + timedelta(hours=1)} | more)


def _check(lead, **more):
    said = {"lead": lead, "item": EndingTerm.objects.checks().first(), "ground": "见卷内材料。"}
    return ClosingCheck.objects.create(
        **said | {"checked_by": lead.registered_by, "checked_on": moment.today()} | more
    )


def _answer(lead, **more):
    return Answer.objects.create(lead=lead, **more)


def _volume(lead):
    return Volume.objects.create(
        lead=lead, ordinal=1, archived_by=lead.registered_by, archived_on=moment.today(), contents=[]
    )


PAPERS = {
    "call_answer_is_whole": ("registered", lambda lead: _call(lead, answered_on=moment.today())),
    "call_ends_with_an_answer": ("registered", lambda lead: _call(lead, state="closed")),
    "call_with_a_unit": ("registered", lambda lead: _call(lead, state="transferred")),
    "call_became_a_lead": ("registered", lambda lead: _call(lead, state="lead")),
    "digest_once_an_hour": ("registered", lambda lead: [
        _digest(lead, made_for="2026-11-23T17:30:00+08:00", issue=issue) for issue in (1, 2)
    ]),
    "digest_line_ordinal_once": ("registered", _two_lines),
    "instruction_answer_is_whole": ("registered", lambda lead: _instruction(lead, answer_text="已落实。")),
    "bulletin_two_persons": ("registered", lambda lead: _bulletin(lead, approved_by=lead.registered_by)),
    "bulletin_issued_is_approved": ("registered", lambda lead: _bulletin(
        lead, state="issued", number="通报 1", issue=1, issued_on=moment.today()
    )),
    "bulletin_case_once": ("registered", _two_cases),
    "bulletin_case_ordinal_once": ("merged", _two_ordinals),
    "bulletin_case_changed_with_reason": ("registered", lambda lead: _case(
        lead, bulletin=_bulletin(lead), recorded="登记的")),
    "bulletin_person_once": ("registered", _two_persons),
    "bulletin_copy_once": ("registered", _two_copies),
    "bulletin_copy_read_is_whole": ("registered", lambda lead: _copy(lead, state="read", read_at=moment.now())),
    "bulletin_copy_posted_is_whole": ("registered", lambda lead: _copy(lead, posted_on=moment.today())),
    "summary_once_per_period": ("registered", twice(_summary)),
    "summary_days_in_order": ("registered", lambda lead: _summary(lead, last_day="2026-11-15")),
    "summary_sent_by_somebody": ("registered", lambda lead: _summary(
        lead, state="sent", sent_on=moment.today()
    )),
    "identity_asked_once": ("registered", twice(_request)),
    "identity_two_persons": ("registered", lambda lead: _decided(lead, lead.registered_by)),
    "identity_decided_is_whole": ("registered", lambda lead: _request(lead, state="refused")),
    "identity_reads_for_a_while": ("dispatched", lambda lead: _decided(
        lead, lead.leader, expires_at=None
    )),
    "closing_check_once": ("registered", twice(_check)),
    "closing_check_has_ground": ("registered", lambda lead: _check(lead, ground="")),
    "answer_once_per_volume": ("registered", twice(_answer)),
    "answer_delivered_is_whole": ("registered", lambda lead: _answer(lead, delivered_on=moment.today())),
    "answer_objection_is_told": ("registered", lambda lead: _answer(lead, new_evidence=True)),
    "answer_settled_is_whole": ("registered", lambda lead: _answer(
        lead, settled_by=lead.registered_by, settled_on=moment.today()
    )),
    "volume_once": ("registered", twice(_volume)),
} | CLEARING  # fmt: skip


def all_refused(broken, state, lead):
    """Each act on a lead of that state fails on the constraint it is listed under.

    SQLite names only the columns of a unique one. One lead serves them all: what an act wrote is rolled back.
    """
    passed = []
    for name, (at, act) in broken.items():
        if at != state:
            continue
        try:
            with transaction.atomic():
                act(Lead.objects.get(pk=lead.pk))
                transaction.set_rollback(True)
            passed.append(name)
        except IntegrityError as refusal:
            if name not in str(refusal) and "UNIQUE" not in str(refusal):
                passed.append(f"{name}: {refusal}")
    assert passed == []


@pytest.mark.parametrize("state", sorted({state for state, _ in PAPERS.values()}))
def test_the_database_refuses(make, state):
    all_refused(PAPERS, state, make(state))
