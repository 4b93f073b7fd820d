"""A ledger as a workbook: the columns of the ledger, in the kinds a spreadsheet knows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from django.db.models import QuerySet

from povertyaudit.core import ledger
from povertyaudit.core.ledger_columns import sheet_columns
from povertyaudit.core.xlsx_out import write_ledger


def write(
    target: BinaryIO | str,
    rows: "QuerySet[Any]",
    columns: Sequence[ledger.Column],
    notes: Sequence[str],
    *,
    count: int,
    told: Callable[[int], None] | None = None,
) -> int:
    """Write `rows` and return how many there were. `told(rows so far)`: for a job, after every block; the rows are then
    read outside a transaction, so that what `told` writes is seen by others at once."""
    title = f"{rows.model._meta.verbose_name}台账"
    blocks = ledger.blocks(rows, columns, in_job=told is not None)
    lines = _lines(blocks, told)
    return write_ledger(
        target, sheet_columns(rows.model, columns), lines, title=title, notes=notes, count=count + SLACK
    )  # fmt: skip


SLACK = 1000  # rows that come in between the count and the reading


def _lines(
    blocks: Iterable[list[Sequence[Any]]], told: Callable[[int], None] | None
) -> Iterator[Sequence[Any]]:
    done = 0
    for block in blocks:
        yield from zip(*block, strict=True)
        done += len(block[0])
        if told:
            told(done)
