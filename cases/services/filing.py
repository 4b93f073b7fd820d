"""立案以后: the persons filed on, and what the trial office sends back."""

from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Case, CasePerson, Lead, LeadStep, LeadSubject, Method, SubjectKind, TrialReturn
from cases.roles import HANDLERS
from cases.services.checking import check_day
from cases.services.telling import addressees, tell_unit
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment, numbering
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Role, Row, Unit, UnitKind, User


def body_of(unit: Unit) -> str:
    """The name of the discipline body an office belongs to, as it stands in a decision."""
    parent = unit.parent
    if parent is not None and parent.kind == UnitKind.COMMISSION:
        return str(parent.name)
    return str(unit.name)


def is_member(subject: LeadSubject, *told: bool | None) -> bool | None:
    """Whether the person is a party member: the registered 政治面貌, else what was told, else the kind of person.

    None: nobody has said.
    """
    if subject.political_status:
        return subject.of_the_party
    for known in told:
        if known is not None:
            return known
    return True if subject.of_the_party else None


def opened(lead: Lead, unit: Unit, on: date) -> list[Row]:
    """The case of a lead that is filed today, and its persons: every person complained of until said otherwise."""
    case = Case(lead=lead, number=numbering.take("case", lead.region), filed_on=on)
    return [case, *(_person(lead, subject, body_of(unit), on) for subject in lead.subjects.all())]


def _person(lead: Lead, subject: LeadSubject, body: str, on: date) -> CasePerson:
    """党纪立案 for members, 政务立案 for who holds a public post or may; both where both is so."""
    person = CasePerson(lead=lead, subject=subject, party_member=is_member(subject))
    if person.party_member:
        person.party_filed_on, person.party_body = on, body
    if subject.kind != SubjectKind.PARTY_MEMBER:
        person.state_filed_on, person.state_body = on, body
    return person


@transaction.atomic
def file_person(
    lead: Lead,
    *,
    by: User,
    subject: LeadSubject,
    party_member: bool | None = None,
    party_filed_on: date | None = None,
    party_body: str = "",
    state_filed_on: date | None = None,
    state_body: str = "",
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """登记立案人员: when and by which body the person was filed on, by the party and by the state."""
    row = LEAD.begin(lead, "file_person", by=by, note=note, expected_version=expected_version)
    of_this_lead(row, subject)
    body = body_of(row.handling_unit)
    person = CasePerson.objects.filter(subject=subject).first() or CasePerson(lead=row, subject=subject)
    person.party_member = is_member(subject, party_member, person.party_member)
    person.party_filed_on, person.party_body = party_filed_on, party_filed_on and (party_body or body) or ""
    person.state_filed_on, person.state_body = state_filed_on, state_filed_on and (state_body or body) or ""
    _check_person(row, person)
    done: Lead = LEAD.finish(
        row, "file_person", by=by, note=note, saved=[person], facts={"subject": subject.public_id}
    )
    return done


def of_this_lead(lead: Lead, subject: LeadSubject) -> None:
    if subject.lead_id != lead.pk:
        raise RuleBroken("subject.other_lead", "请从这件线索的被反映人中选择。", field="subject")


def _check_person(lead: Lead, person: CasePerson) -> None:
    if person.party_filed_on is None and person.state_filed_on is None:
        text = "请填写党纪立案或者政务立案的日期，至少一项。"
        raise RuleBroken("file_person.date", text, field="party_filed_on")
    if person.party_filed_on and person.party_member is False:
        text = f"{person.subject.name}不是中共党员，不能作党纪立案，请只填写政务立案。"
        raise RuleBroken("file_person.member", text, field="party_filed_on")
    for field in ("party_filed_on", "state_filed_on"):
        day = getattr(person, field)
        if day:
            check_day(
                day,
                field,
                code="file_person.order",
                what="立案日期",
                since=lead.received_on,
                since_what="受理日期",
            )


@transaction.atomic
def return_evidence(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """退回补充证据: the time until it comes back is not counted (监督执纪工作规则 art. 55)."""
    row = LEAD.begin(lead, "return_evidence", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    sent = TrialReturn(lead=row, kind=TrialReturn.Kind.EVIDENCE, reason=note, returned_on=today)
    changes = {**_back_to_the_office(row), "trial_returned_on": today}
    done: Lead = LEAD.finish(row, "return_evidence", by=by, note=note, changes=changes, saved=[sent])
    clocks.pause(done, "case.adjudicate", reason="审理退回补充证据", by=by)
    tell_unit(done, done.acting_unit, "审理退回补充证据，请补证后重新送审。", by=by, roles=HANDLERS)
    return done


def _back_to_the_office(lead: Lead) -> dict[str, Any]:
    """To the office that investigated, and the officer who sent it to trial."""
    return {"acting_unit": lead.handling_unit, "handler": lead.proposed_by}


@transaction.atomic
def resubmit(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """补证后重新送审: the clock of the trial goes on."""
    row = LEAD.begin(lead, "resubmit", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    sent = row.trial_returns.get(kind=TrialReturn.Kind.EVIDENCE, resubmitted_on=None)
    sent.resubmitted_on, sent.answer = today, note
    step = LeadStep.objects.latest_of(row.pk)
    changes = {"acting_unit": step.unit, "handler": None, "trial_returned_on": None}
    done: Lead = LEAD.finish(row, "resubmit", by=by, note=note, changes=changes, saved=[sent])
    clocks.resume(done, "case.adjudicate", by=by)
    clocks.address(done, **addressees(done))
    tell_unit(done, done.acting_unit, "补证完毕，已重新送审。", by=by, roles=(Role.ADJUDICATION,))
    return done


@transaction.atomic
def return_again(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """退回重新审查调查: this trial is over; the investigation and its period begin anew."""
    row = LEAD.begin(lead, "return_again", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    step = LeadStep.objects.latest_of(row.pk)
    step.sent_back_on, step.result = today, f"退回重新审查调查：{note}"
    sent = TrialReturn(lead=row, kind=TrialReturn.Kind.AGAIN, reason=note, returned_on=today)
    changes = {**_back_to_the_office(row), "method": Method.FILE_CASE}
    done: Lead = LEAD.finish(row, "return_again", by=by, note=note, changes=changes, saved=[step, sent])
    clocks.stop(done, "case.adjudicate", today, "lead.return_again")
    clocks.start(done, "case.investigate", on=today, event="审理退回重新审查调查", **addressees(done))
    tell_unit(done, done.acting_unit, "审理退回重新审查调查，请重新开展调查。", by=by, roles=HANDLERS)
    return done
