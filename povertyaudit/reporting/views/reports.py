"""Pages of frozen reports: the list, one report, the rows behind a figure, its paper, the forms of its verbs."""

from typing import Any, ClassVar

from django.http import Http404
from django.views.generic import DetailView

from povertyaudit.core.papers import Paper
from povertyaudit.core.views import (
    ActPage,
    Column,
    Facts,
    ListPage,
    Missing,
    Page,
    PaperPage,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.reporting import forms, pages
from povertyaudit.reporting.filters import ReportFilter
from povertyaudit.reporting.indicators import CATALOGUE
from povertyaudit.reporting.models import Report
from povertyaudit.reporting.querysets import CHECKERS, LEADERS
from povertyaudit.reporting.services import reports
from povertyaudit.reporting.services.report_papers import paper_of
from povertyaudit.reporting.workflow import REPORT

PARENT = ("报表", "/reports/")


class ReportList(ListPage):
    queryset = Report.objects.for_list()
    section, title = "reports", "报表"
    filterset_class = ReportFilter
    main_filters = ("q", "kind", "state")
    order = "-last_day"
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "名称", phone="main"),
        Column("last_day", "截止日期", kind="date", order="last_day", phone="hide"),
        Column("counted_at", "统计时间", kind="moment", order="counted_at", phone="hide"),
        Column("checked_by.display_name", "核对人", phone="hide"),
        Column("signed_on", "签发日期", kind="date", order="signed_on", phone="sub"),
        Column("state", "状态", kind="state"),
    )
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user), CHECKERS | LEADERS),
    )
    empty = "还没有报表。"
    empty_hint = "旬、月、季、年结束后的早上，和轮次办结以后，由系统生成草稿；案管室、巡察办核对，领导签发。"
    unit_word = "份"


class ReportPage(RecordPage):
    queryset = Report.objects.for_page()
    section, workflow, parent = "reports", REPORT, PARENT
    template_name = "reporting/report.html"

    def clocks(self) -> Any:
        return []

    def facts(self) -> list[Facts]:
        return pages.facts(self.object)

    def tables(self) -> list[Table]:
        return [pages.figures(self.object)]

    def missing(self) -> list[Missing]:
        return pages.missing(self.object)


class RowsPage(Page, DetailView):
    """The rows behind one figure of a report: as counted, and what came or went since."""

    queryset = Report.objects.for_page()
    template_name = "reporting/rows.html"
    section = "reports"
    slug_field, slug_url_kwarg = "public_id", "id"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure = next((one for one in self.object.figures.all() if one.code == self.kwargs["code"]), None)
        if figure is None or figure.code not in CATALOGUE:
            raise Http404
        found = pages.rows_behind(figure, self.user)
        table = Table("所计的行", pages.ROW_COLUMNS, found.pop("lines"), key="rows")
        return super().get_context_data(
            figure=pages.Line(figure, None), table=table, past=pages.against_past(figure), **found, **kwargs
        )

    def get_title(self) -> str:
        return str(CATALOGUE[self.kwargs["code"]].name) if self.kwargs["code"] in CATALOGUE else ""

    def get_parent(self) -> tuple[str, str] | None:
        return self.object.title, self.object.get_absolute_url()


class ReportAct(ActPage):
    queryset = Report.objects.for_page()
    section, workflow = "reports", REPORT
    perform: Any = None  # named by as_view
    intros: ClassVar[dict[str, str]] = {
        "check": "核对以后报送领导签发；数据检查的提示要么更正，要么逐处说明。",
        "sign": "签发以后，数据和文字不再变化；以后的更正在报表旁边另列。",
        "recount": "数据和文字都换成现在统计的，已修改的文字不保留。",
    }

    @property
    def intro(self) -> str:  # type: ignore[override]
        return self.intros.get(self.verb, "")

    def shows(self, row: Any) -> list[Facts | Table]:
        return [] if self.verb in {"amend", "set_lines"} else [*pages.facts(row), pages.figures(row)]

    def missing(self, row: Any, user: Any) -> list[Missing]:
        return pages.missing(row) if self.verb in {"check", "sign"} else []


class SignReport(ReportAct):
    verb, perform = "sign", staticmethod(reports.sign)

    def signs(self, row: Any) -> list[Facts | Table]:
        return [*pages.facts(row), pages.figures(row)]


class AmendReport(ReportAct):
    verb, perform, form_class = "amend", staticmethod(reports.amend), forms.TextForm
    done = "修改已保存。"

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.object.text}


class SetLines(ReportAct):
    verb, perform, form_class = "set_lines", staticmethod(reports.set_lines), forms.LinesForm
    done = "指标已调整，数据已重新统计。"

    def get_initial(self) -> dict[str, Any]:
        return {"lines": [one.code for one in self.object.figures.all()]}


class ReportPaper(PaperPage):
    queryset = Report.objects.for_page()
    section = "reports"

    def paper(self) -> Paper:
        return paper_of(self.object)

    def file(self) -> Any:
        return pages.kept_file(self.object, self.user)
