"""What rounds hand on, for the rail, the home page and the search."""

from typing import Any

from inspections.models import Feedback, ImmediateNotice, Opinion, RectificationPlan
from inspections.querysets import REGION_WIDE
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

TEAM = frozenset({Role.PATROL_OFFICE, Role.PATROL_TEAM})
UNITS = frozenset({Role.LIAISON, Role.UNIT_HEAD})
ANSWERING = UNITS | {Role.SECTOR}
INSIDE = (REGION_WIDE | {Role.PATROL_TEAM}) - {Role.SERVICE}
RAIL = RailEntry("handed", "巡察反馈", "/opinions/", INSIDE | ANSWERING)
REVIEW_RAIL = RailEntry("handed", "整改联审", "/rectification-plans/", frozenset({Role.SUPERVISION}))


def opinions_waiting(user: Any) -> Section | None:
    """What one's unit must answer; for the team and the office, answers to look at."""
    rows = Opinion.objects.visible_to(user).for_list()
    if user.roles & ANSWERING:
        return _section("待答复的巡察意见", "/opinions/?state=sent", rows.filter(state="sent"), "答复")
    if user.roles & TEAM:
        return _section(
            "待审核的意见答复", "/opinions/?state=answered", rows.filter(state="answered"), "审核"
        )
    return None


def notices_waiting(user: Any) -> Section | None:
    """立行立改 of one's unit; for the team and the office, reports to look at."""
    rows = ImmediateNotice.objects.visible_to(user).for_list()
    if user.roles & UNITS:
        found = rows.filter(state="issued")
        return _section(
            "待办的立行立改", "/immediate-notices/?state=issued", found, "整改并报告", urgent=True
        )
    if user.roles & TEAM:
        found = rows.filter(state="reported")
        return _section("待核实的立行立改", "/immediate-notices/?state=reported", found, "核实")
    return None


def feedback_to_sign(user: Any) -> Section | None:
    """反馈表 that wait for the head's signature."""
    if Role.UNIT_HEAD not in user.roles:
        return None
    rows = Feedback.objects.visible_to(user).for_list().filter(state="issued")
    return _section("待签收的反馈表", "/feedbacks/?state=issued", rows, "签收")


def plans_waiting(user: Any) -> Section | None:
    """What one's unit must write, and what one's unit must review."""
    rows = RectificationPlan.objects.visible_to(user).for_list()
    if user.roles & UNITS:
        return _section(
            "待报送的整改方案和报告", "/rectification-plans/", rows.waiting_for_unit(), "编制并报送"
        )
    return _section(
        "待联审的整改方案和报告",
        "/rectification-plans/?state=submitted",
        rows.waiting_for_review(user),
        "提出意见",
    )


def _section(
    title: str, link: str, rows: Any, what: str, *, order: str = "due_on", urgent: bool = False
) -> Section | None:
    """Nothing where nothing waits."""
    found = first(rows, order)
    if not found:
        return None
    entries = [Entry.of(row, what=what, clock=getattr(row, "due_on", None)) for row in found]
    return Section(title, link, entries, counted(rows, found), urgent=urgent)


FOUND = (
    Kind(Opinion, ("number", "text"), joins=("unit",)),
    Kind(ImmediateNotice, ("number", "text"), joins=("unit",)),
    Kind(Feedback, ("number",), {"unit": ("name",)}, joins=("unit",)),
    Kind(RectificationPlan, ("number",), {"unit": ("name",)}, joins=("unit",)),
)
