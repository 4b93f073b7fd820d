"""What the pages of 反馈文件 show of the items that hang on them."""

from typing import Any

from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Table
from rectification.models import Item, PaperState, SourcePaper
from rectification.words import share
from rectification.workflow import REGISTRARS

ITEM_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "具体问题", phone="main"),
    Column("main_unit", "主责单位"),
    Column("progress", "措施落实", kind="number",
           value=lambda item: share(item.measures_done, item.measures_all)),
    Column("light", "期限", kind="clock"),
    Column("state", "状态", kind="state"),
)  # fmt: skip


def name_of(row: Any) -> str:
    """《…》 of a paper, the name of a round."""
    return f"《{row.title}》" if isinstance(row, SourcePaper) else str(row.name)


def items_table(paper: SourcePaper, user: User) -> Table:
    """Its items, those the reader may know of, in the order registered."""
    rows = (
        Item.objects.visible_to(user).standing().filter(paper=paper).for_list().with_progress().order_by("pk")
    )
    registers = bool(user.roles & REGISTRARS) and paper.state == PaperState.REGISTERED
    return Table(
        "整改事项", ITEM_COLUMNS, rows, empty="还没有登记整改事项。", key="items",
        action=("登记整改事项", f"/items/new/?paper={paper.public_id}") if registers else None,
        whole=f"/items/?paper={paper.public_id}",
    )  # fmt: skip
