"""Pages of 工作汇总."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.generic import DetailView

from cases.forms.summaries import SummaryTextForm
from cases.models import WorkSummary
from cases.models.summaries import TELLERS
from cases.pages import summaries as pages
from cases.services import reporting, summing
from cases.services.summary_papers import paper_of
from cases.summary_filters import WorkSummaryFilter
from cases.workflow.summaries import SENDERS, SUMMARY
from povertyaudit.core.papers import Paper, docx_of
from povertyaudit.core.views import (
    ActPage,
    Column,
    Fact,
    Facts,
    ListPage,
    Page,
    PaperPage,
    RecordPage,
    Tab,
    Table,
)

PARENT = ("工作汇总", "/summaries/")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class SummaryList(ListPage):
    queryset = WorkSummary.objects.for_list()
    section, title = "summaries", "工作汇总"
    filterset_class = WorkSummaryFilter
    main_filters = ("q", "period", "state")
    order = "-last_day"
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "名称", phone="main"),
        Column("last_day", "截止日期", kind="date", order="last_day", phone="hide"),
        Column("sent_on", "报送日期", kind="date", order="sent_on", phone="sub"),
        Column("sent_by.display_name", "报送人", phone="hide"),
        Column("due_on", "期限", kind="clock", order="due_on", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    tabs = (
        Tab("", "全部"),
        Tab("draft", "待报送", lambda rows, user: rows.waiting_for(user), SENDERS | TELLERS),
    )
    empty = "还没有工作汇总。"
    empty_hint = "每周一、每月一日、每月21日、每季度第一天由系统生成草稿，由案管室核对后报送（处分宣布情况每季度报告一次，计期限）；办结情况通报由承办部门报送。"
    unit_word = "份"


class SummaryPage(RecordPage):
    queryset = WorkSummary.objects.for_list()
    section, workflow, parent = "summaries", SUMMARY, PARENT
    template_name = "cases/summary.html"

    def clocks(self) -> Any:
        """Only what is reported each quarter has one."""
        return super().clocks() if self.object.period in reporting.RULES else []

    def facts(self) -> list[Facts]:
        row = self.object
        return [Facts("基本情况", [
            *([Fact("通报部门", row.unit.name), Fact("文号", row.document_number)] if row.unit else []),
            Fact("起始日期", row.first_day, "date"), Fact("截止日期", row.last_day, "date"),
            Fact("统计时间", row.counted_at, "moment"), Fact("报送日期", row.sent_on, "date"),
            Fact("报送人", row.sent_by and row.sent_by.display_name), Fact("正文", row.text, wide=True),
        ])]  # fmt: skip

    def tables(self) -> list[Table]:
        return [pages.figures(self.object, self.user)]


class SummaryAct(ActPage):
    queryset = WorkSummary.objects.for_list()
    section, workflow = "summaries", SUMMARY
    perform: Any = None
    intros: ClassVar[dict[str, str]] = {
        "send": "报送以后，数据和文字不再变化；以后的更正只反映在下一期。",
        "tell": "通报以后，数据和文字不再变化；下一次通报的期限从今天起算。",
        "recount": "数据和文字都换成现在统计的，已修改的文字不保留。",
    }

    @property
    def intro(self) -> str:  # type: ignore[override]
        timed = self.verb == "send" and self.object.period in reporting.RULES
        return self.intros.get(self.verb, "") + ("下一次报告的期限从今天起算。" if timed else "")

    def signs_what(self) -> list[Facts | Table]:
        return [
            Facts(self.object.title, [Fact("正文", self.object.text, wide=True)]),
            pages.figures(self.object, self.user),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [] if self.verb == "amend" else self.signs_what()
        return super().get_context_data(**kwargs) | {"shown": shown}


class AmendSummary(SummaryAct):
    verb, perform, form_class = "amend", staticmethod(summing.amend), SummaryTextForm
    done = "修改已保存。"

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.object.text}


class SummaryPaper(PaperPage):
    queryset = WorkSummary.objects.for_list()
    section = "summaries"

    def paper(self) -> Paper:
        return paper_of(self.object)

    def file(self) -> Any:
        return pages.kept_file(self.object, self.user)


class SummaryDraftFile(Page, DetailView):
    """The paper as a Word file before it is sent: made anew each time, kept nowhere."""

    queryset = WorkSummary.objects.waiting()
    slug_field, slug_url_kwarg = "public_id", "id"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.get_object()
        name = content_disposition_header(True, f"{row.title}（草稿）.docx")
        headers = {
            "Content-Disposition": name,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return HttpResponse(docx_of(paper_of(row)), content_type=DOCX, headers=headers)
