"""In which order rows are locked: a round before what lies in it, always. The verbs that finish a round and a plan number
what is there; two that lock the other way round would wait for each other."""

from typing import Any

from inspections.models import Round
from povertyaudit.core import rows


def hold_round(row: Any) -> Round | None:
    """The round of a plan, visit, worksheet or object, locked. Call before the row itself is locked."""
    key = type(row)._base_manager.filter(pk=row.pk).values_list("round_id", flat=True).first()
    return None if key is None else rows.lock(Round(pk=key))


def hold(row: Any) -> Any:
    """The row locked, its round before it."""
    hold_round(row)
    return rows.lock(row)
