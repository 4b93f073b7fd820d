"""核对: every row read and put to its service on trial; all that is wrong is kept at once, with its cell."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import transaction

from povertyaudit.core import inserting, jobs, rows
from povertyaudit.core.models import User
from povertyaudit.core.sideways import Sideways
from povertyaudit.sheets import marking, reading, working
from povertyaudit.sheets.kinds import kind_of
from povertyaudit.sheets.lines import Doubles, Reading
from povertyaudit.sheets.models import ImportState, Outcome, SheetImport, SheetRow
from povertyaudit.sheets.services import keeping, trying

MARK_JOB = "sheet_mark"
Tick = Callable[[int], None]


def verdicts(row: SheetImport, by: User, grid: reading.Grid, tick: Tick) -> list[trying.Verdict]:
    """What would become of every row of the file."""
    read = Reading(kind_of(row.kind), by, grid, row.heads, row.head_row)
    places = read.places()
    doubles = Doubles(read.kind, read.numbers(places))
    decided = dict(row.rows.exclude(decided={}).values_list("line", "decided"))
    found: list[trying.Verdict] = []
    size = trying.batch_of(read)
    for start in range(0, len(places), size):
        lines = read.lines(places[start : start + size])
        doubles.mark(lines)
        found += trying.trial(read, by, lines, decided)
        tick(len(found))
    return found


@transaction.atomic
def judged(row: SheetImport, by: User, grid: reading.Grid) -> None:
    """Look through a short file in the transaction of the act."""
    _keep(row, verdicts(row, by, grid, lambda _done: None), by=by)
    if row.rows_refused:
        mark(row)


def _keep(row: SheetImport, found: list[trying.Verdict], *, by: User | None) -> None:
    decided = dict(row.rows.exclude(decided={}).values_list("line", "decided"))
    row.rows.all().delete()
    columns = {
        name: [getattr(one, name) for one in found] for name in ("line", "outcome", "problems", "conflicts")
    } | {"decided": [decided.get(one.line, {}) for one in found]}
    inserting.insert(Sideways(SheetRow, len(found), columns, {"sheet_id": row.pk}))
    changes = {"state": ImportState.CHECKED, "rows_given": len(found), "heads": row.heads, **counts(found)}
    rows.write(row, verb="sheetimport.checked", by=by, changes=changes)


def counts(found: Any) -> dict[str, int]:
    """Rows by what becomes of them."""
    number = Counter(str(one.outcome) for one in found)
    return {f"rows_{outcome}": number[outcome] for outcome in Outcome.values}


def mark(row: SheetImport) -> None:
    """The same workbook with what is wrong beside the cells."""
    content, name = keeping.given(row)
    grid = reading.read(content, name)
    wrong = list(row.rows.refused().values_list("line", "problems"))
    heads = {head["at"]: head["heading"] for head in row.heads}
    renew = _renewing(row) if row.is_working else None
    made = marking.marked(content, grid, row.head_row, heads, wrong, renew)
    stem = row.file_name.rsplit(".", 1)[0]
    keeping.keep(row, made, f"{stem}（核对结果）.xlsx", "xlsx", by=None, kind=keeping.MARKED)


def _renewing(row: SheetImport) -> Callable[[Any], None]:
    """Of a returned working sheet: what lies hidden in it becomes what is registered now, so that a value left in its cell
    is meant, and a conflict is decided by sending the workbook again."""
    kind = kind_of(row.kind)

    def renew(book: Any) -> None:
        ids = [str(one[0]) for one in book[working.KEPT].iter_rows(min_row=2, max_col=1, values_only=True)]
        working.renewed(book, kind, ids, kind.rows_by_id(row.taken_by, ids))

    return renew


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Look through a long file; killed, it begins anew and has left nothing."""
    row = SheetImport.objects.select_related("taken_by").get(public_id=payload["sheet"])
    if row.state != ImportState.CHECKING:
        return {}
    content, name = keeping.given(row)
    grid = reading.read(content, name, again=True)
    lease.renew(result={"done": 0, "of": row.rows_given})
    found = verdicts(
        row, row.taken_by, grid, lambda done: lease.renew(result={"done": done, "of": row.rows_given})
    )
    with transaction.atomic():
        locked = rows.lock(row)
        if locked.state == ImportState.CHECKING:
            _keep(locked, found, by=None)
            if locked.rows_refused:
                jobs.enqueue(
                    MARK_JOB, {"sheet": row.public_id}, f"{MARK_JOB}:{row.public_id}:{locked.version}"
                )
    return {"done": len(found), "of": len(found)}


def mark_job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Write the remarks into a long workbook, after the figures are there."""
    row = SheetImport.objects.select_related("taken_by", "unit").get(public_id=payload["sheet"])
    lease.renew(result={})
    with transaction.atomic():
        mark(row)
    return {}
