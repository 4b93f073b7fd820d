"""The uploaded file, and the same with remarks: encrypted for the unit that brought it, like an original."""

from povertyaudit.core import files, originals, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, User
from povertyaudit.sheets.models import SheetImport

GIVEN, MARKED = "sheet_given", "sheet_marked"


def keep(
    row: SheetImport, content: bytes, name: str, extension: str, *, by: User | None, kind: str
) -> Attachment:
    """Keep a file with its import; one entry in its record, its version stays."""
    made = files.sheet(row, content, name, extension, by=row.taken_by, kind=kind, unit=row.unit)
    facts = {"file": made.public_id, "sha256": made.sha256}
    rows.beside(row, made, verb="sheetimport.keep_file", by=by, facts=facts)
    originals.keep_key(made)
    return made


def given(row: SheetImport) -> tuple[bytes, str]:
    """The bytes that were uploaded and the name to read them by."""
    found = of(row, GIVEN)
    if found is None:
        raise RuleBroken("sheet.file", "原来的表格已经不在了，请重新上传。")
    return b"".join(originals.opened(found)[0]), f"x.{found.extension}"


def of(row: SheetImport, kind: str) -> Attachment | None:
    """The newest file of this kind."""
    found: Attachment | None = Attachment.objects.of(row).filter(kind=kind).order_by("-pk").first()
    return found
