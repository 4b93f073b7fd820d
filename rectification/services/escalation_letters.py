"""签发、签收、回复 of a letter; 决定 and 登记 of what is proposed. The item is locked first, then the step."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from povertyaudit.core import deadlines, ladder, moment, notify, numbering, papers, rows
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import User
from rectification.models import UNCOUNTED, State
from rectification.models.escalation import Escalation, EscalationState, Pursuit, clock_words
from rectification.services.attaching import all_prepared, hashes
from rectification.services.escalation_people import Circle
from rectification.services.escalation_words import paper_of
from rectification.services.ladder_moves import pace
from rectification.workflow.escalation import ESCALATION

OVER = (State.CLOSED, State.LONG_TERM, *UNCOUNTED)
KIND, REPLY = "press", "reply"


def _begin(row: Escalation, verb: str, by: User, note: str, version: int | None) -> Any:
    """The step locked after its item, and checked for the verb."""
    ESCALATION.transitions[verb].check_person(row, by)
    rows.lock(row.item)
    return ESCALATION.begin(row, verb, by=by, note=note, expected_version=version)


def _still_pressed(row: Escalation) -> None:
    if row.item.state in OVER:
        words = row.item.get_state_display()
        raise WrongState("escalation.over", f"该事项{words}，不再督办；明早自动转为“不再办理”。")


@transaction.atomic
def reword(
    row: Escalation, *, by: User, demand: str, contact: str = "", note: str = "", expected_version: int | None = None
) -> Escalation:  # fmt: skip
    """修改函稿: what the letter asks for and whom to ask; its facts are those of the item and stay."""
    kept = _begin(row, "reword", by, note, expected_version)
    if not demand.strip():
        raise RuleBroken("reword.demand", "请写明办理要求。", field="demand")
    changes = {"demand": demand.strip(), "contact": contact.strip()}
    done: Escalation = ESCALATION.finish(kept, "reword", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def send(row: Escalation, *, by: User, note: str = "", expected_version: int | None = None) -> Escalation:
    """签发: numbered, with the hour until which a reply is owed, kept as a Word file, told to those the rule names.

    Raises WrongState for an item that is over, RuleBroken where nobody could receive it.
    """
    kept = _begin(row, "send", by, note, expected_version)
    _still_pressed(kept)
    circle, now = Circle([kept.item]), moment.now()
    people = circle.told(kept.item, kept.holder, kept.rule.told)
    answering = circle.told(kept.item, kept.holder, ("person", "unit_head"))
    if not answering:
        text = f"“{kept.addressee}”没有能签收的人员，请先由系统管理员登记任职。"
        raise RuleBroken("send.nobody", text)
    told = {user.pk: (user, code) for user, code in (*people, *answering)}
    reply_by = _reply_by(kept, timezone.localtime(now).date())
    changes = {
        "letter_no": numbering.take("press_letter", kept.region), "signed_by": by, "sent_at": now, "reply_by": reply_by,
        "told": [*kept.told, *({"user": pk, "as": code, "key": _key(kept)} for pk, (_, code) in told.items())],
    }  # fmt: skip
    done: Escalation = ESCALATION.finish(kept, "send", by=by, note=note, changes=changes)
    papers.keep(done, paper_of(done), by=by, kind="letter", name=f"{done.letter_no}{done.get_step_display()}")
    _next(done, timezone.localtime(reply_by).date() + timedelta(days=1))
    text = f"{done.number} {done.get_step_display()}（整改事项 {done.item.number}），请于 {clock_words(reply_by)} 前回复。"
    notify.tell(
        [user for user, _ in told.values()], _key(done), kind=KIND, number=done.number, text=text,
        url=done.get_absolute_url(), target=done,
    )  # fmt: skip
    return done


def _key(row: Escalation) -> str:
    return f"escalation:{row.public_id}:sent"


def _reply_by(row: Escalation, day: date) -> datetime:
    """The working day and the hour by the rule; counted from the day after it is sent."""
    period = deadlines.Period(amount=row.rule.reply_days or 1, unit=deadlines.Unit.WORKING_DAYS)
    last = deadlines.due(period, day, NationalCalendar()).on
    at = row.rule.reply_at or datetime.max.time()
    return datetime.combine(last, at, timezone.get_current_timezone())


def _next(row: Escalation, on: date) -> None:
    """When the ladder looks at the item again, if this is its last step."""
    Pursuit.objects.filter(latest=row).update(next_on=on, told_again=0)


def _paced(row: Escalation) -> date:
    today = moment.today()
    steps = ladder.of_place(ladder.in_force(today), row.region_id)
    return max(pace(row.rule, steps, row.due_on, today), today + timedelta(days=1))


@transaction.atomic
def withhold(row: Escalation, *, by: User, note: str = "", expected_version: int | None = None) -> Escalation:
    """不予发出, with the reason; the ladder comes back to it after the interval of the rule."""
    kept = _begin(row, "withhold", by, note, expected_version)
    done: Escalation = ESCALATION.finish(kept, "withhold", by=by, note=note)
    _next(done, moment.today() + timedelta(days=done.rule.repeat_days))
    return done


@transaction.atomic
def receive(row: Escalation, *, by: User, note: str = "", expected_version: int | None = None) -> Escalation:
    """签收 by the unit it is addressed to."""
    kept = _begin(row, "receive", by, note, expected_version)
    changes = {"received_by": by, "received_at": moment.now()}
    done: Escalation = ESCALATION.finish(kept, "receive", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def reply(
    row: Escalation, *, by: User, text: str, files: Iterable[UploadedFile] = (), note: str = "",
    expected_version: int | None = None,
) -> Escalation:  # fmt: skip
    """回复, with files or without, which also receives. After its time it stays visible as late. The ladder then goes on
    at its own pace. Raises RuleBroken at `text`, at `files` for a file that is not taken."""
    kept = _begin(row, "reply", by, note, expected_version)
    if not text.strip():
        raise RuleBroken("reply.text", "请写明整改进展、未完成的原因和完成时间。", field="text")
    saved, now = all_prepared(kept, files, by=by, kind=REPLY), moment.now()
    changes = {
        "reply": text.strip(), "replied_by": by, "replied_at": now, "reply_late": now > kept.reply_by,
        "received_by": kept.received_by or by, "received_at": kept.received_at or now,
    }  # fmt: skip
    beside = {"saved": saved, "facts": hashes(saved)} if saved else {}
    done: Escalation = ESCALATION.finish(kept, "reply", by=by, note=note, changes=changes, **beside)
    _next(done, _paced(done))
    late = "（逾期）" if done.reply_late else ""
    people = [done.signed_by, *(user for user, _ in Circle([done.item]).senders(done.item))]
    notify.tell_of(done, people, f"{done.get_step_display()}已回复{late}，请查看。", by=by, kind=KIND)
    return done


@transaction.atomic
def decide(row: Escalation, *, by: User, note: str = "", expected_version: int | None = None) -> Escalation:
    """同意办理 of what was proposed, by a named leader; who carries it out and those the rule names are told. What apps above
    do with it at once: `settings.STEP_AGREED`."""
    kept = _begin(row, "decide", by, note, expected_version)
    _still_pressed(kept)
    circle = Circle([kept.item])
    told = circle.told(kept.item, kept.holder, kept.rule.told)
    key = f"escalation:{kept.public_id}:agreed"
    changes = {
        "decided_by": by, "decided_on": moment.today(),
        "told": [*kept.told, *({"user": user.pk, "as": code, "key": key} for user, code in told)],
    }  # fmt: skip
    done: Escalation = ESCALATION.finish(kept, "decide", by=by, note=note, changes=changes)
    _next(done, moment.today() + timedelta(days=done.rule.repeat_days))
    people = {user.pk: user for user, _ in (*told, *circle.senders(kept.item)) if user.pk != by.pk}
    text = f"{done.number} 已决定{done.get_step_display()}：整改事项 {done.item.number} 超期 {done.days_late} 天。"
    notify.tell(
        people.values(),
        key,
        kind=KIND,
        number=done.number,
        text=text,
        url=done.get_absolute_url(),
        target=done,
    )
    for path in settings.STEP_AGREED:
        import_string(path)(done, by=by)
    return done


@transaction.atomic
def decline(row: Escalation, *, by: User, note: str = "", expected_version: int | None = None) -> Escalation:
    """不同意, with the reason. Still late after the interval of the rule, it is proposed again."""
    kept = _begin(row, "decline", by, note, expected_version)
    changes = {"decided_by": by, "decided_on": moment.today()}
    done: Escalation = ESCALATION.finish(kept, "decline", by=by, note=note, changes=changes)
    _next(done, moment.today() + timedelta(days=done.rule.repeat_days))
    return done


@transaction.atomic
def conclude(
    row: Escalation, *, by: User, outcome: str, concluded_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Escalation:  # fmt: skip
    """登记办理结果: when it was held and what came of it. Not by hand what an app above carries out (`settings.STEP_ELSEWHERE`)."""
    kept = _begin(row, "conclude", by, note, expected_version)
    day, today = concluded_on or moment.today(), moment.today()
    for path in settings.STEP_ELSEWHERE:
        if said := import_string(path)(kept):
            raise WrongState("conclude.elsewhere", said)
    if not outcome.strip():
        raise RuleBroken("conclude.outcome", "请写明办理结果。", field="outcome")
    if not kept.decided_on <= day <= today:
        raise RuleBroken(
            "conclude.day", f"办理日期应在决定之日 {kept.decided_on} 至今天之间。", field="concluded_on"
        )
    return _concluded(kept, by, note, outcome.strip(), day, by)


@transaction.atomic
def conclude_from(
    row: Escalation, *, by: User, outcome: str, concluded_on: date, concluded_by: User
) -> Escalation | None:
    """登记办理结果 by what was opened for the step, in its act and on its word; None where the step is concluded already."""
    rows.lock(row.item)
    kept = rows.lock(row)
    if kept.state != EscalationState.AGREED:
        return None
    return _concluded(kept, by, "", outcome, concluded_on, concluded_by)


def _concluded(
    kept: Escalation, by: User, note: str, outcome: str, day: date, concluded_by: User
) -> Escalation:
    changes = {"outcome": outcome, "concluded_on": day, "concluded_by": concluded_by}
    done: Escalation = ESCALATION.finish(kept, "conclude", by=by, note=note, changes=changes)
    _next(done, _paced(done))
    return done
