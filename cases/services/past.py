"""补录以前的案件: a case that was concluded before this register, entered whole in one act, so that totals reach back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import (
    Case,
    CaseMoney,
    CasePerson,
    Category,
    Channel,
    CloseKind,
    Lead,
    LeadSubject,
    Outcome,
    State,
)
from cases.models.measures import SANCTIONS, kind_of
from cases.services.checking import OLDEST, check_day
from cases.services.deciding import settle
from cases.services.filing import body_of
from cases.services.naming import check_leader
from povertyaudit.core import numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Post, Region, Role, Unit, User


@dataclass(frozen=True, kw_only=True)
class PastPerson:
    """One who was dealt with in the case, and how."""

    name: str
    measure: str
    unit_text: str = ""
    post_text: str = ""
    kind: str = "unknown"
    party_member: bool | None = None
    document_number: str = ""
    probation_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class PastCase:
    """What is known of a concluded case: its first person, others dealt with on the same day (`others`); money in 分,
    all of it the first person's, `money_kind` where there is any."""

    region: Region
    title: str
    case_number: str
    received_on: date
    filed_on: date
    decided_on: date
    concluded_on: date
    name: str
    measure: str
    result_text: str
    handling_unit: Unit
    leader: User
    unit_text: str = ""
    post_text: str = ""
    kind: str = "unknown"
    party_member: bool | None = None
    document_number: str = ""
    probation_months: int | None = None
    category: Category | None = None
    channel: str = Channel.OWN_DISCOVERY
    money_kind: str = ""
    owed_fen: int = 0
    taken_fen: int = 0
    returned_fen: int = 0
    others: Sequence[Mapping[str, Any]] = ()

    def persons(self) -> list[PastPerson]:
        """The first one, then the others."""
        names = [one.name for one in fields(PastPerson)]
        first = PastPerson(**{name: getattr(self, name) for name in names})
        return [first, *(PastPerson(**one) for one in self.others)]


@transaction.atomic
def enter_past(*, by: User, note: str = "", **said: Any) -> Case:
    """补录: `said` as in `PastCase`, `others` as in `PastPerson`. The case is concluded and executed; no clock starts.

    Raises NotAllowed unless `by` serves in 案管室; RuleBroken for dates out of order and what `decide` refuses.
    """
    past, post = PastCase(**said), by.post_as({Role.CASE_MANAGER})
    if post is None:
        raise NotAllowed("enter_past.role", "以前的案件由案管室补录。")
    _check_dates(past)
    _check(past, post)
    lead, body = _lead(past, post, by), body_of(past.handling_unit)
    dealt_with = [(one, _subject(lead, one)) for one in past.persons()]
    case = Case(lead=lead, number=past.case_number, filed_on=past.filed_on)
    filed = [_filed(past, one, subject, body) for one, subject in dealt_with]
    money = [_money(past, lead, dealt_with[0][1])] if past.owed_fen else []
    subjects = [subject for _, subject in dealt_with]
    rows.create(lead, verb="lead.enter_past", by=by, note=note, children=[*subjects, case, *filed, *money])
    for one, subject in dealt_with:
        _decided(past, one, subject, body, by, note)
    return case


def _check_dates(past: PastCase) -> None:
    """受理, 立案, 决定, 办结, in this order, none after today."""
    words = {"received_on": "受理", "filed_on": "立案", "decided_on": "决定", "concluded_on": "办结"}
    since, since_what = OLDEST, ""
    for field, word in words.items():
        day, what = getattr(past, field), f"{word}日期"
        check_day(day, field, code="enter_past.order", what=what, since=since, since_what=since_what)
        since, since_what = day, what


def _check(past: PastCase, post: Post) -> None:
    if Case.objects.filter(number=past.case_number).exists():
        raise RuleBroken("enter_past.twice", "该立案编号已经登记，请核对是否重复补录。", field="case_number")
    check_leader(past.leader, post.region_id, past.handling_unit.region_id, code="enter_past.leader")
    names = [one.name for one in past.persons()]
    if len(set(names)) < len(names):
        raise RuleBroken("enter_past.same", "同一个人只填写一次，请核对同案人员的姓名。", field="others")
    if past.owed_fen and past.money_kind not in CaseMoney.Kind.values:
        raise RuleBroken("enter_past.money", "填写了金额的，请选择款物的方式。", field="money_kind")


def _lead(past: PastCase, post: Post, by: User) -> Lead:
    number = numbering.take("lead", post.unit.region, post.unit.office_code)
    sanctioned = any(kind_of(one.measure) in SANCTIONS for one in past.persons())
    return Lead(
        number=number, state=State.CONCLUDED, region=past.region, title=past.title, channel=past.channel,
        received_on=past.received_on, filed_on=past.filed_on, concluded_on=past.concluded_on,
        result_text=past.result_text, category=past.category, registering_unit=post.unit, registered_by=by,
        handling_unit=past.handling_unit, acting_unit=past.handling_unit, leader=past.leader,
        close_kind=CloseKind.SANCTIONED if sanctioned else CloseKind.FIRST_FORM,
    )  # fmt: skip


def _subject(lead: Lead, one: PastPerson) -> LeadSubject:
    return LeadSubject(
        lead=lead, name=one.name, unit_text=one.unit_text, post_text=one.post_text, kind=one.kind
    )


def _decided(past: PastCase, one: PastPerson, subject: LeadSubject, body: str, by: User, note: str) -> None:
    outcome = Outcome(
        lead=subject.lead, region=past.region, subject=subject, measure=one.measure, decided_on=past.decided_on,
        body=body, document_number=one.document_number, facts=past.result_text,
    )  # fmt: skip
    settle(
        outcome, by, party_member=one.party_member, months=one.probation_months, note=note, verb="enter_past",
        executed=True,
    )  # fmt: skip


def _filed(past: PastCase, one: PastPerson, person: LeadSubject, body: str) -> CasePerson:
    filed = CasePerson(lead=person.lead, subject=person, party_member=one.party_member)
    if one.party_member:
        filed.party_filed_on, filed.party_body = past.filed_on, body
    else:
        filed.state_filed_on, filed.state_body = past.filed_on, body
    return filed


def _money(past: PastCase, lead: Lead, person: LeadSubject) -> CaseMoney:
    return CaseMoney(
        lead=lead, subject=person, kind=past.money_kind, owed_fen=past.owed_fen, taken_fen=past.taken_fen,
        returned_fen=past.returned_fen, paper=past.document_number or past.case_number,
    )  # fmt: skip
