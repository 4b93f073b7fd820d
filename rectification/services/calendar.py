"""An item keeps the due date of its clock; when a holiday notice moves the clock, the item follows, recorded."""

from collections.abc import Iterable
from typing import Any

from povertyaudit.core import rows
from povertyaudit.core.holiday_notice import Move
from rectification.models import Item
from rectification.services.work import STAGE_CLOCK
from rectification.workflow.extending import RECTIFY_CLOCK


def follow_calendar(moves: Iterable[Move]) -> None:
    """随放假安排调整整改时限. Called by `load_holidays` in its transaction (settings.CLOCK_FOLLOWERS)."""
    for move in moves:
        code = move.clock.code
        if code in {RECTIFY_CLOCK, STAGE_CLOCK}:
            row: Any = rows.lock(Item.objects.get(pk=move.clock.target_id))
            stages = [] if code == RECTIFY_CLOCK else list(row.stages.filter(outcome=""))
            for stage in stages:
                stage.due_on = move.new
            changes = {"due_on" if code == RECTIFY_CLOCK else "next_stage_on": move.new}
            facts = {f"clock.{code}": [move.old, move.new]}
            rows.write(row, verb="item.calendar", by=None, changes=changes, saved=stages, facts=facts)
