"""What pages say of activities."""

from typing import Any

from django.utils.html import format_html

from povertyaudit.activities.models import Activity, Fulfilment
from povertyaudit.core import render
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table
from rectification.models import Item

SHOWN = 100  # names on the page
ATTENDED_COLUMNS = (
    Column("get_category_display", "参加人员", phone="main"),
    Column("times", "人次", kind="number", phone="side"),
    Column("persons", "人数", kind="number", phone="sub"),
)
PEOPLE_COLUMNS = (
    Column("name", "姓名", phone="main"),
    Column("post_title", "单位和职务", phone="sub"),
    Column("state", "签到", kind="state"),
    Column("reason", "未到原因", phone="last"),
)
FULFILLED_COLUMNS = (
    Column("item", "整改事项", kind="html", phone="main", value=lambda row: row.shown),
    Column("no", "措施序号", kind="number", phone="side"),
    Column("text", "措施", phone="sub"),
)
DECISION_COLUMNS = (
    Column("no", "序号", kind="number", phone="side"),
    Column("text", "议定事项", phone="main"),
    Column("unit.name", "责任单位", phone="sub"),
    Column("lead_unit.name", "牵头单位", phone="hide"),
    Column("due_on", "完成时限", kind="date", phone="hide"),
    Column("item", "整改事项", kind="html", phone="first", value=lambda row: row.shown_item),
    Column("standing", "状态", phone="last"),
    Column("reason", "只作记录的理由", phone="hide"),
)
FILE_COLUMNS = (
    Column("title", "名称", kind="link", value=lambda file: file.title or file.original_name),
    Column("taken_at", "拍摄时间", kind="moment", phone="main"),
    Column("created_at", "上传时间", kind="moment", phone="sub"),
    Column("uploaded_by.display_name", "上传人", phone="side"),
)


def facts(row: Activity, user: User) -> list[Facts]:
    """The round and the campaign are named to those who may know of them."""
    found = [
        Fact("类别", f"{row.kind.get_group_display()}—{row.kind.name}"),
        Fact("举办单位", row.unit.name),
        Fact("地区", row.region.path_name),
        Fact("级别", row.get_level_display()),
        Fact("时间", row.days),
        Fact("地点", row.place),
        Fact("主持人、主讲人", row.host),
        Fact("场次", row.sessions),
        Fact("人次", row.times or ""),
        Fact("人数", row.persons or ""),
        Fact("发放资料（份）", row.leaflets or ""),
        Fact("经费（元）", row.cost_fen, "money"),
        *_links(row, user),
        Fact("主要内容", row.topics, wide=True),
        Fact("登记人", row.recorded_by.display_name),
        Fact("登记举办日期", row.held_on, "date"),
        Fact("归档日期", row.archived_on, "date"),
        Fact("取消、作废理由", row.ended_reason, wide=True),
    ]
    return [Facts("活动", [fact for fact in found if fact.value not in (None, "")])]


def _links(row: Activity, user: User) -> list[Fact]:
    found = []
    for label, beside in (("专项行动", row.campaign), ("巡察轮次", row.round)):
        if beside is not None and type(beside).objects.visible_to(user).filter(pk=beside.pk).exists():
            found.append(Fact(label, beside.name, "link", row=beside))
    return found


def tables(row: Activity, user: User, offered: set[str]) -> list[Table]:
    url = row.get_absolute_url()

    def act(name: str, label: str) -> tuple[str, str] | None:
        return (label, f"{url}{name}/") if name in offered else None

    found = []
    if row.state not in {"planned", "cancelled"}:
        found.append(
            Table(
                "参加情况", ATTENDED_COLUMNS, row.attended.all(), "只发放资料，没有参加人员。", key="attended"
            )
        )
    people = list(row.people.all()[: SHOWN + 1])
    if people or "set_people" in offered:
        title = "参加名单" if len(people) <= SHOWN else f"参加名单（前 {SHOWN} 人，全部名单见接口）"
        action = act("set_people", "修改名单") if not people else act("sign_in", "登记签到")
        found.append(
            Table(title, PEOPLE_COLUMNS, people[:SHOWN], "没有列出姓名，只计人次和人数。", action, "people")
        )
    found += decisions(row, user, act)
    links = fulfilled(row, user)
    if links or "fulfil" in offered:
        found.append(
            Table("落实的整改措施", FULFILLED_COLUMNS, links, "没有关联整改措施。", act("fulfil", "关联措施"), "measures")
        )  # fmt: skip
    files = Attachment.objects.seen_of(row, user).newest().select_related("uploaded_by__person")
    found.append(
        Table("照片和材料", FILE_COLUMNS, files, "还没有上传材料。", act("attach", "上传材料"), "files")
    )
    return found


def decisions(row: Activity, user: User, act: Any) -> list[Table]:
    """What was decided; of what was issued the item says how far it is."""
    rows = list(row.decisions.all())
    if not rows and (row.state != "held" or row.kind.group != "meeting"):
        return []
    seen = Item.objects.visible_to(user).in_bulk([one.item_id for one in rows if one.item_id])
    for one in rows:
        item = seen.get(one.item_id)
        one.shown_item = format_html('<a href="{}">{}</a>', item.get_absolute_url(), item) if item else ""
    empty = "没有登记议定事项。"
    return [Table("议定事项", DECISION_COLUMNS, rows, empty, act("decide", "登记议定事项"), "decisions")]


def fulfilled(row: Activity, user: User) -> list[Fulfilment]:
    """Links to items the reader may see; of others not even the number."""
    rows = list(row.fulfilments.select_related("item"))
    seen = Item.objects.visible_to(user).in_bulk([one.item_id for one in rows])
    kept = [one for one in rows if one.item_id in seen]
    for one in kept:
        one.shown = format_html('<a href="{}">{}</a>', one.item.get_absolute_url(), one.item)
    return kept


def missing(row: Activity, offered: set[str], today: Any) -> list[Missing]:
    if "issue_decisions" in offered:
        return [
            Missing("有议定事项还没有下发，也没有注明只作记录。", f"{row.get_absolute_url()}issue_decisions/")
        ]
    if row.state == "planned" and row.ends_on < today and "hold" in offered:
        url = f"{row.get_absolute_url()}hold/"
        return [Missing(f"计划的日期 {render.date(row.ends_on)} 已过，请登记举办，或者取消。", url)]
    return []
