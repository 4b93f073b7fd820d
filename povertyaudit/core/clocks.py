"""Start, stop, pause, resume, extend and override clocks. Called by verbs, inside their transaction.

These functions write no record entry of their own: they return what changed, so that the verb notes it in its one
entry. A clock keeps the rule it started with; a rule changed later is for matters that start later.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.clock_rules import check_extension, rule_for
from povertyaudit.core.counting import recount
from povertyaudit.core.deadlines import Period, Unit
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.explain import explain
from povertyaudit.core.models import Clock, User
from povertyaudit.core.models.clocks import ClockState

__all__ = (
    "ClockChange", "address", "clocks_of", "due_many", "due_of", "explain", "extend", "override", "pause", "resume",
    "restart", "rule_for", "start", "stop", "stop_all",
)  # fmt: skip

ADDRESSEES = ("owner_user", "owner_unit", "head_user", "leader_user", "body_unit")
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class ClockChange:
    """What an act did to a clock: field → (old, new), for the verb's record entry, and one sentence for people."""

    clock: Clock
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    sentence: str = ""


@transaction.atomic
def start(
    target: Any,
    rule_code: str,
    *,
    on: date,
    event: str = "",
    due_on: date | None = None,
    reason: str = "",
    by: User | None = None,
    **addressees: Any,
) -> Clock:
    """Start the clock of a rule for `target` (which has `region`, `number`, `get_absolute_url`).

    `due_on` with `reason` is a date fixed from outside — by a superior, or the one in the round's record — and
    overrides the rule's own. Addressees: owner_user, owner_unit, head_user, leader_user, body_unit.
    Raises WrongState when this clock already runs, RuleBroken for an absurd date or a missing rule.
    """
    _sensible(on, "on")
    rule = rule_for(rule_code, target.region_id, on)
    if Clock.objects.of(target).open().filter(code=rule_code).exists():
        raise WrongState("clock.running", f"“{rule.name}”的期限已在计算，不能重复起算。")
    clock = Clock(
        target_label=target._meta.label_lower,
        target_id=target.pk,
        number=target.number or "",
        url=target.get_absolute_url(),
        region_id=target.region_id,
        rule=rule,
        code=rule_code,
        started_on=on,
        start_event=event or rule.start_event,
        **_known(addressees),
    )
    if due_on is not None:
        clock.override = overridden(due_on, reason, by, on)
    counted = recount(clock)
    clock.original_due_on = counted.on if counted else clock.due_on
    clock.save(force_insert=True)
    return clock


@transaction.atomic
def stop(target: models.Model, rule_code: str, on: date, verb: str = "") -> ClockChange | None:
    """Stop the clock on the day the step was done; None when none runs (stopping twice is no mistake)."""
    clock = _open(target, rule_code)
    if clock is None:
        return None
    return _stop(clock, on, verb)


@transaction.atomic
def stop_all(target: models.Model, on: date, verb: str = "") -> list[ClockChange]:
    """Stop every open clock of a row, as when it is closed, merged or forwarded."""
    return [_stop(clock, on, verb) for clock in _locked(Clock.objects.of(target).open())]


@transaction.atomic
def restart(target: models.Model, rule_code: str, *, on: date, event: str) -> ClockChange | None:
    """Let an open clock run from another day, when what it counts from happened after it was started; None when none runs."""
    clock = _open(target, rule_code)
    if clock is None:
        return None
    clock.started_on, clock.start_event = on, event
    clock.save(update_fields=("started_on", "start_event"))
    return _moved(clock, f"“{clock.rule.name}”改自 {on} 起算")


def _stop(clock: Clock, on: date, verb: str) -> ClockChange:
    old = clock.state
    clock.state, clock.stopped_on, clock.stopped_by_verb = ClockState.STOPPED, on, verb
    clock.pauses = [{**p, "until": p["until"] or on.isoformat()} for p in clock.pauses]
    clock.save(update_fields=("state", "stopped_on", "stopped_by_verb", "pauses"))
    late = f"，超期 {clock.late_by} 天" if clock.late_by else ""
    return ClockChange(
        clock, {f"clock.{clock.code}": (old, clock.state)}, f"“{clock.rule.name}”于 {on} 结束{late}。"
    )


