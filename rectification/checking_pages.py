"""Tables about the checking of an item: how it was verified, what was sent back, what changed since."""

from typing import Any

from povertyaudit.core.views import Column, Fact, Facts, Table
from rectification.models import Item, State
from rectification.workflow.changes import since_sent_back
from rectification.workflow.ruled import asked_days, asked_ways
from rectification.workflow.who import may_know_whom

COMPARED = frozenset(
    {State.ACCEPTED, State.RECTIFYING, State.CLOSURE_APPLIED, State.SECTOR_REVIEWED, State.LONG_TERM}
)
WAY_COLUMNS = (
    Column("signature.person", "复核人", phone="hide"),
    Column("get_kind_display", "方式", phone="first"),
    Column("day", "日期", kind="date", phone="side"),
    Column("place", "地点"),
    Column("found", "发现的情况", phone="main"),
)
WHOM = Column("whom", "询问对象（保密）", phone="sub")
SENT_BACK_COLUMNS = (
    Column("sent_back_on", "退回日期", kind="date", phone="side"),
    Column("sent_back_by.display_name", "退回人"),
    Column("reason_name", "原因", phone="first"),
    Column("opinion", "意见", phone="main"),
)
PUBLICATION_COLUMNS = (
    Column("no", "第几次", kind="number", phone="hide"),
    Column("place", "公示地点、方式", phone="main"),
    Column("starts_on", "公示日期", kind="date"),
    Column("ends_on", "公示至", kind="date", phone="side"),
    Column("ended_on", "结束日期", kind="date"),
)
OBJECTION_COLUMNS = (
    Column("no", "序号", kind="number", phone="first"),
    Column("received_on", "收到日期", kind="date", phone="side"),
    Column("state", "状态", kind="state"),
    Column("decided_by.display_name", "答复人"),
    Column("decided_on", "答复日期", kind="date"),
)
KEPT_TO_FEW = (
    Column("by_whom", "异议人（保密）"),
    Column("text", "异议内容（保密）", phone="main"),
    Column("answer", "答复意见"),
)
RECURRENCE_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "具体问题", phone="main"),
    Column("created_at", "登记时间", kind="moment", phone="side"),
    Column("state", "状态", kind="state"),
)
CHANGE_COLUMNS = (
    Column("part", "内容", phone="first"),
    Column("what", "变化", phone="side"),
    Column("before", "退回时"),
    Column("after", "现在", phone="main"),
)


def tables(item: Item, user: Any) -> list[Table]:
    """For the page of the item; nothing where nothing was verified or sent back."""
    found = []
    if ways := list(item.ways.all()):
        columns = (*WAY_COLUMNS, WHOM) if may_know_whom(item, user) else WAY_COLUMNS
        found.append(Table("复核记录", columns, ways, key="ways"))
    if sent := list(item.sent_back.all()):
        found.append(Table("退回记录", SENT_BACK_COLUMNS, sent, key="sent_back"))
        found += changes(item)
    if item.publications.all():
        found.append(Table("公示", PUBLICATION_COLUMNS, item.publications.all(), key="publications"))
    if objections := list(item.objections.all()):
        few = may_know_whom(item, user)
        shown = (*OBJECTION_COLUMNS, *KEPT_TO_FEW) if few else OBJECTION_COLUMNS
        found.append(Table("公示期间的异议", shown, objections, key="objections"))
    if keys := [one.pk for one in item.recurrences.all()]:
        rows = Item.objects.visible_to(user).filter(pk__in=keys)
        found.append(Table("销号以后反弹，另立的事项", RECURRENCE_COLUMNS, rows, key="recurrences"))
    return found


def changes(item: Item) -> list[Table]:
    """What is not as it was when the item was last sent back, for whoever signs next."""
    last, found = since_sent_back(item) if item.state in COMPARED else (None, [])
    if last is None:
        return []
    title = f"{last.sent_back_on} 退回以来的变化"
    return [Table(title, CHANGE_COLUMNS, found, empty="还没有变化，请按退回意见补充。", key="changes")]


def ruled(item: Item) -> list[Facts | Table]:
    """What the rules of today ask of the verification of this item; nothing where they ask nothing."""
    found = [Fact(f"须{way.label}", f"复核和公示要求：{about}") for way, about in asked_ways(item).items()]
    days, about = asked_days(item)
    if days:
        found.append(Fact(f"销号前公示不少于 {days} 天", f"复核和公示要求：{about}"))
    return [Facts("本事项的复核要求", found)] if found else []


def before_verification(item: Item) -> list[Facts | Table]:
    """What is asked, and what changed since it was sent back, for whoever verifies."""
    return [*ruled(item), *changes(item)]
