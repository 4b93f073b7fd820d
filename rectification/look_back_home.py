"""What look-backs hand to the rail, the home page and the search: to planners and checkers, to nobody else."""

from typing import Any

from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from rectification.look_back_querysets import CHECKERS, LEADERS, PLANNERS
from rectification.models import LookBack, LookBackCheck
from rectification.workflow.look_backs import LOOK_BACK, LOOK_BACK_CHECK

RAIL = RailEntry(
    "look_backs", "回头看", "/look-backs/", PLANNERS | LEADERS,
    count=lambda user: counted(LookBack.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip
CHECKS_RAIL = RailEntry(
    "look_back_checks", "回头看核查", "/look-back-checks/", CHECKERS,
    count=lambda user: counted(LookBackCheck.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip


def plans(user: Any) -> Section | None:
    """待我办理的回头看: to approve, or to finish."""
    if not user.roles & (PLANNERS | LEADERS) or not RAIL.number(user):
        return None
    rows = LookBack.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "ends_on")
    entries = [Entry.of(row, what=_next(LOOK_BACK, row, user), clock=row.ends_on) for row in found]
    return Section("待我办理的回头看", "/look-backs/?tab=mine", entries, RAIL.number(user))


def checks(user: Any) -> Section | None:
    """待我核查的回头看: to visit, to assign, to follow up; the first due first."""
    if not user.roles & CHECKERS or not CHECKS_RAIL.number(user):
        return None
    rows = LookBackCheck.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "due_on")
    entries = [Entry.of(row, what=_next(LOOK_BACK_CHECK, row, user), clock=row.due_on) for row in found]
    return Section("待我核查的回头看", "/look-back-checks/?tab=mine", entries, CHECKS_RAIL.number(user))


def _next(workflow: Any, row: Any, user: Any) -> str:
    offered = workflow.offered(row, user)
    return offered[0].label if offered else "查看"


FOUND = Kind(LookBack, ("number", "title"))
