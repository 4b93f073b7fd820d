"""The verbs of the papers of a round: reports go up stage by stage, bulletins and minutes are filed."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspections.models import PaperStep, Round, RoundPaper
from inspections.services.finding_out import not_after_today, on_an_open_round
from inspections.services.own_periods import own_due
from inspections.services.telling import office_of
from inspections.workflow.papers import PAPER
from povertyaudit.core import clocks, files, moment, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Row, User

CLOCK = "round.report"
AMENDABLE = frozenset({"title", "document", "dated", "participants", "text"})


@transaction.atomic
def record_paper(
    *, by: User, round: Round, kind: str, title: str, dated: date | None = None, document: str = "",
    participants: str = "", text: str = "", left_on: date | None = None, file: UploadedFile | None = None,
    note: str = "",
) -> RoundPaper:  # fmt: skip
    """登记文书: the draft of a report, a bulletin, or minutes. For a 巡察报告 the period to the secretary's meeting runs
    from `left_on`, the day the team left (else the last day an object was left, else today). Raises NotAllowed, RuleBroken.
    """
    row = rows.lock(round)
    on_an_open_round(row, by)
    goes_up = kind in RoundPaper.GOES_UP
    day = dated or moment.today()
    not_after_today(day, row.starts_on, "dated", "日期")
    _check_participants(kind, participants)
    paper = RoundPaper(
        round=row, region=row.region, kind=kind, title=title, document=document, dated=day, participants=participants,
        text=text, recorded_by=by, state=RoundPaper.State.DRAFT if goes_up else RoundPaper.State.FILED,
    )  # fmt: skip
    done = rows.create(paper, verb="roundpaper.record", by=by, note=note)
    if kind == RoundPaper.Kind.REPORT:
        _start(done, left_on, by)
    if file is not None:
        files.attach(done, file, by=by, kind="paper_of_round", title=title)
    return done


def _check_participants(kind: str, participants: str) -> None:
    if kind == RoundPaper.Kind.MINUTES and not participants.strip():
        raise RuleBroken("paper.participants", "会商纪要请写明参加人员。", field="participants")


def _start(paper: RoundPaper, left_on: date | None, by: User) -> None:
    round_ = paper.round
    if left_on is not None:
        not_after_today(left_on, round_.starts_on, "left_on", "离开日期")
    left = round_.round_objects.filter(state="left").order_by("-left_on").values_list("left_on", flat=True)
    day = left_on or left.first() or moment.today()
    unit = (
        None if round_.is_secret_now else office_of(round_)
    )  # a reminder would tell colleagues of a secret round
    own = own_due(round_, "report", CLOCK, paper.region_id, day)
    clocks.start(
        paper, CLOCK, on=day, event="巡察组离开", by=by, owner_unit=unit, owner_user=round_.ordered_by, **own
    )


@transaction.atomic
def amend_paper(
    paper: RoundPaper, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any
) -> RoundPaper:
    """修改文书 that has not gone up: title, document, dated, participants, text."""
    if unknown := set(changes) - AMENDABLE:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    row = PAPER.begin(paper, "amend", by=by, note=note, expected_version=expected_version)
    if "dated" in changes:
        not_after_today(changes["dated"], row.round.starts_on, "dated", "日期")
    _check_participants(row.kind, changes.get("participants", row.participants))
    done: RoundPaper = PAPER.finish(row, "amend", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def discard_paper(
    paper: RoundPaper, *, by: User, note: str, expected_version: int | None = None
) -> RoundPaper:
    """作废 of a report recorded by mistake, before it was heard: it stays to be read and its period ends."""
    row = PAPER.begin(paper, "discard", by=by, note=note, expected_version=expected_version)
    done: RoundPaper = PAPER.finish(row, "discard", by=by, note=note)
    clocks.stop_all(done, moment.today(), "roundpaper.discard")
    return done


def hear(
    paper: RoundPaper, *, by: User, presided_by: str, opinion: str, held_on: date | None = None, file: UploadedFile | None = None,
    note: str = "", expected_version: int | None = None,
) -> RoundPaper:  # fmt: skip
    """登记领导小组审议 of a report: when, who presided, its opinion and its paper."""
    said = {"held_on": held_on or moment.today(), "presided_by": presided_by, "opinion": opinion}
    return _step(paper, "hear", PaperStep.Stage.GROUP, said, file, by, note, expected_version)


def decide_paper(
    paper: RoundPaper, *, by: User, presided_by: str, opinion: str, held_on: date | None = None, file: UploadedFile | None = None,
    note: str = "", expected_version: int | None = None,
) -> RoundPaper:  # fmt: skip
    """登记书记专题会听取: the report is decided on, its period ends on that day."""
    said = {"held_on": held_on or moment.today(), "presided_by": presided_by, "opinion": opinion}
    return _step(paper, "decide", PaperStep.Stage.SECRETARY, said, file, by, note, expected_version)


@transaction.atomic
def _step(
    paper: RoundPaper, verb: str, stage: str, said: dict[str, Any], file: UploadedFile | None, by: User, note: str,
    version: int | None,
) -> RoundPaper:  # fmt: skip
    row = PAPER.begin(paper, verb, by=by, note=note, expected_version=version)
    last = row.steps.order_by("-held_on").first()
    not_after_today(said["held_on"], last.held_on if last else row.dated, "held_on", "召开日期")
    if not said["opinion"].strip():
        raise RuleBroken("paper.opinion", "请写明会议意见。", field="opinion")
    step = PaperStep(paper=row, stage=stage, **said)
    saved: list[Row] = [step]
    if file is not None:
        title = f"{step.get_stage_display()}文件"
        step.attachment = files.prepare(row, file, by=by, kind="paper_of_round", title=title)
        saved = [step.attachment, step]
    done: RoundPaper = PAPER.finish(row, verb, by=by, note=note, saved=saved)
    if verb == "decide":
        clocks.stop_all(done, said["held_on"], "roundpaper.decide")
    return done


@transaction.atomic
def attach_paper(
    paper: RoundPaper, *, by: User, file: UploadedFile, title: str = "", expected_version: int | None = None
) -> Attachment:
    """上传文件 of the paper."""
    row = PAPER.begin(paper, "attach", by=by, expected_version=expected_version)
    return files.attach(row, file, by=by, kind="paper_of_round", title=title or row.title)
