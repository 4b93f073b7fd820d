"""Pages of notices to put something right at once (立行立改)."""

from typing import Any

from inspections import services
from inspections.forms import opinions as forms
from inspections.models import ImmediateNotice
from inspections.opinion_filters import NoticeFilter
from inspections.pages.parts import files_table, seen
from inspections.views.books import SECTION, Book
from inspections.workflow.opinions import NOTICE
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, RecordPage, Table

PARENT = ("立行立改", "/immediate-notices/")
NOTICE_COLUMNS = (
    Column("number", "通知编号", kind="link", order="number"),
    Column("title", "问题", phone="main"),
    Column("unit.name", "整改单位", phone="sub"),
    Column("issued_on", "发出日期", kind="date", order="issued_on", phone="hide"),
    Column("due_on", "整改期限", kind="clock", order="due_on"),
    Column("state", "状态", kind="state"),
)


class NoticeList(Book):
    queryset = ImmediateNotice.objects.for_list()
    title = "立行立改"
    filterset_class = NoticeFilter
    main_filters = ("q", "state", "due")
    columns = (
        *NOTICE_COLUMNS[:3],
        Column("round.name", "轮次", phone="hide"),
        *NOTICE_COLUMNS[3:],
        Column("reported_on", "报告日期", kind="date", shown=False),
        Column("closed_on", "办结日期", kind="date", shown=False),
        Column("region.name", "地区", shown=False),
    )
    order = "-issued_on"
    create_url, create_label = "/immediate-notices/new/", "发出立行立改通知"
    empty = "没有符合条件的立行立改通知。"

    def may_create(self) -> bool:
        return services.may_record(self.user)


class NoticePage(RecordPage):
    queryset = ImmediateNotice.objects.for_list()
    section, workflow, parent = SECTION, NOTICE, PARENT

    def facts(self) -> list[Facts]:
        row = self.object
        about = [
            Fact("轮次", seen(self.user, row.round)),
            Fact("整改单位", row.unit.name),
            Fact("对应的问题", seen(self.user, row.finding)),
            Fact("签发人", row.issued_by.display_name),
            Fact("发出日期", row.issued_on, "date"),
            Fact("问题", row.text, wide=True),
            Fact("整改要求", row.demand, wide=True),
        ]
        done = [
            Fact("报告日期", row.reported_on, "date"),
            Fact("报告人", row.reported_by and row.reported_by.display_name),
            Fact("办结日期", row.closed_on, "date"),
            Fact("退回理由", row.return_reason, wide=True),
            Fact("整改情况", row.closing_text, wide=True),
        ]
        filled = [fact for fact in done if fact.value not in (None, "")]
        return [Facts("立行立改通知", about), *([Facts("整改情况", filled)] if filled else [])]

    def tables(self) -> list[Table]:
        return [files_table(self.object, self.user, "佐证材料")]


class NewNotice(CreatePage):
    section, title, label, parent = SECTION, "发出立行立改通知", "发出", PARENT
    form_class, perform = forms.NoticeForm, staticmethod(services.issue_notice)

    def may_open(self) -> bool:
        return services.may_record(self.user)

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "")[:22] for name in ("round", "finding", "unit")}


class NoticeAct(ActPage):
    queryset, section, workflow = ImmediateNotice.objects.for_list(), SECTION, NOTICE


class AttachProof(NoticeAct):
    verb, perform, form_class = "attach", staticmethod(services.attach_proof), forms.ProofForm

    def success_address(self, record: Any) -> str:
        return str(self.object.get_absolute_url())
