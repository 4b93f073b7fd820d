"""An item keeps the due date of its clock; when a holiday notice moves the clock, the item follows, recorded."""

from collections.abc import Iterable

from povertyaudit.core import rows
from povertyaudit.core.holiday_notice import Move
from rectification.models import Item
from rectification.workflow.extending import RECTIFY_CLOCK


def follow_calendar(moves: Iterable[Move]) -> None:
    """随放假安排调整整改时限. Called by `load_holidays` in its transaction (settings.CLOCK_FOLLOWERS)."""
    for move in moves:
        if move.clock.code == RECTIFY_CLOCK:
            row = rows.lock(Item.objects.get(pk=move.clock.target_id))
            facts = {f"clock.{RECTIFY_CLOCK}": [move.old, move.new]}
            rows.write(row, verb="item.calendar", by=None, changes={"due_on": move.new}, facts=facts)
