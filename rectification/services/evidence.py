"""佐证材料: uploaded, tied to the photo of before, replaced, withdrawn. Nothing is lost and nothing is overwritten.

Each is one recorded act and makes the signatures over the files void (`core.rows` sees to it).
"""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Row, User
from rectification.models import Evidence, EvidenceKind, EvidenceSort, Item, Measure, PastAct, PastEvidence
from rectification.services.attaching import check_number, prepared
from rectification.services.work import finish, measure_of
from rectification.workflow import ITEM


@transaction.atomic
def add_evidence(
    item: Item,
    *,
    by: User,
    files: Iterable[UploadedFile],
    measure: Measure | None = None,
    kind: str = EvidenceKind.PHOTO_AFTER,
    before: Evidence | None = None,
    caption: str = "",
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """上传佐证材料 for a measure, or for the item as a whole. A single photo of afterwards may name the photo of `before`
    from the same angle; it then belongs to the same measure and, without a caption, says the same spot.

    Raises RuleBroken at `files` for a file that is not taken, at `kind` and `before`.
    """
    row = ITEM.begin(item, "add_evidence", by=by, note=note, expected_version=expected_version)
    own = measure_of(row, measure)
    saved = evidence_rows(row, own, files, by=by, kind=kind, caption=caption, before=before)
    if not saved:
        raise RuleBroken("add_evidence.none", "请选择要上传的文件。", field="files")
    shown = [one.attachment.sha256 for one in saved if isinstance(one, Evidence)]
    return finish(row, "add_evidence", by, note, saved=saved, facts={"files": shown})


@transaction.atomic
def pair_evidence(
    item: Item,
    *,
    by: User,
    evidence: Evidence,
    before: Evidence | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """选定整改前照片 for a photo of afterwards that is there already; without `before` they are no longer a pair."""
    row = ITEM.begin(item, "pair_evidence", by=by, note=note, expected_version=expected_version)
    own = _own(row, evidence)
    if own.kind != EvidenceKind.PHOTO_AFTER:
        text = "只有整改后照片可以选定对应的整改前照片，请重新选择。"
        raise RuleBroken("pair_evidence.kind", text, field="evidence")
    own.before = _free_before(row, before, own.measure, own) if before else None
    told = {"file": own.attachment.sha256, "before": own.before.attachment.sha256 if own.before else ""}
    return finish(row, "pair_evidence", by, note, saved=[own], facts=told)


@transaction.atomic
def replace_evidence(
    item: Item,
    *,
    by: User,
    evidence: Evidence,
    file: UploadedFile | None,
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """更换佐证材料 by a later version, with the reason; the earlier one stays readable under its number.

    Raises RuleBroken at `file` where nothing is sent, the file is not taken or is the one that stands.
    """
    row = ITEM.begin(item, "replace_evidence", by=by, note=note, expected_version=expected_version)
    own = _own(row, evidence)
    if file is None:
        raise RuleBroken("replace_evidence.none", "请选择更换后的文件。", field="file")
    old: Attachment = own.attachment
    new = prepared(row, file, by=by, kind="evidence", title=own.note, field="file")
    if new.original_sha256 == old.original_sha256 or new.sha256 == old.sha256:
        text = "选择的文件与现在的版本完全相同，请核对后重新选择。"
        raise RuleBroken("replace_evidence.same", text, field="file")
    if own.kind in PHOTOS and not new.is_image:
        text = "照片只能用照片更换；改交其他材料的，请另行上传。"
        raise RuleBroken("replace_evidence.photo", text, field="file")
    last = _last_version(old)
    new.replaces, new.version_no = last, last.version_no + 1
    past = _past(own, PastAct.REPLACED, by, note)
    own.attachment = new
    told = {"file": new.sha256, "was": old.sha256, "version_no": new.version_no}
    return finish(row, "replace_evidence", by, note, saved=[new, past, own], facts=told)


@transaction.atomic
def remove_evidence(
    item: Item, *, by: User, evidence: Evidence, note: str = "", expected_version: int | None = None
) -> Item:
    """撤下佐证材料 with the reason: it proves nothing any more, and stays in the record to be read."""
    row = ITEM.begin(item, "remove_evidence", by=by, note=note, expected_version=expected_version)
    own = _own(row, evidence)
    saved: list[Row] = [_past(own, PastAct.WITHDRAWN, by, note)]
    if (after := Evidence.objects.filter(before=own).first()) is not None:
        after.before = None
        saved.append(after)
    parts: dict[str, Any] = {"saved": saved, "removed": [own], "facts": {"file": own.attachment.sha256}}
    return finish(row, "remove_evidence", by, note, **parts)


PHOTOS = frozenset({EvidenceKind.PHOTO_BEFORE, EvidenceKind.PHOTO_AFTER})


def evidence_rows(
    item: Item,
    measure: Measure | None,
    uploads: Iterable[UploadedFile],
    *,
    by: User,
    kind: str,
    caption: str = "",
    before: Evidence | None = None,
) -> list[Row]:
    """Unsaved files with their evidence rows, for a verb that writes them among its own."""
    chosen = list(uploads)
    check_number(chosen)
    if not chosen:
        return []
    named = _named(kind)
    if before is not None:
        if kind != EvidenceKind.PHOTO_AFTER or len(chosen) != 1:
            text = "选了整改前照片的，请只上传一张整改后照片，材料类别选“整改后照片”。"
            raise RuleBroken("evidence.pair", text, field="before")
        before = _free_before(item, before, measure)
        measure, caption = measure or before.measure, caption or before.note
    saved: list[Row] = []
    for upload in chosen:
        kept = prepared(item, upload, by=by, kind="evidence", title=caption)
        saved += [kept, Evidence(
            item=item, measure=measure, kind=kind, kind_name=named, attachment=kept, note=caption, before=before,
        )]  # fmt: skip
    return saved


def _named(kind: str) -> str:
    """The word of the kind today. Raises RuleBroken for one that is not on the list."""
    found = EvidenceSort.objects.on().filter(code=kind).first()
    if found is None:
        text = "没有这个佐证材料类别，或者已经停用，请从分类目录现有的各项中选择。"
        raise RuleBroken("evidence.kind", text, field="kind")
    return str(found.name)


def _own(item: Item, evidence: Evidence) -> Evidence:
    own: Evidence | None = (
        item.evidence.select_related("attachment", "measure").filter(pk=evidence.pk).first()
    )
    if own is None:
        raise RuleBroken("evidence.foreign", "该材料不在这个事项下，请重新选择。", field="evidence")
    return own


def _free_before(
    item: Item, before: Evidence, measure: Measure | None, after: Evidence | None = None
) -> Evidence:
    """The photo of before, fresh, if it is this item's, of the same measure, and in no other pair."""
    own: Evidence | None = item.evidence.select_related("measure", "attachment").filter(pk=before.pk).first()
    problem = ""
    if own is None or own.kind != EvidenceKind.PHOTO_BEFORE:
        problem = "请从这个事项的整改前照片中选择。"
    elif measure is not None and own.measure is not None and own.measure != measure:
        problem = f"这张整改前照片属于第 {own.measure.no} 条措施，请选择同一条措施的照片。"
    elif Evidence.objects.filter(before=own).exclude(pk=after.pk if after else None).exists():
        problem = "这张整改前照片已有对应的整改后照片；要换整改后照片的，请更换或者撤下原来那张。"
    if own is None or problem:
        raise RuleBroken("evidence.before", problem, field="before")
    return own


def _last_version(file: Attachment) -> Attachment:
    """The end of the chain of versions: files of items could once be replaced beside their evidence."""
    last = file
    while (later := Attachment.objects.filter(replaces=last).first()) is not None:
        last = later
    return last


def _past(own: Evidence, act: str, by: User, reason: str) -> PastEvidence:
    return PastEvidence(
        item=own.item, evidence=own.public_id, measure_no=own.measure.no if own.measure else 0, kind=own.kind,
        kind_name=own.get_kind_display(), note=own.note, attachment=own.attachment,
        version_no=own.attachment.version_no, state=act, reason=reason.strip(), ended_by=by,
    )  # fmt: skip
