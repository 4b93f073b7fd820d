"""影响期: how long a decision on a person takes effect, by dated rules, and why until that day — in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.models import Measure, Outcome
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.clock_rules import rule_for
from povertyaudit.core.deadlines import Period, Unit, due
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import ClockRule


@dataclass(frozen=True)
class Effect:
    """The last day of the effect (None: the measure has none), and the reckoning."""

    until: date | None = None
    words: str = ""
    probation_until: date | None = None


def reckon(outcome: Outcome, *, probation_months: int = 0, earlier: Outcome | None = None) -> Effect:
    """The effect of a decision that is about to be recorded; `earlier` still runs and is added on.

    处分条例: what was left of the old period and the new one, from the day of the new decision.
    """
    day: date | None = outcome.decided_on
    code = "no_party_post" if outcome.no_party_post else outcome.measure
    rule = _rule(f"effect.{code}", outcome, day) if day else None
    if day is None or rule is None:
        return Effect()
    start, words, probation = day, f"自 {day} 作出决定起", None
    if outcome.measure == Measure.PARTY_PROBATION:
        probation = _end(Period(amount=probation_months, unit=Unit.MONTHS, roll_over=False), day)
        start, words = probation, f"留党察看 {probation_months} 个月至 {probation}，恢复党员权利后"
    until = _end(rule.period, start)
    words = f"{words} {rule.length}（{rule.basis}）至 {until}"
    if outcome.no_party_post:
        words = f"应撤销党内职务但没有党内职务，给予严重警告，影响期按撤职计：{words}"
    if earlier is None or earlier.effect_until is None:
        return Effect(until, f"{words}。", probation)
    left = (earlier.effect_until - day).days
    until += timedelta(days=left)
    old = f"原{earlier.get_measure_display()}影响期至 {earlier.effect_until}，尚余 {left} 日"
    return Effect(until, f"{words}；{old}，与新处分影响期合并计算，至 {until}。", probation)


def _rule(code: str, outcome: Outcome, day: date) -> ClockRule | None:
    try:
        return rule_for(code, outcome.region_id, day)
    except RuleBroken:
        return None  # a measure that has no period, or none on that day


def _end(period: Period, start: date) -> date:
    return due(period, start, NationalCalendar()).on
