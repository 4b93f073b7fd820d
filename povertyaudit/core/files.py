"""Tie files to a dossier as recorded acts. Where the bytes lie: `core.store`; encrypted for one desk: `core.originals`."""

import hashlib
import re
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.core import cleaning, file_types, originals, rows, store
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import OFFICERS, Attachment, Role, Unit, User

MADE = frozenset(
    {"paper", "digest", "bulletin", "notice", "letter", "document"}
)  # kinds of the papers the system writes (`papers.keep`)
OPENING_RECORDED = frozenset({"document"})  # kinds of which each opening leaves an entry in the record
OWN_WAY: dict[
    str, str
] = {}  # label of a dossier whose files are replaced by a verb of its own → what is said
READERS_ONLY = frozenset({Role.SERVICE, Role.COUNTY_LEADER}) | OFFICERS
_BAD_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')


@transaction.atomic
def attach(
    target: Any, upload: UploadedFile, *, by: User | None, kind: str = "evidence", title: str = "",
    desk_unit: Unit | None = None, verb: str = "",
) -> Attachment:  # fmt: skip
    """Keep `upload` with the dossier `target`; one entry in its record. With `desk_unit` only that desk sees it.

    The target was fetched through scope. Raises NotAllowed, RuleBroken (field `file`).
    """
    _may(by)
    found = _checked(upload)
    root = rows.lock(target)
    attachment = _built(root, upload, found, by=by, kind=kind, title=title, desk_unit=desk_unit)
    rows.write(root, verb=verb or _verb(root, "attach"), by=by, saved=[attachment], facts=_facts(attachment))
    originals.keep_key(attachment)
    return attachment


def prepare(
    root: Any,
    upload: UploadedFile,
    *,
    by: User | None,
    kind: str = "evidence",
    title: str = "",
    readers: bool = False,
) -> Attachment:
    """An attachment not yet saved, for a verb that writes it among its own rows. Raises as `attach` does.

    `readers`: the verb is also for posts that otherwise only read.
    """
    if not readers:
        _may(by)
    return _built(root, upload, _checked(upload), by=by, kind=kind, title=title, desk_unit=None)


@transaction.atomic
def keep_made(
    target: Any, content: bytes, name: str, *, by: User | None, kind: str, title: str = "", verb: str = ""
) -> Attachment:
    """Keep a docx the system itself made (`papers`) with its dossier; `by` None: by the clock. One entry in its record."""
    if kind not in MADE:
        raise ValueError(f"{kind} is no kind of paper the system makes")
    root = rows.lock(target)
    sha256 = hashlib.sha256(content).hexdigest()
    found = file_types.Checked(content, "docx", file_types.OFFICE["docx"], sha256)
    attachment = _kept(root, name, found, by=by, kind=kind, title=title, desk_unit=None)
    rows.write(root, verb=verb or _verb(root, "attach"), by=by, saved=[attachment], facts=_facts(attachment))
    return attachment


def made(
    root: Any, content: bytes, name: str, sha256: str, *, by: User | None, kind: str, title: str = "",
    desk_unit: Unit | None = None,
) -> Attachment:  # fmt: skip
    """As `keep_made`, not yet saved: for many new dossiers that get the same paper (`rows.create_many`), or for a verb
    that writes it among its own rows. With `desk_unit` encrypted for that desk; `originals.keep_key` comes after."""
    found = file_types.Checked(content, "docx", file_types.OFFICE["docx"], sha256)
    return _kept(root, name, found, by=by, kind=kind, title=title, desk_unit=desk_unit)


def sheet(
    root: Any, content: bytes, name: str, extension: str, *, by: User, kind: str, unit: Unit
) -> Attachment:
    """A spreadsheet for its desk alone, looked through by who calls; not yet saved. `originals.keep_key` comes after."""
    found = file_types.Checked(
        content, extension, file_types.SHEETS[extension], hashlib.sha256(content).hexdigest()
    )
    made = _kept(root, name, found, by=by, kind=kind, title="", desk_unit=unit)
    made.original_name = _name(name, extension)
    return made


