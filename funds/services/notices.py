"""The verbs of 公示公告: 登记公示, 照片, 撤下, 作废, 异议, 答复, 公布结果. Acts of the project; whoever builds or watches it does them."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funds.models import NoticeLevel, NoticeStage, Project, ProjectNotice, ProjectObjection
from funds.models.project_notices import EVENTS, ObjectionFinding, ToldWay
from funds.services import rules
from funds.services.days import in_order
from funds.workflow.project_who import BUILDERS, units_by
from funds.workflow.projects import PROJECT
from povertyaudit.core import files, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, User


@transaction.atomic
def post_notice(
    project: Project, *, by: User, stage: str, level: str, place: str, up_on: date | None = None,
    down_on: date | None = None, file: UploadedFile | None = None, note: str = "", expected_version: int | None = None,
) -> Project:  # fmt: skip
    """登记公示 at one place, with a photo if there is one; `down_on` where it has come down already. Not before the approval,
    that of the completion not before the completion; late ones are entered too and stay late. Raises NotAllowed, RuleBroken."""
    row = PROJECT.begin(project, "post_notice", by=by, note=note, expected_version=expected_version)
    day = up_on or moment.today()
    _known(stage, level)
    event = "completed_on" if stage == NoticeStage.COMPLETION else "approved_on"
    word = "完工日期" if stage == NoticeStage.COMPLETION else "批复日期"
    if getattr(row, event) is None:
        raise RuleBroken("post_notice.early", "项目还没有完工，不能登记竣工公示。", field="stage")
    in_order("up_on", day, "公示日期", getattr(row, event), word)
    if down_on is not None:
        in_order("down_on", down_on, "撤下日期", day, "公示日期")
    place = place.strip()
    if row.notices.standing().filter(stage=stage, level=level, place=place, up_on=day).exists():
        raise RuleBroken("post_notice.twice", "这一处同一天的公示已经登记过，请核对。", field="place")
    notice = ProjectNotice(
        project=row, stage=stage, level=level, place=place, up_on=day, down_on=down_on, posted_by=by,
        full_on=day + timedelta(days=max(rules.amount("notice_days", day), 1)), unit=_unit_of(row, by),
    )  # fmt: skip
    saved: list[Any] = [notice, *([_photo(row, notice, file, by)] if file else [])]
    facts = {"notice": [str(notice.get_stage_display()), str(notice.get_level_display())]}
    done: Project = PROJECT.finish(row, "post_notice", by=by, note=note, saved=saved, facts=facts)
    return done


def _known(stage: str, level: str) -> None:
    if stage not in EVENTS:
        raise RuleBroken("post_notice.stage", "请选择公示时段：批复、开工、竣工。", field="stage")
    if level not in NoticeLevel.values:
        raise RuleBroken("post_notice.level", "请选择公示层级：县级、乡级、村级。", field="level")


def _unit_of(row: Project, by: User) -> Any:
    mine = units_by(by, BUILDERS)
    return row.responsible_unit if row.responsible_unit_id in mine else row.sector_unit


def _photo(row: Project, notice: ProjectNotice, file: UploadedFile, by: User) -> Attachment:
    found = files.prepare(row, file, by=by, kind=notice.photo_kind, title=f"{notice}"[:200])
    if not found.is_image:
        raise RuleBroken("notice.photo", "公示照片应是图片文件（JPG、PNG、WebP）。", field="file")
    return found


def _notice_of(row: Project, notice: ProjectNotice) -> ProjectNotice:
    found: ProjectNotice | None = row.notices.standing().filter(pk=notice.pk).first()
    if found is None:
        raise RuleBroken("notice.gone", "没有这一处公示，或者已经作废，请重新选择。", field="notice")
    return found


@transaction.atomic
def add_notice_photo(
    project: Project, *, by: User, notice: ProjectNotice, file: UploadedFile, expected_version: int | None = None
) -> Attachment:  # fmt: skip
    """上传公示照片 of one notice; a picture and nothing else."""
    row = PROJECT.begin(project, "add_notice_photo", by=by, expected_version=expected_version)
    photo = _photo(row, _notice_of(row, notice), file, by)
    PROJECT.finish(row, "add_notice_photo", by=by, saved=[photo])
    return photo


@transaction.atomic
def take_down_notice(
    project: Project, *, by: User, notice: ProjectNotice, down_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """登记撤下. Before its days are over it may come down too (rain, the board was pulled down), but is then too short."""
    row = PROJECT.begin(project, "take_down_notice", by=by, note=note, expected_version=expected_version)
    found = _notice_of(row, notice)
    if found.down_on is not None:
        raise RuleBroken("take_down_notice.down", f"这一处公示已于 {found.down_on} 撤下。", field="notice")
    day = down_on or moment.today()
    in_order("down_on", day, "撤下日期", found.up_on, "公示日期")
    found.down_on = day
    done: Project = PROJECT.finish(row, "take_down_notice", by=by, note=note, saved=[found])
    return done


@transaction.atomic
def void_notice(
    project: Project, *, by: User, notice: ProjectNotice, note: str = "", expected_version: int | None = None
) -> Project:  # fmt: skip
    """作废 one entered wrongly, with the reason; not where people objected to it."""
    row = PROJECT.begin(project, "void_notice", by=by, note=note, expected_version=expected_version)
    found = _notice_of(row, notice)
    if found.objections.exists():
        text = "这一处公示有异议，不能作废；请答复异议并公布结果。"
        raise RuleBroken("void_notice.objections", text, field="notice")
    found.voided_on, found.voided_by = moment.today(), by
    done: Project = PROJECT.finish(row, "void_notice", by=by, note=note, saved=[found])
    return done


@transaction.atomic
def record_objection(
    project: Project, *, by: User, notice: ProjectNotice, text: str, objector: str = "", received_on: date | None = None,
    note: str = "", expected_version: int | None = None,
) -> Project:  # fmt: skip
    """登记异议 to a notice; `objector` empty: nobody gave a name."""
    row = PROJECT.begin(project, "record_objection", by=by, note=note, expected_version=expected_version)
    found = _notice_of(row, notice)
    day = received_on or moment.today()
    in_order("received_on", day, "收到日期", found.up_on, "公示日期")
    if not text.strip():
        raise RuleBroken("record_objection.text", "请写明异议的内容。", field="text")
    objection = ProjectObjection(
        notice=found, objector=objector.strip(), text=text.strip(), received_on=day, recorded_by=by,
        posted_by=found.posted_by,
    )  # fmt: skip
    done: Project = PROJECT.finish(row, "record_objection", by=by, note=note, saved=[objection])
    return done


def _objection_of(row: Project, objection: ProjectObjection) -> ProjectObjection:
    rows: Any = ProjectObjection.objects.filter(notice__project=row).select_related("posted_by")
    found: ProjectObjection | None = rows.filter(pk=objection.pk).first()
    if found is None:
        raise RuleBroken("objection.gone", "没有这件异议，请重新选择。", field="objection")
    return found


@transaction.atomic
def answer_objection(
    project: Project, *, by: User, objection: ProjectObjection, finding: str, answer: str, told: str = "",
    answered_on: date | None = None, note: str = "", expected_version: int | None = None,
) -> Project:  # fmt: skip
    """答复异议 by another than whoever put the notice up; a person who gave a name is told (`told`: in which way)."""
    row = PROJECT.begin(project, "answer_objection", by=by, note=note, expected_version=expected_version)
    found = _objection_of(row, objection)
    if found.answered_on is not None:
        raise RuleBroken("answer_objection.done", "这件异议已经答复。", field="objection")
    if found.posted_by.person_id == by.person_id:
        text = "公示经办人不能自己答复异议，请由本单位另一人或者主管部门答复。"
        raise NotAllowed("answer_objection.same_person", text)
    if finding not in ObjectionFinding.values:
        raise RuleBroken("answer_objection.finding", "请选择核实结论。", field="finding")
    if not answer.strip():
        raise RuleBroken("answer_objection.answer", "请写明核实的情况和答复。", field="answer")
    if found.objector and told not in ToldWay.values:
        raise RuleBroken("answer_objection.told", "署名的异议应答复本人，请选择答复的方式。", field="told")
    day = answered_on or moment.today()
    in_order("answered_on", day, "答复日期", found.received_on, "收到日期")
    found.finding, found.answer, found.told = finding, answer.strip(), told if found.objector else ""
    found.answered_by, found.answered_on = by, day
    done: Project = PROJECT.finish(row, "answer_objection", by=by, note=note, saved=[found])
    return done


@transaction.atomic
def publish_objection(
    project: Project, *, by: User, objection: ProjectObjection, result_place: str, result_on: date | None = None,
    note: str = "", expected_version: int | None = None,
) -> Project:  # fmt: skip
    """公布异议结果 at a place, once it was answered."""
    row = PROJECT.begin(project, "publish_objection", by=by, note=note, expected_version=expected_version)
    found = _objection_of(row, objection)
    if found.answered_on is None:
        raise RuleBroken("publish_objection.first", "这件异议还没有答复，请先答复。", field="objection")
    if found.result_on is not None:
        raise RuleBroken("publish_objection.done", "这件异议的结果已经公布。", field="objection")
    if not result_place.strip():
        raise RuleBroken("publish_objection.place", "请写明公布的地点或者网址。", field="result_place")
    day = result_on or moment.today()
    in_order("result_on", day, "公布日期", found.answered_on, "答复日期")
    found.result_on, found.result_place = day, result_place.strip()
    done: Project = PROJECT.finish(row, "publish_objection", by=by, note=note, saved=[found])
    return done
