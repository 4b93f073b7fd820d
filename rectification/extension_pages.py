"""What pages say of extensions: each request with its reason and who decided, how often and how long in all."""

from typing import Any

from povertyaudit.core.views import Column, Fact, Facts, Table
from rectification.models import ExtensionRequest, Item, RequestState
from rectification.workflow.extending import standing

COLUMNS = (
    Column("asked_on", "申请日期", kind="date", phone="side"),
    Column("asked_by.display_name", "申请人", phone="hide"),
    Column("reason", "理由", phone="main", value=lambda row: reason_of(row)),
    Column("due_before", "原时限", kind="date", phone="hide"),
    Column("until", "申请延至", kind="date", phone="sub"),
    Column("state", "状态", kind="state"),
    Column("decided_by", "批准人", value=lambda row: row.decided_by.display_name if row.decided_by else ""),
    Column("granted_until", "同意延至", kind="date"),
    Column("days", "延长天数", kind="number", value=lambda row: row.days or "", phone="hide"),
    Column("opinion", "意见", phone="hide"),
)


def reason_of(asked: ExtensionRequest) -> str:
    """The reason of the list before that in words."""
    return f"{asked.reason_name}：{asked.reason}" if asked.reason_name else asked.reason


def granted(item: Item) -> list[Any]:
    """Extensions granted, out of the prefetched requests, the latest first."""
    return [one for one in item.extension_requests.all() if one.state == RequestState.GRANTED]


def total(item: Item) -> str:
    """已延期 2 次，共 45 天；nothing where it never was."""
    found = granted(item)
    return f"{len(found)} 次，共 {sum(one.days for one in found)} 天" if found else ""


def table(item: Item) -> list[Table]:
    rows = item.extension_requests.all()
    return [Table("延期", COLUMNS, rows, key="extensions")] if rows else []


def rules(item: Item) -> list[Facts]:
    """What the form of a request says: how often it was extended, how often it may be, who will decide."""
    limit, used = standing(item)
    said = [Fact("现在的整改时限", item.due_on, "date"), Fact("已延期", total(item) or "没有延过期")]
    if limit["times"] is not None:
        said.append(Fact("最多延期", f"{limit['times']} 次"))
    if limit["days"] is not None:
        said.append(Fact("每次最多", f"{limit['days']} 天"))
    leader = limit["leader_from"] is not None and used + 1 >= limit["leader_from"]
    office = "巡察办" if item.of_round else "监督检查室"
    said.append(Fact("这一次由谁批准", "分管领导或者书记" if leader else office))
    return [Facts("延期规定（按起算日施行的规定）", said)]
