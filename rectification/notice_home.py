"""What notices and comments hand to the rail, the home page and the search."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from rectification.models import NoticeComment, PublicNotice
from rectification.notice_querysets import COMMENT_READERS, DESK, DRAFTERS, LEADERS, READERS
from rectification.workflow.notices import NOTICE

RAIL = RailEntry(
    "notices", "整改情况公开", "/notices/", DRAFTERS | DESK,
    count=lambda user: counted(PublicNotice.objects.visible_to(user).waiting_for(user))
    + counted(NoticeComment.objects.visible_to(user).waiting_for(user)),
)  # fmt: skip


def waiting(user: Any) -> Section | None:
    """Notices to finish, to decide on, to publish, to end."""
    if not user.roles & (DRAFTERS | LEADERS):
        return None
    rows = PublicNotice.objects.visible_to(user)
    due = rows.waiting_for(user) | (rows.to_close(moment.today()) if user.roles & DRAFTERS else rows.none())
    entries = []
    for row in first(rows.filter(pk__in=due.values("pk")).for_list(), "-created_at"):
        step = next((step for step in NOTICE.offered(row, user) if step.primary), None)
        entries.append(Entry.of(row, what=step.label if step else ""))
    if not entries:
        return None
    return Section("待我办理的整改情况公开", "/notices/?tab=mine", entries, counted(due))


def comments(user: Any) -> Section | None:
    """Comments of which the desk has not made a petition yet."""
    if not user.roles & COMMENT_READERS or not RAIL.number(user):
        return None
    rows = NoticeComment.objects.visible_to(user).waiting_for(user)
    entries = [Entry.of(row, what="登记信访件") for row in first(rows.for_list(), "received_on")]
    if not entries:
        return None
    return Section("待登记的群众意见", "/notice-comments/?tab=mine", entries, counted(rows, entries))


FOUND = Kind(PublicNotice, ("number", "title"), roles=frozenset(READERS))
