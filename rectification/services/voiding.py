"""作废 of an item: only of a draft that nobody was told of, and only as part of undoing the import that registered it."""

from django.db import transaction

from inspections import services as inspections
from povertyaudit.core import rows
from povertyaudit.core.errors import WrongState
from povertyaudit.core.models import User
from rectification.models import Item, State
from rectification.workflow import ITEM


@transaction.atomic
def void(item: Item, *, by: User, note: str) -> Item:
    """作废 with the reason: the number stays and is not given again, nothing counts the item any more, and the finding it
    came of may become an item again. Raises NotAllowed, WrongState."""
    ITEM.transitions["issue"].check_person(item, by)
    if item.finding is not None:  # the finding before the item, as registering takes them
        inspections.take_back(item.finding, by=by, note=note)
    row = rows.lock(item)
    if row.state != State.DRAFT:
        text = f"{row} 当前状态为“{row.get_state_display()}”，只有草稿可以作废。"
        raise WrongState("void.state", text)
    return rows.write(row, verb="item.void", by=by, note=note, changes={"state": State.VOIDED})
