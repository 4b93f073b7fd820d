"""The job that writes a large ledger: the view of the list itself, called as the account that ordered it."""

from typing import Any

from povertyaudit.core import jobs, ledger_book
from povertyaudit.exchange.api.asked import view_of
from povertyaudit.exchange.models import LedgerFile
from povertyaudit.exchange.services import files


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: written beside its place and moved there whole; killed, it is begun anew."""
    file = LedgerFile.objects.filter(public_id=payload["file"]).select_related("user").first()
    if file is None:
        return {"cancelled": True}
    view = view_of(file.ledger, file.query, file.user)
    rows = view.ledger_rows()
    draft = files.path_of(file).with_suffix(".draft")
    try:
        done = ledger_book.write(
            str(draft),
            rows,
            view.ledger_columns,
            view.ledger_notes(),
            count=rows.count(),
            told=files.told(file, lease),
        )
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
    return {"rows": done}
