"""撤销导入: what the import made is voided by the service of its page and keeps its number — all of it or nothing, and only
while nobody has built on any of it."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import transaction

from povertyaudit.core import jobs, notify, rows
from povertyaudit.core.errors import DomainError, RuleBroken
from povertyaudit.core.models import User
from povertyaudit.sheets.kinds import Kind, kind_of
from povertyaudit.sheets.models import ImportState, Outcome, SheetImport
from povertyaudit.sheets.services import built_on, trying
from povertyaudit.sheets.workflow import SHEET_IMPORT

JOB = "sheet_undo"
AT_ONCE, BATCH = 60, 500


@transaction.atomic
def undo(sheet: SheetImport, *, by: User, note: str, expected_version: int | None = None) -> SheetImport:
    """撤销导入, as one act with a reason. Raises RuleBroken with the numbers that stand in the way."""
    row: SheetImport = SHEET_IMPORT.begin(sheet, "undo", by=by, note=note, expected_version=expected_version)
    kind = kind_of(row.kind)
    if row.rows_changed:
        text = f"这份表格修改了 {row.rows_changed} 条已登记的记录，修改不能整份撤销；请在记录页面逐条改回，办理记录里有原来的内容。"
        raise RuleBroken("sheet.changed", text)
    made = _untouched(row, by)
    if row.rows_new > AT_ONCE:
        done: SheetImport = SHEET_IMPORT.finish(row, "undo", by=by, note=note)
        jobs.enqueue(JOB, {"sheet": row.public_id, "note": note}, f"{JOB}:{row.public_id}:{done.version}")
        return done
    _void(made, kind, by, note)
    at_once: SheetImport = SHEET_IMPORT.finish(
        row, "undo", by=by, note=note, changes={"state": ImportState.UNDONE}
    )
    return at_once


def _targets(row: SheetImport) -> list[Any]:
    """The rows the import made, locked, with the version it left them in."""
    left = dict(row.rows.written().filter(outcome=Outcome.NEW).values_list("target_id", "version"))
    label = row.rows.written().filter(outcome=Outcome.NEW).values_list("target_label", flat=True).first()
    if label is None:
        return []
    model: Any = apps.get_model(label)
    found, ids = [], list(left)
    for start in range(0, len(ids), BATCH):
        some = model._default_manager.select_for_update(of=("self",)).filter(
            public_id__in=ids[start : start + BATCH]
        )
        found += list(some.order_by("pk"))
    for one in found:
        one.left_version = left[one.public_id]
    return found[::-1]  # the last first: an earlier one may be what a later one stands on


def _untouched(row: SheetImport, by: User) -> list[Any]:
    """The rows the import made. Raises RuleBroken where somebody has built on one of them, and says what."""
    made = _targets(row)
    moved = [one for one in made if getattr(one, "version", 0) != one.left_version]
    said = built_on.acts_on(moved) if moved else built_on.named_by(made, by)
    if not said:
        return made
    some = "；".join(said) + (f"；等 {len(moved)} 条" if len(moved) > len(said) else "")
    raise RuleBroken("sheet.built_on", f"导入以后已经办理过，不能整份撤销：{some}。")


def _void(made: Sequence[Any], kind: Kind, by: User, note: str) -> None:
    for one in made:
        done = trying.attempt(kind.void, one, by=by, note=note)
        if isinstance(done, DomainError):
            raise RuleBroken("sheet.not_undone", f"{one}不能撤销：{done.message}")


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Void many in one transaction; refused, everything stays and the person is told why."""
    row = SheetImport.objects.select_related("taken_by").get(public_id=payload["sheet"])
    lease.renew(result={})
    with transaction.atomic():
        locked = rows.lock(row)
        if locked.state != ImportState.UNDOING:
            return {}
        verb, state, told = "undone", ImportState.UNDONE, "导入已经撤销，编号保留。"
        try:
            with transaction.atomic():
                made = _untouched(locked, row.taken_by)
                _void(made, kind_of(row.kind), row.taken_by, payload["note"])
        except RuleBroken as refused:
            verb, state, told = "not_undone", ImportState.IMPORTED, f"导入没有撤销：{refused.message}"
        rows.write(locked, verb=f"sheetimport.{verb}", by=None, changes={"state": state})
        notify.tell_of(locked, [row.taken_by], told, by=None)
    return {}
