"""登记、修改、作废反馈文件; and what an item must say of the paper that brought it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import User
from rectification.models import PAPERED, Item, PaperState, SourcePaper
from rectification.services.attaching import all_prepared, hashes
from rectification.workflow.source_papers import PAPER_DESKS, SOURCE_PAPER

EDITABLE = ("kind", "title", "issuer", "document", "received_on")
SCAN = "scan"


def may_register(user: User) -> bool:
    return bool(user.roles & PAPER_DESKS)


@transaction.atomic
def register_paper(
    *, by: User, kind: str, title: str, issuer: str, received_on: date, document: str = "",
    files: Iterable[UploadedFile] = (), note: str = "",
) -> SourcePaper:  # fmt: skip
    """登记反馈文件 of the region of the caller's post, perhaps with the scan of the original. Raises NotAllowed, RuleBroken
    (`received_on`, `files`)."""
    post = by.post_as(PAPER_DESKS)
    if post is None:
        raise NotAllowed("source_paper.role", "反馈文件由监督检查室或者案管室登记。")
    _check_day(received_on)
    paper = SourcePaper(
        region=post.region, kind=kind, title=title, issuer=issuer, document=document, received_on=received_on,
        registered_by=by, number=numbering.take("source_paper", post.region),
    )  # fmt: skip
    made = rows.create(paper, verb="sourcepaper.create", by=by, note=note)
    scans = list(files)
    return attach_scan(made, by=by, files=scans) if scans else made


@transaction.atomic
def attach_scan(
    paper: SourcePaper, *, by: User, files: Iterable[UploadedFile], title: str = "", note: str = "",
    expected_version: int | None = None,
) -> SourcePaper:  # fmt: skip
    """上传扫描件 of the original: one file, or one for each sheet. Whoever sees the paper sees it. Raises RuleBroken
    (`files`)."""
    row = SOURCE_PAPER.begin(paper, "attach", by=by, note=note, expected_version=expected_version)
    kept = all_prepared(row, files, by=by, kind=SCAN, title=title)
    if not kept:
        raise RuleBroken("source_paper.no_file", "请选择要上传的文件。", field="files")
    done: SourcePaper = SOURCE_PAPER.finish(row, "attach", by=by, note=note, saved=kept, facts=hashes(kept))
    return done


@transaction.atomic
def edit_paper(
    paper: SourcePaper, *, by: User, note: str = "", expected_version: int | None = None, **values: Any
) -> SourcePaper:
    """修改. The kind stays once items came of the paper: it is their source. Raises Stale, RuleBroken."""
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"not editable: {sorted(unknown)}")
    row = SOURCE_PAPER.begin(paper, "edit", by=by, note=note, expected_version=expected_version)
    if values.get("kind", row.kind) != row.kind and row.items.not_voided().exists():
        raise RuleBroken(
            "source_paper.kind", "已经转出整改事项的，类别不能改变；登记错的请另行登记。", field="kind"
        )
    if "received_on" in values:
        _check_day(values["received_on"])
    done: SourcePaper = SOURCE_PAPER.finish(row, "edit", by=by, note=note, changes=values)
    return done


@transaction.atomic
def discard_paper(
    paper: SourcePaper, *, by: User, note: str = "", expected_version: int | None = None
) -> SourcePaper:
    """作废 a paper registered by mistake. Raises RuleBroken when items hang on it."""
    row = SOURCE_PAPER.begin(paper, "discard", by=by, note=note, expected_version=expected_version)
    if row.items.not_voided().exists() or row.misuse_links.exists():
        raise RuleBroken("source_paper.used", "已经转出整改事项或者登记违规资金，不能作废。")
    done: SourcePaper = SOURCE_PAPER.finish(row, "discard", by=by, note=note)
    return done


def held(paper: SourcePaper | None) -> SourcePaper | None:
    """The paper locked, before the item that is to hang on it: nobody discards it meanwhile. Inside a transaction."""
    return rows.lock(paper) if paper is not None else None


def check_paper(source: str, paper: SourcePaper | None, *, needed: bool = True) -> None:
    """Items of an audit, an assessment or a higher level name their paper, of the same kind; others name none."""
    if source not in PAPERED:
        if paper is not None:
            raise RuleBroken("item.paper", "这一来源的事项不选反馈文件，请清除。", field="paper")
        return
    if paper is None:
        if needed:
            text = "请选择反馈文件；还没有的，先在“反馈文件”登记。"
            raise RuleBroken("item.paper", text, field="paper")
        return
    if paper.state != PaperState.REGISTERED:
        raise RuleBroken("item.paper", "该反馈文件已作废，请重新选择。", field="paper")
    if paper.kind != source:
        text = f"该文件是“{paper.get_kind_display()}”，与问题来源不一致，请核对。"
        raise RuleBroken("item.paper", text, field="paper")


def paper_changed(item: Item, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What an edit of the paper changes beside it: an item that once named its paper has to name one ever after."""
    if "paper" not in changes:
        return {}
    check_paper(item.source, changes["paper"], needed=item.names_paper)
    return {"names_paper": True} if changes["paper"] is not None else {}


def _check_day(day: date) -> None:
    if day > moment.today():
        raise RuleBroken("source_paper.received_on", "收到日期不能晚于今天。", field="received_on")
