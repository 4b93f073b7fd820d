"""作废: a document that was made in error or sent no longer holds. Its number is not given again, its file stays."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from povertyaudit.core import cleaning, moment, rows, secrecy
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.documents.models import Document
from povertyaudit.documents.workflow import DOCUMENT

MARK = "已作废　"
MOST = 500


@transaction.atomic
def void(target: Document, *, by: User, note: str = "", expected_version: int | None = None) -> Document:
    """作废, of a document fetched through scope. The file is named so everywhere, also where it is saved.

    The row the document is of stays as it is; its record has one line more. Raises NotAllowed, WrongState (void
    already), Stale, RuleBroken at `note` (no reason, or one that says who complained).
    """
    step = DOCUMENT.transitions["void"]
    step.check_person(target, by)
    root = rows.lock(target.dossier)
    row = rows.lock(target, expected_version)
    step.check_state(row)
    reason = _reason(note)
    secrecy.refuse(root, {"note": reason}, by=by)
    row.voided_at, row.voided_by, row.void_reason = moment.now(), by, reason
    file = _marked(rows.lock(row.attachment))
    facts = {"kind": row.kind, "document_number": row.number, "file": file.public_id, "sha256": file.sha256}
    rows.beside(root, row, verb="document.void", by=by, personal={"note": reason}, facts=facts, before=[file])
    return row


def _reason(note: str) -> str:
    try:
        reason = " ".join(cleaning.clean_text(note, max_length=MOST, required=False).split())
    except ValidationError as refused:
        raise RuleBroken("void.note", refused.messages[0], field="note") from refused
    if not reason:
        raise RuleBroken("void.note", "请写明作废的理由。", field="note")
    return reason


def _marked(file: Any) -> Any:
    """The file with the mark before its name; its bytes stay."""
    file.title = f"{MARK}{file}"[:200]
    file.original_name = f"{MARK}{file.original_name}"  # names are kept to 210 characters (`core.files`)
    return file
