"""报告进展: one screen on a phone, one recorded act — what was done, with photos, perhaps the result of a measure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Row, User
from rectification.models import (
    Completion,
    Evidence,
    EvidenceKind,
    Item,
    Measure,
    MeasureState,
    ProgressReport,
    Result,
    State,
)
from rectification.services.evidence import evidence_rows
from rectification.services.telling import tell, verifiers
from rectification.services.work import measure_of, result_no
from rectification.workflow import ITEM


@transaction.atomic
def report(
    item: Item,
    *,
    by: User,
    text: str,
    measure: Measure | None = None,
    measure_done: bool = False,
    figures: str = "",
    files: Iterable[UploadedFile] = (),
    kind: str = EvidenceKind.PHOTO_AFTER,
    before: Evidence | None = None,
    period: str = "",
    completion: str = "",
    unfinished_reason: str = "",
    note: str = "",
    expected_version: int | None = None,
) -> Item:
    """报告进展, with photos of a measure (`before` as in `add_evidence`). With `measure_done` the text is also its result.

    The state stays, and so does the stage of a long-term item: `report_stage` ends that. `period` defaults to
    the present ten days (旬). Raises RuleBroken (files, measure).
    """
    row = ITEM.begin(item, "report", by=by, note=note, expected_version=expected_version)
    own = measure_of(row, measure)
    if measure_done and own is None:
        raise RuleBroken("report.measure", "请选择已落实的是哪一条措施。", field="measure")
    if completion == Completion.DONE and unfinished_reason:
        raise RuleBroken("report.reason", "已完成的不用写未完成原因。", field="unfinished_reason")
    today = moment.today()
    told = ProgressReport(
        item=row, measure=own, period=period or ten_days(today), text=text, completion=completion, reported_by=by,
        reported_on=today,
    )  # fmt: skip
    saved: list[Row] = [told, *evidence_rows(row, own, files, by=by, kind=kind, before=before)]
    if own is not None:
        saved += _advanced(row, own, text, figures, done=measure_done)
    changes = _progress(completion, unfinished_reason)
    done: Item = ITEM.finish(row, "report", by=by, note=note, changes=changes, saved=saved)
    tell(done, verifiers(row) if row.state == State.LONG_TERM else [row.opened_by], "有新的整改进展报告。")
    return done


def _progress(completion: str, unfinished_reason: str) -> dict[str, Any]:
    """What a report says of the item as a whole; nothing said changes nothing."""
    changes: dict[str, Any] = {"completion": completion} if completion else {}
    if completion or unfinished_reason:
        changes["unfinished_reason"] = unfinished_reason
    return changes


def _advanced(item: Item, measure: Measure, text: str, figures: str, *, done: bool) -> list[Row]:
    """The measure moved on by a report; when done, with its result."""
    state = MeasureState.DONE if done else MeasureState.ONGOING
    saved: list[Row] = []
    if measure.state != state and not (measure.state == MeasureState.DONE and not done):
        measure.state = state
        saved.append(measure)
    if done:
        saved.append(
            Result(item=item, measure=measure, no=result_no(item, measure), text=text, figures=figures)
        )
    return saved


def ten_days(day: date) -> str:
    """The 旬 a day lies in: 2026-11 下旬."""
    third = "上旬" if day.day <= 10 else "中旬" if day.day <= 20 else "下旬"
    return f"{day:%Y-%m} {third}"
