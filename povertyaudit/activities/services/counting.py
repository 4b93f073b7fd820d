"""Head counts and attendances of one activity, checked and summed; they are two figures and never added up."""

from collections.abc import Iterable, Mapping
from typing import Any

from povertyaudit.activities.models import MOST, MOST_SESSIONS, Activity, Attended, Category
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all

FIELD = "attended"


def rows_of(attended: Iterable[Mapping[str, Any]], sessions: int) -> list[Attended]:
    """Rows of {"category", "times", "persons"}; where an activity was held once, `persons` may be left out: it is the same.

    Raises RuleBroken/Several at `attended`.
    """
    wrong: list[DomainError] = []
    found: dict[str, Attended] = {}
    for given in attended:
        row = _row(given, sessions, wrong)
        if row.category in found:
            wrong.append(_refused("twice", f"“{row.get_category_display()}”只能填写一行，请合并。"))
        found[row.category] = row
    if not wrong and sum(row.times for row in found.values()) > MOST:
        wrong.append(_refused("range", f"一次活动的人次合计不能超过 {MOST}，请核对。"))
    raise_all(wrong)
    return list(found.values())


def _row(given: Mapping[str, Any], sessions: int, wrong: list[DomainError]) -> Attended:
    times, persons = given["times"], given.get("persons")
    if persons is None and sessions > 1:
        wrong.append(_refused("persons", f"举办了 {sessions} 场的，人次和人数都要填写。"))
    persons = times if persons is None else persons
    name = Category(given["category"]).label
    if times < 1 or persons < 1 or times > MOST:
        wrong.append(_refused("range", f"“{name}”的人次和人数应为正整数，且不超过 {MOST}。"))
    elif persons > times:
        text = f"“{name}”的人数 {persons} 大于人次 {times}：一个人来一次算一人次，人数不能大于人次。"
        wrong.append(_refused("more_persons", text))
    elif times > persons * sessions:
        text = f"“{name}”的人次 {times} 大于人数 {persons} 乘以场次 {sessions}，请核对。"
        wrong.append(_refused("more_times", text))
    return Attended(category=given["category"], times=times, persons=persons)


def _refused(code: str, text: str) -> RuleBroken:
    return RuleBroken(f"activity.{code}", text, field=FIELD)


def sums(rows: Iterable[Attended]) -> dict[str, int]:
    """The columns of the activity that follow from its rows."""
    kept = list(rows)
    return {"times": sum(row.times for row in kept), "persons": sum(row.persons for row in kept)}


def check_sessions(sessions: int) -> None:
    if not 1 <= sessions <= MOST_SESSIONS:
        raise RuleBroken("activity.sessions", f"场次应在 1 和 {MOST_SESSIONS} 之间。", field="sessions")


def check_named(activity: Activity, persons: int, present: int | None = None) -> None:
    """No more persons than the list of names has present, where names were ticked. Raises RuleBroken."""
    if present is None:
        present = activity.people.filter(state="present").count() if activity.pk else 0
    if present and persons > present:
        text = f"参加人数 {persons} 大于参加名单中已签到的 {present} 人，请补全名单或者核对人数。"
        raise RuleBroken("activity.named", text, field=FIELD)
