"""影响期: how long a decision on a person takes effect, by dated rules, and why until that day — in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.models import Measure, Outcome
from cases.models.measures import SANCTIONS
from cases.services.telling import serving
from povertyaudit.core import notify, rows
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.clock_rules import rule_for
from povertyaudit.core.deadlines import Period, Unit, due
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import ClockRule, Role, User

LOST = "所合并的原处分已变更或者撤销，请核对影响期，需要的办理变更。"


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
    # 开除党籍 has no period of effect: its five years are those of no re-admission, to which nothing is added.
    if earlier is None or earlier.effect_until is None or outcome.measure == Measure.PARTY_EXPULSION:
        return Effect(until, f"{words}。", probation)
    left = (earlier.effect_until - day).days
    until += timedelta(days=left)
    old = f"{_named(earlier)}尚余 {left} 日"
    return Effect(until, f"{words}；{old}，与新处分影响期合并计算，至 {until}。", probation)


def _rule(code: str, outcome: Outcome, day: date) -> ClockRule | None:
    try:
        return rule_for(code, outcome.region_id, day)
    except RuleBroken:
        return None  # a measure that has no period, or none on that day


def _end(period: Period, start: date) -> date:
    return due(period, start, NationalCalendar()).on


def _named(earlier: Outcome) -> str:
    """The words by which a decision says which one it was added to."""
    return f"原{earlier.get_measure_display()}影响期至 {earlier.effect_until}，"


def _of_the_person(outcome: Outcome) -> Any:
    """The decisions of the same kind on the same person that stand, under whatever lead."""
    others = Outcome.objects.decided().filter(kind=outcome.kind, subject__name=outcome.subject.name)
    return others.exclude(pk=outcome.pk).order_by("-effect_until")


def earlier_of(outcome: Outcome, named: Outcome | None) -> Outcome | None:
    """The decision of the same kind whose effect still runs on that day: named, the one the corrected decision was
    added to, or found under the same person. Raises RuleBroken."""
    day: Any = outcome.decided_on
    if named is not None:
        same = named.kind == outcome.kind and named.subject.name == outcome.subject.name
        if not same or not named.runs_on(day):
            text = "所填的原处分不是此人的同类处分，或者影响期已满，请核对。"
            raise RuleBroken("decide.earlier", text, field="earlier")
        return named
    if outcome.kind not in SANCTIONS:
        return None
    running = _of_the_person(outcome).filter(effect_until__gt=day)
    old = outcome.corrects
    kept = [one for one in running if _named(one) in old.effect_words] if old is not None else []
    found: Outcome | None = running.filter(subject_id=outcome.subject_id, decided_on__lte=day).first()
    return kept[0] if kept else found


def tell_dependants(old: Outcome, new: Outcome, *, by: User) -> None:
    """Decisions that were added to one now replaced say so, and their registries hear of it: whether their day still
    holds is for the body that decided."""
    if _named(new) == _named(old):
        return
    for one in _of_the_person(old).filter(effect_words__contains=_named(old)).exclude(pk=new.pk):
        told = rows.change(
            one, verb="outcome.lost_basis", by=by, changes={"effect_words": one.effect_words + LOST}
        )
        notify.tell_of(
            told, serving({Role.CASE_MANAGER}, told.lead.registering_unit.region_id), LOST, by=None
        )
