"""Pages of misused money: the list, the record, the new one."""

from typing import Any

from funds import services
from funds.filters import MisuseFilter
from funds.forms import MisuseForm
from funds.models import Misuse
from funds.pages import books, origins, recoveries, return_sheets
from funds.workflow import MISUSE, REGISTERS
from povertyaudit.core import moment, render
from povertyaudit.core.views import Column, CreatePage, Fact, Facts, ListPage, Missing, RecordPage, Tab, Table


class MisuseList(ListPage):
    template_name = "funds/misuse_list.html"
    queryset = Misuse.objects.for_list()
    section, title = "misuses", "违规使用资金"
    filterset_class = MisuseFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "问题名称", phone="main"),
        Column("kind.name", "问题类型", phone="hide"),
        Column("responsible_unit.name", "责任单位", phone="hide"),
        Column("found_on", "发现日期", kind="date", order="found_on", phone="hide"),
        Column("amount_fen", "涉及金额（元）", kind="money", order="amount_fen", phone="hide"),
        Column("outstanding_fen", "未追缴（元）", kind="money", order="outstanding_fen", phone="side"),
        Column("state", "状态", kind="state"),
        Column("recovered_fen", "已追缴（元）", kind="money", shown=False),
        Column("get_how_found_display", "发现途径", shown=False),
        Column("region.path_name", "所属地区", shown=False),
        Column("fund_kind.name", "资金种类", shown=False),
        Column("nature.name", "问题性质", shown=False),
        Column("owed_fen", "应追缴（元）", kind="money", shown=False),
        Column("period_from", "发生期间（起）", kind="date", shown=False),
        Column("period_to", "发生期间（止）", kind="date", shown=False),
        Column("project_number", "相关项目编号", shown=False),
    )
    order = "-found_on"
    tabs = (
        Tab("", "全部"),
        Tab("open", "未追缴到位", lambda rows, user: rows.outstanding()),
    )
    create_url, create_label = "/misuses/new/", "登记违规使用资金"
    import_kind = "misuses"
    empty = "没有符合条件的违规使用资金。"

    def get_queryset(self) -> Any:
        return super().get_queryset().with_project(self.user)

    def may_create(self) -> bool:
        return bool(self.user.roles & REGISTERS)


def _voided(row: Misuse) -> list[Facts]:
    """Said above everything else."""
    if row.state != Misuse.State.VOIDED:
        return []
    words = "已作废：登记它的表格导入已经撤销，原因见办理记录。编号保留，账簿已冲正，只供查阅，不再计数。"
    return [Facts("", [Fact("办理情况", words, wide=True)])]


class MisusePage(RecordPage):
    queryset = Misuse.objects.for_list()
    section, workflow, parent = "misuses", MISUSE, ("违规使用资金", "/misuses/")

    def facts(self) -> list[Facts]:
        row = self.object
        period = [render.date(day) for day in (row.period_from, row.period_to) if day]
        problem = [
            Fact("问题类型", row.kind.name),
            Fact("依据", row.kind.anchor),
            Fact("问题性质", row.nature and row.nature.name),
            Fact("资金种类", row.fund_kind),
            Fact("责任单位", row.responsible_unit.name),
            Fact("所属地区", row.region.path_name),
            Fact("发生期间", " 至 ".join(period)),
            Fact("发现日期", row.found_on, "date"),
            Fact("发现途径", row.get_how_found_display()),
            Fact("来自", origins.links(row, self.user)),
            Fact("问题情况", row.description, wide=True),
        ]
        return [*_voided(row), books.sums(row), Facts("问题", problem)]

    def tables(self) -> list[Table]:
        row = self.object
        return [
            recoveries.table(row), books.table(row), *return_sheets.tables(row), *books.reliefs(row),
            *recoveries.confirmations(row),
        ]  # fmt: skip

    def missing(self) -> list[Missing]:
        return return_sheets.missing(self.object, self.user)


class NewMisuse(CreatePage):
    section, title, label, parent = "misuses", "登记违规使用资金", "登记", ("违规使用资金", "/misuses/")
    form_class, perform = MisuseForm, staticmethod(services.register_misuse)

    def may_open(self) -> bool:
        return bool(self.user.roles & REGISTERS)

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": moment.today()} | origins.known(self.request.GET, self.user)
