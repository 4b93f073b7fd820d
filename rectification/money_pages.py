"""Misused money and the items and papers it is tied to, shown on both sides."""

from typing import Any

from funds.models import Misuse
from funds.pages.origins import COLUMNS
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Table
from rectification.models import Item, SourcePaper
from rectification.workflow import REGISTRARS

ITEM_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "具体问题", phone="main"),
    Column("main_unit", "主责单位"),
    Column("light", "期限", kind="clock"),
    Column("state", "状态", kind="state"),
)
PAPER_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "文件名称", phone="main"),
    Column("issuer", "发文机关"),
    Column("document", "文号"),
    Column("received_on", "收到日期", kind="date", phone="side"),
)


def of_misuse(misuse: Misuse, user: User) -> list[Table]:
    """Its items, those the reader may know of, with the way to register one; the paper it came of."""
    items = list(
        Item.objects.visible_to(user)
        .not_voided()
        .filter(misuse_links__misuse=misuse)
        .for_list()
        .order_by("pk")
    )
    may = bool(user.roles & REGISTRARS)
    action = ("登记整改事项", f"/items/new/?misuse={misuse.public_id}") if may else None
    found = []
    if items or action:
        found.append(Table("整改事项", ITEM_COLUMNS, items, "还没有登记整改事项。", action, "items"))
    papers: Any = SourcePaper.objects.visible_to(user).filter(misuse_links__misuse=misuse)
    if rows := list(papers.for_list()):
        found.append(Table("反馈文件", PAPER_COLUMNS, rows, key="papers"))
    return found


def of_paper(paper: SourcePaper, user: User) -> list[Table]:
    """The misused money registered out of it, where there is any the reader may know of."""
    rows = list(Misuse.objects.visible_to(user).filter(paper_link__paper=paper).for_list().order_by("pk"))
    return [Table("违规资金", COLUMNS, rows, key="misuses")] if rows else []
