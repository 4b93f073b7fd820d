"""The verbs of one row of a look-back: who checks it, what was found, and what follows a relapse. Money is in 分."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funds.services import confirm_return
from funds.workflow import MISUSE
from povertyaudit.core import files, moment, notify
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Unit, User
from rectification.look_back_querysets import CHECKERS
from rectification.models import (
    LookBack,
    LookBackAnswer,
    LookBackCheck,
    LookBackCheckState,
    LookBackQuestion,
    Source,
)
from rectification.services import look_back_clocks
from rectification.services.close_out import reopen
from rectification.services.opening import create_item
from rectification.workflow.look_back_apart import conflict
from rectification.workflow.look_backs import LOOK_BACK_CHECK

MOST_PHOTOS, MOST_ANSWERS = 20, 30
Paid = LookBackAnswer.Paid


def _begun(check: LookBackCheck, verb: str, by: User, note: str, version: int | None) -> LookBackCheck:
    """The row locked and checked, its plan held first: that is finished over rows that stand still."""
    LookBack.objects.select_for_update(of=("self",)).get(pk=check.plan_id)
    row: LookBackCheck = LOOK_BACK_CHECK.begin(check, verb, by=by, note=note, expected_version=version)
    return row


@transaction.atomic
def assign(
    check: LookBackCheck, *, by: User, checker: User, note: str = "", expected_version: int | None = None
) -> LookBackCheck:
    """分派核查人, or another than before. Raises RuleBroken for whoever signed any of it or stands aside from it."""
    row = _begun(check, "assign", by, note, expected_version)
    if not checker.roles & CHECKERS:
        text = "核查人应是巡察办、巡察组、监督检查室、案管室的人员或者分管领导。"
        raise RuleBroken("look_back.checker", text, field="checker")
    if why := conflict(row, checker):
        text = f"{checker.display_name}{why}，不能核查，请改派其他人员。"
        raise RuleBroken("look_back.conflict", text, field="checker")
    if row.checker_id == checker.pk:
        raise RuleBroken("look_back.same", "核查人没有变，请重新选择。", field="checker")
    done: LookBackCheck = LOOK_BACK_CHECK.finish(
        row, "assign", by=by, note=note, changes={"checker": checker}
    )
    if done.plan.state == "approved":
        look_back_clocks.name(done, checker)
        notify.tell(
            [checker], f"lookback.check:{done.plan.public_id}:{moment.today()}", kind="lookback",
            text="有回头看核查由您办理。", url="/look-back-checks/?tab=mine",
        )  # fmt: skip
    return done


@transaction.atomic
def record(
    check: LookBackCheck, *, by: User, result: str, finding: str, answers: Iterable[Mapping[str, Any]],
    visited_on: date | None = None, reason: str = "", place_text: str = "", latitude: Decimal | None = None,
    longitude: Decimal | None = None, photos: Sequence[UploadedFile] = (), note: str = "",
    expected_version: int | None = None,
) -> LookBackCheck:  # fmt: skip
    """登记核查结果: `result` confirmed or relapsed (with `reason`); `answers` as the columns of LookBackAnswer.

    A return of which the money did not come is booked as such with the fund as well, where the checker may. Raises
    NotAllowed for whoever signed it meanwhile, RuleBroken.
    """
    row = _begun(check, "record", by, note, expected_version)
    if why := conflict(row, by):
        raise NotAllowed("look_back.conflict", f"您{why}，不能核查，请由组织单位改派。")
    day = visited_on or moment.today()
    asked = _answers(row, answers, day)
    _check_result(row, result, reason, day, asked)
    if (latitude is None) != (longitude is None):
        raise RuleBroken("look_back.position", "纬度和经度应同时填写，或者都不填。", field="latitude")
    kept = _photos(row, photos, by)
    questions = list(LookBackQuestion.objects.on(day).values_list("name", flat=True))
    changes = {
        "state": result, "visited_on": day, "finding": finding, "reason": reason, "place_text": place_text,
        "latitude": latitude, "longitude": longitude, "questions": questions,
    }  # fmt: skip
    facts = {"answers": len(asked), "photos": len(kept)}
    done: LookBackCheck = LOOK_BACK_CHECK.finish(
        row, "record", by=by, note=note, changes=changes, saved=[*asked, *kept], facts=facts
    )
    look_back_clocks.stop(done, "lookbackcheck.record")
    if result == LookBackCheckState.RELAPSED:
        _denied(done, asked, by)
        told = [done.plan.drafted_by, done.plan.approver]
        notify.tell_of(done, told, "回头看发现反弹，请处理。", by=by, kind="lookback")
    return done


def _answers(row: LookBackCheck, answers: Iterable[Mapping[str, Any]], day: date) -> list[LookBackAnswer]:
    made = [LookBackAnswer(check_row=row, **one) for one in answers]
    if not 1 <= len(made) <= MOST_ANSWERS:
        text = f"回头看要问当事人：请填写受访人 1 至 {MOST_ANSWERS} 名。"
        raise RuleBroken("look_back.answers", text, field="answers")
    for at, one in enumerate(made, 1):
        if len(one.surname) > 2:
            text = f"第 {at} 名受访人只填姓氏，不填名字。"
            raise RuleBroken("look_back.surname", text, field="answers")
        if one.paid in {Paid.NO, Paid.NONE} and (one.paid_on or one.amount_fen):
            text = f"第 {at} 名受访人没有退款的，不填日期和金额。"
            raise RuleBroken("look_back.paid", text, field="answers")
        if one.paid_on and one.paid_on > day:
            text = f"第 {at} 名受访人退款的日期不能晚于核查日期。"
            raise RuleBroken("look_back.paid_on", text, field="answers")
    return made


def _check_result(
    row: LookBackCheck, result: str, reason: str, day: date, asked: Iterable[LookBackAnswer]
) -> None:
    if not row.plan.starts_on <= day <= moment.today():
        text = f"核查日期应在计划开始之日（{row.plan.starts_on}）和今天之间，请核对。"
        raise RuleBroken("look_back.day", text, field="visited_on")
    if result not in {LookBackCheckState.CONFIRMED, LookBackCheckState.RELAPSED}:
        raise RuleBroken("look_back.result", "请选择整改到位还是反弹。", field="result")
    denied = any(one.paid in {Paid.NO, Paid.LESS} for one in asked)
    if result == LookBackCheckState.RELAPSED and not reason.strip():
        raise RuleBroken("look_back.reason", "结果为反弹的，请写明反弹情况。", field="reason")
    if result == LookBackCheckState.CONFIRMED and denied:
        text = "有受访人说没有退或者没有退足，结果不能是整改到位；属实的选“反弹”，不属实的先核实清楚再登记。"
        raise RuleBroken("look_back.denied", text, field="result")
    if result == LookBackCheckState.CONFIRMED and reason.strip():
        raise RuleBroken("look_back.no_reason", "结果为整改到位的，不填反弹情况。", field="reason")


def _photos(row: LookBackCheck, photos: Sequence[UploadedFile], by: User) -> list[Attachment]:
    if len(photos) > MOST_PHOTOS:
        raise RuleBroken("look_back.photos", f"一次最多 {MOST_PHOTOS} 张照片。", field="photos")
    kept: dict[str, Attachment] = {}
    for upload in photos:
        photo = files.prepare(row, upload, by=by, kind="photo", title="回头看照片")
        if not photo.is_image:
            text = "这里只能上传照片，其他材料请在登记后补充。"
            raise RuleBroken("look_back.no_photo", text, field="photos")
        kept.setdefault(photo.original_sha256, photo)
    return list(kept.values())


def _denied(row: LookBackCheck, asked: Sequence[LookBackAnswer], by: User) -> None:
    """The fund hears that a household was not paid, as by any other visit (回访确认退还)."""
    said = {one.paid for one in asked}
    if row.recovery is None or not said & {Paid.NO, Paid.LESS}:
        return
    if not MISUSE.transitions["confirm_return"].roles & by.roles:
        return
    confirm_return(
        row.recovery.misuse, by=by, recovery=row.recovery, result="nothing" if Paid.NO in said else "less", way="home",
        asked_on=row.visited_on, said=row.reason,
    )  # fmt: skip


@transaction.atomic
def attach(
    check: LookBackCheck,
    *,
    by: User,
    file: UploadedFile,
    title: str = "",
    expected_version: int | None = None,
) -> Attachment:
    """补充照片和材料 by the checker."""
    row = LOOK_BACK_CHECK.begin(check, "attach", by=by, expected_version=expected_version)
    return files.attach(row, file, by=by, kind="material", title=title)


@transaction.atomic
def reopen_item(
    check: LookBackCheck,
    *,
    by: User,
    due_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> LookBackCheck:
    """重新打开原事项 with a new date, in one act with this row. A leader's, and not his who verified the item."""
    row = _begun(check, "reopen_item", by, note, expected_version)
    if row.item is None:
        raise RuleBroken("look_back.no_item", "退还款项反弹的，请“另立整改事项”。")
    reopen(row.item, by=by, due_on=due_on, note=note)
    return _followed(row, "reopen_item", by, note, {})


