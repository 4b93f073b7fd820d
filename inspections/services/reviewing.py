"""Joint review: bodies set on the round, each gives its opinion of every problem, the discipline body consolidates, the
office approves or it goes back to the unit."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from inspections.models import (
    BodyOpinion,
    InspectionTerm,
    PlanRow,
    RectificationPlan,
    ReviewBody,
    ReviewRound,
    Round,
    RoundBody,
)
from inspections.models.reviews import DISCIPLINE
from inspections.services.feedback import open_plan
from inspections.services.planning import lock_review, speakers
from inspections.services.standing_aside import refuse_recused
from inspections.services.telling import addressees, holders, team_and_office, tell, tell_unit
from inspections.workflow import ROUND
from inspections.workflow.feedback import CONSOLIDATORS, PLAN, own_bodies
from povertyaudit.core import clocks, moment, reasons
from povertyaudit.core.clock_rules import rule_for
from povertyaudit.core.deadlines import add_months
from povertyaudit.core.errors import DomainError, RuleBroken, Several, WrongState
from povertyaudit.core.models import Purpose, Unit, User
from povertyaudit.core.scope import prefix_of

LEAST_BODIES, MOST_BODIES = 3, 9  # 三方, 四方, 五方
RESUBMIT_CLOCK, REPORT_CLOCK = "plan.resubmit", "item.round_reports"
Grade = BodyOpinion.Grade


@transaction.atomic
def set_reviewers(
    round_: Round, *, by: User, bodies: Iterable[Mapping[str, Any]], note: str = "",
    expected_version: int | None = None,
) -> Round:  # fmt: skip
    """确定联审单位: replaces them. Each of `bodies` is {"body": InspectionTerm, "unit": Unit}; 纪检监察机关 is among them.

    Each is of the county, none is a unit the round inspects, and somebody there may speak for it today. Reviews under way
    keep the bodies they began with. Raises RuleBroken.
    """
    row = ROUND.begin(round_, "set_reviewers", by=by, note=note, expected_version=expected_version)
    wanted: list[tuple[InspectionTerm, Unit]] = [(one["body"], one["unit"]) for one in bodies]
    _check_bodies(row, wanted)
    standing = {one.unit_id: one for one in row.bodies.all()}
    saved = []
    for body, unit in wanted:
        one = standing.pop(unit.pk, None) or RoundBody(round=row, unit=unit)
        if one.body_id != body.pk:
            one.body = body
            saved.append(one)
    facts = {"bodies": [f"{body.name}（{unit.name}）" for body, unit in wanted]}
    parts: dict[str, Any] = {"saved": saved, "removed": list(standing.values()), "facts": facts}
    done: Round = ROUND.finish(row, "set_reviewers", by=by, note=note, **parts)
    return done


def _check_bodies(round_: Round, wanted: list[tuple[InspectionTerm, Unit]]) -> None:
    if not LEAST_BODIES <= len(wanted) <= MOST_BODIES:
        text = f"联审单位应有 {LEAST_BODIES} 至 {MOST_BODIES} 个，例如纪检监察机关、组织部门和巡察机构。"
        raise RuleBroken("reviewers.number", text, field="bodies")
    if sum(body.code == DISCIPLINE for body, _ in wanted) != 1:
        text = "联审单位中应有一个纪检监察机关，由它汇总意见。"
        raise RuleBroken("reviewers.discipline", text, field="bodies")
    if len({unit.pk for _, unit in wanted}) != len(wanted):
        raise RuleBroken("reviewers.twice", "同一个单位在联审中只能列一次。", field="bodies")
    for body, unit in wanted:
        _check_body(round_, body, unit)


def _check_body(round_: Round, body: InspectionTerm, unit: Unit) -> None:
    if not unit.region_id.startswith(prefix_of(round_.region.county_code())):
        text = f"“{unit.name}”不在本轮次的地区，请改选承办单位。"
        raise RuleBroken("reviewers.county", text, field="bodies")
    inspected = (
        round_.round_objects.standing().filter(unit=unit),
        round_.feedbacks.standing().filter(unit=unit),
    )
    if any(rows.exists() for rows in inspected):
        text = f"“{unit.name}”是本轮次的被巡察单位，不能参加联审，请改选承办单位。"
        raise RuleBroken("reviewers.own", text, field="bodies")
    if not speakers(body, unit):
        act = "汇总" if body.code == DISCIPLINE else "提出"
        text = f"“{unit.name}”没有可以{act}联审意见的人员，请改选{body.name}的承办单位。"
        raise RuleBroken("reviewers.nobody", text, field="bodies")


@transaction.atomic
def give_review(
    plan: RectificationPlan, *, by: User, opinions: Iterable[Mapping[str, Any]], note: str = "",
    expected_version: int | None = None,
) -> RectificationPlan:  # fmt: skip
    """提出联审意见: {row, grade, opinion} for every problem, once per body. Two bodies at the same time wait for each
    other at the lock and touch only their own rows. Raises WrongState when the body has spoken, Several.
    """
    row = PLAN.begin(plan, "review", by=by, note=note, expected_version=expected_version)
    body = _own_body(row, by)
    given = {one["row"].pk: one for one in opinions}
    asked = list(row.rows.select_related("finding__object").order_by("ordinal"))
    refuse_recused(None, by, *(one.finding.object for one in asked))
    errors: list[DomainError] = [found for one in asked if (found := _wrong(one, given.get(one.pk)))]
    if errors:
        raise Several(errors) if len(errors) > 1 else errors[0]
    said = [
        BodyOpinion(body=body, row=one, grade=given[one.pk]["grade"], opinion=given[one.pk].get("opinion", ""))
        for one in asked
    ]  # fmt: skip
    body.given_by, body.given_on = by, moment.today()
    facts = {"body": body.body.name, "grades": [one.grade for one in said]}
    done: RectificationPlan = PLAN.finish(row, "review", by=by, note=note, saved=[body, *said], facts=facts)
    if not lock_review(done).bodies.filter(given_on=None).exists():
        judges = [
            one
            for one in lock_review(done).bodies.select_related("body", "unit")
            if one.body.code == DISCIPLINE
        ]
        for judge in judges:
            tell(done, holders(judge.unit, *CONSOLIDATORS), "各方联审意见已提齐，请汇总。", by=by)
    return done


def _own_body(plan: RectificationPlan, by: User) -> ReviewBody:
    """The body this person speaks for, fresh behind the lock."""
    mine = own_bodies(plan, by)
    waiting = [body for body in mine if body.given_on is None]
    if not waiting:
        raise WrongState("review.given", "您所在单位已经提出联审意见，不能重复提出。")
    found: ReviewBody = waiting[0]
    return found


def _wrong(row: PlanRow, said: Mapping[str, Any] | None) -> RuleBroken | None:
    place = f"opinions-{row.ordinal - 1}"
    if said is None or not said.get("grade"):
        text = f"第 {row.ordinal} 项“{row.finding.title}”没有评定等次。"
        return RuleBroken("review.grade", text, field=f"{place}-grade")
    if said["grade"] == Grade.POOR and not said.get("opinion", "").strip():
        text = f"第 {row.ordinal} 项评为“差”，请写明意见。"
        return RuleBroken("review.opinion", text, field=f"{place}-opinion")
    return None


@transaction.atomic
def consolidate(
    plan: RectificationPlan, *, by: User, summary: str, note: str = "", expected_version: int | None = None
) -> RectificationPlan:
    """汇总联审意见 by the discipline body, once every body has spoken; else refused with those that have not."""
    row = PLAN.begin(plan, "consolidate", by=by, note=note, expected_version=expected_version)
    review = lock_review(row)
    silent = [str(body) for body in review.bodies.filter(given_on=None).select_related("body", "unit")]
    if silent:
        raise RuleBroken("review.silent", f"还有联审单位没有提出意见：{'、'.join(silent)}。")
    if not summary.strip():
        raise RuleBroken("review.summary", "请写明汇总意见。", field="summary")
    review.summary, review.consolidated_by = summary, by
    review.state = ReviewRound.State.CONSOLIDATED
    done: RectificationPlan = PLAN.finish(row, "consolidate", by=by, note=note, saved=[review])
    clocks.stop_all(done, moment.today(), "rectificationplan.consolidate")
    tell(done, [row.round.ordered_by], "联审意见已汇总，请决定通过或者退回。", by=by)
    return done


@transaction.atomic
def return_plan(
    plan: RectificationPlan,
    *,
    by: User,
    note: str,
    reason_code: str = "",
    expected_version: int | None = None,
) -> RectificationPlan:
    """退单回炉 with reasons: the unit mends it; what stood at the return is kept beside each problem. The office may do so
    before all bodies have spoken, for instance when nobody is left who speaks for one of them.
    """
    row = PLAN.begin(plan, "send_back", by=by, note=note, expected_version=expected_version)
    facts = reasons.facts(Purpose.SEND_BACK, reason_code)
    review = lock_review(row)
    review.state, review.ended_on = ReviewRound.State.RETURNED, moment.today()
    lines = list(row.rows.all())
    for line in lines:
        line.before = line.said()
    done: RectificationPlan = PLAN.finish(
        row, "send_back", by=by, note=note, saved=[review, *lines], facts=facts
    )
    clocks.stop_all(done, moment.today(), "rectificationplan.send_back")
    clocks.start(done, RESUBMIT_CLOCK, on=moment.today(), event="退回", **addressees(row.round, row.unit))
    tell_unit(done, "联审退回，请按意见修改后重新报送。", by=by)
    return done


@transaction.atomic
def approve_plan(
    plan: RectificationPlan, *, by: User, lead_unit: Unit | None = None, note: str = "",
    expected_version: int | None = None,
) -> RectificationPlan:  # fmt: skip
    """通过. A plan opens the rectification items (`settings.PLAN_APPROVED`: the layers above say how) and the report on it
    is owed; `lead_unit` leads where a problem names no unit of its own. Raises RuleBroken and nothing is approved.
    """
    row = PLAN.begin(plan, "approve", by=by, note=note, expected_version=expected_version)
    review = lock_review(row)
    today = moment.today()
    review.state, review.ended_on = ReviewRound.State.APPROVED, today
    done: RectificationPlan = PLAN.finish(
        row, "approve", by=by, note=note, saved=[review], changes={"approved_on": today}
    )
    if not row.is_report:
        for path in settings.PLAN_APPROVED:
            import_string(path)(done, by=by, lead_unit=lead_unit)
        _owe_report(done, by)
    words = "整改情况报告已通过。" if row.is_report else "整改方案已通过，整改事项已经登记。"
    tell_unit(done, words, by=by)
    tell(done, team_and_office(row.round), words, by=by)
    return done


def _owe_report(plan: RectificationPlan, by: User) -> None:
    """整改情况报告 within the 集中整改期 of the round, counted from the signing."""
    report = open_plan(plan.feedback, by=by, kind=RectificationPlan.Kind.REPORT, of=plan)
    day = moment.day_of(plan.feedback.signed_at or moment.now())
    months = plan.round.window_months
    given: dict[str, Any] = {}
    if months != rule_for(REPORT_CLOCK, plan.region, day).amount:
        due = max(add_months(day, months), moment.today())
        given = {"due_on": due, "reason": f"本轮次的集中整改期为 {months} 个月：{plan.round.window_rule}"}
    clocks.start(
        report, REPORT_CLOCK, on=day, event="签收反馈表", by=by, **given, **addressees(plan.round, plan.unit)
    )  # fmt: skip
