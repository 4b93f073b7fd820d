"""处理决定 on a person: recorded, checked against the articles, counted once per person, and corrected by a new row."""

from datetime import date
from typing import Any

from django.db import transaction

from cases.models import (
    Correction,
    Lead,
    LeadSubject,
    Measure,
    Method,
    Outcome,
    OutcomeKind,
    OutcomeState,
    State,
)
from cases.models.measures import LIGHT_ADMIN, SANCTIONS, WEIGHT, Form, form_of, kind_of
from cases.models.outcomes import Limit
from cases.models.subjects import SubjectKind
from cases.services import effects
from cases.services.checking import check_day
from cases.services.disposing import has_finished
from cases.services.executing import duties_of, start_duties
from cases.services.filing import body_of, is_member, of_this_lead
from cases.workflow import LEAD, OUTCOME
from cases.workflow.filing import on_trial
from povertyaudit.core import clocks, moment, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User

PROBATIONS = (12, 24)
LIMITS: dict[str, str] = {SubjectKind.VILLAGE_CADRE: Limit.VILLAGE, SubjectKind.OTHER: Limit.OTHER}


@transaction.atomic
def decide(
    lead: Lead,
    *,
    by: User,
    subject: LeadSubject,
    measure: str,
    decided_on: date | None = None,
    body: str = "",
    document_number: str = "",
    facts: str = "",
    party_member: bool | None = None,
    no_party_post: bool = False,
    criminal: bool = False,
    probation_months: int | None = None,
    earlier: Outcome | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Outcome:
    """登记处理决定 on one person; what must be done to carry it out starts its clocks (#19–21).

    `earlier`: a decision under another lead whose effect still runs; one under this lead is found by itself.
    Raises RuleBroken with the article where the statute forbids the measure.
    """
    row = LEAD.begin(lead, "decide", by=by, note=note, expected_version=expected_version)
    of_this_lead(row, subject)
    outcome = Outcome(
        lead=row, region=row.region, subject=subject, measure=measure, decided_on=decided_on or moment.today(),
        body=body or body_of(row.acting_unit), document_number=document_number, facts=facts,
        no_party_post=no_party_post, criminal=criminal,
    )  # fmt: skip
    made = settle(outcome, by, party_member=party_member, months=probation_months, earlier=earlier, note=note)
    _on_the_lead(row, "decide", made, by, note)
    return made


@transaction.atomic
def suggest(
    lead: Lead, *, by: User, subject: LeadSubject, measure: str, body: str, suggested_on: date | None = None,
    facts: str = "", note: str = "", expected_version: int | None = None,
) -> Outcome:  # fmt: skip
    """提出组织处理建议 to the party committee that decides it: we suggest, it decides (domain §1.5)."""
    row = LEAD.begin(lead, "suggest", by=by, note=note, expected_version=expected_version)
    of_this_lead(row, subject)
    if kind_of(measure) != OutcomeKind.ORG:
        raise RuleBroken("suggest.kind", "只有组织处理是建议，其他处理请登记决定。", field="measure")
    day = suggested_on or moment.today()
    check_day(
        day,
        "suggested_on",
        code="suggest.date",
        what="建议日期",
        since=row.received_on,
        since_what="受理日期",
    )
    outcome = Outcome(
        lead=row, region=row.region, subject=subject, kind=OutcomeKind.ORG, measure=measure, suggested_on=day,
        body=body, facts=facts, state=OutcomeState.SUGGESTED, number=_number(row),
    )  # fmt: skip
    made: Outcome = rows.create(outcome, verb="outcome.suggest", by=by, note=note)
    _on_the_lead(row, "suggest", made, by, note)
    return made


def _on_the_lead(lead: Lead, verb: str, made: Outcome, by: User, note: str) -> None:
    LEAD.finish(lead, verb, by=by, note=note, facts={"outcome": made.number})


def _number(lead: Lead) -> str:
    return numbering.take("outcome", lead.region)


@transaction.atomic
def record_decision(
    outcome: Outcome, *, by: User, document_number: str, decided_on: date | None = None, body: str = "",
    measure: str = "", note: str = "", expected_version: int | None = None,
) -> Outcome:  # fmt: skip
    """登记采纳的决定 of the body the suggestion went to; it may have decided another measure than was suggested."""
    rows.lock(outcome.lead)
    row = OUTCOME.begin(outcome, "record_decision", by=by, note=note, expected_version=expected_version)
    day, chosen = decided_on or moment.today(), measure or row.measure
    if kind_of(chosen) != OutcomeKind.ORG:
        raise RuleBroken("decision.kind", "请从组织处理中选择。", field="measure")
    check_day(
        day,
        "decided_on",
        code="decision.date",
        what="决定日期",
        since=row.suggested_on,
        since_what="建议日期",
    )
    form = form_of(chosen)
    changes = {
        "decided_on": day, "document_number": document_number, "body": body or row.body, "measure": chosen,
        "form": form, "counts": _is_heaviest(row.subject_id, form, chosen, by),
    }  # fmt: skip
    duties = duties_of(row, chosen)
    done: Outcome = OUTCOME.finish(row, "record_decision", by=by, note=note, changes=changes, saved=duties)
    start_duties(done, duties)
    return done


def decline(outcome: Outcome, *, by: User, note: str, expected_version: int | None = None) -> Outcome:
    """登记未采纳: the other body did not follow the suggestion, with its reason."""
    done: Outcome = OUTCOME.apply(outcome, "decline", by=by, note=note, expected_version=expected_version)
    return done


@transaction.atomic
def correct(
    outcome: Outcome,
    *,
    by: User,
    correction: str,
    document_number: str,
    measure: str = "",
    decided_on: date | None = None,
    body: str = "",
    no_party_post: bool = False,
    probation_months: int | None = None,
    note: str,
    expected_version: int | None = None,
) -> Outcome:
    """复审、复核、变更、撤销: a new decision that points to the old one, which stays and no longer counts."""
    rows.lock(outcome.lead)
    row = OUTCOME.begin(outcome, "correct", by=by, note=note, expected_version=expected_version)
    if correction not in Correction.values:
        raise RuleBroken("correct.how", "请选择更正的方式。", field="correction")
    chosen = Measure.REVOKED if correction == Correction.REVOKE else measure
    day = decided_on or moment.today()
    if day < row.decided_on:
        raise RuleBroken(
            "correct.date", f"不能早于原决定的日期 {row.decided_on}，请核对。", field="decided_on"
        )
    old = OUTCOME.finish(row, "correct", by=by, note=note, changes={"counts": False})
    clocks.stop_all(old, moment.today(), "outcome.correct")
    _promote(old.subject_id, by)
    new = Outcome(
        lead=old.lead, region=old.region, subject=old.subject, measure=chosen, decided_on=day, body=body or old.body,
        document_number=document_number, facts=old.facts, no_party_post=no_party_post, corrects=old,
        correction=correction,
    )  # fmt: skip
    made = settle(new, by, party_member=old.party_member, months=probation_months, note=note)
    effects.tell_dependants(old, made, by=by)
    return made


def settle(
    outcome: Outcome, by: User, *, party_member: bool | None, months: int | None, earlier: Outcome | None = None,
    note: str = "", verb: str = "decide", executed: bool = False,
) -> Outcome:  # fmt: skip
    """Check a new decision, reckon its effect and form, save it with its duties. The lead's lock is held: it is taken
    before that of any outcome."""
    _check_measure(outcome)
    outcome.kind = kind_of(outcome.measure)
    known = getattr(outcome.subject, "case_person", None)
    filed = known.party_member if known is not None else None
    outcome.party_member = is_member(outcome.subject, party_member, filed)
    outcome.admin_limit = LIMITS.get(outcome.subject.kind, "")
    _check(outcome, months)
    before = effects.earlier_of(outcome, earlier)
    effect = effects.reckon(outcome, probation_months=months or 0, earlier=before)
    outcome.effect_until, outcome.effect_words = effect.until, effect.words
    outcome.probation_until = effect.probation_until
    outcome.form = form_of(outcome.measure, no_party_post=outcome.no_party_post, criminal=outcome.criminal)
    outcome.counts = _is_heaviest(outcome.subject_id, outcome.form, outcome.measure, by)
    duties = [] if executed else duties_of(outcome, outcome.measure)
    outcome.state = OutcomeState.PENDING if duties else OutcomeState.EXECUTED
    outcome.number = _number(outcome.lead)
    made: Outcome = rows.create(outcome, verb=f"outcome.{verb}", by=by, note=note, children=duties)
    start_duties(made, duties)
    return made


def _check_measure(outcome: Outcome) -> None:
    if outcome.measure not in Measure.values:
        raise RuleBroken("decide.measure", "请选择给予的处理。", field="measure")
    if outcome.measure == Measure.REVOKED and outcome.corrects is None:
        text = "撤销原决定请在原来的处理结果上办理“复审复核、变更或者撤销”。"
        raise RuleBroken("decide.revoked", text, field="measure")


def _check(outcome: Outcome, months: int | None) -> None:
    """What the articles forbid, and what a decision must say."""
    person, lead, kind = outcome.subject.name, outcome.lead, outcome.kind
    filed = kind in (*SANCTIONS, OutcomeKind.TRANSFER)
    first: Any = lead.filed_on or lead.received_on
    if filed and not _tried(lead):
        text = "党纪政务处分和移送检察机关须经立案、审理；审理开始以后、没有退回补证时，再登记决定。"
        raise RuleBroken("decide.not_tried", text, field="measure")
    since = "立案日期" if lead.filed_on else "受理日期"
    check_day(
        outcome.decided_on, "decided_on", code="decide.date", what="决定日期", since=first, since_what=since
    )
    if filed and not outcome.document_number.strip():
        raise RuleBroken("decide.number", "请填写处分决定或者移送文书的文号。", field="document_number")
    if kind == OutcomeKind.PARTY and outcome.party_member is not True:
        _refuse_party(outcome, person)
    if kind == OutcomeKind.ADMIN and outcome.admin_limit and outcome.measure not in LIGHT_ADMIN:
        _refuse_admin(outcome, person)
    if outcome.no_party_post and outcome.measure != Measure.PARTY_SERIOUS_WARNING:
        text = "“应撤职但没有党内职务”给予的是党内严重警告，请改选处理或者去掉这一项。"
        raise RuleBroken("decide.no_party_post", text, field="no_party_post")
    if outcome.measure == Measure.PARTY_PROBATION and months not in PROBATIONS:
        raise RuleBroken("decide.probation", "留党察看为一年或者两年，请选择。", field="probation_months")
    if outcome.measure != Measure.PARTY_PROBATION and months:
        raise RuleBroken("decide.probation", "只有留党察看填写察看期，请清空。", field="probation_months")


def _tried(lead: Lead) -> bool:
    """Filed, and the trial under way or finished; cases entered afterwards have no such step and are concluded."""
    if lead.filed_on is None:
        return False
    under_way = lead.state == State.IN_STEP and on_trial(lead)
    return under_way or lead.state == State.CONCLUDED or has_finished(lead, Method.ADJUDICATE)


def _refuse_party(outcome: Outcome, person: str) -> None:
    if outcome.party_member is None:
        text = f"没有登记{person}是否中共党员，请先核实并填写，再登记党纪处分。"
        raise RuleBroken("decide.member_unknown", text, field="party_member")
    text = f"{person}不是中共党员，不能给予“{outcome.get_measure_display()}”，党纪处分只适用于党员（《中国共产党纪律处分条例》）。"
    raise RuleBroken("decide.not_a_member", text, field="measure")


def _refuse_admin(outcome: Outcome, person: str) -> None:
    given = outcome.get_measure_display()
    if outcome.admin_limit == Limit.VILLAGE:
        text = f"{person}是村（社区）干部，监委只能给予警告、记过、记大过，不能给予“{given}”（政务处分法第二十二条）。"
    else:
        text = f"对{person}只能给予警告、记过、记大过；需要更重的，由所在单位处理或者提出监察建议（政务处分法第二十三条）。"
    raise RuleBroken("decide.light_only", text, field="measure")


# 四种形态: one person counts once, at the heaviest


def _weight(outcome: Outcome) -> tuple[int, int]:
    return outcome.form, WEIGHT[outcome.measure]


def _is_heaviest(subject_id: int | None, form: int, measure: str, by: User) -> bool:
    """Whether a decision now made counts for the person; the lighter one that did is set aside."""
    if form == Form.NONE:
        return False
    counted = Outcome.objects.counted().filter(subject=subject_id).first() if subject_id else None
    if counted is None:
        return True
    if (form, WEIGHT[measure]) <= _weight(counted):
        return False
    rows.change(counted, verb="outcome.recount", by=by, changes={"counts": False})
    return True


def _promote(subject_id: int, by: User) -> None:
    """After a decision that counted was replaced: the heaviest of those left counts."""
    left = Outcome.objects.decided().filter(subject=subject_id).exclude(form=Form.NONE)
    if not left.counted().exists() and (best := max(left, key=_weight, default=None)) is not None:
        rows.change(best, verb="outcome.recount", by=by, changes={"counts": True})
