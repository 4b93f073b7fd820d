"""What leads hand to the rail, the home page and the search."""

from dataclasses import replace
from typing import Any

from cases import worklists
from cases.models import IdentityRequest, Interference, Lead, LeadSubject, OtherNumber, SuperiorReceipt
from cases.roles import DESK, LEADERS, OFFICES
from cases.workflow import LEAD, OPENERS
from povertyaudit.core import clocks, moment
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

READERS = OFFICES | {Role.PETITION, Role.CASE_MANAGER, Role.DEPUTY, Role.SECRETARY}
RAIL = RailEntry(
    "leads",
    "问题线索",
    "/leads/",
    READERS,
    count=lambda user: counted(Lead.objects.visible_to(user).waiting_for(user)),
)

SUPERIOR_RAIL = RailEntry(
    "superior_receipts",
    "上级管辖件",
    "/superior-receipts/",
    DESK | {Role.SECRETARY},
    count=lambda user: counted(SuperiorReceipt.objects.visible_to(user).waiting()),
)


def _section(
    title: str, link: str, found: "list[Lead]", user: Any, number: int, *, urgent: bool = False
) -> Section:
    due = clocks.due_many(found)
    entries = [Entry.of(row, what=next_act(row, user), clock=due.get(row.pk)) for row in found]
    return Section(title, link, entries, number, urgent)


def next_act(lead: Lead, user: Any) -> str:
    """The verb that waits for this user, in words."""
    offered = LEAD.offered(lead, user)
    return offered[0].label if offered and offered[0].primary else ""


def waiting(user: Any) -> Section | None:
    """待我办理的线索 (待签批 for leaders), with the other work lists beside it."""
    if not user.roles & READERS:
        return None
    seen = Lead.objects.visible_to(user)
    signs = user.roles & READERS <= LEADERS
    title, tab = ("待签批的线索", "sign") if signs else ("待我办理的线索", "mine")
    link, number = f"/leads/?tab={tab}", RAIL.number(user)
    found = first(seen.waiting_for(user).for_list(), "due_on") if number else []
    section = _section(title, link, found, user, number)
    return replace(section, beside=_lists(seen, user))


def _lists(seen: Any, user: Any) -> list[tuple[str, str, int]]:
    """The other work lists that are not empty."""
    found = [
        ("将到期", "soon", worklists.soon(seen)),
        ("待他人办理", "elsewhere", worklists.elsewhere(seen, user)),
    ]
    if user.roles & worklists.REVIEWERS:
        found.append(("暂存待复核", "review", worklists.to_review(seen)))
    counts = [(label, f"/leads/?tab={tab}", counted(rows)) for label, tab, rows in found]
    return [one for one in counts if one[2]]


def identity_to_decide(user: Any) -> Section | None:
    """待我批准的查看反映人申请."""
    if not user.roles & LEADERS:
        return None
    rows = IdentityRequest.objects.visible_to(user).waiting_for(user)
    found = first(rows.for_list(), "created_at")
    entries = [
        Entry(row.number, f"{row.requested_by.display_name}申请查看反映人", row.get_absolute_url(), "审批")
        for row in found
    ]
    return Section(
        "查看反映人的申请", "/identity-requests/?tab=mine", entries, counted(rows, found), urgent=True
    )


def overdue(user: Any) -> Section | None:
    """已超期的线索, for those who answer for the whole: registry and leaders."""
    if not user.roles & {Role.CASE_MANAGER, Role.DEPUTY, Role.SECRETARY}:
        return None
    seen, today = Lead.objects.visible_to(user), moment.today()
    number = counted(seen.overdue(today), newest=True)
    # In order of their dates the overdue ones come first: nobody need ask which they are.
    due = first(seen.for_list(), "due_on") if number else []
    found = [row for row in due if row.due_on and row.due_on < today]
    return _section("已超期的线索", "/leads/?tab=overdue", found, user, number, urgent=True)


def elsewhere(user: Any) -> Section | None:
    """待他人办理的线索: sent on by him or his office, with where they lie now."""
    if not user.roles & (worklists.WORKERS | LEADERS):
        return None
    rows = worklists.elsewhere(Lead.objects.visible_to(user), user)
    found = first(rows.for_list(), "due_on")
    due = clocks.due_many(found)
    entries = [
        Entry.of(row, what=row.acting_unit.name if row.acting_unit else "", clock=due.get(row.pk))
        for row in found
    ]
    return Section("待他人办理的线索", "/leads/?tab=elsewhere", entries, counted(rows, found))


LEADS = Kind(
    Lead, ("number", "title"),
    parts=((LeadSubject, "lead", ("name", "unit_text")), (OtherNumber, "lead", ("number",))),
)  # fmt: skip


def to_send_up(user: Any) -> Section | None:
    """What belongs to the superior and has not gone up."""
    if not user.roles & SUPERIOR_RAIL.roles:
        return None
    rows = SuperiorReceipt.objects.visible_to(user).waiting()
    found = first(rows.for_list(), "due_on")
    due = clocks.due_many(found)
    entries = [Entry.of(row, what="登记报送", clock=due.get(row.pk)) for row in found]
    return Section(
        "待报送的上级管辖件", "/superior-receipts/?tab=waiting", entries, counted(rows, found), urgent=True
    )


SLIPS = Kind(SuperiorReceipt, ("number", "superior_receipt"))


ASKING_RAIL = RailEntry(
    "accountabilities", "问责", "/accountabilities/", OPENERS | {Role.SECRETARY, Role.DEPUTY}
)


def approaches(user: Any) -> Section | None:
    """待处理的打听干预, for the registry and the head."""
    if not user.roles & {Role.CASE_MANAGER, Role.SECRETARY}:
        return None
    rows = Interference.objects.visible_to(user).waiting()
    entries = [Entry.of(row, what="登记处理") for row in rows.order_by("pk")[:LIMIT]]
    return Section("待处理的打听干预", "/interferences/?tab=waiting", entries, counted(rows))