@transaction.atomic
def replace(attachment: Attachment, upload: UploadedFile, *, by: User | None) -> Attachment:
    """A later version of the same file; the earlier one stays. Raises WrongState when it was replaced already."""
    _may(by)
    _may_replace(attachment, by)
    found = _checked(upload)
    root = rows.lock(attachment.dossier)
    old = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if Attachment.objects.filter(replaces=old).exists():
        raise WrongState("file.replaced", "这个版本已被更新的版本替换，请在最新版本上操作。")
    new = _built(root, upload, found, by=by, kind=old.kind, title=old.title, desk_unit=old.desk_unit)
    new.replaces, new.version_no = old, old.version_no + 1
    rows.write(root, verb=_verb(root, "replace_file"), by=by, saved=[new], facts=_facts(new))
    originals.keep_key(new)
    return new


def _may_replace(old: Attachment, by: User | None) -> None:
    """Whoever may see a file is not therefore its author."""
    if old.kind in MADE:
        raise NotAllowed("file.made", "这份文件由系统生成，不能替换。")
    if told := own_way(old):
        raise NotAllowed("file.own_way", told)
    if by is not None and (old.uploaded_by is None or not old.uploaded_by.unit_ids & by.unit_ids):
        raise NotAllowed("file.not_yours", "这份文件由上传单位的人员替换；您可以另行上传。")


def own_way(file: Attachment) -> str:
    """Where the evidence of this kind of dossier is replaced by a verb of its own: the sentence that names it."""
    return settings.EVIDENCE_VERBS.get(file.target_label, "") if file.kind == "evidence" else ""


def _may(by: User | None) -> None:
    if by is not None and by.roles <= READERS_ONLY:
        raise NotAllowed("file.role", "您的岗位只能查看，不能上传附件。")


def _checked(upload: UploadedFile) -> file_types.Checked:
    if (upload.size or 0) > file_types.LARGEST_CAP:
        cap = file_types.LARGEST_CAP // file_types.MB
        raise RuleBroken("file.too_large", f"单个文件不能超过 {cap} MB，请压缩或拆分后再上传。", field="file")
    upload.seek(0)
    return file_types.check(upload.read(), upload.name or "")


def _built(
    root: Any, upload: UploadedFile, found: file_types.Checked, *, by: User | None, kind: str, title: str,
    desk_unit: Unit | None,
) -> Attachment:  # fmt: skip
    if by is None:
        raise NotAllowed("file.nobody", "附件须由具体人员上传。")
    return _kept(root, upload.name or "", found, by=by, kind=kind, title=title, desk_unit=desk_unit)


def _kept(
    root: Any, name: str, found: file_types.Checked, *, by: User | None, kind: str, title: str,
    desk_unit: Unit | None,
) -> Attachment:  # fmt: skip
    attachment = Attachment(
        target_label=root._meta.label_lower, target_id=root.pk, kind=kind,
        title=cleaning.clean_line(title, required=False),
        original_name=_name("原件" if desk_unit else name, found.extension),  # a name may name him
        content_type=found.content_type, extension=found.extension, size=len(found.content), taken_at=found.taken_at,
        uploaded_by=by, desk_unit=desk_unit,
    )  # fmt: skip
    attachment.position = found.position
    if desk_unit is not None:
        originals.seal(attachment, found)
        return attachment
    attachment.sha256, attachment.original_sha256 = store.keep(found.content), found.original_sha256
    attachment.thumb_sha256 = store.keep(found.thumb) if found.thumb else ""
    return attachment


def _name(given: str, extension: str) -> str:
    """The given name without anything a file system or a reader could misread, ending as the content demands."""
    stem = _BAD_IN_NAMES.sub("", given).strip(" .").rsplit(".", 1)[0].strip(" .")
    return f"{stem[:200] or '附件'}.{extension}"


def _verb(root: Any, name: str) -> str:
    return f"{root._meta.model_name}.{name}"


def _facts(attachment: Attachment) -> dict[str, Any]:
    return {"file": attachment.public_id, "sha256": attachment.sha256, "version_no": attachment.version_no}
