"""After an assessment was signed: which rules are met, how many periods in a row, and what they propose. Nothing follows of
itself: a named leader decides."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django.db import transaction

from povertyaudit.assessment.models import (
    Assessment,
    AssessmentMeasure,
    AssessmentScheme,
    Joined,
    LadderRule,
    UnitSheet,
)
from povertyaudit.assessment.models.ladders import MOST_TIMES
from povertyaudit.assessment.querysets import ENDED
from povertyaudit.assessment.roles import LEADERS
from povertyaudit.core import jobs, notify, numbering, rows, terms
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Role, User


def last_of(sheets: Iterable[UnitSheet], count: int) -> set[int]:
    """Units at one of the `count` lowest places, equal ones with them, if more than so many are ranked."""
    ranked = sorted((sheet for sheet in sheets if sheet.place), key=lambda sheet: cast("int", sheet.place))
    if len(ranked) <= count:
        return set()
    lowest = cast("int", ranked[-count].place)
    return {sheet.unit_id for sheet in ranked if cast("int", sheet.place) >= lowest}


def meets(rule: LadderRule, sheet: UnitSheet, sheets: Iterable[UnitSheet]) -> bool:
    """Whether the unit meets the condition in this period; one that is not ranked meets none but a missed task."""
    if rule.missed:
        return sheet.task_missed
    if sheet.place is None or sheet.total is None:
        return False
    found = []
    if rule.below is not None:
        found.append(sheet.total < rule.below)
    if rule.last_places is not None:
        found.append(sheet.unit_id in last_of(sheets, rule.last_places))
    return any(found) if rule.joined == Joined.OR else all(found)


def run(history: Iterable[bool]) -> int:
    """How often in a row, from the latest backwards."""
    found = 0
    for met in history:
        if not met:
            break
        found += 1
    return found


def rung(rules: Iterable[LadderRule], times: int) -> LadderRule | None:
    """The highest rung of one ladder that so many periods in a row reach."""
    reached = [rule for rule in rules if rule.times <= times]
    return max(reached, key=lambda rule: rule.times, default=None)


def history(row: Assessment) -> list[list[UnitSheet]]:
    """The sheets of this period and of those before it, as far as they follow each other without a gap."""
    before = Assessment.objects.filter(
        region=row.region_id, scheme_code=row.scheme_code, state__in=ENDED, last_day__lte=row.last_day
    ).order_by("-last_day")[:MOST_TIMES]
    found: list[Assessment] = []
    for one in before:
        if found and one.last_day != found[-1].first_day - timedelta(days=1):
            break
        found.append(one)
    sheets = UnitSheet.objects.filter(assessment__in=found).select_related("assessment", "unit")
    by_assessment: dict[int, list[UnitSheet]] = {one.pk: [] for one in found}
    for sheet in sheets.order_by("pk"):
        by_assessment[sheet.assessment_id].append(sheet)
    return list(by_assessment.values())


def reached(
    periods: Sequence[Sequence[UnitSheet]], rules: Iterable[LadderRule]
) -> list[tuple[LadderRule, list[UnitSheet]]]:
    """(rung, the sheets in a row that reach it) of every unit and ladder."""
    by_unit = [{sheet.unit_id: sheet for sheet in sheets} for sheets in periods]
    ladders: dict[tuple[Any, ...], list[LadderRule]] = {}
    for rule in rules:
        ladders.setdefault(rule.condition, []).append(rule)
    found = []
    for sheet in periods[0] if periods else ():
        own = [sheets.get(sheet.unit_id) for sheets in by_unit]
        for rungs in ladders.values():
            times = run(
                one is not None and meets(rungs[0], one, sheets)
                for one, sheets in zip(own, periods, strict=True)
            )
            if (top := rung(rungs, times)) is not None:
                found.append((top, cast("list[UnitSheet]", own[:times])))
    return found


def enqueue(row: Assessment) -> None:
    jobs.enqueue("assessment_measures", {"id": row.pk}, f"assessment-measures:{row.public_id}")


def job(payload: dict[str, Any], _lease: jobs.Lease) -> dict[str, Any]:
    """Job handler; run again it proposes nothing twice."""
    row = Assessment.objects.select_related("scheme", "region").get(pk=payload["id"])
    return {"proposed": propose(row)}


@transaction.atomic
def propose(assessment: Assessment) -> int:
    """What the rules of today propose for this assessment; returns how many measures were proposed now."""
    row = rows.lock(assessment)
    rules = LadderRule.objects.on().filter(scheme_code=row.scheme_code).order_by("order", "pk")
    there = set(AssessmentMeasure.objects.filter(assessment=row).values_list("sheet", "rule"))
    new = [
        _measure(row, rule, sheets)
        for rule, sheets in reached(history(row), rules)
        if (sheets[0].pk, rule.pk) not in there
    ]
    for one, number in zip(new, numbering.take_many("assessment_measure", row.region, len(new)), strict=True):
        one.number = number
    rows.create_many(new, verb="assessmentmeasure.propose", by=None)
    if new:
        leaders = User.objects.holding(LEADERS).filter(posts__region=row.region_id)
        notify.tell(
            User.objects.filter(pk__in=leaders.values("pk")), f"assessmentmeasure.propose:{row.public_id}",
            kind="assessmentmeasure", number=row.number, text=f"{row.number} 按规则提出 {len(new)} 件考核结果运用，等待决定。",
            url=f"/assessment-measures/?tab=mine&assessment={row.public_id}", target=row,
        )  # fmt: skip
    return len(new)


def _measure(row: Assessment, rule: LadderRule, sheets: list[UnitSheet]) -> AssessmentMeasure:
    evidence = [
        {
            "sheet": one.public_id, "span": one.assessment.span, "total": None if one.total is None else str(one.total),
            "place": one.place,
        }
        for one in sheets
    ]  # fmt: skip
    return AssessmentMeasure(
        region=row.region, assessment=row, sheet=sheets[0], unit=sheets[0].unit, rule=rule, evidence=evidence,
        proposal=rule.proposal, addressed=rule.addressed,
    )  # fmt: skip


def propose_rule(
    *, by: User, code: str, name: str, scheme_code: str, times: int, proposal: str, addressed: str, valid_from: date,
    below: int | None = None, last_places: int | None = None, joined: str = Joined.AND, missed: bool = False,
    decider: str = Role.DEPUTY, anchor: str = "", note: str = "",
) -> LadderRule:  # fmt: skip
    """提出新增 a rung, or 提出修改 where the code is in force. Raises NotAllowed, RuleBroken at the field."""
    if not AssessmentScheme.objects.named().filter(code=scheme_code).exists():
        raise RuleBroken("ladder.scheme", "没有这个考核办法，请重新选择。", field="scheme_code")
    if missed and (below is not None or last_places is not None):
        raise RuleBroken("ladder.condition", "年度任务未完成的规则，得分和名次不填。", field="missed")
    if not missed and below is None and last_places is None:
        raise RuleBroken(
            "ladder.condition", "请填写得分低于多少、排名后几名，或者勾选年度任务未完成。", field="below"
        )
    rule = LadderRule(
        code=code, name=name, scheme_code=scheme_code, times=times, proposal=proposal, addressed=addressed, below=below,
        last_places=last_places, joined=joined, missed=missed, decider=decider, anchor=anchor,
    )  # fmt: skip
    present = LadderRule.objects.named().filter(code=code, valid_to=None).first()
    if present is None:
        return cast("LadderRule", terms.propose(rule, by=by, valid_from=valid_from, note=note))
    return cast("LadderRule", terms.replace(present, rule, by=by, valid_from=valid_from, note=note))
