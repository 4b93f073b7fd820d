"""What projects hand to the rail, the home page and the search."""

from typing import Any

from funds.models import Allocation, Project
from funds.project_querysets import BY_UNIT, DECIDERS, REGION_WIDE
from funds.services import notice_rules
from funds.workflow.project_who import BUILDERS
from funds.workflow.projects import PROJECT
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

READERS = (REGION_WIDE | BY_UNIT) - {Role.SERVICE}
RAIL = (
    RailEntry(
        "projects", "项目库", "/projects/", READERS,
        count=lambda user: counted(Project.objects.visible_to(user).waiting_for(user)),
    ),
    RailEntry("fund_progress", "支出进度", "/fund-boards/progress/", READERS),
    RailEntry("fund_flow", "资金流向", "/fund-boards/flow/", READERS),
    RailEntry("allocations", "资金下达", "/allocations/", (REGION_WIDE - {Role.SERVICE}) | {Role.SECTOR}),
)  # fmt: skip


def waiting(user: Any) -> Section | None:
    """待我办理的项目, the first planned end first."""
    if not user.roles & (BY_UNIT | DECIDERS) or not RAIL[0].number(user):
        return None
    rows = Project.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "plan_end")
    entries = [Entry.of(row, what=_next(row, user)) for row in found]
    return Section("待我办理的项目", "/projects/?tab=mine", entries, RAIL[0].number(user))


def _next(row: Project, user: Any) -> str:
    step = next((step for step in PROJECT.offered(row, user) if step.primary), None)
    return step.label if step else "查看"


def notices_due(user: Any) -> Section | None:
    """公示公告待办 of the unit: notices to put up and objections to answer, the oldest approval first, each with its day."""
    if not user.roles & BUILDERS:
        return None
    rows = Project.objects.visible_to(user).filter(notice_rules.owing(), responsible_unit__in=user.unit_ids)
    found = first(rows.for_list(), "stored_on")
    if not found:
        return None
    entries = [Entry.of(row, what=what, clock=due) for row, what, due in notice_rules.next_of(found)]
    return Section("公示公告待办", "/projects/?tab=to_notice", entries, counted(rows, found))


PROJECTS = Kind(Project, ("number", "title"))


ALLOCATIONS = Kind(Allocation, ("number", "title", "paper_no"))
