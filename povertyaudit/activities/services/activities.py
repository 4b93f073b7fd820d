"""The verbs of an activity: planned or registered at once, held, archived."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspections.models import Round
from povertyaudit.activities.models import Activity, ActivityKind, ActivityLevel, Attended
from povertyaudit.activities.querysets import GONE
from povertyaudit.activities.services.counting import check_named, check_sessions, rows_of, sums
from povertyaudit.activities.workflow.activities import ACTIVITY, post_for
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Level, Unit, User
from rectification.services.attaching import all_prepared, hashes

LONGEST = 366  # days of one activity
FACTS = (
    "kind", "title", "level", "place", "starts_on", "ends_on", "starts_at", "host", "topics", "sessions", "leaflets", "cost_fen",
    "campaign", "round",
)  # fmt: skip
LEVELS = {
    Level.PROVINCE: ActivityLevel.PROVINCE, Level.CITY: ActivityLevel.CITY, Level.COUNTY: ActivityLevel.COUNTY,
    Level.TOWNSHIP: ActivityLevel.TOWNSHIP, Level.VILLAGE: ActivityLevel.VILLAGE,
}  # fmt: skip


@transaction.atomic
def plan(
    *, by: User, kind: ActivityKind, title: str, starts_on: date, unit: Unit | None = None, note: str = "", **facts: Any
) -> Activity:  # fmt: skip
    """列入计划: of a day that is not past. `facts` as in FACTS. Raises NotAllowed, RuleBroken at the field."""
    row = _new(by, unit, kind=kind, title=title, starts_on=starts_on, **facts)
    if row.starts_on < moment.today():
        text = "计划的日期不能早于今天；已经举办的，请办理“登记”。"
        raise RuleBroken("activity.planned_past", text, field="starts_on")
    row.planned_on, row.leaflets = moment.today(), 0
    _check_twice(row)
    row.number = numbering.take("activity", row.region)
    return rows.create(row, verb="activity.plan", by=by, note=note)


@transaction.atomic
def register(
    *, by: User, kind: ActivityKind, title: str, starts_on: date, unit: Unit | None = None,
    attended: Iterable[Mapping[str, Any]] = (), files: Iterable[UploadedFile] = (), note: str = "", **facts: Any,
) -> Activity:  # fmt: skip
    """登记 what was held, without a plan before. `attended` are {"category", "times", "persons"}. Raises as `plan`."""
    row = _new(by, unit, kind=kind, title=title, starts_on=starts_on, **facts)
    came = rows_of(attended, row.sessions)
    for name, value in _held(row, came).items():
        setattr(row, name, value)
    _check_twice(row)
    row.number = numbering.take("activity", row.region)
    made = rows.create(row, verb="activity.register", by=by, note=note, children=came)
    sent = list(files)
    return attach(made, by=by, files=sent) if sent else made


def _new(by: User, unit: Unit | None, **facts: Any) -> Activity:
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"no facts of an activity: {sorted(unknown)}")
    place = unit or own_unit(by)
    if post_for(place, by) is None:
        text = f"您不能登记“{place.name}”的活动；请选择本单位，乡镇可以选择所辖的村。"
        raise NotAllowed("activity.unit", text)
    given = {name: value for name, value in facts.items() if value is not None or name == "cost_fen"}
    row = Activity(
        region=place.region, unit=place, recorded_by=by, state="planned",
        **{"level": LEVELS[Level(place.region.level)], "ends_on": facts["starts_on"]} | given,
    )  # fmt: skip
    check(row)
    return row


def own_unit(by: User) -> Unit:
    """The unit whose log he keeps when he names none. Raises NotAllowed."""
    for post in by.current_posts():
        if post_for(post.unit, by) is not None:
            return post.unit
    raise NotAllowed("activity.role", "您的岗位不登记活动，由举办单位登记。")


def check(row: Activity) -> None:
    """What holds of every activity, planned or held. Raises RuleBroken at the field."""
    if row.ends_on < row.starts_on:
        raise RuleBroken("activity.ends_on", "结束日期不能早于开始日期。", field="ends_on")
    if (row.ends_on - row.starts_on).days >= LONGEST:
        text = "一次活动不能超过一年，请分次登记。"
        raise RuleBroken("activity.too_long", text, field="ends_on")
    then = ActivityKind.objects.of_day(row.kind, row.starts_on)
    if then is None:
        raise RuleBroken("activity.kind", "这一类别在活动当日没有启用，请重新选择。", field="kind")
    row.kind = then
    check_sessions(row.sessions)
    _check_round(row.round)


def _check_round(round_: Round | None) -> None:
    if round_ is not None and round_.is_secret_now:
        raise RuleBroken("activity.secret", "这一轮次还在保密，不能关联。", field="round")


def _check_twice(row: Activity) -> None:
    same = Activity.objects.filter(unit=row.unit, kind=row.kind, title=row.title, starts_on=row.starts_on)
    found = same.exclude(state__in=GONE).exclude(pk=row.pk).first()
    if found is not None:
        text = f"这个单位同一天已有同类别、同名称的活动 {found.number}，请核对。"
        raise RuleBroken("activity.twice", text, field="title")


def _held(row: Activity, came: list[Attended]) -> dict[str, Any]:
    """What changes when it was held. Raises RuleBroken where it cannot have been."""
    today = moment.today()
    if row.ends_on > today:
        text = "活动还没有结束，结束以后再登记；还没有举办的，请列入计划。"
        raise RuleBroken("activity.future", text, field="ends_on")
    found = sums(came)
    if not came and not row.leaflets:
        text = "请填写参加人次；只发放资料的，填写发放份数。"
        raise RuleBroken("activity.nobody", text, field="attended")
    check_named(row, found["persons"])
    return {"state": "held", "held_on": today, **found}


@transaction.atomic
def hold(
    activity: Activity, *, by: User, attended: Iterable[Mapping[str, Any]] = (), files: Iterable[UploadedFile] = (),
    note: str = "", expected_version: int | None = None, **facts: Any,
) -> Activity:  # fmt: skip
    """登记举办 of what was planned: the days as they were, who came. Raises RuleBroken at the field."""
    row = ACTIVITY.begin(activity, "hold", by=by, note=note, expected_version=expected_version)
    changes = _facts(row, facts)
    came = rows_of(attended, row.sessions)
    changes |= _held(row, came)
    kept = _prepared(row, files, by)
    for one in came:
        one.activity = row
    done: Activity = ACTIVITY.finish(
        _as_stored(row), "hold", by=by, note=note, changes=changes, saved=[*came, *kept], facts=hashes(kept)
    )
    return done


def _facts(row: Activity, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The changed facts, set on `row` and checked."""
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"no facts of an activity: {sorted(unknown)}")
    starts_on = facts.get("starts_on") or row.starts_on
    if "ends_on" in facts or "starts_on" in facts:  # without an end the activity stays as long as it was
        length = row.ends_on - row.starts_on if "ends_on" not in facts else timedelta()
        facts = {**facts, "ends_on": facts.get("ends_on") or starts_on + length}
    for name, value in facts.items():
        setattr(row, name, value)
    check(row)
    _check_twice(row)
    return {name: getattr(row, name) for name in facts}


