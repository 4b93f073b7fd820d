"""整改方案 and 整改情况报告: filled in row by row, submitted only when nothing is missing, then before the joint review."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from inspections.feedback_querysets import REVIEWERS
from inspections.models import InspectionTerm, PlanRow, RectificationPlan, ReviewBody, ReviewRound
from inspections.models.reviews import DISCIPLINE
from inspections.services.telling import holders, tell
from inspections.workflow.feedback import CONSOLIDATORS, PLAN
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import DomainError, RuleBroken, Several
from povertyaudit.core.models import Unit, User

REVIEW_CLOCK = "plan.review"
WRITTEN = ("person", "due_on", "measure", "result")
MISSING = {"person": "责任人", "due_on": "完成时间", "measure": "整改措施", "result": "整改成效"}
LATEST = date(2100, 1, 1)


@transaction.atomic
def fill_plan(
    plan: RectificationPlan, *, by: User, rows: Iterable[Mapping[str, Any]] = (), text: str | None = None, note: str = "",
    expected_version: int | None = None,
) -> RectificationPlan:  # fmt: skip
    """填写, as far as it goes: each of `rows` is {row, person, due_on, measure, result}; what is not named stays.

    In a report person, date and measures stand as approved; only `result` is written. Raises RuleBroken, Several.
    """
    row = PLAN.begin(plan, "fill", by=by, note=note, expected_version=expected_version)
    saved = _written(row, rows)
    changes = {} if text is None else {"text": text}
    done: RectificationPlan = PLAN.finish(row, "fill", by=by, note=note, changes=changes, saved=saved)
    return done


def _written(plan: RectificationPlan, given: Iterable[Mapping[str, Any]]) -> list[PlanRow]:
    """The rows as they shall be. Raises Several, each error at its row."""
    standing = {one.pk: one for one in plan.rows.all()}
    may = ("result",) if plan.is_report else WRITTEN[:3]
    saved: list[PlanRow] = []
    errors: list[DomainError] = []
    for said in given:
        own = standing.get(said["row"].pk)
        if own is None:
            raise RuleBroken("plan.row", "没有找到这一项，请刷新页面后重试。", field="rows")
        for name in may:
            if name in said:
                setattr(own, name, said[name] if said[name] is not None else getattr(PlanRow(), name))
        if own.due_on is not None and not _sensible(plan, own.due_on):
            text = f"第 {own.ordinal} 项的完成时间应在签收反馈表之后，请核对。"
            errors.append(RuleBroken("plan.due_on", text, field=_field(own, "due_on")))
        saved.append(own)
    _raise(errors)
    return saved


def _sensible(plan: RectificationPlan, day: date) -> bool:
    signed = plan.feedback.signed_at
    return signed is not None and moment.day_of(signed) <= day < LATEST


def _field(row: PlanRow, name: str) -> str:
    """Where the page and the API show an error of this row: its place, counted from 0."""
    return f"rows-{row.ordinal - 1}-{name}"


def _raise(errors: list[DomainError]) -> None:
    if errors:
        raise Several(errors) if len(errors) > 1 else errors[0]


@transaction.atomic
def submit_plan(
    plan: RectificationPlan, *, by: User, rows: Iterable[Mapping[str, Any]] = (), text: str | None = None,
    note: str = "", expected_version: int | None = None,
) -> RectificationPlan:  # fmt: skip
    """审定报送, with what `rows` still add. Every problem has person, date and measure (a report: its result), or it is
    refused with everything that is missing, each at its row. A joint review of the round's bodies begins.
    """
    row = PLAN.begin(plan, "submit", by=by, note=note, expected_version=expected_version)
    written = {one.pk: one for one in _written(row, rows)}
    whole = [written.get(one.pk, one) for one in row.rows.select_related("finding").order_by("ordinal")]
    _raise(_lacking(row, whole))
    today = moment.today()
    last = row.reviews.count()
    review = ReviewRound(plan=row, ordinal=last + 1, opened_on=today)
    asked = row.round.bodies.select_related("body", "unit").order_by("pk")
    bodies = [ReviewBody(review=review, body=one.body, unit=one.unit) for one in asked]
    _check_bodies(row, bodies)
    changes: dict[str, Any] = {"submitted_on": today} | ({} if text is None else {"text": text})
    saved = [*written.values(), review, *bodies]
    done: RectificationPlan = PLAN.finish(row, "submit", by=by, note=note, changes=changes, saved=saved)
    _before_the_bodies(done, bodies, by)
    return done


def _check_bodies(plan: RectificationPlan, bodies: list[ReviewBody]) -> None:
    """A review that somebody cannot answer, or by the unit itself, would never end rightly."""
    if not bodies:
        raise RuleBroken("plan.bodies", "巡察办还没有确定联审单位，请联系巡察办。")
    for one in bodies:
        if one.unit_id == plan.unit_id:
            text = f"“{one.unit.name}”是整改单位，不能参加联审，请联系巡察办改定联审单位。"
            raise RuleBroken("plan.own_body", text)
        if not speakers(one.body, one.unit):
            text = f"联审单位“{one.unit.name}”现在没有可以提出联审意见的人员，请联系巡察办改定联审单位。"
            raise RuleBroken("plan.nobody", text)


def speakers(body: InspectionTerm, unit: Unit) -> list[User]:
    """Who speaks for a body today; for the discipline body those who also sum up."""
    return holders(unit, *(CONSOLIDATORS if body.code == DISCIPLINE else REVIEWERS))


def _lacking(plan: RectificationPlan, whole: list[PlanRow]) -> list[DomainError]:
    asked = (*PlanRow.ASKED, "result") if plan.is_report else PlanRow.ASKED
    return [
        RuleBroken(
            f"plan.{name}", f"第 {one.ordinal} 项“{one.finding.title}”没有填写{MISSING[name]}。", field=_field(one, name)
        )
        for one in whole
        for name in asked
        if not str(getattr(one, name) or "").strip()
    ]  # fmt: skip


def _before_the_bodies(plan: RectificationPlan, bodies: list[ReviewBody], by: User) -> None:
    today = moment.today()
    clocks.stop_all(plan, today, "rectificationplan.submit")
    clocks.start(plan, REVIEW_CLOCK, on=today, event="报送", owner_user=plan.round.ordered_by)
    for body in bodies:
        users = User.objects.holding(REVIEWERS, unit=body.unit)
        tell(plan, users, f"{plan.get_kind_display()}已报送，请提出联审意见。", by=by)


def lock_review(plan: RectificationPlan) -> ReviewRound:
    """The review under way of a plan whose lock is held."""
    found: ReviewRound | None = plan.reviews.filter(state__in=("open", "consolidated")).first()
    if found is None:
        raise RuleBroken("review.none", "没有正在进行的联审，请刷新页面查看。")
    return found
