"""The job that writes a large ledger: the view of the list itself, called as the account that ordered it."""

from typing import Any

from povertyaudit.core import jobs, ledger_book, notify
from povertyaudit.core.views.exporting import asked_by
from povertyaudit.exchange.api.asked import view_of
from povertyaudit.exchange.models import LedgerFile
from povertyaudit.exchange.services import files


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: written beside its place and moved there whole; killed, it is begun anew."""
    file = LedgerFile.objects.filter(public_id=payload["file"]).select_related("user").first()
    if file is None:
        return {"cancelled": True}
    draft = files.path_of(file).with_suffix(".draft")
    try:
        done = _written(file, str(draft), files.told(file, lease))
        draft.replace(files.path_of(file))
    except files.Cancelled:
        return {"cancelled": True}
    finally:
        draft.unlink(missing_ok=True)
    kept = LedgerFile.objects.filter(pk=file.pk).update(
        size=files.path_of(file).stat().st_size, rows=done, query=""
    )
    if not kept:
        files.path_of(file).unlink(missing_ok=True)
    else:
        text = f"您导出的文件已经写好，共 {done} 行，请在 {file.expires_at:%m 月 %d 日} 以前下载。"
        notify.tell(
            [file.user],
            f"{files.JOB}:{file.public_id}",
            kind="export.ledger",
            text=text,
            url=file.get_absolute_url(),
        )
    return {"rows": done}


def _written(file: LedgerFile, target: str, told: Any) -> int:
    """The ledger, or the list of a page, as whoever ordered it would see it now."""
    if file.is_list:
        page, rows, count = asked_by(file.user, file.ledger, file.query)
        done: int = page.write_sheet(target, rows, count, told)
        return done
    view = view_of(file.ledger, file.query, file.user)
    found = view.ledger_rows()
    return ledger_book.write(
        target, found, view.ledger_columns, view.ledger_notes(), count=found.count(), told=told
    )
