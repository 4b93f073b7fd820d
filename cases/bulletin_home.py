"""What bulletins hand to the rail and the home page."""

from typing import Any

from cases.bulletin_querysets import DRAFTERS, READERS
from cases.models import Bulletin, BulletinCopy
from cases.roles import LEADERS
from cases.workflow.bulletins import BULLETIN
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first

RAIL = RailEntry(
    "bulletins", "通报曝光", "/bulletins/", DRAFTERS,
    count=lambda user: counted(Bulletin.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip


def waiting(user: Any) -> Section | None:
    """Bulletins to finish, to decide on, to issue."""
    if not user.roles & (DRAFTERS | LEADERS) or not RAIL.number(user):
        return None
    rows = Bulletin.objects.visible_to(user).waiting_for(user)
    entries = []
    for row in first(rows.for_list(), "-created_at"):
        step = next((step for step in BULLETIN.offered(row, user) if step.primary), None)
        entries.append(Entry.of(row, what=step.label if step else ""))
    return Section("待我办理的通报", "/bulletins/?tab=mine", entries, RAIL.number(user))


def unread(user: Any) -> Section | None:
    """Bulletins sent to the user's units that nobody there has read."""
    if not user.roles & READERS:
        return None
    rows = BulletinCopy.objects.visible_to(user).waiting_for(user)
    entries = [Entry.of(row, what="阅读签收") for row in first(rows.for_list(), "-sent_at")]
    return (
        Section("待阅读的通报", "/bulletin-copies/?tab=mine", entries, counted(rows, entries))
        if entries
        else None
    )
