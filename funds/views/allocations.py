"""Pages of money given to the county."""

from typing import Any

from funds.forms.allocations import AllocationForm
from funds.models import Allocation
from funds.project_filters import AllocationFilter
from funds.services import allocating
from funds.services.rules import held_since
from funds.workflow.allocations import ALLOCATION, FUND_DESK
from povertyaudit.core import moment, render
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab, Table

SECTION, ALLOCATIONS = "allocations", ("资金下达", "/allocations/")


class AllocationList(ListPage):
    queryset = Allocation.objects.for_list()
    section, title = SECTION, "资金下达"
    filterset_class = AllocationFilter
    main_filters = ("q", "level", "fund_kind")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "文件名称", phone="main"),
        Column("paper_no", "文号", phone="sub"),
        Column("get_level_display", "级别", phone="hide"),
        Column("fund_kind.name", "资金种类", phone="hide"),
        Column("received_on", "收到日期", kind="date", order="received_on", phone="hide"),
        Column("amount_fen", "下达（元）", kind="money", order="amount_fen", phone="side"),
        Column("assigned_fen", "已安排（元）", kind="money", shown=False),
        Column("unassigned_fen", "未安排（元）", kind="money", order="unassigned_fen", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("idle_days", "收到天数", kind="number", shown=False),
        Column("year", "预算年度", shown=False),
        Column("issued_on", "下达日期", kind="date", shown=False),
    )
    order = "-received_on"
    tabs = (
        Tab("", "全部"),
        Tab("left", "还有未安排", lambda rows, user: rows.with_left()),
        Tab("idle", "滞留未安排", lambda rows, user: rows.idle(held_since())),
    )
    create_url, create_label = "/allocations/new/", "登记资金下达"
    empty = "没有符合条件的资金下达文件。"

    def may_create(self) -> bool:
        return bool(self.user.roles & FUND_DESK)


USED_COLUMNS = (
    Column("project.number", "项目编号", kind="link", value=lambda line: line.project.number),
    Column("project.title", "项目名称", phone="main"),
    Column("amount_fen", "安排（元）", kind="money", phone="side"),
    Column("paid_fen", "已拨付（元）", kind="money"),
    Column("project.get_state_display", "项目状态"),
)


class AllocationPage(RecordPage):
    queryset = Allocation.objects.for_list()
    section, workflow, parent = SECTION, ALLOCATION, ALLOCATIONS

    def facts(self) -> list[Facts]:
        row = self.object
        return [
            Facts(
                "下达文件",
                [
                    Fact("文号", row.paper_no),
                    Fact("资金级别", row.get_level_display()),
                    Fact("资金种类", row.fund_kind),
                    Fact("预算年度", f"{row.year} 年"),
                    Fact("下达日期", row.issued_on, "date"),
                    Fact("收到日期", row.received_on, "date"),
                ],
            ),
            Facts(
                "金额",
                [
                    Fact("下达金额（元）", row.amount_fen, "money"),
                    Fact("大写", render.capital(row.amount_fen)),
                    Fact("已安排到项目（元）", row.assigned_fen, "money"),
                    Fact("未安排（元）", row.left_fen, "money"),
                ],
            ),
        ]

    def tables(self) -> list[Table]:
        lines = self.object.lines.visible_to(self.user).for_list().order_by("-pk")
        whole = f"/projects/?allocation={self.object.public_id}"
        return [Table("安排到的项目", USED_COLUMNS, lines, "还没有安排到项目。", key="lines", whole=whole)]


class NewAllocation(CreatePage):
    section, title, label, parent = SECTION, "登记资金下达", "登记", ALLOCATIONS
    form_class, perform = AllocationForm, staticmethod(allocating.register_allocation)

    def may_open(self) -> bool:
        return bool(self.user.roles & FUND_DESK)

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class AllocationAct(ActPage):
    queryset, section, workflow = Allocation.objects.for_list(), SECTION, ALLOCATION
