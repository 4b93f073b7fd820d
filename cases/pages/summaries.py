"""What the page of a summary shows."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import Period, WorkSummary
from cases.roles import REGISTRY
from cases.services import partners
from povertyaudit.core import render
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


def _reported(one: dict[str, Any]) -> SafeString | str:
    if one["report"] is None:
        return render.badge("未报送", "warn") if one["member"] else "—"
    handed_over, under_way = partners.said_of(one)
    return format_html('<a href="{}">移交 {}，在办 {}</a>', one["report"]["url"], handed_over, under_way)


def _cell(cell: dict[str, Any]) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', cell["url"], cell["value"]) if cell["value"] else "0"


def _count(at: int, key: str, label: str) -> Column:
    def value(one: dict[str, Any]) -> SafeString | str:
        return _cell(one["cells"][at])

    return Column(
        key, f"{label}（件）", kind="number", value=value, phone="more" if key == "unanswered" else "hide"
    )


# 每月20日汇总: a member that said nothing is shown so, never as nought.
PARTNER_COLUMNS = (
    Column("label", "部门", value=lambda one: one["label"], phone="main"),
    Column("report", "部门报送（件）", value=_reported, phone="side"),
    *(_count(at, key, label) for at, (key, label) in enumerate(partners.CELLS)),
)


def figures(row: WorkSummary, user: User) -> Table:
    """The frozen figures; whoever sees the rows also gets the way to them as they are now."""
    if row.period == Period.PARTNERS:
        return Table("联席会议成员", PARTNER_COLUMNS, row.figures, key="figures")
    links = bool(user.roles & REGISTRY) or row.unit_id is not None
    lines = [
        FigureRow(one["label"], one["value"], one["before"],
                  format_html('<a href="{}">查看</a>', one["url"]) if links and one["url"] else SafeString(""))
        for one in row.figures
    ]  # fmt: skip
    return Table("统计数据", COLUMNS if links else COLUMNS[:-1], lines, key="figures")


def kept_file(row: WorkSummary, user: User) -> Any:
    """The Word file that was sent."""
    return Attachment.objects.seen_of(row, user).newest().first()
