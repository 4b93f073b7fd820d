"""Pages of what belongs to the superior: a slip, never a word of content."""

from typing import Any

from cases import forms, services
from cases.filters import SuperiorReceiptFilter
from cases.models import SuperiorReceipt
from cases.roles import DESK
from cases.workflow import SUPERIOR
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab

PARENT = ("上级管辖件", "/superior-receipts/")
LAW = "属于上级机关管辖的检举控告，径送本机关主要负责人并报上级，不录入、不复印、不摘抄。这里只登记收到和报送的日期、编号。"


class SuperiorReceiptList(ListPage):
    queryset = SuperiorReceipt.objects.for_list()
    section, title = "superior_receipts", "上级管辖件"
    filterset_class = SuperiorReceiptFilter
    main_filters = ("q", "state")
    columns = (
        Column("number", "收件编号", kind="link", order="number"),
        Column("received_on", "收到日期", kind="date", order="received_on", phone="main"),
        Column("sent_on", "报送日期", kind="date", order="sent_on"),
        Column("superior_receipt", "上级回执号"),
        Column("registered_by.display_name", "登记人"),
        Column("due_on", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
    )
    order = "-received_on"
    tabs = (Tab("", "全部"), Tab("waiting", "待报送", lambda rows, user: rows.waiting()))
    create_url, create_label = "/superior-receipts/new/", "登记收到"
    empty = "没有上级管辖件的登记。"

    def may_create(self) -> bool:
        return bool(self.user.roles & DESK)


class SuperiorReceiptPage(RecordPage):
    queryset = SuperiorReceipt.objects.for_list()
    section, workflow, parent = "superior_receipts", SUPERIOR, PARENT

    def facts(self) -> list[Facts]:
        row = self.object
        sent = row.sent_by and row.sent_by.display_name
        return [Facts("收送情况", [
            Fact("收到日期", row.received_on, "date"), Fact("报送日期", row.sent_on, "date"),
            Fact("上级回执号", row.superior_receipt), Fact("登记单位", row.registering_unit.name),
            Fact("登记人", row.registered_by.display_name), Fact("报送人", sent),
        ])]  # fmt: skip


class NewSuperiorReceipt(CreatePage):
    section, title, label, parent = "superior_receipts", "登记上级管辖件", "登记收到", PARENT
    form_class, perform, intro = forms.ReceiveForm, staticmethod(services.receive_for_superior), LAW

    def may_open(self) -> bool:
        return bool(self.user.roles & DESK)

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}

    def done_sentence(self, record: Any) -> str:
        return f"已登记，收件编号 {record.number}。请在五个工作日内报送。"


class SuperiorReceiptAct(ActPage):
    queryset, section, workflow = SuperiorReceipt.objects.for_list(), "superior_receipts", SUPERIOR
    perform: Any = None

    def get_initial(self) -> dict[str, Any]:
        return {"sent_on": moment.today()}
