"""What the page of an import is put together from."""

from dataclasses import dataclass
from typing import Any

from povertyaudit.core.models import Job
from povertyaudit.sheets.models import AT_WORK, SheetImport

SHOWN = 200  # rows
WORDS = {"checking": "正在核对", "importing": "正在导入", "undoing": "正在撤销"}


@dataclass(frozen=True)
class Progress:
    """How far the job is."""

    words: str
    done: int
    of: int


def progress_of(row: SheetImport) -> Progress | None:
    """What a job has in hand; None where nothing is."""
    if row.state not in AT_WORK:
        return None
    found = Job.objects.filter(payload__sheet=row.public_id).order_by("-pk").first()
    result = found.result if found is not None else {}
    return Progress(WORDS[row.state], result.get("done", 0), result.get("of", 0) or row.rows_given)


def first_rows(row: SheetImport, outcome: str | None) -> Any:
    """The first rows of an outcome, or of those written."""
    rows = row.rows.filter(outcome=outcome) if outcome else row.rows.written()
    return list(rows[:SHOWN])


def why_of(row: SheetImport, one: Any) -> str:
    """All that is wrong with a row, each with the heading of its column."""
    heads = {head["at"]: head["heading"] for head in row.heads}
    return "".join(f"“{heads[at]}”：{text}" if at in heads else text for at, text in one.problems)