@transaction.atomic
def open_item(
    check: LookBackCheck, *, by: User, problem: str, due_on: date | None = None, lead_unit: Unit | None = None,
    note: str = "", expected_version: int | None = None,
) -> LookBackCheck:  # fmt: skip
    """另立整改事项: a draft of the same unit and class that cites the closed one; of a return, one about its money."""
    row = _begun(check, "open_item", by, note, expected_version)
    old = row.item
    lead = lead_unit or (old.lead_unit if old else None)
    if lead is None:
        raise RuleBroken("look_back.lead_unit", "退还款项没有原事项，请选择牵头单位。", field="lead_unit")
    about: dict[str, Any] = (
        {"source": Source.LOOK_BACK, "problem_class": old.problem_class, "aspect": old.aspect, "recurrence_of": old,
         "misuses": [link.misuse for link in old.misuse_links.select_related("misuse")],
         "main_unit": old.main_unit or row.unit, "region": old.region}
        if old
        else {"source": Source.MISUSE, "problem_class": "资金使用", "aspect": "退还群众",
              "misuses": [row.recovery.misuse] if row.recovery else [], "main_unit": row.unit}
    )  # fmt: skip
    made = create_item(by=by, problem=problem, lead_unit=lead, due_on=due_on, note=note, **about)
    return _followed(row, "open_item", by, note, {"new_item": made})


def _followed(row: LookBackCheck, verb: str, by: User, note: str, changes: dict[str, Any]) -> LookBackCheck:
    said = {"decided_by": by, "decided_on": moment.today(), **changes}
    done: LookBackCheck = LOOK_BACK_CHECK.finish(row, verb, by=by, note=note, changes=said)
    return done


@transaction.atomic
def drop(
    check: LookBackCheck, *, by: User, note: str = "", expected_version: int | None = None
) -> LookBackCheck:
    """不再核查 with the reason: it counts in no rate, and stays in the draw."""
    row = _begun(check, "drop", by, note, expected_version)
    done: LookBackCheck = LOOK_BACK_CHECK.finish(row, "drop", by=by, note=note)
    look_back_clocks.stop(done, "lookbackcheck.drop")
    return done