@transaction.atomic
def pause(
    target: models.Model, rule_code: str, *, reason: str, by: User | None, on: date | None = None
) -> ClockChange:
    """Let the clock stand still from `on` (today): the days after it are not counted until it is resumed."""
    clock, day = _need(target, rule_code), on or moment.today()
    if clock.state == ClockState.PAUSED:
        raise WrongState("clock.paused", f"“{clock.rule.name}”的期限已经暂停。")
    _reason(reason, "暂停")
    if day < clock.started_on:
        raise RuleBroken("clock.before_start", "暂停日期不能早于起算日。", field="on")
    clock.pauses = [*clock.pauses, {"since": day.isoformat(), "until": None, "reason": reason, **_who(by)}]
    clock.state = ClockState.PAUSED
    clock.save(update_fields=("state", "pauses"))
    return ClockChange(
        clock,
        {f"clock.{clock.code}": (ClockState.RUNNING, ClockState.PAUSED)},
        f"“{clock.rule.name}”自 {day} 起暂停计时。",
    )


@transaction.atomic
def resume(
    target: models.Model, rule_code: str, *, by: User | None = None, on: date | None = None
) -> ClockChange:
    """Let a paused clock go on; the due date moves by the days it stood still."""
    clock, day = _need(target, rule_code), on or moment.today()
    if clock.state != ClockState.PAUSED:
        raise WrongState("clock.not_paused", f"“{clock.rule.name}”的期限没有暂停。")
    last = clock.pauses[-1]
    if day.isoformat() < last["since"]:
        raise RuleBroken("clock.before_pause", "恢复日期不能早于暂停日期。", field="on")
    clock.pauses = [*clock.pauses[:-1], {**last, "until": day.isoformat(), "resumed_by": _name(by)}]
    clock.state = ClockState.RUNNING
    return _moved(clock, f"“{clock.rule.name}”于 {day} 恢复计时")


@transaction.atomic
def extend(
    target: models.Model, rule_code: str, *, days: int = 0, months: int = 0, working_days: int = 0, reason: str,
    by: User | None, on: date | None = None,
) -> ClockChange:  # fmt: skip
    """Lengthen the period by one of the three. Raises RuleBroken when the rule names a limit and this passes it."""
    clock = _need(target, rule_code)
    asked = [(Unit.DAYS, days), (Unit.MONTHS, months), (Unit.WORKING_DAYS, working_days)]
    given = [(unit, amount) for unit, amount in asked if amount]
    if len(given) != 1 or not 0 < given[0][1] <= 3650:
        raise RuleBroken(
            "clock.extension_amount", "请写明延长多少日、多少个工作日或者多少个月。", field="amount"
        )
    unit, amount = given[0]
    _reason(reason, "延长")
    check_extension(clock.rule, len(clock.extensions), Period(amount=amount, unit=unit))
    clock.extensions = [
        *clock.extensions,
        {
            "amount": amount,
            "unit": unit.value,
            "reason": reason,
            "on": (on or moment.today()).isoformat(),
            **_who(by),
        },
    ]
    return _moved(clock, f"“{clock.rule.name}”延长 {Period(amount=amount, unit=unit)}")


@transaction.atomic
def override(
    target: models.Model,
    rule_code: str,
    due_on: date,
    *,
    reason: str,
    by: User | None,
    on: date | None = None,
) -> ClockChange:
    """A superior names the date: it replaces what was counted; extensions granted before it no longer count."""
    clock = _need(target, rule_code)
    clock.extensions = [{**e, "superseded": True} for e in clock.extensions]
    clock.override = overridden(due_on, reason, by, on or moment.today())
    if due_on < clock.started_on:
        raise RuleBroken("clock.before_start", f"到期日不能早于起算日 {clock.started_on}。", field="due_on")
    return _moved(clock, f"“{clock.rule.name}”的到期日由上级指定")


