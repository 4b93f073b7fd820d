"""Pages of the papers of rounds."""

from typing import Any

from inspections import services
from inspections.forms import papers as forms
from inspections.forms.opinions import ProofForm
from inspections.models import RoundPaper
from inspections.opinion_filters import PaperFilter
from inspections.pages.parts import files_table, to_record
from inspections.views.books import SECTION, Book
from inspections.workflow.papers import PAPER
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, CreatePage, EditPage, Fact, Facts, RecordPage, Table

PARENT = ("轮次文书", "/round-papers/")
PAPER_COLUMNS = (
    Column("title", "标题", kind="link", phone="main"),
    Column("get_kind_display", "类别", phone="sub"),
    Column("document", "文号", phone="hide"),
    Column("dated", "日期", kind="date", order="dated"),
    Column("due_on", "期限", kind="clock", phone="hide"),
    Column("state", "状态", kind="state"),
)
STEP_COLUMNS = (
    Column("get_stage_display", "会议", phone="main"),
    Column("held_on", "召开日期", kind="date", phone="side"),
    Column("presided_by", "主持人"),
    Column("opinion", "会议意见"),
    Column("attachment", "会议文件", value=lambda step: step.attachment and to_record(step.attachment)),
)


class PaperList(Book):
    queryset = RoundPaper.objects.for_list()
    title = "轮次文书"
    filterset_class = PaperFilter
    main_filters = ("q", "kind", "round")
    columns = (*PAPER_COLUMNS[:2], Column("round.name", "轮次", phone="hide"), *PAPER_COLUMNS[2:])
    order = "-dated"
    create_url, create_label = "/round-papers/new/", "登记文书"
    empty = "没有符合条件的轮次文书。"

    def may_create(self) -> bool:
        return services.may_record(self.user)


class PaperPage(RecordPage):
    queryset = RoundPaper.objects.for_list()
    section, workflow, parent = SECTION, PAPER, PARENT
    named_by_heading = True

    def facts(self) -> list[Facts]:
        row = self.object
        return [
            Facts(
                "文书",
                [
                    Fact("类别", row.get_kind_display()),
                    Fact("轮次", to_record(row.round, row.round.name)),
                    Fact("文号", row.document),
                    Fact("日期", row.dated, "date"),
                    Fact("登记人", row.recorded_by.display_name),
                    Fact("参加人员", row.participants, wide=True),
                    Fact("内容", row.text, wide=True),
                ],
            )
        ]

    def tables(self) -> list[Table]:
        row = self.object
        steps = row.steps.select_related("attachment").order_by("pk")
        heard = [Table("审议情况", STEP_COLUMNS, steps, "还没有审议。")] if row.kind in row.GOES_UP else []
        return [*heard, files_table(row, self.user, "文件")]


class NewPaper(CreatePage):
    section, title, label, parent = SECTION, "登记轮次文书", "登记", PARENT
    form_class, perform = forms.PaperForm, staticmethod(services.record_paper)

    def may_open(self) -> bool:
        return services.may_record(self.user)

    def get_initial(self) -> dict[str, Any]:
        given = {name: self.request.GET.get(name, "")[:22] for name in ("round", "kind")}
        return {**given, "dated": moment.today()}


class PaperAct(ActPage):
    queryset, section, workflow = RoundPaper.objects.for_list(), SECTION, PAPER


class AmendPaper(PaperAct, EditPage):
    verb, perform, form_class = "amend", staticmethod(services.amend_paper), forms.PaperFactsForm
    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        return EditPage.get_initial(self)


class AttachPaper(PaperAct):
    verb, perform, form_class = "attach", staticmethod(services.attach_paper), ProofForm

    def success_address(self, record: Any) -> str:
        return str(self.object.get_absolute_url())
