"""Loading a register: read, clean, keep in batches; then one transaction that makes it count. May be killed anywhere."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from funds.models import Beneficiary, HouseholdMark, Register
from funds.models.registers import Cause
from funds.register_file import cleaning, spool, storing
from funds.services import register_marks
from povertyaudit.core import jobs, rows, table_file
from povertyaudit.core.errors import DomainError, RuleBroken

BATCH = 10_000  # lines
MOST = 2_000_000  # lines of one file: of each the loading remembers who it was
Tell = Callable[[int], None]
# Texts of constants; m is a row of the register, p one of another part.
_IN_OTHER_PARTS = (
    "FROM funds_beneficiary m WHERE m.register_id = %s AND EXISTS (SELECT 1 FROM funds_beneficiary p "
    "WHERE p.id_key = m.id_key AND p.register_id IN ({}))"
)
_REFUSE = (
    'INSERT INTO funds_registerrefusal (register_id, line, "column", cause) '
    "SELECT m.register_id, m.line, 'id_number', 'other_part'"
)
_TAKE_OUT = "DELETE FROM funds_beneficiary WHERE id IN (SELECT m.id"


def digest_of(path: Path) -> str:
    """SHA-256 of a file on the server."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler; counts stay in the job's row."""
    return work(payload, lease)


def work(payload: dict[str, Any], lease: jobs.Lease, tell: Tell = lambda lines: None) -> dict[str, Any]:
    """Load the register of the payload unless it is done. What is wrong with the file as a whole is written to it.

    Raises LeaseLost; a worker that is killed leaves a register that is loading, and the next begins it anew.
    """
    register = Register.objects.select_related("kind", "region", "loaded_by").get(pk=payload["register"])
    if register.state != Register.State.LOADING:
        return {"lines": register.read_count}
    storing.clear(register)
    try:
        with _source(register, payload.get("path", "")) as data:
            desk = _read(register, data, lease, tell)
    except DomainError as refused:
        return _fail(register, str(refused))
    except OSError:
        return _fail(register, "读不到要载入的文件，请重新上传或者重新运行载入命令。")
    return _finish(register, desk, lease)


def _source(register: Register, path: str) -> AbstractContextManager[IO[bytes]]:
    return Path(path).open("rb") if path else spool.opened(register)


def _read(register: Register, data: IO[bytes], lease: jobs.Lease, tell: Tell) -> cleaning.Desk:
    """Every line onto the desk and from there into the database."""
    table = table_file.opened(data, cleaning.HEADS, cleaning.NEEDED)
    desk = cleaning.Desk(register, table.at)
    with storing.Store(register, desk.numbers.key_id) as store:
        take = desk.take
        for line, cells in table.rows:
            take(line, cells)
            if not desk.read % BATCH:
                if desk.read > MOST:
                    raise RuleBroken("register.most", f"一个文件最多 {MOST:,} 行，请按乡镇分册载入。")
                store.keep(desk, partial(lease.renew, result={"lines": desk.read}))
                tell(desk.read)
        store.keep(desk, lease.renew)
    if not desk.read:
        raise RuleBroken("register.empty", "文件里没有内容，请核对后再载入。")
    return desk


@transaction.atomic
def _fail(register: Register, sentence: str) -> dict[str, Any]:
    storing.clear(register)
    row = rows.lock(register)
    changes = {"state": Register.State.FAILED, "failure": sentence[:200], "spool_sha256": ""}
    rows.write(row, verb="register.fail", by=register.loaded_by, changes=changes)
    return {"lines": 0, "failed": sentence}


@transaction.atomic
def _finish(register: Register, desk: cleaning.Desk, lease: jobs.Lease) -> dict[str, Any]:
    """The one transaction: who is in another part goes, the register of before is replaced, this one counts."""
    row = rows.lock(register)
    if Beneficiary.objects.filter(register=row).count() != desk.kept:
        raise jobs.LeaseLost(
            row.number
        )  # a worker thought dead has written too: whoever has the job begins anew
    doubled = _in_other_parts(row)
    causes = dict(desk.causes) | ({Cause.OTHER_PART.value: doubled} if doubled else {})
    kept = desk.kept - doubled
    spoke = False
    for old in Register.objects.same_as(row).standing():
        spoke = spoke or old.marks_year is not None
        gone = {"state": Register.State.REPLACED, "marks_year": None}
        rows.change(old, verb="register.replace", by=row.loaded_by, changes=gone)
    changes: dict[str, Any] = {
        "state": Register.State.LOADED, "read_count": desk.read, "kept_count": kept,
        "refused_count": desk.read - kept, "causes": causes, "spool_sha256": "",
    }  # fmt: skip
    rows.write(row, verb="register.finish", by=row.loaded_by, changes=changes)
    if spoke or HouseholdMark.objects.filter(register=row).exists():
        register_marks.settle(row.region_id, row.as_of.year, by=row.loaded_by)
    lease.renew(result={"lines": desk.read})  # a lost lease takes all of it back
    return {"lines": desk.read, "kept": kept, "refused": desk.read - kept}


def _in_other_parts(register: Register) -> int:
    """Take out, with a refusal each, who stands in another part of the same register; returns how many."""
    if register.kind.per != "person":
        return 0
    parts = list(Register.objects.beside(register).values_list("pk", flat=True))
    if not parts:
        return 0
    there = _IN_OTHER_PARTS.format(", ".join(["%s"] * len(parts)))
    with connection.cursor() as cursor:
        cursor.execute(f"{_REFUSE} {there}", [register.pk, *parts])
        cursor.execute(
            "DELETE FROM funds_householdmark WHERE register_id = %s AND line IN "
            "(SELECT line FROM funds_registerrefusal WHERE register_id = %s AND cause = 'other_part')",
            [register.pk, register.pk],
        )
        cursor.execute(f"{_TAKE_OUT} {there})", [register.pk, *parts])
        return int(cursor.rowcount)