def _as_stored(row: Activity) -> Activity:
    """The row as the database has it, so that the record tells before and after."""
    return rows.lock(row)


@transaction.atomic
def edit(
    activity: Activity, *, by: User, attended: Iterable[Mapping[str, Any]] | None = None, note: str = "",
    expected_version: int | None = None, **facts: Any,
) -> Activity:  # fmt: skip
    """修改. Of a plan the day stays ahead; of what was held the counts still fit. `attended` replaces all rows."""
    row = ACTIVITY.begin(activity, "edit", by=by, note=note, expected_version=expected_version)
    changes = _facts(row, facts)
    saved: list[Attended] = []
    removed: list[Attended] = []
    if row.state == "planned":
        if "starts_on" in changes and row.starts_on < moment.today():
            raise RuleBroken("activity.planned_past", "计划的日期不能早于今天。", field="starts_on")
        changes["leaflets"] = 0
    else:
        standing = list(row.attended.all())
        came = standing if attended is None else rows_of(attended, row.sessions)
        if attended is None:
            rows_of([vars(one) for one in came], row.sessions)  # the number of sessions may have changed
        changes |= _held(row, came) | {"held_on": row.held_on}
        saved, removed = _replaced(row, standing, came) if attended is not None else ([], [])
    done: Activity = ACTIVITY.finish(
        _as_stored(row), "edit", by=by, note=note, changes=changes, saved=saved, removed=removed
    )
    return done


def _replaced(
    row: Activity, standing: list[Attended], came: list[Attended]
) -> tuple[list[Attended], list[Attended]]:
    """Rows of the same category keep their identity."""
    known = {one.category: one for one in standing}
    saved = []
    for one in came:
        old = known.pop(one.category, None)
        if old is None:
            one.activity = row
            saved.append(one)
        elif (old.times, old.persons) != (one.times, one.persons):
            old.times, old.persons = one.times, one.persons
            saved.append(old)
    return saved, list(known.values())


@transaction.atomic
def attach(
    activity: Activity, *, by: User, files: Iterable[UploadedFile], title: str = "", note: str = "",
    expected_version: int | None = None,
) -> Activity:  # fmt: skip
    """上传材料: the list of signatures, photos, minutes. Raises RuleBroken (`files`)."""
    row = ACTIVITY.begin(activity, "attach", by=by, note=note, expected_version=expected_version)
    kept = _prepared(row, files, by, title)
    if not kept:
        raise RuleBroken("activity.no_file", "请选择要上传的文件。", field="files")
    done: Activity = ACTIVITY.finish(row, "attach", by=by, note=note, saved=kept, facts=hashes(kept))
    return done


def _prepared(row: Activity, files: Iterable[UploadedFile], by: User, title: str = "") -> list[Attachment]:
    return all_prepared(row, files, by=by, kind="activity", title=title)


@transaction.atomic
def cancel(activity: Activity, *, by: User, note: str = "", expected_version: int | None = None) -> Activity:
    """取消 a plan, with the reason."""
    row = ACTIVITY.begin(activity, "cancel", by=by, note=note, expected_version=expected_version)
    done: Activity = ACTIVITY.finish(row, "cancel", by=by, note=note, changes={"ended_reason": _short(note)})
    return done


@transaction.atomic
def void(activity: Activity, *, by: User, note: str = "", expected_version: int | None = None) -> Activity:
    """作废 what was registered by mistake; no figure counts it any more."""
    row = ACTIVITY.begin(activity, "void", by=by, note=note, expected_version=expected_version)
    done: Activity = ACTIVITY.finish(row, "void", by=by, note=note, changes={"ended_reason": _short(note)})
    return done


def _short(note: str) -> str:
    text = " ".join(note.split())
    if len(text) > 500:
        raise RuleBroken("activity.reason", "理由不能超过 500 字。", field="note")
    return text


def archive(activity: Activity, *, by: User, note: str = "", expected_version: int | None = None) -> Activity:
    """归档: papers are there; nothing changes from then on."""
    done: Activity = ACTIVITY.apply(
        activity, "archive", by=by, note=note, expected_version=expected_version, archived_on=moment.today()
    )
    return done
