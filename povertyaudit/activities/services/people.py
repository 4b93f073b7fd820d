"""Beside an activity: the list of names, and the measures of items it carries out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from povertyaudit.activities.models import Activity, Fulfilment, Participant, Presence
from povertyaudit.activities.services.counting import check_named
from povertyaudit.activities.workflow.activities import ACTIVITY
from povertyaudit.core import moment, notify
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User
from povertyaudit.core.scope import prefix_of
from rectification.models import Item

MOST_PEOPLE = 300
MOST_TICKED = 100  # rows of one page
FIELD = "people"


@transaction.atomic
def set_people(
    activity: Activity, *, by: User, people: Iterable[Mapping[str, Any]], note: str = "",
    expected_version: int | None = None,
) -> Activity:  # fmt: skip
    """参加名单: the whole list of {"user" | "name", "post_title"}; who stays keeps what was ticked. New ones of a plan are told.

    Raises RuleBroken/Several (`people`).
    """
    row = ACTIVITY.begin(activity, "set_people", by=by, note=note, expected_version=expected_version)
    wanted = _checked(row, list(people))
    known = {_key(one): one for one in row.people.all()}
    added = [one for one in wanted if _key(one) not in known]
    gone = set(known) - {_key(one) for one in wanted}
    for one in added:
        one.activity = row
    removed = [known[key] for key in gone]
    present = sum(one.state == Presence.PRESENT for key, one in known.items() if key not in gone)
    if row.persons and present:
        check_named(row, row.persons, present)
    done: Activity = ACTIVITY.finish(row, "set_people", by=by, note=note, saved=added, removed=removed)
    if done.state == "planned":
        told = [one.user for one in added if one.user is not None]
        notify.tell_of(done, told, f"请参加“{done.title}”，{done.days}。", by=by)
    return done


@transaction.atomic
def sign_in(
    activity: Activity, *, by: User, people: Iterable[Mapping[str, Any]], note: str = "",
    expected_version: int | None = None,
) -> Activity:  # fmt: skip
    """登记签到: {"person", "state", "reason"} of those on the list. Raises RuleBroken/Several (`people`)."""
    row = ACTIVITY.begin(activity, "sign_in", by=by, note=note, expected_version=expected_version)
    if row.starts_on > moment.today():
        raise RuleBroken("activity.not_begun", "活动还没有开始，不能登记签到。", field=FIELD)
    known = {one.pk: one for one in row.people.all()}
    wrong: list[DomainError] = []
    saved = []
    for given in people:
        one = known.get(given["person"].pk)
        if one is None:
            raise RuleBroken("activity.stranger", "所选人员不在名单中，请刷新页面。", field=FIELD)
        state, reason = given["state"], given.get("reason") or ""
        if (state == Presence.ABSENT) == (not reason):
            text = "未到的请写明原因。" if state == Presence.ABSENT else "不是未到的，不写未到原因。"
            wrong.append(RuleBroken("activity.absence", f"“{one.name}”：{text}", field=FIELD))
        elif (one.state, one.reason) != (state, reason):
            one.state, one.reason = state, reason
            saved.append(one)
    raise_all(wrong)
    if row.persons:
        check_named(row, row.persons, sum(one.state == Presence.PRESENT for one in known.values()))
    done: Activity = ACTIVITY.finish(row, "sign_in", by=by, note=note, saved=saved)
    return done


def named(line: str) -> dict[str, str]:
    """A person as typed on a line: the name, and behind a comma the unit and post."""
    name, _, post = line.replace(",", "，").partition("，")
    if len(name.strip()) > 60 or len(post.strip()) > 100:
        raise RuleBroken("activity.line", f"“{line[:20]}…”太长，一行只写一人。", field="names")
    return {"name": name.strip(), "post_title": post.strip()}


def _key(one: Participant) -> Any:
    return one.user_id or (one.name, one.post_title)


def _checked(row: Activity, people: list[Mapping[str, Any]]) -> list[Participant]:
    if len(people) > MOST_PEOPLE:
        text = f"名单最多 {MOST_PEOPLE} 人，更多的请上传签到表，只填写人次和人数。"
        raise RuleBroken("activity.people", text, field=FIELD)
    wrong: list[DomainError] = []
    found: dict[Any, Participant] = {}
    county = prefix_of(row.region.county_code())
    for number, given in enumerate(people, 1):
        one = Participant(**{name: value for name, value in given.items() if value is not None})
        said = _wrong(one, county)
        if one.user is not None:
            one.name, one.post_title = one.user.display_name, one.post_title or str(one.user.home or "")[:100]
        if not said and _key(one) in found:
            said = f"“{one.name}”在名单中重复；同名的请写明单位和职务。"
        if said:
            wrong.append(RuleBroken("activity.person", f"第 {number} 人：{said}", field=FIELD))
        found[_key(one)] = one
    raise_all(wrong)
    return list(found.values())


def _wrong(one: Participant, county: str) -> str:
    if one.user is None and not one.name:
        return "请选择人员，或者填写姓名。"
    if one.user is not None and not str(one.user.region_id).startswith(county):
        return "只能选择本县的人员，外地人员请填写姓名。"
    return ""


@transaction.atomic
def fulfil(
    activity: Activity, *, by: User, item: Item, measure: int, note: str = "", expected_version: int | None = None
) -> Activity:  # fmt: skip
    """关联整改措施: the activity carries out measure number `measure` of the item. Raises RuleBroken (`measure`)."""
    row = ACTIVITY.begin(activity, "fulfil", by=by, note=note, expected_version=expected_version)
    found = item.measures.filter(no=measure).first()
    if found is None:
        raise RuleBroken("activity.measure", f"{item} 没有第 {measure} 条措施，请核对。", field="measure")
    if row.fulfilments.filter(item=item, no=measure).exists():
        raise RuleBroken("activity.linked", "已经关联这条措施。", field="measure")
    link = Fulfilment(activity=row, item=item, measure=found, no=measure, text=found.text)
    done: Activity = ACTIVITY.finish(row, "fulfil", by=by, note=note, saved=[link])
    return done


@transaction.atomic
def unlink(
    activity: Activity, *, by: User, item: Item, measure: int, note: str = "", expected_version: int | None = None
) -> Activity:  # fmt: skip
    """取消关联措施 that was linked by mistake."""
    row = ACTIVITY.begin(activity, "unlink", by=by, note=note, expected_version=expected_version)
    link = row.fulfilments.filter(item=item, no=measure).first()
    if link is None:
        raise RuleBroken("activity.not_linked", "没有关联这条措施，请核对。", field="measure")
    done: Activity = ACTIVITY.finish(row, "unlink", by=by, note=note, removed=[link])
    return done
