"""What the page of a round tells of its 整改情况公开: how far it is, how many problems it tells the public, who owes what."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from inspections.pages.round_parts import Counter, Owed, Part, Seen
from povertyaudit.core.views import Column, Table
from rectification.models import CommentState, NoticeState
from rectification.services import notices

NOTICE_COLUMNS = (
    Column("title", "整改情况公开", kind="link", phone="main"),
    Column("number", "编号", phone="first"),
    Column(
        "unit.name", "被巡察单位", phone="sub", value=lambda row: row.unit.name if row.unit else "整个轮次"
    ),
    Column("problems", "公开的问题", kind="number", value=lambda row: row.problem_count - row.withheld_count),
    Column("published_on", "公开日期", kind="date", phone="more"),
    Column("ends_on", "公开至", kind="date", phone="side"),
    Column("state", "状态", kind="state"),
)
NEXT: dict[str, tuple[str, str]] = {  # state → what is owed, by whom
    NoticeState.DRAFT: ("报送审批整改情况公开", "巡察办"),
    NoticeState.SUBMITTED: ("审批整改情况公开", "分管领导或者主要负责人"),
    NoticeState.APPROVED: ("公开整改情况", "巡察办"),
    NoticeState.PUBLISHED: ("公开期满后结束整改情况公开", "巡察办"),
}


class PublicNotices(Part):
    """Those the reader may know of, without the discarded."""

    def rows(self, seen: Seen) -> list[Any]:
        """Read once, newest first."""
        if "notices" not in seen.kept:
            found = seen.row.notices.standing().visible_to(seen.user).for_list().order_by("-pk")
            seen.kept["notices"] = list(found)
        return list(seen.kept["notices"])

    def counters(self, seen: Seen) -> Sequence[Counter]:
        found = self.rows(seen)
        return [Counter("整改情况公开", len(found), "#public_notices", "份")] if found else []

    def owed(self, seen: Seen) -> Sequence[Owed]:
        found = []
        for row in self.rows(seen):
            if row.state in NEXT:
                what, who = NEXT[row.state]
                found.append(Owed(f"{what}《{row.title}》", who, row.get_absolute_url(), row.ends_on))
            if row.comment_count and row.state == NoticeState.PUBLISHED:
                found += self.comments(seen, row)
        return found

    def comments(self, seen: Seen, row: Any) -> list[Owed]:
        """What people sent and the desk has not made a petition of."""
        left = row.comments.visible_to(seen.user).filter(state=CommentState.RECEIVED).count()
        words = f"{left} 条群众意见没有登记信访件"
        return [Owed(words, "信访室", f"{row.get_absolute_url()}#comments")] if left else []

    def tables(self, seen: Seen) -> Sequence[Table]:
        rows, act = self.rows(seen), self.act(seen)
        if not rows and act is None:
            return []
        return [
            Table("整改情况公开", NOTICE_COLUMNS, rows, "还没有起草整改情况公开。", act, "public_notices")
        ]

    def act(self, seen: Seen) -> tuple[str, str] | None:
        """起草, once there is something to tell and while the round is not closed."""
        row = seen.row
        if not notices.may_draft(seen.user) or row.is_secret_now or row.closed_on:
            return None
        if not notices.items_of(row, None, seen.user).exists():
            return None
        return "起草整改情况公开", f"{reverse('notice_new')}?round={row.public_id}"
