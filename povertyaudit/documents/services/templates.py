"""Which template holds, and how a new one is brought: proposed by 案管室, confirmed by 安全保密 (`core.region_rules`)."""

import hashlib
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.core import moment, region_rules, store
from povertyaudit.core.errors import DomainError, RuleBroken
from povertyaudit.core.models import Region, User
from povertyaudit.documents.engine import checking
from povertyaudit.documents.kinds import Kind, kinds
from povertyaudit.documents.models import DocumentTemplate


class Lost(DomainError):
    """The stored bytes of a template are gone or not what was confirmed."""

    status = 409

    def __init__(self) -> None:
        super().__init__("template.lost", "所用模板的文件已缺失或被改动，请联系系统管理员。")


def holding(kind: Kind, region_code: str, on: date | None = None) -> DocumentTemplate:
    """The template of the kind that holds for a place on a day: the nearest place first, of one place the latest."""
    rows = DocumentTemplate.objects.in_force(on or moment.today()).of_kind(kind.code)
    here = (row for row in rows if row.covers(region_code))
    found: DocumentTemplate = max(here, key=lambda row: (row.nearness, row.valid_from, row.pk))
    return found


def bytes_of(template: DocumentTemplate) -> bytes:
    """The Word file. Raises Lost where what is stored is not what was uploaded."""
    if not template.sha256:
        return kinds()[template.kind].template()
    try:
        found = store.path_of(template.sha256).read_bytes()
    except FileNotFoundError:
        raise Lost from None
    if hashlib.sha256(found).hexdigest() != template.sha256:
        raise Lost
    return found


@transaction.atomic
def propose(
    old: DocumentTemplate, *, by: User, file: UploadedFile, region: Region, valid_from: date, source: str,
    note: str = "", expected_version: int | None = None,
) -> DocumentTemplate:  # fmt: skip
    """上传模板: a new edition for a place, checked as a whole. Raises NotAllowed, WrongState, RuleBroken at `file`."""
    step = region_rules.REGION_RULE.transitions["propose"]
    step.check_person(old, by)
    step.check_state(old)
    kind = kinds().get(old.kind)
    if kind is None:
        raise RuleBroken("template.kind", "这种文书已经不再使用。")
    if (file.size or 0) > checking.MOST_BYTES:
        raise checking.too_large()
    file.seek(0)
    data = file.read()
    checking.check(data, file.name or "", kind.label, kind.fields)
    made: DocumentTemplate = region_rules.propose(
        old, by=by, note=note, expected_version=expected_version, region=region, valid_from=valid_from, source=source,
        edition=_next(old.kind, region), sha256=store.keep(data), file_name=_name(file), size=len(data),
    )  # fmt: skip
    return made


def _next(code: str, region: Region) -> int:
    last: Any = DocumentTemplate.objects.of_kind(code).filter(region=region).order_by("edition").last()
    return (last.edition if last else 0) + 1


def _name(file: UploadedFile) -> str:
    """The name of the upload without anything a reader could misread."""
    kept = "".join(char for char in file.name or "" if char.isprintable() and char not in '\\/:*?"<>|')
    return kept[-200:] or "模板.docx"
