"""What field work hands to the rail, the home page and the search."""

from typing import Any

from django.db.models import Q

from inspections.attendance_querysets import CHECKERS, REPORTERS
from inspections.models import AttendanceMonth, PlanMember, VillagePerson, Visit, VisitPlan, Worksheet
from inspections.querysets import REGION_WIDE
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, counted
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

READERS = frozenset({*REGION_WIDE, Role.PATROL_TEAM, Role.SUPERVISION, Role.COUNTY_LEADER}) - {Role.SERVICE}
PLANS_RAIL = RailEntry("visit-plans", "走访计划", "/visit-plans/", READERS)

ATTENDANCE_RAIL = RailEntry("attendance", "驻村考勤", "/attendance/", (CHECKERS | REPORTERS) - {Role.SERVICE})
WORKSHEETS_RAIL = RailEntry("worksheets", "问题底稿", "/worksheets/", READERS)
VISITS_RAIL = RailEntry("visits", "走访记录", "/visits/", READERS)


def plans(user: Any) -> Section | None:
    """走访计划: to approve, to set out on, to finish."""
    rows = VisitPlan.objects.visible_to(user).open()
    with_me = PlanMember.objects.filter(user=user).order_by().values("plan")
    going = Q(state__in=("approved", "under_way"), pk__in=with_me)
    mine = rows.filter(Q(state="ordered", approver=user) | going)
    found = list(mine.order_by("starts_on", "pk")[:LIMIT])
    if not found:
        return None
    words = {"ordered": "批准", "approved": "开始走访", "under_way": "结束走访"}
    entries = [Entry.of(row, what=words[row.state], title=row.title) for row in found]
    return Section("走访计划", "/visit-plans/", entries, counted(mine, found))


PLANS = Kind(VisitPlan, ("number", "title"))


VISITS = Kind(Visit, ("number", "notes"), {"region": ("name",)}, joins=("region",))


def to_sign(user: Any) -> Section | None:
    """问题底稿 of one's own teams that lack one's signature."""
    rows = Worksheet.objects.visible_to(user).unsigned_by(user)
    found = list(rows.order_by("-pk")[:LIMIT])
    if not found:
        return None
    return Section(
        "待签字的问题底稿",
        "/worksheets/?state=open",
        [Entry.of(row, what="签字") for row in found],
        counted(rows, found),
    )


WORKSHEETS = Kind(Worksheet, ("number", "text"))


def to_explain(user: Any) -> Section | None:
    """驻村考勤 somebody was noticed of: his unit explains."""
    if not user.roles & REPORTERS:
        return None
    rows = AttendanceMonth.objects.visible_to(user).filter(state="noticed", person__unit__in=user.unit_ids)
    found = list(rows.select_related("person").order_by("noticed_on", "pk")[:LIMIT])
    if not found:
        return None
    entries = [Entry.of(row, what="说明情况") for row in found]
    return Section("待说明的驻村考勤", "/attendance/?state=noticed", entries, counted(rows, found))


VILLAGE_PEOPLE = Kind(VillagePerson, ("number", "name"), joins=("region",))