@transaction.atomic
def withdraw_override(target: models.Model, rule_code: str) -> ClockChange:
    """No date is named any more: the rule's own period counts again, with the extensions granted before."""
    clock = _need(target, rule_code)
    clock.override = None
    clock.extensions = [{**e, "superseded": False} for e in clock.extensions]
    return _moved(clock, f"“{clock.rule.name}”不再指定到期日")


def overridden(due_on: date, reason: str, by: User | None, on: date) -> dict[str, Any]:
    """A date fixed from outside, as a clock keeps it. Raises RuleBroken for an absurd one or none for a reason."""
    _sensible(due_on, "due_on")
    _reason(reason, "指定到期日")
    return {"due_on": due_on.isoformat(), "reason": reason, "on": on.isoformat(), **_who(by)}


def address(target: models.Model, rule_code: str = "", **addressees: Any) -> int:
    """Change who is reminded by the open clocks of a row (a new handler, a new leader); returns how many changed."""
    rows = Clock.objects.of(target).open()
    return int((rows.filter(code=rule_code) if rule_code else rows).update(**_known(addressees)))


def _known(addressees: dict[str, Any]) -> dict[str, Any]:
    """A name that is none of `ADDRESSEES` is a mistake in the code."""
    if unknown := set(addressees) - set(ADDRESSEES):
        raise TypeError(f"unknown addressees: {sorted(unknown)}")
    return addressees


def due_of(target: models.Model) -> Clock | None:
    """Return the running clock of a row that is due first."""
    first: Clock | None = Clock.objects.of(target).running().select_related("rule").first()
    return first


def due_many(targets: Iterable[models.Model]) -> dict[int, Clock]:
    """For a list of rows of one model: primary key → the running clock due first. One query."""
    rows = list(targets)
    if not rows:
        return {}
    label = rows[0]._meta.label_lower
    found: dict[int, Clock] = {}
    wanted = Q(target_label=label, target_id__in=[row.pk for row in rows])
    for clock in Clock.objects.running().filter(wanted).select_related("rule").order_by("due_on", "id"):
        found.setdefault(clock.target_id, clock)
    return found


def clocks_of(target: models.Model) -> list[Clock]:
    """Every clock of a row, open ones first, for its page."""
    rows = Clock.objects.of(target).select_related("rule")
    return sorted(rows, key=lambda c: (c.state == ClockState.STOPPED, c.due_on, c.pk))


def _moved(clock: Clock, what: str) -> ClockChange:
    """Count anew, save, and say from when to when."""
    old = clock.due_on
    recount(clock)
    clock.save(update_fields=("due_on", "provisional", "state", "pauses", "extensions", "override"))
    sentence = f"{what}，到期日{'仍为' if old == clock.due_on else f'由 {old} 改为'} {clock.due_on}。"
    return ClockChange(clock, {f"clock.{clock.code}.due_on": (old, clock.due_on)}, sentence)


def _locked(rows: models.QuerySet[Clock]) -> models.QuerySet[Clock]:
    return rows.select_for_update(of=("self",)).select_related("rule")


def _open(target: models.Model, rule_code: str) -> Clock | None:
    found: Clock | None = _locked(Clock.objects.of(target).open().filter(code=rule_code)).first()
    return found


def _need(target: models.Model, rule_code: str) -> Clock:
    clock = _open(target, rule_code)
    if clock is None:
        raise WrongState("clock.missing", "该事项没有正在计算的期限，不能调整。")
    return clock


def _sensible(day: date, name: str) -> None:
    if not EARLIEST <= day <= LATEST:
        raise RuleBroken("clock.absurd_date", f"日期 {day} 不合情理，请核对年份。", field=name)


def _reason(reason: str, act: str) -> None:
    if not reason.strip():
        raise RuleBroken("clock.reason", f"请写明{act}的理由。", field="reason")


def _name(by: User | None) -> str:
    return by.display_name if by else "系统"


def _who(by: User | None) -> dict[str, Any]:
    return {"by": _name(by), "by_id": by.pk if by else None}
