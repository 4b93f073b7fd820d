"""In which order rows are locked: a round before what lies in it, a plan before its visits and worksheets, always. The verbs
that finish a round and a plan number what is there; two that locked the other way round would wait for each other."""

from collections.abc import Iterable
from typing import Any

from inspections.models import Round
from povertyaudit.core import rows


def hold_rounds(keys: Iterable[int | None]) -> dict[int, Round]:
    """Key → round, locked and fresh, in the order of their keys. Call before anything below them is locked."""
    return {key: rows.lock(Round(pk=key)) for key in sorted({key for key in keys if key is not None})}


def round_of(row: Any) -> int | None:
    """Key of the round a plan, visit, worksheet or object lies in now, whatever the row at hand was read with."""
    key: int | None = type(row)._base_manager.filter(pk=row.pk).values_list("round_id", flat=True).first()
    return key


def hold_round(row: Any) -> Round | None:
    """The round of a plan, visit, worksheet or object, locked and fresh. Call before the row itself is locked."""
    return next(iter(hold_rounds([round_of(row)]).values()), None)


def hold(row: Any) -> Any:
    """The row locked and fresh, its round before it."""
    hold_round(row)
    return rows.lock(row)
