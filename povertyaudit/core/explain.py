"""Why this date: the sentences a person reads on clicking a due date."""

from collections.abc import Iterable, Iterator
from datetime import date

from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.counting import as_pause, as_period, counted
from povertyaudit.core.deadlines import ONE_DAY, WEEKDAYS, Day, Due, WorkCalendar
from povertyaudit.core.models import Clock
from povertyaudit.core.models.clocks import ClockState
from povertyaudit.core.models.rules import Confidence


def explain(clock: Clock, calendar: WorkCalendar | None = None) -> list[str]:
    """Start event, rule and article, each skipped or swapped day, pauses, extensions, override, result."""
    result = counted(clock, calendar or NationalCalendar())
    return [
        *_rule(clock),
        *(_days(result) if result else ()),
        *_adjustments(clock),
        *(_end(result) if result else ()),
        *_result(clock, result),
    ]


def _rule(clock: Clock) -> Iterator[str]:
    rule = clock.rule
    counting = "当日不计入，从次日起算" if rule.exclude_start else "当日计入"
    yield f"{clock.started_on} {clock.start_event}，{counting}。"
    where = f"（{rule.region.name}本地规定）" if rule.region else ""
    yield f"依据{rule.basis}{where}，“{rule.name}”期限为 {rule.length}。"
    if rule.confidence != Confidence.SEEN:
        yield f"该期限{rule.get_confidence_display()}，请以正式文本为准。"
    if rule.note:
        yield rule.note


def _days(result: Due) -> Iterator[str]:
    for run in _runs(result.skipped):
        reasons = "、".join(dict.fromkeys(day.reason for day in run))
        yield f"{_span(run)} {reasons}，不计入。"
    for day in result.swapped:
        yield f"{day.on}（{WEEKDAYS[day.on.weekday()]}）{day.reason}，计入。"


def _adjustments(clock: Clock) -> Iterator[str]:
    for stored in clock.pauses:
        pause = as_pause(stored)
        if pause.until is None:
            yield f"{pause.since} 起暂停计时（{stored['by']}：{stored['reason']}），恢复后顺延。"
        else:
            days = (pause.until - pause.since).days
            yield f"{pause.since} 至 {pause.until} 暂停计时 {days} 天（{stored['by']}：{stored['reason']}），不计入。"
    for stored in clock.extensions:
        gone = "，已被上级指定的日期取代" if stored.get("superseded") else ""
        length = as_period(stored)
        yield f"{stored['on']} 延长 {length}（{stored['by']}：{stored['reason']}）{gone}。"
    if clock.override:
        fixed = clock.override
        yield f"{fixed['on']} 指定到期日为 {fixed['due_on']}（{fixed['by']}：{fixed['reason']}），以此为准。"


def _end(result: Due) -> Iterator[str]:
    if result.rolled:
        reasons = "、".join(dict.fromkeys(day.reason for day in result.rolled))
        yield f"届满日 {result.counted_to} 适逢{reasons}，顺延至下一个工作日 {result.on}。"


def _result(clock: Clock, result: Due | None) -> Iterator[str]:
    if clock.provisional:
        yield f"{clock.due_on.year} 年的放假安排尚未载入，本日期为暂定，载入后会重新计算。"
    moved = "" if clock.due_on == clock.original_due_on else f"，原为 {clock.original_due_on}"
    yield f"到期日为 {_dated(clock.due_on)}{moved}。"
    if result and result.on != clock.due_on:
        yield f"按现在的日历应为 {_dated(result.on)}，请系统管理员核对放假安排。"
    if clock.state == ClockState.STOPPED:
        yield f"已于 {clock.stopped_on} 结束，{f'超期 {clock.late_by} 天' if clock.late_by else '没有超期'}。"


def _dated(day: date) -> str:
    return f"{day}（{WEEKDAYS[day.weekday()]}）"


def _runs(days: Iterable[Day]) -> Iterator[list[Day]]:
    """Join neighbouring days off: a weekend, a festival with the weekend beside it."""
    run: list[Day] = []
    for day in days:
        if run and (
            day.on - run[-1].on != ONE_DAY
            or day.reason.startswith("星期") != run[-1].reason.startswith("星期")
        ):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _span(run: list[Day]) -> str:
    return f"{run[0].on}" if len(run) == 1 else f"{run[0].on} 至 {run[-1].on}"
