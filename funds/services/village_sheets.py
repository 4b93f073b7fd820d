"""The verbs of a monthly sheet: 填报, 上传照片, 上报, 核对, 退回补正."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funds.models import SheetLine, VillageSheet
from funds.services.opening_sheets import RULE, Answering
from funds.services.village_duties import Duty, duties_of, last_day
from funds.services.village_lines import lines_of
from funds.village_querysets import HEADS, checks
from funds.workflow.village import VILLAGE_SHEET
from povertyaudit.core import clocks, files, moment, notify, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.holiday_notice import Move
from povertyaudit.core.models import Attachment, Post, Row, User

Answers = Iterable[Mapping[str, Any]]
PHOTO = "photo"


@transaction.atomic
def fill(
    sheet: VillageSheet, *, by: User, answers: Answers, board: UploadedFile | None = None, hand_in: bool = False,
    note: str = "", expected_version: int | None = None,
) -> VillageSheet:  # fmt: skip
    """填报: of each duty {"duty": code, "answer", "published_on", "reason", "photo"}; duties that are not named stay as they
    are. `photo` is a file, or a photo of this sheet; `board` a photo of the whole board, for those without one. With
    `hand_in` 上报 follows in the same transaction. Raises Several with everything that is wrong, each at its row."""
    row = VILLAGE_SHEET.begin(sheet, "fill", by=by, note=note, expected_version=expected_version)
    photos: list[Attachment] = []

    def kept(file: UploadedFile) -> Attachment:
        photos.append(files.prepare(row, file, by=by, kind=PHOTO))
        return photos[-1]

    lines = lines_of(row, list(answers), kept, board)
    standing = {line.code: line for line in row.lines.all()} | {line.code: line for line in lines}
    gaps = sum(line.answer == SheetLine.Answer.UNPUBLISHED for line in standing.values())
    saved: list[Row] = [*photos, *lines]
    facts = {"answered": len(standing), "gaps": gaps}
    done: VillageSheet = VILLAGE_SHEET.finish(
        row, "fill", by=by, note=note, changes={"filled_by": by, "gaps": gaps}, saved=saved, facts=facts
    )
    return submit(done, by=by) if hand_in else done


@transaction.atomic
def add_photo(
    sheet: VillageSheet, file: UploadedFile, *, by: User, kind: str = PHOTO, title: str = ""
) -> Attachment:
    """上传照片 that `fill` then names. Raises as `files.attach` does."""
    VILLAGE_SHEET.begin(sheet, "attach", by=by)
    return files.attach(sheet, file, by=by, kind=PHOTO, title=title, verb="villagesheet.attach")


@transaction.atomic
def submit(
    sheet: VillageSheet, *, by: User, note: str = "", expected_version: int | None = None
) -> VillageSheet:
    """上报, when every duty is answered for. Something unpublished is handed in only after the month is over."""
    row = VILLAGE_SHEET.begin(sheet, "submit", by=by, note=note, expected_version=expected_version)
    today, left = moment.today(), unanswered(row)
    if left:
        names = "、".join(duty.name for duty in left)
        raise RuleBroken("submit.unanswered", f"还有 {len(left)} 项没有填：{names}，请先填报。")
    if row.gaps and today <= last_day(row.month):
        text = f"还有 {row.gaps} 项未公开，本月还没有结束，请公开后再上报；月底以前确实不能公开的，月底以后写明理由上报。"
        raise RuleBroken("submit.early", text)
    stopped = clocks.stop(row, RULE, today, "villagesheet.submit")
    changes = {
        "submitted_by": by,
        "submitted_on": today,
        "filled_by": row.filled_by or by,
        "returned_reason": "",
    }
    done: VillageSheet = VILLAGE_SHEET.finish(
        row, "submit", by=by, note=note, changes=changes, facts=stopped.changes if stopped else {}
    )
    notify.tell_of(done, _checkers(done), "村务公开清单已上报，请核对。", by=by)
    return done


def unanswered(sheet: VillageSheet) -> list[Duty]:
    """Duties of the month that nothing was said of."""
    known = {line.code for line in sheet.lines.all()}
    return [duty for duty in duties_of(sheet) if duty.code not in known]


@transaction.atomic
def check(
    sheet: VillageSheet, *, by: User, text: str = "", note: str = "", expected_version: int | None = None
) -> VillageSheet:
    """核对 by another person: what is on the sheet is on the board. A word about something unpublished must be said."""
    row = VILLAGE_SHEET.begin(sheet, "check", by=by, note=note, expected_version=expected_version)
    if row.gaps and not text.strip():
        said = f"有 {row.gaps} 项未公开，请写明核对意见（为什么没有公开、什么时候公开）。"
        raise RuleBroken("check.text", said, field="text")
    changes = {"checked_by": by, "checked_on": moment.today(), "checked_text": text.strip()}
    done: VillageSheet = VILLAGE_SHEET.finish(row, "check", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def send_back(
    sheet: VillageSheet, *, by: User, note: str = "", expected_version: int | None = None
) -> VillageSheet:
    """退回补正 with the reason: by who checks it, or of a checked one by 监督检查室. Owed anew from today on."""
    row = VILLAGE_SHEET.begin(sheet, "send_back", by=by, note=note, expected_version=expected_version)
    told = [user for user in (row.submitted_by, row.filled_by) if user is not None]
    addressees = Answering([row.region], also=[row.unit]).addressees(row.region_id, row.unit)
    clock = clocks.start(row, RULE, on=moment.today(), event="退回补正", **addressees)
    facts = {f"clock.{RULE}": (row.due_on, clock.due_on)}
    changes = {
        "returned_reason": note.strip(), "submitted_by": None, "submitted_on": None, "checked_by": None,
        "checked_on": None, "checked_text": "", "due_on": clock.due_on,
    }  # fmt: skip
    done: VillageSheet = VILLAGE_SHEET.finish(
        row, "send_back", by=by, note=note, changes=changes, facts=facts
    )
    notify.tell_of(done, told, f"村务公开清单被退回补正，请于 {clock.due_on} 前重新上报。", by=by)
    return done


def follow_calendar(moves: Iterable[Move]) -> None:
    """随放假安排调整时限. Called by `load_holidays` in its transaction (settings.CLOCK_FOLLOWERS)."""
    for one in moves:
        if one.clock.code == RULE:
            row = rows.lock(VillageSheet.objects.get(pk=one.clock.target_id))
            facts = {f"clock.{RULE}": [one.old, one.new]}
            rows.write(row, verb="villagesheet.calendar", by=None, changes={"due_on": one.new}, facts=facts)


def _checkers(sheet: VillageSheet) -> list[User]:
    """Who may check it: the head of the township and its discipline committee, without those who filled it in."""
    town = sheet.unit.region_id
    posts = (
        Post.objects.current().filter(role__in=HEADS, region=town).select_related("user", "unit", "region")
    )
    filled = {user.person_id for user in (sheet.filled_by, sheet.submitted_by) if user is not None}
    return [post.user for post in posts if checks(post) and post.user.person_id not in filled]
