"""阶段目标、阶段报告 of items kept up for good. Each report is signed by the head of the main unit and opens the next stage."""

from datetime import date
from typing import Any

from django.db import transaction

from povertyaudit.core import clocks, moment, signing
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Row, User
from rectification.models import Item, Stage, StageOutcome
from rectification.models.stages import StageSignature, running
from rectification.services.telling import addressees, tell, unit_people, verifiers
from rectification.services.work import STAGE_CLOCK
from rectification.workflow import ITEM
from rectification.workflow.extending import RECTIFY_CLOCK


def first_stage(item: Any, goal: str, due_on: date) -> Stage:
    """The stage that begins when an item is put to long-term care, perhaps for the second time."""
    last = item.stages.order_by("-no").first()
    return Stage(item=item, no=last.no + 1 if last else 1, goal=goal, set_on=moment.today(), due_on=due_on)


@transaction.atomic
def report_stage(
    item: Item, *, by: User, result: str, met: bool, note: str = "", expected_version: int | None = None
) -> Item:
    """阶段报告, signed by the head of the main unit: what was done, whether the goal was met. The next stage begins with
    the same goal, due by the rule in force; it may be changed by `set_stage`. Raises RuleBroken at `result`."""
    row = ITEM.begin(item, "report_stage", by=by, note=note, expected_version=expected_version)
    if not result.strip():
        raise RuleBroken("report_stage.result", "请写明本阶段做了什么、有什么数据和实例。", field="result")
    today, stage = moment.today(), running(row)
    assert stage is not None  # noqa: S101 — the constraint item_long_term_has_stage
    stage.outcome = StageOutcome.MET if met else StageOutcome.NOT_MET
    stage.result, stage.signed_by, stage.ended_on = result, by, today
    due_on, facts = _next_clock(row, "上次阶段报告", "item.report_stage", by)
    after = Stage(item=row, no=stage.no + 1, goal=stage.goal, set_on=today, due_on=due_on)
    done: Item = ITEM.finish(
        row, "report_stage", by=by, note=note, changes={"next_stage_on": due_on},
        saved=[stage, _signature(stage, by, note), after],
        facts={"stage": stage.no, "outcome": stage.outcome, **facts},
    )  # fmt: skip
    words = "达到" if met else "没有达到"
    tell(done, [*verifiers(row), row.leading_leader], f"第 {stage.no} 阶段已报告，{words}阶段目标。")
    return done


def _signature(stage: Stage, by: User, note: str) -> StageSignature:
    """Over what the stage says once it is saved, in the same act."""
    return StageSignature(
        stage=stage, step="report", person=by.person, user=by, role=ITEM.acting_role("report_stage", by), opinion=note,
        signed_at=moment.now(), digest=signing.digest(stage), fields_version=stage.SIGNED_VERSION,
    )  # fmt: skip


@transaction.atomic
def set_stage(
    item: Item, *, by: User, stage_goal: str, next_stage_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """调整阶段目标 of the running stage, and its day where one is given. Raises RuleBroken at the field."""
    row = ITEM.begin(item, "set_stage", by=by, note=note, expected_version=expected_version)
    check_stage(stage_goal, next_stage_on, "set_stage")
    stage, facts = running(row), dict[str, Any]()
    assert stage is not None  # noqa: S101 — the constraint item_long_term_has_stage
    stage.goal = stage_goal
    if next_stage_on is not None and next_stage_on != stage.due_on:
        stage.due_on, facts = _next_clock(
            row, "调整阶段目标", "item.set_stage", by, due_on=next_stage_on, reason=note
        )
    changes = {"stage_goal": stage_goal, "next_stage_on": stage.due_on}
    done: Item = ITEM.finish(
        row, "set_stage", by=by, note=note, changes=changes, saved=[stage], facts={"stage": stage.no, **facts}
    )
    tell(done, [*unit_people(row), row.leading_leader], f"阶段目标已调整，阶段报告期限为 {stage.due_on}。")
    return done


def check_stage(goal: str, due_on: date | None, verb: str) -> None:
    """A goal in words, a day after today."""
    if not goal.strip():
        raise RuleBroken(f"{verb}.stage_goal", "请写明阶段目标。", field="stage_goal")
    if due_on is not None and due_on <= moment.today():
        raise RuleBroken(f"{verb}.next_stage_on", "下次阶段报告日期应晚于今天。", field="next_stage_on")


def dropped(item: Any) -> list[Row]:
    """The running stage, no longer asked for: the item was applied for or taken back."""
    stage: Stage | None = item.stages.filter(outcome="").first()
    if stage is None:
        return []
    stage.outcome, stage.ended_on = StageOutcome.DROPPED, moment.today()
    return [stage]


def done_by(item: Any, today: date) -> date:
    """The day that counts as late or in time: today, or of an item closed out of long-term care the day it was put there.

    Its rectification date ended in writing on that day; a later closing is not past a date that no longer runs.
    """
    if Clock.objects.of(item).open().filter(code=RECTIFY_CLOCK).exists():
        return today
    first: Stage | None = None
    for stage in item.stages.order_by("-no"):
        if first is not None and stage.outcome == StageOutcome.DROPPED:
            break
        first = stage
    return first.set_on if first else today


def _next_clock(item: Item, event: str, verb: str, by: User, **given: Any) -> tuple[date, dict[str, Any]]:
    """The stage's clock begins anew; its day, and what the record says of it."""
    today = moment.today()
    stopped = clocks.stop(item, STAGE_CLOCK, today, verb)
    said = {**given, "by": by} if given else {}
    clock = clocks.start(item, STAGE_CLOCK, on=today, event=event, **said, **addressees(item))
    return clock.due_on, stopped.changes if stopped else {}
