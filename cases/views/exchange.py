"""Pages of the registry's own books: batches."""

from typing import Any

from django.utils.html import format_html

from cases import forms, services
from cases.exchange_filters import BatchFilter
from cases.exchange_querysets import DESKS, LEADING, REPORTING
from cases.models import Batch
from cases.pages.columns import owes_next
from cases.roles import DESK, WHOLE_REGION
from cases.services.batches import surplus
from cases.workflow.batches import BATCH
from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    EditPage,
    Fact,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Table,
)

SECTION = "exchange"
BATCHES = ("交办批次", "/batches/")
FIRST = 20  # open leads a batch shows before the list


def leads_url(batch: Batch, **more: str) -> str:
    """The list of the batch's leads."""
    return f"/leads/?batch={batch.public_id}{''.join(f'&{name}={value}' for name, value in more.items())}"


def figure(number: int, url: str) -> Any:
    """A number that opens its rows."""
    return format_html('<a href="{}">{}</a>', url, number)


BOOKS = (
    ("线索移送", "/handovers/", WHOLE_REGION),
    ("移送明细", "/handovers/rows/", WHOLE_REGION),
    ("移送对账", "/handovers/tally/", WHOLE_REGION),
    ("部门报送", "/partner-reports/", LEADING | REPORTING),
    ("交办批次", "/batches/", DESKS),
    ("联席会议", "/meetings/", LEADING),
    ("会议议定事项", "/resolutions/", LEADING),
)


class Book(ListPage):
    """A list of the registry's; its tabs lead to the other books."""

    section = SECTION

    def all_tabs(self) -> list[tuple[str, str, bool, str]]:
        here = self.request.path
        books = [
            (label, url, url == here and self.current_view is None, "")
            for label, url, roles in BOOKS
            if roles & self.user.roles
        ]
        saved = [tab for tab in super().all_tabs() if "view=" in tab[1]]
        return [*books, *saved]


class BatchList(Book):
    queryset = Batch.objects.for_list()
    title = "交办批次"
    filterset_class = BatchFilter
    main_filters = ("q", "state", "due")
    columns = (
        Column("number", "批次编号", kind="link", order="number"),
        Column("title", "批次名称", phone="main"),
        Column("sender", "交办单位", phone="sub"),
        Column("received_on", "收到日期", kind="date", order="received_on", phone="hide"),
        Column("promised", "载明", kind="number", phone="hide"),
        Column("registered", "已登记", kind="number", phone="hide",
               value=lambda row: figure(row.registered, leads_url(row))),
        Column("unfinished", "未办结", kind="number", phone="hide",
               value=lambda row: figure(row.unfinished, leads_url(row, progress="open"))),
        Column("due_on", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
        Column("sender_number", "来文编号", shown=False),
    )  # fmt: skip
    order = "-received_on"
    create_url, create_label = "/batches/new/", "登记批次"
    empty = "没有符合条件的交办批次。"

    def get_queryset(self) -> Any:
        return super().get_queryset().with_figures(self.user)

    def may_create(self) -> bool:
        return bool(self.user.roles & DESK)


class BatchPage(RecordPage):
    queryset = Batch.objects.for_list()
    section, workflow, parent = SECTION, BATCH, BATCHES

    def get_queryset(self) -> Any:
        return super().get_queryset().with_figures(self.user)

    def facts(self) -> list[Facts]:
        row = self.object
        ended = row.registered - row.unfinished
        progress = [
            Fact("来文载明", f"{row.promised} 件"),
            Fact("已登记", figure(row.registered, leads_url(row))),
            Fact("未办结", figure(row.unfinished, leads_url(row, progress="open"))),
            Fact("已办结、转出、合并或退回", figure(ended, leads_url(row, progress="ended"))),
        ]
        about = [
            Fact("交办单位", row.sender),
            Fact("来文编号", row.sender_number),
            Fact("收到日期", row.received_on, "date"),
            Fact("要求办结日期", row.deadline, "date"),
            Fact("登记人", row.received_by.display_name),
            Fact("结清日期", row.closed_on, "date"),
        ]
        return [Facts("办理进度", progress), Facts("批次", about)]

    def tables(self) -> list[Table]:
        leads = (
            self.object.leads.visible_to(self.user).open().for_list().order_by("received_on", "pk")[:FIRST]
        )
        title = "未办结的线索" if self.object.unfinished <= FIRST else f"未办结的线索（最早的 {FIRST} 件）"
        return [Table(title, OPEN_COLUMNS, leads, "没有未办结的线索。", key="open")]

    def missing(self) -> list[Missing]:
        """What keeps the batch from being closed."""
        row = self.object
        if row.state == Batch.State.CLOSED or not self.user.roles & DESK:
            return []
        more = surplus(row)
        if more < 0:
            text = f"来文载明 {row.promised} 件，还有 {-more} 件没有登记到本批次。"
            return [Missing(text, "/leads/new/")]
        return [Missing(f"登记的线索比来文载明的多 {more} 件，请核对。", leads_url(row))] if more else []


OPEN_COLUMNS = (
    Column("number", "线索编号", kind="link"),
    Column("title", "反映问题摘要", phone="main"),
    Column("owes_next", "下一步", value=owes_next, phone="sub"),
    Column("due_on", "期限", kind="clock"),
    Column("state", "状态", kind="state"),
)


class NewBatch(CreatePage):
    section, title, label, parent = SECTION, "登记交办批次", "登记", BATCHES
    form_class, perform = forms.BatchForm, staticmethod(services.receive)
    intro = "先登记批次，再逐件登记其中的线索；已经登记的线索可以在线索列表中勾选后列入批次。"

    def may_open(self) -> bool:
        return bool(self.user.roles & DESK)

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class BatchAct(ActPage):
    queryset, section, workflow = Batch.objects.all(), SECTION, BATCH


class AmendBatch(BatchAct, EditPage):
    verb, perform, form_class = "amend", staticmethod(services.amend_batch), forms.AmendBatchForm
