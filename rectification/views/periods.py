"""Pages of 整改定期报告: the list, one report, one form to fill it in, the signature of the unit head."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, Facts, ListPage, RecordPage, Tab, Table
from rectification import period_pages as pages
from rectification.forms import periods as forms
from rectification.models import PeriodReport
from rectification.period_filters import PeriodReportFilter
from rectification.services import periods
from rectification.workflow.periods import PERIOD

REPORTS = ("整改定期报告", "/period-reports/")


class PeriodReportList(ListPage):
    queryset = PeriodReport.objects.for_list()
    template_name = "rectification/period_report_list.html"
    section, title, workflow = "period_reports", "整改定期报告", PERIOD
    filterset_class = PeriodReportFilter
    main_filters: Any = ("q", "state", "cadence")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("item", "整改事项", kind="link", value=lambda row: row.item, phone="hide"),
        Column("problem", "具体问题", value=lambda row: row.item.title, phone="main"),
        Column("title", "报告期", phone="sub", value=lambda row: row.title.replace("（", " ").rstrip("）")),
        Column("unit", "报告单位", value=lambda row: row.unit.name, phone="hide"),
        Column("light", "报送时限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
    )
    order = "due_on"
    tabs: Any = (
        Tab("", "全部"),
        Tab("mine", "本周要报", lambda rows, user: rows.waiting_for(user).this_week(moment.today())),
        Tab("missed", "未报", lambda rows, user: rows.missed_for(user, moment.today())),
    )
    empty = "没有符合条件的定期报告。"


class PeriodReportPage(RecordPage):
    queryset = PeriodReport.objects.for_page()
    section, workflow, parent = "period_reports", PERIOD, REPORTS

    def facts(self) -> list[Facts]:
        return pages.facts(self.object)

    def tables(self) -> list[Table]:
        return [
            Table(
                "数据（累计）", pages.FIGURE_COLUMNS, self.object.figures.all(), "没有填数据。", key="figures"
            )
        ]


class PeriodAct(ActPage):
    queryset, section, workflow = PeriodReport.objects.for_page(), "period_reports", PERIOD
    perform: Any = None  # named by as_view


class Fill(PeriodAct):
    """Opened with what was said last: only what changed is typed."""

    verb, form_class, perform = "fill", forms.FillForm, staticmethod(periods.fill)
    formset_classes = {"figures": forms.FigureRows}  # noqa: RUF012 — as the base class has it
    shows = staticmethod(pages.about)
    done = "已填报，请主要负责人签报。"

    def get_initial(self) -> dict[str, Any]:
        report = self.object
        return {
            "text": periods.last_words(report)[0],
            "unchanged": report.unchanged,
            "unchanged_reason": report.unchanged_reason,
        }

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"kind": kind.code, "value": value} for kind, value in periods.last_words(self.object)[1]]


class Sign(PeriodAct):
    verb, perform = "sign", staticmethod(periods.sign)
    signs = staticmethod(pages.what_is_signed)
