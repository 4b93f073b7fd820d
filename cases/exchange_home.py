"""What the registry's own books hand to the rail, the home page and the search."""

from typing import Any

from django.db.models import Q

from cases.models import Batch, Handover, Meeting, PartnerReport, Resolution
from cases.roles import REGISTRY
from cases.services import partners
from povertyaudit.core import moment
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

LEADING = REGISTRY | {Role.DEPUTY}
READERS = REGISTRY | {Role.PETITION}
RAIL = RailEntry("exchange", "移送与会商", "/handovers/", READERS - {Role.PETITION})
DESK_RAIL = RailEntry("exchange", "交办批次", "/batches/", frozenset({Role.PETITION}))


def batches_due(user: Any) -> Section | None:
    """未结清的交办批次 whose date has passed, for the registry."""
    if Role.CASE_MANAGER not in user.roles:
        return None
    rows = Batch.objects.visible_to(user).open().for_list().filter(due_on__lt=moment.today())
    found = first(rows, "due_on")
    entries = [Entry.of(row, what="督促办结", clock=row.due_on) for row in found]
    return Section("已超期的交办批次", "/batches/?due=overdue", entries, counted(rows, found), urgent=True)


def resolutions_open(user: Any) -> Section | None:
    """What joint meetings asked of one's own unit; of the registry, what is overdue. Nothing where nothing waits."""
    rows = Resolution.objects.visible_to(user).open().for_list()
    if user.roles & LEADING:
        rows = rows.filter(due_on__lt=moment.today())
    found = first(rows, "due_on")
    if not found:
        return None
    entries = [Entry.of(row, what="报告落实情况", clock=row.due_on) for row in found]
    return Section("会议议定事项", "/resolutions/?state=open", entries, counted(rows, found))


MEETINGS = (Kind(Meeting, ("number", "title")), Kind(Resolution, ("number", "text")))


def handovers_due(user: Any) -> Section | None:
    """移送 without receipt or result in time, and what came in and is not yet acknowledged."""
    if Role.CASE_MANAGER not in user.roles:
        return None
    seen = Handover.objects.visible_to(user).under_way()
    late = seen.overdue(moment.today()).values("pk")
    rows = seen.filter(Q(pk__in=late) | Q(state="sent", direction="in")).for_list()
    found = first(rows, "due_on")
    entries = [Entry.of(row, what=_next(row), clock=row.due_on) for row in found]
    return Section("待办的线索移送", "/handovers/", entries, counted(rows, found), urgent=True)


def _next(row: Any) -> str:
    """What the registry does next."""
    if row.state == "sent":
        return "催要回执" if row.is_out else "登记并出具回执"
    return "催要办理结果" if row.is_out else "反馈办理结果"


HANDOVERS = Kind(Handover, ("number", "their_number", "document", "receipt_number"), joins=("body", "unit"))


BATCHES = Kind(Batch, ("number", "title", "sender", "sender_number"))


def reports_due(user: Any) -> Section | None:
    """每月20日部门报送 that a member's own people have not sent for the month just running."""
    if Role.CASE_MANAGER in user.roles or not partners.may_report(user):
        return None
    last = partners.month_of(moment.today())[1]
    if PartnerReport.objects.visible_to(user).filter(last_day=last).exists():
        return None
    entry = Entry("", f"报送截至 {last} 的移交和在办件数", "/partner-reports/new/", what="报送", clock=last)
    return Section("每月20日部门报送", "/partner-reports/", [entry], 1)
