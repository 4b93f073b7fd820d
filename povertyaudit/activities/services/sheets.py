"""导入活动: taken in and looked through, shown in figures, brought in as one act; the same line is never registered twice."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.activities.models import (
    Activity,
    ActivitySheet,
    ActivitySheetLine,
    ActivitySheetState,
    Attended,
)
from povertyaudit.activities.querysets import GONE, KEEPERS
from povertyaudit.activities.services import sheet_rows
from povertyaudit.activities.workflow.sheets import ACTIVITY_SHEET
from povertyaudit.core import jobs, moment, numbering, rows, table_file
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User

JOB = "activity_sheet"
BATCH, AT_ONCE = 500, 200  # so few need no job


@transaction.atomic
def take_in(
    *, by: User, file: UploadedFile | None = None, lines: Iterable[Mapping[str, Any]] = (), note: str = ""
) -> ActivitySheet:
    """上传导入表 from `file` (xlsx, CSV) or `lines` with the columns of `sheet_rows.HEADS`; nothing is registered yet.

    Raises NotAllowed, RuleBroken/Several with every wrong line and its column.
    """
    post = by.post_as(KEEPERS)
    if post is None:
        raise NotAllowed("sheet.role", "活动由举办单位导入。")
    county = Region.objects.get(code=post.region.county_code())
    row = ActivitySheet(region=post.unit.region, unit=post.unit, taken_by=by)
    if file is not None:
        content = table_file.content_of(file)
        row.file_sha256, row.file_name = sha256(content).hexdigest(), (file.name or "")[:200]
        given = table_file.named_rows(content, file.name or "", sheet_rows.HEADS, sheet_rows.NEEDED)
        read = sheet_rows.check(given, by)
    else:
        read = sheet_rows.check(enumerate(lines, 1), by, where="lines")
    _mark_known(read.lines)
    row.rows_given, row.rows_known = read.given, sum(line.known for line in read.lines)
    row.number = numbering.take("activity_sheet", county)
    made = rows.create(row, verb="activitysheet.take_in", by=by, note=note)
    for line in read.lines:
        line.sheet = made
    ActivitySheetLine.objects.bulk_create(read.lines, batch_size=BATCH)
    return made


def _mark_known(lines: list[ActivitySheetLine]) -> None:
    """Lines that say what was registered before, with the activity that says it."""
    for start in range(0, len(lines), BATCH):
        some = lines[start : start + BATCH]
        same = Activity.objects.exclude(state__in=GONE).filter(
            title__in={line.title for line in some}, unit__in={line.unit_id for line in some}
        )
        found = {(a.unit_id, a.kind.code, a.title, a.starts_on): a for a in same.select_related("kind")}
        for line in some:
            line.activity = found.get((line.unit_id, line.kind.code, line.title, line.starts_on))
            line.known = line.activity is not None


@transaction.atomic
def bring_in(
    sheet: ActivitySheet, *, by: User, note: str = "", expected_version: int | None = None
) -> ActivitySheet:
    """导入: one act for the whole sheet. Few lines at once, more by a job that shows how far it is."""
    row: ActivitySheet = ACTIVITY_SHEET.begin(
        sheet, "bring_in", by=by, note=note, expected_version=expected_version
    )
    waiting = row.lines.filter(activity=None).count()
    if not waiting:
        raise RuleBroken("sheet.known", "每一行都登记过，没有可以导入的，请放弃。")
    if waiting > AT_ONCE:
        done: ActivitySheet = ACTIVITY_SHEET.finish(row, "bring_in", by=by, note=note)
        jobs.enqueue(JOB, {"sheet": done.public_id}, f"{JOB}:{done.public_id}")
        return done
    _some(row)
    changes = {**_counts(row), "state": ActivitySheetState.IMPORTED}
    at_once: ActivitySheet = ACTIVITY_SHEET.finish(row, "bring_in", by=by, note=note, changes=changes)
    return at_once


def _counts(row: ActivitySheet) -> dict[str, int]:
    known = row.lines.filter(known=True).count()
    return {"rows_known": known, "rows_made": row.lines.filter(known=False).exclude(activity=None).count()}


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Batch by batch, each whole; killed, it goes on where it was: a line knows its activity when that is there."""
    found = ActivitySheet.objects.get(public_id=payload["sheet"])
    made = 0
    while True:
        lease.renew(result={"made": made})
        with transaction.atomic():
            row = rows.lock(found)
            if row.state != ActivitySheetState.IMPORTING:
                break
            made += _some(row)
            if not row.lines.filter(activity=None).exists():
                changes = {**_counts(row), "state": ActivitySheetState.IMPORTED}
                rows.write(row, verb="activitysheet.finished", by=None, changes=changes)
                break
    return {"made": made}


def _some(row: ActivitySheet) -> int:
    """The next lines as activities, but for those somebody registered meanwhile. How many were made."""
    waiting = row.lines.filter(activity=None).select_related("unit__region", "kind", "sheet__taken_by")
    lines = list(waiting[:BATCH])
    _mark_known(lines)
    fresh = [line for line in lines if not line.known]
    county = Region.objects.get(code=row.region.county_code())
    numbers = numbering.take_many("activity", county, len(fresh)) if fresh else []
    pairs = [(line, _activity(line, number)) for line, number in zip(fresh, numbers, strict=True)]
    of = {made.public_id: line for line, made in pairs}
    rows.create_many(
        [made for _, made in pairs], verb="activity.bring_in", by=None, below=(lambda made: _came(of, made),)
    )
    for line, made in pairs:
        line.activity = made
    ActivitySheetLine.objects.bulk_update(lines, ("activity", "known"), batch_size=BATCH)
    return len(fresh)


def _came(of: Mapping[str, ActivitySheetLine], made: Activity) -> list[Attended]:
    line = of[made.public_id]
    if not line.times:
        return []
    return [Attended(activity=made, category=line.category, times=line.times, persons=line.persons)]


def _activity(line: ActivitySheetLine, number: str) -> Activity:
    return Activity(
        number=number, region=line.unit.region, unit=line.unit, kind=line.kind, title=line.title, level=line.level,
        starts_on=line.starts_on, ends_on=line.ends_on, place=line.where, host=line.host, topics=line.topics,
        sessions=line.sessions, times=line.times, persons=line.persons, leaflets=line.leaflets, state="held",
        held_on=moment.today(), recorded_by=line.sheet.taken_by,
    )  # fmt: skip


@transaction.atomic
def drop(
    sheet: ActivitySheet, *, by: User, note: str = "", expected_version: int | None = None
) -> ActivitySheet:
    """放弃导入: the lines are deleted, the sheet stays as what was looked at."""
    row: ActivitySheet = ACTIVITY_SHEET.begin(
        sheet, "drop", by=by, note=note, expected_version=expected_version
    )
    row.lines.all().delete()
    done: ActivitySheet = ACTIVITY_SHEET.finish(row, "drop", by=by, note=note)
    return done
