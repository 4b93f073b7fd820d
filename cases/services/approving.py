"""审批权限: whom the dated table asks for a disposition. The table itself is a list of terms (`core.terms`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.models import ApprovalRule, Approver, Decision, Lead, LeadStep, LeadSubject, Level, Method, State
from cases.services.checking import check_day
from cases.services.telling import serving
from cases.workflow import OUTSIDE, bodies_of
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Recusal, Role, User

# After these steps what follows is decided on checked facts (监察法 art. 41, 42; 监督执纪工作规则 art. 56).
CHECKED = (Method.VERIFY, Method.INVESTIGATE, Method.ADJUDICATE)
RANKS = tuple(Approver.values)  # from below upwards


@dataclass(frozen=True)
class Asked:
    """Whom to ask, and why him."""

    approver: str
    why: str


def levels_of(lead: Lead, subject: LeadSubject) -> set[str]:
    """Every level a person belongs to; whose cadres are "of the same level" follows from the body that decides."""
    found: set[str] = {Level.ANY}
    if subject.principal:
        found.add(Level.PRINCIPAL)
    own = {"city" if body.endswith("00") else "county" for body in bodies_of(lead)}
    if subject.managed_by is not None and subject.managed_by.code in own:
        found |= {Level.MANAGED, Level.MANAGED_HEAD} if subject.number_one else {Level.MANAGED}
    return found


def who_approves(lead: Lead, method: str, also: Sequence[LeadSubject] = ()) -> Asked:
    """The highest approver of all rules that apply today; one who must stand aside gives way to the next above.

    Raises RuleBroken when the table says nothing about the method.
    """
    decisions = [method]
    if lead.steps.filter(method__in=CHECKED, finished_on__isnull=False).exists():
        decisions.append(Decision.AFTER_CHECK)
    known = {subject.pk for subject in also}
    people = [*lead.subjects.select_related("managed_by").exclude(pk__in=known - {None}), *also]
    levels = {Level.ANY}.union(*(levels_of(lead, subject) for subject in people))
    rules = list(ApprovalRule.objects.on().filter(decision__in=decisions, level__in=levels))
    if not any(rule.decision == method for rule in rules):
        text = f"审批权限表里没有“{Decision(method).label}”的规定，请案管室先提出并经确认。"
        raise RuleBroken("propose.no_rule", text, field="method")
    rule = max(rules, key=lambda one: RANKS.index(one.approver))
    return _past_the_recused(lead, Asked(rule.approver, rule.words))


def asked_again(lead: Lead, also: Sequence[LeadSubject] = ()) -> tuple[dict[str, Any], list[LeadStep]]:
    """What changes on a lead and its step when a proposal that waits must now go to somebody else."""
    if lead.state != State.PROPOSED:
        return {}, []
    asked = who_approves(lead, lead.method, also)
    if asked.approver == lead.approver:
        return {}, []
    step = LeadStep.objects.latest_of(lead.pk)
    step.asked_of, step.why_asked = asked.approver, asked.why
    return {"approver": asked.approver}, [step]


def _past_the_recused(lead: Lead, asked: Asked) -> Asked:
    if asked.approver == Approver.DEPUTY and lead.leader is not None and is_recused(lead, lead.leader):
        asked = Asked(Approver.SECRETARY, f"{asked.why}分管领导应当回避，改由主要负责人审批。")
    if asked.approver == Approver.SECRETARY and not heads(lead).exists():
        asked = Asked(Approver.SUPERIOR, f"{asked.why}主要负责人应当回避，改由上一级纪检监察机关决定。")
    return asked


def of_the_bodies(lead: Lead, roles: Iterable[str]) -> QuerySet[User]:
    """Holders of these roles in the discipline bodies concerned."""
    return serving(roles, *bodies_of(lead))


def heads(lead: Lead) -> QuerySet[User]:
    """The heads of the bodies concerned who need not stand aside."""
    able = of_the_bodies(lead, {Role.SECRETARY})
    found: QuerySet[User] = able.exclude(person__in=recusals(lead).values("person"))
    return found


def recusals(lead: Lead) -> QuerySet[Recusal]:
    return Recusal.objects.filter(target_label="cases.lead", target_id=lead.pk, ended_at=None)


def is_recused(lead: Lead, user: User) -> bool:
    return recusals(lead).filter(person_id=user.person_id).exists()


def check_paper(approver: str, number: str, on: date | None, proposed_on: date) -> None:
    """An approval given outside the house is recorded with its document. Raises RuleBroken."""
    if approver not in OUTSIDE:
        if number or on:
            text = "这一处置意见由本机关领导审批，不填写批准文号和日期。"
            raise RuleBroken("approve.inside", text, field="outside_number")
        return
    who = Approver(approver).label
    if not number.strip():
        text = f"这一处置意见须报{who}批准，请填写批准文件的文号。"
        raise RuleBroken("approve.number", text, field="outside_number")
    check_day(
        on, "outside_on", code="approve.on", what="批准日期", since=proposed_on, since_what="提出意见日期"
    )
