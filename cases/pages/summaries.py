"""What the page of a summary shows."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import WorkSummary
from cases.roles import REGISTRY
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Table


@dataclass(frozen=True)
class FigureRow:
    """A line of the table."""

    label: str
    value: int
    before: int | None
    link: SafeString


COLUMNS = (
    Column("label", "项目", phone="main"),
    Column("value", "本期（件）", kind="number", phone="side"),
    Column("before", "上期（件）", kind="number", phone="sub"),
    Column("link", "现在的清单", kind="html", phone="last"),
)


def figures(row: WorkSummary, user: User) -> Table:
    """The frozen figures; whoever sees the whole county also gets the way to the rows as they are now."""
    links = bool(user.roles & REGISTRY)
    lines = [
        FigureRow(one["label"], one["value"], one["before"],
                  format_html('<a href="{}">查看</a>', one["url"]) if links and one["url"] else SafeString(""))
        for one in row.figures
    ]  # fmt: skip
    return Table("统计数据", COLUMNS if links else COLUMNS[:-1], lines, key="figures")


def kept_file(row: WorkSummary, user: User) -> Any:
    """The Word file that was sent."""
    return Attachment.objects.visible_to(user).of(row).newest().first()
