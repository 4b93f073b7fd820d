"""The verbs of a visit: recorded once, whatever the network does; photos known by their content."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q

from inspections.models import Round, Visit, VisitPlan
from inspections.services.attendance import checks_of, note_absences
from inspections.services.field_objects import object_of
from inspections.services.holding import hold
from inspections.services.positions import doubts
from inspections.services.standing_aside import refuse_recused
from inspections.workflow.plans import on_the_plan
from inspections.workflow.visits import VISIT, VISITORS
from inspections.workflow.who import on_the_round
from povertyaudit.core import files, moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Region, User
from povertyaudit.core.scope import prefix_of

OLDEST = date(2015, 1, 1)
MOST_PHOTOS = 20
PHOTO = "photo"
USED_BEFORE = "有照片已用于其他走访记录"
BETWEEN = "；"  # doubts as kept
WHERE_AND_WHEN = frozenset({"region", "visited_on", "latitude", "longitude"})


def record(
    *, by: User, region: Region, visited_on: date, submission: str = "", photos: Sequence[UploadedFile] = (),
    checks: Sequence[Mapping[str, Any]] = (), confirmed: bool = False, note: str = "", **said: Any,
) -> Visit:  # fmt: skip
    """登记走访. Sent again with the same `submission` (made by the sender) the answer is the record of the first time.

    `checks`: {name, found} of those who serve in the village (驻村抽查). `said`: kind, plan, round, place_text, latitude, longitude, talked_to, households, talks, documents, calls, notes.
    What looks odd about place or photos must be `confirmed`. Raises NotAllowed, RuleBroken.
    """
    if earlier := _sent(by, submission):
        return earlier
    try:
        return _record(
            by, region, visited_on, submission=submission or None, photos=photos, checks=checks,
            confirmed=confirmed, note=note, said=said,
        )  # fmt: skip
    except (IntegrityError, RuleBroken):
        if earlier := _sent(by, submission):  # the first sending was quicker
            return earlier
        raise


def _sent(by: User, submission: str) -> Visit | None:
    found = (
        Visit.objects.filter(recorded_by=by, submission=submission) if submission else Visit.objects.none()
    )
    earlier: Visit | None = found.select_related("region", "plan", "round").first()
    return earlier


@transaction.atomic
def _record(
    by: User, region: Region, visited_on: date, *, submission: str | None, photos: Sequence[UploadedFile],
    checks: Sequence[Mapping[str, Any]], confirmed: bool, note: str, said: dict[str, Any],
) -> Visit:  # fmt: skip
    visit = Visit(region=region, visited_on=visited_on, recorded_by=by, submission=submission, **said)
    _held(visit)
    _check(visit, by)
    visit.object = object_of(visit.round, region)
    refuse_recused(visit.object, by)
    kept = _prepared(visit, photos, by=by)
    visit.doubts = _confirmed(visit, kept, by=by, confirmed=confirmed)
    if not visit.is_secret_now:
        visit.number = numbering.take("visit", region)
    found = checks_of(visit, checks)
    made = rows.create(visit, verb="visit.record", by=by, note=note, children=found)
    if found and not made.is_secret_now:
        note_absences([made])
    if kept:
        for photo in kept:
            photo.target_id = made.pk
        rows.write(made, verb="visit.add_photos", by=by, saved=kept, facts={"photos": len(kept)})
    return made


def _held(visit: Visit) -> None:
    """The plan and the round as they are now, held until the end: their finish numbers what is there, and no more."""
    if visit.plan is not None:
        visit.plan = hold(visit.plan)
        visit.round = visit.plan.round
    elif visit.round is not None:
        visit.round = rows.lock(visit.round)


def _check(visit: Visit, by: User) -> None:
    """Who may, where and when."""
    if visit.plan is not None:
        _of_plan(visit, visit.plan, by)
    elif visit.round is not None:
        _of_round(visit, visit.round, by)
    else:
        post = by.post_as(VISITORS)
        if post is None:
            raise NotAllowed("visit.role", "走访由巡察机构、监督检查室和领导登记；参加走访计划的请选择计划。")
        if not visit.region_id.startswith(prefix_of(post.region_id)):
            raise RuleBroken("visit.region", "只能登记本地区的走访，请重新选择地点。", field="region")
    if not OLDEST <= visit.visited_on <= moment.today():
        raise RuleBroken("visit.day", "走访日期不能晚于今天，请核对。", field="visited_on")
    if (visit.latitude is None) != (visit.longitude is None):
        raise RuleBroken("visit.position", "纬度和经度应同时填写，或者都不填。", field="latitude")


def _of_plan(visit: Visit, plan: VisitPlan, by: User) -> None:
    on_the_plan(plan, by)
    if plan.state not in {VisitPlan.State.UNDER_WAY, VisitPlan.State.FINISHED}:
        raise RuleBroken("visit.plan_state", "走访计划还没有开始，请先开始走访。", field="plan")
    if not visit.region_id.startswith(prefix_of(plan.region_id)):
        raise RuleBroken("visit.region", "地点不在走访计划的地区以内，请重新选择。", field="region")
    last = plan.finished_on or moment.today()
    if not plan.starts_on <= visit.visited_on <= last:
        text = f"走访日期应在 {plan.starts_on} 至 {last} 之间，请核对。"
        raise RuleBroken("visit.day", text, field="visited_on")


def _of_round(visit: Visit, round_: Round, by: User) -> None:
    on_the_round(round_, by)
    if round_.finished_on is not None:
        raise RuleBroken("visit.round_over", "这一轮次已经结束，不能再登记走访。", field="round")
    if not visit.region_id.startswith(prefix_of(round_.region_id)):
        raise RuleBroken("visit.region", "地点不在这一轮次的巡察地区，请重新选择。", field="region")
    if visit.visited_on < round_.starts_on:
        raise RuleBroken("visit.day", f"走访日期不能早于进驻日期 {round_.starts_on}。", field="visited_on")


def _prepared(visit: Visit, photos: Sequence[UploadedFile], *, by: User) -> list[Attachment]:
    """Photos not kept with this visit yet, each content once. Raises RuleBroken for what is no photo."""
    if len(photos) > MOST_PHOTOS:
        raise RuleBroken("visit.photos", f"一次走访最多 {MOST_PHOTOS} 张照片。", field="photos")
    known, kept = _contents(visit), []
    for upload in photos:
        photo = files.prepare(visit, upload, by=by, kind=PHOTO, readers=True)
        if not photo.is_image:
            raise RuleBroken(
                "visit.no_photo", "这里只能上传照片，其他材料请作为问题底稿的证据上传。", field="photos"
            )
        if photo.original_sha256 not in known:
            known.add(photo.original_sha256)
            kept.append(photo)
    if len(known) > MOST_PHOTOS:
        raise RuleBroken("visit.photos", f"一次走访最多 {MOST_PHOTOS} 张照片。", field="photos")
    return kept


def _contents(visit: Visit) -> set[str]:
    if visit.pk is None:
        return set()
    return set(Attachment.objects.of(visit).values_list("original_sha256", flat=True))


def _confirmed(visit: Visit, photos: Sequence[Attachment], *, by: User, confirmed: bool) -> str:
    """What was odd and is confirmed, as kept. Raises RuleBroken when it is not confirmed."""
    found = doubts(visit, photos, by) + _used_before(photos, by)
    _ask(found, confirmed)
    return BETWEEN.join(found)[:500]


def _ask(found: list[str], confirmed: bool) -> None:
    if found and not confirmed:
        said = f"{BETWEEN.join(found)}。请核对；确属实的，勾选“已核对”后再提交。"
        raise RuleBroken("visit.doubt", said, field="confirmed")


def _still_odd(visit: Visit, changed: set[str], *, by: User, confirmed: bool) -> str:
    """The doubts of a visit as amended: what was confirmed stays while it is so, and only what is new is asked."""
    if not changed & WHERE_AND_WHEN:
        return visit.doubts
    known = visit.doubts.split(BETWEEN)
    photos = Attachment.objects.of(visit).newest().filter(kind=PHOTO).order_by("pk")
    found = doubts(visit, photos, by)
    _ask([one for one in found if one not in known], confirmed)
    return BETWEEN.join([*found, *(one for one in known if one == USED_BEFORE)])[:500]


def _used_before(photos: Iterable[Attachment], by: User) -> list[str]:
    """The same picture on another visit this person may see."""
    contents = [photo.original_sha256 for photo in photos]
    same = Attachment.objects.filter(
        Q(original_sha256__in=contents), target_label="inspections.visit", kind=PHOTO
    )
    seen = same.filter(target_id__in=Visit.objects.visible_to(by).values("pk"))
    return [USED_BEFORE] if contents and seen.exists() else []


@transaction.atomic
def amend(
    visit: Visit, *, by: User, confirmed: bool = False, note: str = "", expected_version: int | None = None,
    **values: Any,
) -> Visit:  # fmt: skip
    """修改 what was recorded; plan and round stay, and the place too where it was checked who is there. Raises RuleBroken."""
    row = VISIT.begin(visit, "amend", by=by, note=note, expected_version=expected_version)
    before = {name: getattr(row, name) for name in values}
    changed = {name for name, value in values.items() if value != before[name]}
    if "region" in changed and row.checks.exists():
        text = "这次走访登记了当地驻村人员是否在岗，地点不能修改；地点有误的，请作废后重新登记。"
        raise RuleBroken("visit.checked", text, field="region")
    for name, value in values.items():
        setattr(row, name, value)
    _check(row, by)
    said = _still_odd(row, changed, by=by, confirmed=confirmed)
    for name, value in before.items():
        setattr(row, name, value)
    changes = {**values, "doubts": said}
    if place := values.get("region"):
        changes["object"] = object_of(row.round, place)
        refuse_recused(changes["object"], by)
    done: Visit = VISIT.finish(row, "amend", by=by, note=note, changes=changes)
    if "visited_on" in changed and not done.is_secret_now:
        note_absences([done])
    return done


@transaction.atomic
def add_photos(
    visit: Visit, *, by: User, photos: Sequence[UploadedFile], confirmed: bool = False, note: str = "",
    expected_version: int | None = None,
) -> Visit:  # fmt: skip
    """补充照片. What is kept already is known by its content and not kept twice."""
    row = VISIT.begin(visit, "add_photos", by=by, note=note, expected_version=expected_version)
    kept = _prepared(row, photos, by=by)
    if not kept:
        return visit
    said = _confirmed(row, kept, by=by, confirmed=confirmed)
    changes = {"doubts": BETWEEN.join(filter(None, (row.doubts, said)))[:500]}
    facts = {"photos": len(kept)}
    done: Visit = VISIT.finish(row, "add_photos", by=by, note=note, changes=changes, saved=kept, facts=facts)
    return done


@transaction.atomic
def withdraw(visit: Visit, *, by: User, note: str = "", expected_version: int | None = None) -> Visit:
    """作废: it stays, with its reason, and counts no more."""
    row = VISIT.begin(visit, "withdraw", by=by, note=note, expected_version=expected_version)
    done: Visit = VISIT.finish(row, "withdraw", by=by, note=note)
    return done
