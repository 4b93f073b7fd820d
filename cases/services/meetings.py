"""联席会议: recorded with its resolutions, each followed by its clock until the owner says what was done."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cases.models import Meeting, Resolution
from cases.services.checking import check_day
from cases.services.telling import registry_of
from cases.workflow.batches import KEEPERS
from cases.workflow.meetings import MEETING, OWNERS, RESOLUTION
from povertyaudit.core import clocks, files, moment, notify, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Region, Unit, User

MOST = 50


@transaction.atomic
def record_meeting(
    *, by: User, title: str, held_on: date, chair: str, bodies: str, text: str = "",
    resolutions: Iterable[Mapping[str, Any]] = (), note: str = "",
) -> Meeting:  # fmt: skip
    """登记会议 with its `resolutions` {text, unit, person, due_day}. Raises NotAllowed, RuleBroken."""
    post = by.post_as(KEEPERS)
    if post is None:
        raise NotAllowed("meeting.role", "联席会议由案管室登记。")
    check_day(held_on, "held_on", code="meeting.day", what="召开日期")
    said = list(resolutions)
    if len(said) > MOST:
        raise RuleBroken("meeting.most", f"一次会议最多登记 {MOST} 项议定事项。", field="resolutions")
    county = Region.objects.get(code=post.region.county_code())
    row = Meeting(
        region=county, title=title, held_on=held_on, chair=chair, bodies=bodies, text=text, recorded_by=by,
        number=numbering.take("meeting", county, "LX"),
    )  # fmt: skip
    done = rows.create(row, verb="meeting.record", by=by, note=note)
    for one in said:
        _decide(done, by, **one)
    return done


@transaction.atomic
def add_resolution(
    meeting: Meeting, *, by: User, text: str, unit: Unit, due_day: date, person: User | None = None, note: str = "",
    expected_version: int | None = None,
) -> Meeting:  # fmt: skip
    """增加议定事项."""
    row = MEETING.begin(meeting, "add_resolution", by=by, note=note, expected_version=expected_version)
    if row.resolutions.count() >= MOST:
        raise RuleBroken("meeting.most", f"一次会议最多登记 {MOST} 项议定事项。", field="text")
    resolution = _decide(row, by, text=text, unit=unit, due_day=due_day, person=person)
    facts = {"resolution": resolution.number}
    done: Meeting = MEETING.finish(row, "add_resolution", by=by, note=note, facts=facts)
    return done


def _decide(
    meeting: Meeting, by: User, *, text: str, unit: Unit, due_day: date, person: User | None = None
) -> Resolution:
    if due_day < meeting.held_on:
        raise RuleBroken("resolution.due", "完成日期不能早于会议召开日期，请核对。", field="due_day")
    if person is not None and unit.pk not in person.unit_ids:
        raise RuleBroken("resolution.person", f"责任人须是“{unit.name}”的在任人员，请改选。", field="person")
    if unit.region_id[:6] != meeting.region_id[:6]:
        raise RuleBroken("resolution.unit", "责任单位须是本县的单位，请改选。", field="unit")
    resolution = Resolution(
        region=meeting.region, meeting=meeting, text=text, unit=unit, person=person, due_day=due_day,
        number=numbering.take("resolution", meeting.region, "YD"),
    )  # fmt: skip
    done = rows.create(resolution, verb="resolution.decide", by=by)
    _start(done, by)
    _tell(done, "会议议定由您单位落实，请按期办理并报告。", by=by)
    return done


def _start(resolution: Resolution, by: User) -> None:
    clocks.start(
        resolution, "resolution.done", on=resolution.meeting.held_on, event="会议召开", due_on=resolution.due_day,
        reason="会议定的完成日期", by=by, owner_user=resolution.person, owner_unit=resolution.unit,
        body_unit=registry_of(resolution.region_id),
    )  # fmt: skip


def _tell(resolution: Resolution, text: str, *, by: User) -> None:
    """Those who report for the responsible unit."""
    notify.tell_of(resolution, User.objects.holding(OWNERS, unit=resolution.unit), text, by=by)


def _begin(
    resolution: Resolution, verb: str, by: User, note: str, expected_version: int | None
) -> Resolution:
    """Behind the lock of the meeting: what `close_meeting` counted stays as it was, and nothing opens in a closed one."""
    rows.lock(resolution.meeting)
    row: Resolution = RESOLUTION.begin(resolution, verb, by=by, note=note, expected_version=expected_version)
    return row


@transaction.atomic
def finish_resolution(
    resolution: Resolution, *, by: User, done_text: str, note: str = "", expected_version: int | None = None
) -> Resolution:
    """报告落实情况; late stays visible in the clock."""
    row = _begin(resolution, "finish", by, note, expected_version)
    if not done_text.strip():
        raise RuleBroken("resolution.text", "请写明落实情况。", field="done_text")
    today = moment.today()
    changes = {"done_on": today, "done_text": done_text, "done_by": by}
    done: Resolution = RESOLUTION.finish(row, "finish", by=by, note=note, changes=changes)
    clocks.stop_all(done, today, "resolution.finish")
    return done


@transaction.atomic
def reopen_resolution(
    resolution: Resolution, *, by: User, note: str, expected_version: int | None = None
) -> Resolution:
    """退回继续落实: the day the meeting set stays."""
    row = _begin(resolution, "reopen", by, note, expected_version)
    done: Resolution = RESOLUTION.finish(
        row, "reopen", by=by, note=note, changes={"done_on": None, "done_by": None}
    )
    _start(done, by)
    _tell(done, "案管室退回，请继续落实。", by=by)
    return done


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, by: User, note: str = "", expected_version: int | None = None
) -> Meeting:
    """确认全部落实: refused with the list while a resolution is open."""
    row = MEETING.begin(meeting, "close", by=by, note=note, expected_version=expected_version)
    waiting = (
        row.resolutions.filter(state=Resolution.State.OPEN)
        .order_by("due_day")
        .values_list("number", flat=True)
    )
    if left := list(waiting):
        text = (
            f"还有 {len(left)} 项议定事项没有落实：{'、'.join(left[:10])}{'等' if len(left) > 10 else ''}。"
        )
        raise RuleBroken("meeting.open", text)
    changes = {"closed_on": moment.today()}
    done: Meeting = MEETING.finish(row, "close", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def attach_minutes(
    meeting: Meeting, *, by: User, file: UploadedFile, title: str = "", expected_version: int | None = None
) -> Attachment:
    """上传纪要."""
    row = MEETING.begin(meeting, "attach", by=by, expected_version=expected_version)
    return files.attach(row, file, by=by, kind="minutes", title=title or "会议纪要")
