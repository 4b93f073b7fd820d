"""Files that verbs of items, letters and source papers save among their own rows; a refusal names the file and its field."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from povertyaudit.core import files as stored
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, User

MOST_FILES = 20


def prepared(
    root: Any, upload: UploadedFile, *, by: User, kind: str, title: str = "", field: str = "files"
) -> Attachment:
    """One attachment of the dossier `root`, not saved yet. Raises RuleBroken at `field` for a file that is not taken."""
    try:
        return stored.prepare(root, upload, by=by, kind=kind, title=title)
    except RuleBroken as refused:
        raise RuleBroken(refused.code, f"“{upload.name}”：{refused.message}", field=field) from refused


def all_prepared(
    root: Any, uploads: Iterable[UploadedFile], *, by: User, kind: str, title: str = ""
) -> list[Attachment]:
    """Several at once. Raises RuleBroken at `files` also where there are too many."""
    chosen = list(uploads)
    check_number(chosen)
    return [prepared(root, upload, by=by, kind=kind, title=title) for upload in chosen]


def check_number(chosen: list[UploadedFile]) -> None:
    if len(chosen) > MOST_FILES:
        text = f"一次最多上传 {MOST_FILES} 个文件，请分次上传。"
        raise RuleBroken("evidence.too_many", text, field="files")


def hashes(kept: Iterable[Attachment]) -> dict[str, list[str]]:
    """What the record keeps of them."""
    return {"files": [one.sha256 for one in kept]}
