"""What the hotline hands to the rail, the home page and the search."""

from typing import Any

from cases.call_querysets import WORKERS
from cases.models import CallDigest, HotlineCall
from cases.roles import LEADERS
from cases.workflow.calls import CALL, DESK
from povertyaudit.core import clocks
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind

RAIL = RailEntry(
    "calls", "扶贫专线", "/calls/", DESK | LEADERS,
    count=lambda user: counted(HotlineCall.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip


def _entries(rows: Any, user: Any) -> list[Entry]:
    found = first(rows.for_list(), "due_on")
    due = clocks.due_many(found)
    words = {row.pk: next(iter(CALL.offered(row, user)), None) for row in found}
    return [
        Entry.of(row, what=step.label if (step := words[row.pk]) else "", clock=due.get(row.pk))
        for row in found
    ]


def unanswered(user: Any) -> Section | None:
    """未回复的来电: empty or red, for the desk that owes the answer."""
    if not user.roles & DESK:
        return None
    rows = HotlineCall.objects.visible_to(user).unanswered()
    return Section(
        "未回复的专线来电", "/calls/?tab=unanswered", _entries(rows, user), counted(rows), urgent=True
    )


def handed_on(user: Any) -> Section | None:
    """转来的专线来电, for the units that must deal with them."""
    if not user.roles & WORKERS:
        return None
    rows = HotlineCall.objects.visible_to(user).waiting_for(user)
    entries = _entries(rows, user)
    return Section("转来的专线来电", "/calls/?tab=mine", entries, counted(rows, entries)) if entries else None


def digests(user: Any) -> Section | None:
    """Instructions to report on; for leaders the digests with open instructions and the latest one."""
    if not user.roles & (DESK | LEADERS | WORKERS):
        return None
    seen = CallDigest.objects.visible_to(user)
    rows = seen.open() if user.roles & LEADERS else seen.waiting_for(user)
    found = first(rows.for_list(), "due_on")
    if not found:
        return None
    due = clocks.due_many(found)
    entries = [Entry.of(row, what="落实批示", clock=due.get(row.pk)) for row in found]
    tab = "open" if user.roles & LEADERS else "mine"
    return Section("快报批示待落实", f"/digests/?tab={tab}", entries, counted(rows, found))


FOUND = Kind(HotlineCall, ("number", "title"))
