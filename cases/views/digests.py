"""Pages of the digests (快报) and of what the leaders instruct."""

from typing import Any

from django.forms import BaseForm
from django.utils.functional import cached_property

from cases.call_filters import DigestFilter
from cases.forms import calls as call_forms
from cases.models import CallDigest
from cases.pages.calls import INSTRUCTION_COLUMNS, LINE_COLUMNS, PART_COLUMNS, file_of, reads_whole
from cases.services import digesting
from cases.views.calls import CALLS
from cases.workflow.calls import DESK, DIGEST
from povertyaudit.core.forms import PageForm
from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Paper
from povertyaudit.core.scope import ScopedMixin
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    PaperPage,
    RecordPage,
    Tab,
    Table,
)

DIGESTS = ("专线快报", "/digests/")


class DigestList(ListPage):
    queryset = CallDigest.objects.for_list()
    section, title, parent = "calls", "专线快报", CALLS
    filterset_class = DigestFilter
    main_filters = ("q", "state")
    columns = (
        Column("number", "快报编号", kind="link", order="number"),
        Column("title", "快报", phone="main"),
        Column("desk_unit.name", "汇编单位", phone="hide"),
        Column("made_for", "汇编时间", kind="moment", order="made_for"),
        Column("due_on", "批示期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
    )
    order = "-made_for"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我报告落实情况", lambda rows, user: rows.waiting_for(user)),
        Tab("open", "批示待落实", lambda rows, user: rows.open()),
    )
    create_url, create_label = "/digests/new/", "现在汇编"
    empty = "没有符合条件的快报。"

    def may_create(self) -> bool:
        return bool(self.user.roles & DESK)


class InParts(ScopedMixin):
    """A digest with what of it this person may read."""

    object: Any

    def get_queryset(self) -> Any:
        return super().get_queryset().parts_for(self.user)

    @cached_property
    def reads_whole(self) -> bool:
        return reads_whole(self.object, self.user)

    def lines(self) -> Table:
        columns = LINE_COLUMNS if self.reads_whole else PART_COLUMNS
        return Table("来电", columns, self.object.lines.all(), key="calls")


class DigestPage(InParts, RecordPage):
    queryset = CallDigest.objects.for_list()
    section, workflow, parent = "calls", DIGEST, DIGESTS

    def facts(self) -> list[Facts]:
        digest, file = self.object, file_of(self.object, self.user)
        made = [
            Fact("期数", f"第 {digest.issue} 期"),
            Fact("汇编单位", digest.desk_unit.name),
            Fact("汇编时间", digest.made_for, "moment"),
        ]
        whole = [
            Fact("来电", f"{len(digest.lines.all())} 件"),
            Fact("全文", "打开打印版", "link", row=Address(f"{digest.get_absolute_url()}paper/")),
            Fact("Word 文件", file, "link", row=file),
        ]
        return [Facts("快报", made + whole if self.reads_whole else made)]

    def tables(self) -> list[Table]:
        digest = self.object
        return [
            self.lines(),
            Table("领导批示", INSTRUCTION_COLUMNS, digest.instructions.all(), "还没有批示。", key="instructions"),
        ]  # fmt: skip


class Address:
    """Where a link leads that is no row."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get_absolute_url(self) -> str:
        return self.url


class DigestPaper(InParts, PaperPage):
    queryset, section = CallDigest.objects.for_list(), "calls"

    def get_queryset(self) -> Any:
        return super().get_queryset().whole_to(self.user)

    def paper(self) -> Paper:
        return digesting.paper_of(self.object, self.object.lines.all())

    def file(self) -> Attachment | None:
        return file_of(self.object, self.user)


class NewDigest(CreatePage):
    section, title, label, parent = "calls", "汇编快报", "现在汇编", DIGESTS
    form_class, perform = PageForm, staticmethod(digesting.assemble_now)
    intro = "把上一期之后登记的来电汇编成新的一期并呈送领导。到了规定时间会自动汇编，不必每天手工办理。"

    def may_open(self) -> bool:
        return bool(self.user.roles & DESK)

    def done_sentence(self, record: Any) -> str:
        return f"{record.title}已汇编并呈送领导。"


class DigestAct(InParts, ActPage):
    queryset, section, workflow = CallDigest.objects.for_list(), "calls", DIGEST
    perform: Any = None

    def shows(self, digest: Any) -> Any:
        """What the act is about."""
        return [self.lines()]


class Instruct(DigestAct):
    verb, perform, form_class = "instruct", staticmethod(digesting.instruct), call_forms.InstructForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The calls of this digest."""
        form = super().get_form(form_class)
        field: Any = form.fields["call"]
        field.queryset = field.queryset.filter(digest_line__digest=self.object)
        field.label_from_instance = lambda call: f"{call.number} {call.title}"
        return form


class Report(DigestAct):
    verb, perform, form_class = "report", staticmethod(digesting.report), call_forms.ReportForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The open instructions of this person's rooms."""
        form = super().get_form(form_class)
        field: Any = form.fields["instruction"]
        mine = self.object.instructions.filter(answered_on=None, unit__in=self.user.unit_ids)
        field.queryset = mine.select_related("leader__person", "call")
        field.label_from_instance = lambda row: f"{row.leader.display_name}：{row.text[:40]}（{row.about}）"
        return form
