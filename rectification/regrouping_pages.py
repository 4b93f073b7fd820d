"""What pages say of 拆分、合并: what is asked for, what was decided, where an item goes on and where it came from."""

from dataclasses import dataclass
from typing import Any

from povertyaudit.core.views import Column, Fact, Facts, Table
from rectification.models import Item, Measure, Regroup, State
from rectification.models.regrouping import Regrouping, asked_regrouping

COLUMNS = (
    Column("asked_on", "申请日期", kind="date", phone="side"),
    Column("get_kind_display", "办理", phone="hide"),
    Column("reason", "理由", phone="main"),
    Column("asked_by.display_name", "申请人", phone="hide"),
    Column("decided_by", "批准人", value=lambda row: row.decided_by.display_name if row.decided_by else ""),
    Column("decided_on", "决定日期", kind="date", phone="hide"),
    Column("state", "状态", kind="state"),
    Column("opinion", "意见", phone="sub"),
)
ITEM_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "具体问题", phone="main"),
    Column("main_unit", "主责单位", phone="sub"),
    Column("due_on", "整改时限", kind="date", phone="hide"),
    Column("state", "状态", kind="state"),
)
PART_COLUMNS = (
    Column("problem", "具体问题", phone="main"),
    Column("unit", "主责单位", phone="sub"),
    Column("measures", "归入的措施"),
    Column("misuses", "归入的违规资金"),
)


def tables(item: Item, user: Any) -> list[Table]:
    """For the page of the item: requests, where it goes on, which items went into it. Those the reader may know of."""
    found = []
    if rows := item.regroupings.all():
        found.append(Table("拆分、合并", COLUMNS, rows, key="regroupings"))
    for title, key, which in (
        ("已拆分，由以下事项继续办理", "parts", {"split_from": item.pk}),
        ("已并入，由以下事项继续办理", "merged_into", {"pk": item.merged_into_id}),
        ("并入本事项的事项", "merged", {"merged_into": item.pk}),
    ):
        ended = item.regrouped_on is not None
        if ended if key != "merged" else bool(item.merged.all()):
            seen = Item.objects.visible_to(user).filter(**which).select_related("region").order_by("pk")
            if shown := list(seen.prefetch_related("units__unit")):
                found.append(Table(title, ITEM_COLUMNS, shown, key=key))
    return found


def note(item: Item) -> list[Facts]:
    """Said above everything else of an item that ended so, and of one whose figures begin anew."""
    if item.regrouped_on is not None:
        words = f"{item.regrouped_on} {item.get_state_display()}，本事项只供查阅，不再计数。"
        return [Facts("", [Fact("办理情况", words, wide=True)])]
    if item.state == State.VOIDED:
        words = "已作废：登记它的表格导入已经撤销，原因见办理记录。编号保留，只供查阅，不再计数。"
        return [Facts("", [Fact("办理情况", words, wide=True)])]
    if item.split_from_id is not None:
        words = "由拆分产生。定期报告的数据自拆分后从零计起，拆分以前的计在原事项。"
        return [Facts("", [Fact("来历", words, wide=True)])]
    return []


def standing(item: Item) -> list[Facts | Table]:
    """What the item has, for whoever says how it is to be split."""
    columns = (
        Column("no", "序号", kind="number", phone="first"), Column("text", "整改措施", phone="main"),
        Column("answering", "责任单位", phone="sub"), Column("state", "落实情况", kind="state"),
    )  # fmt: skip
    return [Table("现在的措施", columns, item.measures.all())]


def asked(item: Item) -> list[Facts | Table]:
    """What waits to be decided."""
    request = asked_regrouping(item)
    if request is None:
        return []
    said = [
        Fact("办理", request.get_kind_display()),
        Fact("申请人", request.asked_by.display_name),
        Fact("申请日期", request.asked_on, "date"),
        Fact("理由", request.reason, wide=True),
    ]
    if request.kind == Regroup.SPLIT:
        return [Facts("申请", said), Table("拆分成", PART_COLUMNS, parts(item, request))]
    into = request.into
    if into is not None:
        said += [Fact("并入", f"{into} {into.title}", wide=True), Fact("其整改时限", into.due_on, "date")]
    return [Facts("申请", said)]


@dataclass(frozen=True)
class Part:
    """One part of the plan in words: measures by their numbers, money by its own."""

    problem: str
    unit: str
    measures: str
    misuses: str


def parts(item: Item, request: Regrouping) -> list[Part]:
    numbers = dict(Measure.objects.filter(item=item).values_list("public_id", "no"))
    money = {link.misuse.public_id: str(link.misuse) for link in item.misuse_links.all()}
    return [
        Part(
            part["problem"],
            part["unit_name"],
            "、".join(f"第 {numbers[one]} 条" for one in part["measures"] if one in numbers),
            "、".join(money[one] for one in part["misuses"] if one in money),
        )
        for part in request.plan
    ]
