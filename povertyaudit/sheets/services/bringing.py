"""导入: the clean rows go into the register, each by the service of its page, in the order of the file.

Many rows go by a job, batch by batch, each batch one transaction; killed anywhere, it goes on behind the last. A row that
is refused by now — something was changed since it was looked through — is said so and holds up no other.
"""

from typing import Any

from django.db import transaction
from django.db.models import Count

from povertyaudit.core import inserting, jobs, meanwhile, notify, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.core.sideways import Sideways
from povertyaudit.sheets import reading
from povertyaudit.sheets.kinds import kind_of
from povertyaudit.sheets.lines import Line, Reading
from povertyaudit.sheets.models import ImportState, Outcome, SheetImport, SheetRow
from povertyaudit.sheets.services import keeping, trying
from povertyaudit.sheets.workflow import SHEET_IMPORT

JOB = "sheet_bring"
AT_ONCE = 60
Waiting = dict[str, Any]  # columns of a row of the import
Read = tuple[list[Line], trying.Ready]


@transaction.atomic
def bring_in(
    sheet: SheetImport, *, by: User, without_refused: bool = False, note: str = "", expected_version: int | None = None
) -> SheetImport:  # fmt: skip
    """导入, as one act. Where rows have mistakes, only with `without_refused`: they stay out. Raises RuleBroken."""
    row: SheetImport = SHEET_IMPORT.begin(
        sheet, "bring_in", by=by, note=note, expected_version=expected_version
    )
    if row.rows_refused and not without_refused:
        text = f"有 {row.rows_refused} 行有错，请改正后重新上传；只导入其余各行的，请勾选“有错的行不导入”。"
        raise RuleBroken("sheet.refused", text, field="without_refused")
    if not row.rows_new and not row.rows_changed:
        raise RuleBroken("sheet.nothing", "没有可以导入的行：各行或者有错，或者与已登记的一致。请放弃导入。")
    if row.rows_given > AT_ONCE:
        done: SheetImport = SHEET_IMPORT.finish(row, "bring_in", by=by, note=note)
        jobs.enqueue(JOB, {"sheet": row.public_id}, f"{JOB}:{row.public_id}:{done.version}")
        return done
    content, name = keeping.given(row)
    write = Writing(row, by, reading.read(content, name))
    while write.batch():
        pass
    changes = {"state": ImportState.IMPORTED, **counted(row)}
    at_once: SheetImport = SHEET_IMPORT.finish(
        row, "bring_in", by=by, note=note, changes=changes, facts=_made(row)
    )
    return at_once


def counted(row: SheetImport) -> dict[str, int]:
    """Rows by what became of them, as they lie there now."""
    found = dict(row.rows.order_by().values_list("outcome").annotate(Count("pk")))
    return {f"rows_{outcome}": found.get(outcome, 0) for outcome in Outcome.values}


def _made(row: SheetImport) -> dict[str, Any]:
    return {"written": row.rows.written().count()}


class Writing:
    """The rows of one import that are still to be written."""

    def __init__(self, row: SheetImport, by: User, grid: reading.Grid) -> None:
        self.row, self.by = row, by
        self.read = Reading(kind_of(row.kind), by, grid, row.heads, row.head_row)
        self.done = row.rows.filter(done=True).count()
        self._coming: tuple[list[Waiting], meanwhile.Ahead[Read]] = self._following(0)

    def batch(self) -> int:
        """Write the next rows; how many were looked at. While the database writes them, those behind are read."""
        some, ahead = self._coming
        if not some:
            return 0
        lines, ready = ahead.result()
        decided = {one["line"]: one["decided"] for one in some}
        self._coming = self._following(some[-1]["line"])
        with meanwhile.meanwhile(self._coming[1]):
            verdicts = trying.put(self.read, self.by, lines, decided=decided, ready=ready)
        for one, verdict in zip(some, verdicts, strict=True):
            one |= _noted(verdict)
        self._keep(some)
        self.done += len(some)
        return len(some)

    def _following(self, last: int) -> tuple[list[Waiting], meanwhile.Ahead[Read]]:
        """The rows to be written behind line `last`, and them read and judged as far as that asks nothing."""
        waiting = self.row.rows.filter(done=False, outcome__in=(Outcome.NEW, Outcome.CHANGED), line__gt=last)
        some: list[Waiting] = list(waiting.values()[: trying.batch_of(self.read)])

        def read() -> Read:
            lines = self.read.lines([one["line"] - 1 for one in some])
            return lines, trying.ready(self.read, lines)

        return some, meanwhile.Ahead(read)

    def _keep(self, some: list[Waiting]) -> None:
        """Written anew: many rows of many columns are updated ten times as slowly as they are inserted."""
        self.row.rows.filter(pk__in=[one.pop("id") for one in some]).delete()
        columns = {name: [one[name] for one in some] for name in some[0]}
        inserting.insert(Sideways(SheetRow, len(some), columns))


def _noted(verdict: trying.Verdict) -> dict[str, Any]:
    found: dict[str, Any] = {"done": True, "outcome": verdict.outcome, "problems": verdict.problems}
    if verdict.row is not None:
        found |= {
            "target_label": verdict.row._meta.label_lower, "target_id": verdict.row.public_id,
            "target_number": str(getattr(verdict.row, "number", "") or "")[:60], "version": getattr(verdict.row, "version", 0),
        }  # fmt: skip
    return found


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Batch by batch. The person is told when it has ended."""
    row = SheetImport.objects.select_related("taken_by", "unit").get(public_id=payload["sheet"])
    if row.state != ImportState.IMPORTING:
        return {}
    content, name = keeping.given(row)
    write = Writing(row, row.taken_by, reading.read(content, name, again=True))
    of, more = row.rows_new + row.rows_changed, True
    while more:
        with transaction.atomic():
            more = bool(write.batch())
        lease.renew(result={"done": write.done, "of": of})
    with transaction.atomic():
        locked = rows.lock(row)
        if locked.state == ImportState.IMPORTING:
            changes = {"state": ImportState.IMPORTED, **counted(locked)}
            rows.write(locked, verb="sheetimport.finished", by=None, changes=changes, facts=_made(locked))
            told = f"表格已导入：新增 {locked.rows_new} 行，修改 {locked.rows_changed} 行，没有导入 {locked.rows_refused} 行。"
            notify.tell_of(locked, [row.taken_by], told, by=None)
    return {"done": of, "of": of}
