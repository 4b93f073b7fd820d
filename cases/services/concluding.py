"""办结 and its undoing."""

from datetime import date

from django.db import transaction

from cases.models import CloseKind, Lead, LeadStep, Method, Outcome
from cases.querysets import NOT_LEADS
from cases.roles import HANDLERS
from cases.services import batches, closing
from cases.services.disposing import has_finished
from cases.services.ending import check_all_in_place
from cases.services.intake import clock_of_result
from cases.services.telling import addressees, tell_desk, tell_unit
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Row, User


@transaction.atomic
def conclude(
    lead: Lead, *, by: User, close_kind: str, result_text: str, note: str = "",
    expected_version: int | None = None,
) -> Lead:  # fmt: skip
    """办结, after an approved 予以了结 (or a consultation answered). A named complainant is owed feedback (#24)."""
    row = LEAD.begin(lead, "conclude", by=by, note=note, expected_version=expected_version)
    _check_conclusion(row, close_kind, result_text)
    check_all_in_place(row)
    today = moment.today()
    named = row.counts and row.is_named
    changes = {
        "concluded_on": today, "close_kind": close_kind, "result_text": result_text, "feedback_owed": named,
    }  # fmt: skip
    steps: list[Row] = []
    duties = closing.owed(row, close_kind, today)
    changes["duties_owed"] = len(duties) or None
    if row.counts:
        step = LeadStep.objects.latest_of(row.pk)
        step.started_on, step.finished_on, step.result = step.started_on or today, today, result_text
        steps = [step]
    done: Lead = LEAD.finish(row, "conclude", by=by, note=note, changes=changes, saved=[*steps, *duties])
    _stop_for_conclusion(done, today)
    closing.start_clocks(done, duties, today)
    if named:
        desk = addressees(done, done.registering_unit)
        clocks.start(done, "lead.feedback", on=today, event="办结", **desk)
        tell_desk(done, "已办结，请向实名检举控告人反馈结果。", by=by)
    else:
        tell_desk(done, "已办结。", by=by)
    return done


def _check_conclusion(lead: Lead, close_kind: str, result_text: str) -> None:
    if close_kind not in CloseKind.values:
        raise RuleBroken("conclude.kind", "请选择办结方式。", field="close_kind")
    answered = close_kind == CloseKind.ANSWERED
    if answered != (lead.kind in NOT_LEADS):
        raise RuleBroken("conclude.kind", "“已答复”只用于咨询求助和意见建议，请改选。", field="close_kind")
    if lead.filed_on and close_kind == CloseKind.DIRECT:
        raise RuleBroken("conclude.filed", "已立案的不能不查而结，请改选办结方式。", field="close_kind")
    if close_kind == CloseKind.SANCTIONED and not has_finished(lead, Method.ADJUDICATE):
        raise RuleBroken(
            "conclude.not_tried", "没有经过审理，不能以“审结并作出处理”办结。", field="close_kind"
        )
    if close_kind == CloseKind.TALK_ACCEPTED and not has_finished(lead, Method.TALK_INQUIRY):
        text = "没有经过谈话函询，不能以“谈话函询采信了结”办结，请改选。"
        raise RuleBroken("conclude.not_talked", text, field="close_kind")
    if close_kind == CloseKind.SANCTIONED and (names := _undecided(lead)):
        text = f"{'、'.join(names)}还没有登记处理决定，请逐人登记后再办结。"
        raise RuleBroken("conclude.undecided", text, field="close_kind")
    if not result_text.strip():
        raise RuleBroken("conclude.text", "请写明办结情况。", field="result_text")


def _undecided(lead: Lead) -> list[str]:
    """The persons filed on for whom no decision stands."""
    decided = Outcome.objects.decided().filter(lead=lead).values("subject")
    return list(lead.case_persons.exclude(subject__in=decided).values_list("subject__name", flat=True))


def _stop_for_conclusion(lead: Lead, today: date) -> None:
    """All but what is still owed: to the complainant, and to the superior who asked for the result."""
    owed = ("lead.acknowledge", *(("lead.assigned",) if lead.owes_report else ()))
    for clock in Clock.objects.of(lead).open().exclude(code__in=owed):
        clocks.stop(lead, clock.code, today, "lead.conclude")


@transaction.atomic
def reopen(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """撤销办结重新办理: the old closing stays in the steps and in the record; the date a superior named runs on until
    the result is reported. Refused while the lead's batch is closed."""
    row = LEAD.begin(lead, "reopen", by=by, note=note, expected_version=expected_version)
    batches.check_not_closed(row, "其中的线索不能重新办理")
    today = moment.today()
    changes = {
        "concluded_on": None, "close_kind": "", "result_text": "", "feedback_owed": False, "approver": "",
        "proposed_by": None, "reopened_times": row.reopened_times + 1, "duties_owed": None, "objected_on": None,
        "archived_on": None,
    }  # fmt: skip
    dropped = closing.undone(row, today)
    done: Lead = LEAD.finish(row, "reopen", by=by, note=note, changes=changes, saved=dropped)
    clocks.stop(done, "lead.feedback", today, "lead.reopen")
    clocks.start(done, "lead.propose", on=today, event="撤销办结", **addressees(done))
    if done.reported_on is None:
        clock_of_result(done)
    tell_unit(done, done.acting_unit, "撤销办结，请重新提出处置意见。", by=by, roles=HANDLERS)
    return done
