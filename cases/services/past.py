"""补录以前的案件: a case that was concluded before this register, entered whole in one act, so that totals reach back."""

from dataclasses import dataclass
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
class PastCase:
    """What is known of one person's concluded case; money in 分, `money_kind` where there is any."""

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


@transaction.atomic
def enter_past(*, by: User, note: str = "", **said: Any) -> Case:
    """补录: `said` as in `PastCase`. The case is concluded and executed; no clock starts.

    Raises NotAllowed unless `by` serves in 案管室; RuleBroken for dates out of order and what `decide` refuses.
    """
    past, post = PastCase(**said), by.post_as({Role.CASE_MANAGER})
    if post is None:
        raise NotAllowed("enter_past.role", "以前的案件由案管室补录。")
    _check_dates(past)
    _check(past, post)
    lead = _lead(past, post, by)
    person = LeadSubject(
        lead=lead, name=past.name, unit_text=past.unit_text, post_text=past.post_text, kind=past.kind
    )
    case = Case(lead=lead, number=past.case_number, filed_on=past.filed_on)
    body = body_of(past.handling_unit)
    money = [_money(past, lead, person)] if past.owed_fen else []
    rows.create(
        lead,
        verb="lead.enter_past",
        by=by,
        note=note,
        children=[person, case, _filed(past, person, body), *money],
    )
    outcome = Outcome(
        lead=lead, region=past.region, subject=person, measure=past.measure, decided_on=past.decided_on, body=body,
        document_number=past.document_number, facts=past.result_text,
    )  # fmt: skip
    settle(
        outcome, by, party_member=past.party_member, months=past.probation_months, note=note, verb="enter_past",
        executed=True,
    )  # fmt: skip
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
    if past.owed_fen and past.money_kind not in CaseMoney.Kind.values:
        raise RuleBroken("enter_past.money", "填写了金额的，请选择款物的方式。", field="money_kind")


def _lead(past: PastCase, post: Post, by: User) -> Lead:
    number = numbering.take("lead", post.unit.region, post.unit.office_code)
    sanctioned = kind_of(past.measure) in SANCTIONS
    return Lead(
        number=number, state=State.CONCLUDED, region=past.region, title=past.title, channel=past.channel,
        received_on=past.received_on, filed_on=past.filed_on, concluded_on=past.concluded_on,
        result_text=past.result_text, category=past.category, registering_unit=post.unit, registered_by=by,
        handling_unit=past.handling_unit, acting_unit=past.handling_unit, leader=past.leader,
        close_kind=CloseKind.SANCTIONED if sanctioned else CloseKind.FIRST_FORM,
    )  # fmt: skip


def _filed(past: PastCase, person: LeadSubject, body: str) -> CasePerson:
    filed = CasePerson(lead=person.lead, subject=person, party_member=past.party_member)
    if past.party_member:
        filed.party_filed_on, filed.party_body = past.filed_on, body
    else:
        filed.state_filed_on, filed.state_body = past.filed_on, body
    return filed


def _money(past: PastCase, lead: Lead, person: LeadSubject) -> CaseMoney:
    return CaseMoney(
        lead=lead, subject=person, kind=past.money_kind, owed_fen=past.owed_fen, taken_fen=past.taken_fen,
        returned_fen=past.returned_fen, paper=past.document_number or past.case_number,
    )  # fmt: skip
