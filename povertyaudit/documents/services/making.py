"""生成文书: the values of a row into a template, kept with the row as one recorded act."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from povertyaudit.core import cleaning, files, numbering, originals, rows, secrecy
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState, raise_all
from povertyaudit.core.models import User
from povertyaudit.documents.engine import producing
from povertyaudit.documents.kinds import Ask, Kind, Source
from povertyaudit.documents.kinds.base import said_words
from povertyaudit.documents.models import Document, DocumentTemplate
from povertyaudit.documents.services import templates
from povertyaudit.documents.workflow import DOCUMENT

KIND_OF_FILE = "document"


@dataclass(frozen=True)
class Draft:
    """A document not kept: what the preview shows."""

    content: bytes
    title: str
    number: str
    template: DocumentTemplate
    template_sha256: str


def preview(row: Any, kind: Kind, *, by: User, **said: Any) -> Draft:
    """The document as it would be made now; takes no number and keeps nothing. Raises as `make` does."""
    source = _source(row, kind, by)
    given = _checked(kind, said)
    secrecy.refuse(row, _typed(given), by=by)
    return _drafted(row, kind, source.values(row, by), given, _peeked(row, kind))


@transaction.atomic
def make(target: Any, *, kind: Kind, by: User, **said: Any) -> Document:
    """生成文书 from a row fetched through scope. The row itself is not changed.

    Raises NotAllowed (not offered to `by`, or not now), RuleBroken/Several (what was typed), Lost (the template).
    """
    row = rows.lock(target)
    source = _source(row, kind, by)
    given = _checked(kind, said)
    secrecy.refuse(row, _typed(given), by=by)
    draft = _drafted(row, kind, source.values(row, by), given, _taken(row, kind))
    desk = source.maker(row, by).unit if source.guarded(row) else None
    name = f"{draft.title}.docx"
    sha256 = hashlib.sha256(draft.content).hexdigest()
    file = files.made(
        row, draft.content, name, sha256, by=by, kind=KIND_OF_FILE, title=draft.title, desk_unit=desk
    )
    document = Document(
        target_label=file.target_label, target_id=file.target_id, region_id=row.region_id, kind=kind.code,
        title=draft.title, number=draft.number, county_id=row.region.county_code(), said=_stored(given),
        template=draft.template, template_sha256=draft.template_sha256, attachment=file, made_by=by,
    )  # fmt: skip
    facts = {
        "kind": kind.code, "document_number": draft.number, "file": file.public_id, "sha256": file.sha256,
        "template": draft.template.public_id, "template_sha256": draft.template_sha256,
    }  # fmt: skip
    rows.beside(row, document, verb=f"{DOCUMENT.name}.make", by=by, facts=facts, before=[file])
    originals.keep_key(file)
    return document


def may_make(row: Any, kind: Kind, *, by: User) -> None:
    """Raise NotAllowed or WrongState where it cannot be made of the row now."""
    _source(row, kind, by)


def made_of(row: Any, user: User) -> Any:
    """The documents of a row that the user may open, the last one first."""
    return Document.objects.of(row, user).for_list()


def _source(row: Any, kind: Kind, by: User) -> Source:
    source = kind.source_of(row._meta.label_lower)
    if source is None:
        raise NotAllowed("document.row", f"这类记录不生成{kind.label}。")
    if not source.when(row):
        raise WrongState("document.state", f"这条记录现在的状态不能生成{kind.label}。")
    if source.maker(row, by) is None:
        raise NotAllowed("document.role", f"您的岗位不能对这条记录生成{kind.label}。")
    return source


def _drafted(row: Any, kind: Kind, values: Mapping[str, Any], said: Mapping[str, Any], number: str) -> Draft:
    template = templates.holding(kind, row.region_id)
    content = templates.bytes_of(template)
    title = " ".join(kind.title(row).split())[:200]
    own = {"标题": title, "文号": number, "编号": row.number or "", "地区": row.region.name}
    found = own | dict(values) | said_words(kind, said)
    if differing := set(kind.fields.by_name) ^ set(found):
        raise TypeError(f"values and fields of {kind.code} differ: {sorted(differing)}")
    for name, value in found.items():
        if not isinstance(value, str) and len(value) > producing.MOST_ROWS:
            words = f"“{name}”超过 {producing.MOST_ROWS} 行，不能写进一份文书。"
            raise RuleBroken("document.rows", words)
    return Draft(
        producing.filled(content, found), title, number, template, hashlib.sha256(content).hexdigest()
    )


def _peeked(row: Any, kind: Kind) -> str:
    return numbering.peek(kind.scheme, row.region, kind.office) if kind.scheme else ""


def _taken(row: Any, kind: Kind) -> str:
    return numbering.take(kind.scheme, row.region, kind.office) if kind.scheme else ""


def _checked(kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, clean and whole. Raises RuleBroken/Several, each at its field."""
    asked = {one.name: one for one in kind.asked()}
    wrong: list[DomainError] = [
        RuleBroken("document.unknown", f"{kind.label}没有“{name}”这一项。", field=name)
        for name in sorted(set(said) - set(asked)) if said[name] not in (None, "")
    ]  # fmt: skip
    given: dict[str, Any] = {}
    for name, one in asked.items():
        try:
            given[name] = _clean(one, said.get(name))
        except ValidationError as refused:
            wrong.append(RuleBroken("document.text", refused.messages[0], field=name))
            continue
        if one.required and given[name] in (None, ""):
            wrong.append(RuleBroken("document.missing", f"请填写{one.label}。", field=name))
    raise_all(wrong)
    return given


def _clean(ask: Ask, value: Any) -> Any:
    if ask.kind == "line":
        return cleaning.clean_line(value or "", max_length=ask.most, required=False)
    if ask.kind == "text":
        return cleaning.clean_text(value or "", max_length=ask.most, required=False)
    return value


def _typed(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in said.items() if isinstance(value, str)}


def _stored(said: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in said.items() if value not in (None, "")
    }  # fmt: skip
