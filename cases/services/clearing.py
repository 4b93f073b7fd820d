"""澄清 for a person of whom a complaint proved not true, and 诬告陷害 as a higher body found it.

Neither says who complained: texts are compared with the vault by the one door for writes (`core.rows`).
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from cases.models import (
    Clarification,
    CloseKind,
    EndingTerm,
    FalseAccusation,
    Finder,
    Lead,
    LeadSubject,
    Outcome,
    OutcomeKind,
    State,
)
from cases.models.clearing import UNFOUNDED
from cases.services.telling import serving
from cases.workflow.clearing import CLARIFICATION, FALSE_ACCUSATION, PROPOSERS, handles_its_lead
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Role, User


@transaction.atomic
def propose_clarification(
    *, by: User, lead: Lead, subject: LeadSubject, way: EndingTerm, place: str, text: str, note: str = ""
) -> Clarification:
    """提出澄清, by the office that handled the lead or the registry, once it ended as not true of the person.

    Raises NotAllowed, RuleBroken.
    """
    row = _lead_of(lead, by, "澄清")
    if not _unfounded(row):
        text = "只有查否或者函询采信了结的线索可以澄清，请核对办结方式。"
        raise RuleBroken("clarification.ending", text, field="lead")
    if subject.lead_id != row.pk:
        raise RuleBroken("subject.other_lead", "请从这件线索的被反映人中选择。", field="subject")
    if _dealt_with(subject):
        raise RuleBroken("clarification.dealt_with", f"{subject.name}已受到处理，不能澄清。", field="subject")
    if EndingTerm.objects.clearings().of_day(way, moment.today()) is None:
        raise RuleBroken("clarification.way", "这种澄清方式没有启用，请改选。", field="way")
    made = Clarification(
        region=row.region, lead=row, subject=subject, way=way, place=place, text=text, proposed_by=by,
        proposed_on=moment.today(), number=numbering.take("clarification", _county(row)),
    )  # fmt: skip
    done: Clarification = rows.create(made, verb="clarification.propose", by=by, note=note)
    notify.tell_of(done, _deciders(row), "澄清报您审批。", by=by)
    return done


def _deciders(lead: Lead) -> Any:
    heads = serving({Role.SECRETARY}, lead.registering_unit.region_id)
    return User.objects.filter(Q(pk=lead.leader_id) | Q(pk__in=heads.values("pk")))


def _unfounded(lead: Lead) -> bool:
    return lead.state == State.CONCLUDED and lead.close_kind in UNFOUNDED


def proved_untrue(lead: Lead) -> bool:
    """查否, as 诬告陷害 needs it: an answer that was believed (函询采信) shows nothing of how the complaint was made."""
    return lead.state == State.CONCLUDED and lead.close_kind == CloseKind.UNTRUE


def _dealt_with(subject: LeadSubject) -> bool:
    return Outcome.objects.decided().filter(subject=subject).exclude(kind=OutcomeKind.NONE).exists()


def ground_gone(row: Clarification) -> str:
    """Why one that is under way can go no further: its lead was opened again or proved true meanwhile, or the person
    was dealt with. Empty while its ground stands."""
    if row.state not in (Clarification.State.PROPOSED, Clarification.State.APPROVED):
        return ""
    if not _unfounded(row.lead):
        return "线索已重新办理或者已经查实，现在不能澄清；请等线索查否办结后再办，或者写明理由撤回这件澄清。"
    return (
        f"{row.subject.name}已受到处理，不能澄清，请写明理由撤回这件澄清。"
        if _dealt_with(row.subject)
        else ""
    )


def _begin(row: Clarification, verb: str, by: User, note: str, version: int | None) -> Clarification:
    """The lead locked before its part, so that nobody opens it again in between; then the ground, asked anew."""
    lead = rows.lock(row.lead)
    found: Clarification = CLARIFICATION.begin(row, verb, by=by, note=note, expected_version=version)
    found.lead = lead
    if verb in ("approve", "carry_out") and (wrong := ground_gone(found)):
        raise RuleBroken("clarification.reopened", wrong)
    return found


def _lead_of(lead: Lead, by: User, what: str) -> Lead:
    """The lead locked and fresh, of one who may propose something about it."""
    if by.post_as(PROPOSERS) is None or not Lead.objects.visible_to(by).filter(pk=lead.pk).exists():
        raise NotAllowed("clearing.role", f"{what}由线索的承办部门或者案管室提出。")
    row = rows.lock(lead)
    handles_its_lead(Clarification(lead=row), by)
    return row


def _county(lead: Lead) -> Region:
    return Region.objects.get(code=lead.registering_unit.region_id[:6].ljust(12, "0"))


def approve(
    row: Clarification, *, by: User, note: str = "", expected_version: int | None = None
) -> Clarification:
    """批准澄清. Raises RuleBroken where its ground is gone."""
    return _decide(row, "approve", by, note, expected_version)


def refuse(
    row: Clarification, *, by: User, note: str = "", expected_version: int | None = None
) -> Clarification:
    """不予澄清, with the reason."""
    return _decide(row, "refuse", by, note, expected_version)


@transaction.atomic
def _decide(row: Clarification, verb: str, by: User, note: str, version: int | None) -> Clarification:
    found = _begin(row, verb, by, note, version)
    changes = {"decided_by": by, "decided_on": moment.today(), "decision": note}
    done: Clarification = CLARIFICATION.finish(found, verb, by=by, note=note, changes=changes)
    text = "澄清已批准，请办理后登记。" if verb == "approve" else "澄清没有批准。"
    notify.tell_of(done, [done.proposed_by], text, by=by)
    return done


@transaction.atomic
def carry_out(
    row: Clarification, *, by: User, informed: str, done_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Clarification:  # fmt: skip
    """登记澄清情况: when, and who learned of it. Raises RuleBroken, also where its ground is gone."""
    found = _begin(row, "carry_out", by, note, expected_version)
    day = done_on or moment.today()
    agreed: Any = found.decided_on
    if not agreed <= day <= moment.today():
        text = f"澄清日期应在批准日期 {agreed} 和今天之间，请核对。"
        raise RuleBroken("clarification.day", text, field="done_on")
    if not informed.strip():
        raise RuleBroken("clarification.informed", "请写明哪些人、在什么范围知悉。", field="informed")
    changes = {"done_on": day, "informed": informed, "recorded_by": by}
    done: Clarification = CLARIFICATION.finish(found, "carry_out", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def withdraw(
    row: Clarification, *, by: User, note: str, expected_version: int | None = None
) -> Clarification:
    """撤回澄清 before it is carried out, with the reason; it may be proposed anew once there is ground for it."""
    found = _begin(row, "withdraw", by, note, expected_version)
    changes = {"withdrawn_on": moment.today(), "withdrawal": note}
    done: Clarification = CLARIFICATION.finish(found, "withdraw", by=by, note=note, changes=changes)
    leaders = [done.decided_by] if done.decided_by else list(_deciders(done.lead))
    notify.tell_of(done, {done.proposed_by, *leaders}, "澄清已撤回。", by=by)
    return done


# 诬告陷害


@transaction.atomic
def propose_false_accusation(*, by: User, lead: Lead, basis: str, note: str = "") -> FalseAccusation:
    """提出诬告陷害认定 under a lead that proved untrue. No effect until a higher body has found it. Raises as above."""
    row = _lead_of(lead, by, "诬告陷害认定")
    if not proved_untrue(row):
        raise RuleBroken(
            "false_accusation.ending", "只有查否的线索可以提出诬告陷害认定，请核对办结方式。", field="lead"
        )
    made = FalseAccusation(
        region=row.region, lead=row, basis=basis, proposed_by=by, proposed_on=moment.today(),
        number=numbering.take("false_accusation", _county(row)),
    )  # fmt: skip
    done: FalseAccusation = rows.create(made, verb="falseaccusation.propose", by=by, note=note)
    heads = serving({Role.SECRETARY}, row.registering_unit.region_id)
    notify.tell_of(done, heads, "有待您同意上报的认定。", by=by)
    return done


def _begin_mark(row: FalseAccusation, verb: str, by: User, note: str, version: int | None) -> FalseAccusation:
    """The lead locked first; that it proved untrue is asked anew, whoever proposed it and whenever."""
    lead = rows.lock(row.lead)
    found: FalseAccusation = FALSE_ACCUSATION.begin(row, verb, by=by, note=note, expected_version=version)
    if not proved_untrue(lead):
        text = "线索已重新办理，不再是查否，不能上报或者登记认定；请等线索查否办结后再办，或者登记未认定。"
        raise RuleBroken("false_accusation.reopened", text)
    return found


@transaction.atomic
def submit(
    row: FalseAccusation, *, by: User, note: str = "", expected_version: int | None = None
) -> FalseAccusation:
    """报上级认定: the head agrees that the higher body is asked."""
    found = _begin_mark(row, "submit", by, note, expected_version)
    changes = {"submitted_by": by, "submitted_on": moment.today()}
    done: FalseAccusation = FALSE_ACCUSATION.finish(found, "submit", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def confirm(
    row: FalseAccusation, *, by: User, level: str, body: str, document_number: str, document_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> FalseAccusation:  # fmt: skip
    """登记认定 of a body of 设区的市 level or above: body, document number, date. Only now it counts."""
    found = _begin_mark(row, "confirm", by, note, expected_version)
    if level not in Finder.values:
        text = "诬告陷害须由设区的市级以上党委或者纪检监察机关认定，请选择认定机关的层级。"
        raise RuleBroken("false_accusation.level", text, field="level")
    for field, said in (("body", body), ("document_number", document_number)):
        if not said.strip():
            raise RuleBroken("false_accusation.document", "请写明认定机关和文号。", field=field)
    day = document_on or moment.today()
    asked: Any = found.submitted_on
    if not asked <= day <= moment.today():
        text = f"认定日期应在上报日期 {asked} 和今天之间，请核对。"
        raise RuleBroken("false_accusation.day", text, field="document_on")
    changes = {
        "level": level, "body": body.strip(), "document_number": document_number.strip(), "document_on": day,
        "recorded_by": by,
    }  # fmt: skip
    done: FalseAccusation = FALSE_ACCUSATION.finish(found, "confirm", by=by, note=note, changes=changes)
    notify.tell_of(done, [done.proposed_by], "已有上级认定，请研究是否为被反映人澄清。", by=by)
    return done


@transaction.atomic
def reject(
    row: FalseAccusation, *, by: User, note: str, expected_version: int | None = None
) -> FalseAccusation:
    """登记未认定, by the head before it is sent up or by the higher body after; with the reason."""
    found = FALSE_ACCUSATION.begin(row, "reject", by=by, note=note, expected_version=expected_version)
    changes = {"rejected_on": moment.today(), "rejection": note}
    done: FalseAccusation = FALSE_ACCUSATION.finish(found, "reject", by=by, note=note, changes=changes)
    return done


def may_propose(lead: Lead, user: User) -> bool:
    """Whether `user` handles the lead, or keeps the register of its body."""
    try:
        handles_its_lead(Clarification(lead=lead), user)
    except NotAllowed:
        return False
    return _unfounded(lead)


def persons_of(number: str, user: User) -> QuerySet[LeadSubject]:
    """The persons of the lead that bears this number, as far as `user` may know of it."""
    leads = Lead.objects.visible_to(user).filter(number=number)
    return LeadSubject.objects.filter(lead__in=leads).select_related("lead")


def to_clear(lead: Lead) -> list[LeadSubject]:
    """The persons of a lead that proved untrue, for whom nothing has been proposed and against whom nothing stands."""
    if not _unfounded(lead):
        return []
    ended = (Clarification.State.REFUSED, Clarification.State.WITHDRAWN)
    done = Clarification.objects.filter(lead=lead).exclude(state__in=ended).values("subject")
    dealt_with = Outcome.objects.decided().filter(lead=lead).exclude(kind=OutcomeKind.NONE).values("subject")
    return list(lead.subjects.exclude(pk__in=done).exclude(pk__in=dealt_with))
