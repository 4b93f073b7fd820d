"""What pages say of changes of the unit: the history, and what is asked for."""

from typing import Any

from povertyaudit.core.views import Column, Fact, Facts, Table
from rectification.models.arranging import waiting

COLUMNS = (
    Column("asked_on", "申请日期", kind="date", phone="side"),
    Column("get_kind_display", "变更", phone="hide"),
    Column("units", "原单位 → 新单位", phone="main", value=lambda row: f"{row.old_unit} → {row.new_unit}"),
    Column("reason", "理由", phone="sub"),
    Column("asked_by.display_name", "申请人", phone="hide"),
    Column("decided_by", "批准人", value=lambda row: row.decided_by.display_name if row.decided_by else ""),
    Column("state", "状态", kind="state"),
    Column("due_on", "批准的新时限", kind="date", phone="hide"),
    Column("opinion", "意见", phone="hide"),
    Column("answer", "退回理由", phone="hide"),
)


def table(item: Any) -> list[Table]:
    rows = item.arrangements.all()
    return [Table("变更单位", COLUMNS, rows, key="arrangements")] if rows else []


def asked(item: Any) -> list[Facts]:
    """What waits to be decided or taken over."""
    change = waiting(item)
    if change is None:
        return []
    said = [
        Fact("变更", change.get_kind_display()),
        Fact("原单位", change.old_unit.name),
        Fact("新单位", change.new_unit.name),
        Fact("申请人", change.asked_by.display_name),
        Fact("理由", change.reason, wide=True),
        Fact("现在的整改时限", item.due_on, "date"),
    ]
    return [Facts("申请的变更", said)]
