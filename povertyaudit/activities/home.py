"""What the logs hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.activities.models import Activity, Commendation, Regulation
from povertyaudit.activities.querysets import KEEPERS, READERS
from povertyaudit.activities.workflow.activities import ISSUERS
from povertyaudit.core import moment
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind

RAIL = (
    RailEntry("activities", "工作纪实", "/activities/", READERS),
    RailEntry("commendations", "表彰", "/commendations/", READERS),
    RailEntry("regulations", "方案制度", "/regulations/", READERS),
)


def coming(user: Any) -> Section | None:
    """计划的活动: what he holds or is invited to in the next days, and what is to be registered."""
    if not user.roles & (READERS | KEEPERS):
        return None
    today = moment.today()
    rows = Activity.objects.visible_to(user).coming(user, today)
    found = first(rows.for_list(), "starts_on")
    if not found:
        return None
    entries = [Entry.of(row, what=_next(row, user, today), clock=row.starts_on) for row in found]
    return Section("计划的培训、会议", "/activities/?tab=mine", entries, counted(rows))


def _next(row: Activity, user: Any, today: Any) -> str:
    if row.unit_id not in user.unit_ids and row.recorded_by_id != user.pk:
        return "参加"
    return "登记举办" if row.ends_on <= today else "举办"


def to_issue(user: Any) -> Section | None:
    """待下发的议定事项, for the desks that issue them."""
    if not user.roles & ISSUERS:
        return None
    rows = Activity.objects.visible_to(user).with_open_decisions()
    found = first(rows.for_list(), "starts_on")
    if not found:
        return None
    entries = [Entry.of(row, what="下发议定事项") for row in found]
    return Section("待下发议定事项的会议", "/activities/?tab=decisions", entries, counted(rows))


ACTIVITIES = Kind(Activity, ("number", "title"))


PAPERS = (Kind(Commendation, ("number", "honour"), joins=("unit",)), Kind(Regulation, ("number", "title")))
