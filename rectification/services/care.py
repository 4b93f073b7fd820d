"""长期坚持、督办: what happens beside the straight way."""

from datetime import date
from typing import Any

from django.db import transaction

from povertyaudit.core import clocks, moment
from povertyaudit.core.models import Role, Row, User
from rectification.models import Completion, Item, RequestState
from rectification.services import periods
from rectification.services.stages import check_stage, first_stage
from rectification.services.telling import addressees, holders, tell, unit_people
from rectification.services.work import STAGE_CLOCK
from rectification.workflow import ITEM, pending_request
from rectification.workflow.extending import RECTIFY_CLOCK


@transaction.atomic
def mark_long_term(
    item: Item,
    *,
    by: User,
    stage_goal: str,
    next_stage_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """列入长期坚持: the date of rectification ends in writing, a clock of stage reports begins. Never closes by itself."""
    row = ITEM.begin(item, "mark_long_term", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    check_stage(stage_goal, next_stage_on, "mark_long_term")
    stopped = clocks.stop(row, RECTIFY_CLOCK, today, "item.mark_long_term")
    given: dict[str, Any] = {"due_on": next_stage_on, "reason": stage_goal} if next_stage_on else {}
    clock = clocks.start(row, STAGE_CLOCK, on=today, event="列入长期坚持", by=by, **given, **addressees(row))
    saved: list[Row] = [first_stage(row, stage_goal, clock.due_on)]
    if (asked := pending_request(row)) is not None:
        asked.state = RequestState.WITHDRAWN
        saved.append(asked)
    changes = {"stage_goal": stage_goal, "next_stage_on": clock.due_on}
    if row.completion != Completion.MOSTLY:
        changes["completion"] = Completion.ONGOING
    facts = {**(stopped.changes if stopped else {}), "clock.item.stage": (None, clock.due_on)}
    done: Item = ITEM.finish(
        row, "mark_long_term", by=by, note=note, changes=changes, saved=saved, facts=facts
    )
    periods.lapse(row, "item.mark_long_term", by=by)
    tell(
        done, [*unit_people(row), row.leading_leader], f"已列入长期坚持，下次阶段报告日期为 {clock.due_on}。"
    )
    return done


@transaction.atomic
def press(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """督办: a letter to whoever has the item in hand; the state stays."""
    row = ITEM.begin(item, "press", by=by, note=note, expected_version=expected_version)
    done: Item = ITEM.finish(row, "press", by=by, note=note)
    late = holders(row.lead_unit, Role.SECTOR) if row.applicant_id and not row.reviewer_id else []
    tell(
        done, [*unit_people(row), *late, row.leading_leader], "收到督办意见，请查看并抓紧办理。", kind="press"
    )
    return done
