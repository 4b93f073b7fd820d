"""Pages of 部门报送: what the members of the joint meeting report by the 20th."""

from typing import Any

from django.forms import BaseForm

from cases.exchange_filters import PartnerReportFilter
from cases.forms.partners import AmendReportForm, PartnerReportForm
from cases.models import PartnerReport
from cases.services import partners
from cases.views.exchange import SECTION, Book
from cases.workflow.partners import PARTNER_REPORT
from povertyaudit.core import moment
from povertyaudit.core.models import Role
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, RecordPage

PARENT = ("部门报送", "/partner-reports/")


class PartnerReportList(Book):
    queryset = PartnerReport.objects.for_list()
    title = "部门报送"
    filterset_class = PartnerReportFilter
    main_filters = ("q", "body", "last_from", "last_to")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("party", "部门", phone="main"),
        Column("last_day", "截止日期", kind="date", order="last_day"),
        Column("handed_over", "本月移交（件）", kind="number", phone="sub"),
        Column("under_way", "正在办理（件）", kind="number", phone="hide"),
        Column("reported_on", "报送日期", kind="date", order="reported_on", phone="hide"),
        Column("reported_by.display_name", "登记人", phone="hide"),
        Column("body.name", "部门类别", shown=False),
    )
    order = "-last_day"
    create_url, create_label = "/partner-reports/new/", "登记报送"
    empty = "还没有部门报送。"
    empty_hint = "联席会议成员每月 20 日以前报送，没有报送的在当月的部门移送汇总里标明。"
    unit_word = "份"

    def may_create(self) -> bool:
        return partners.may_report(self.user)


class PartnerReportPage(RecordPage):
    queryset = PartnerReport.objects.for_list()
    section, workflow, parent = SECTION, PARTNER_REPORT, PARENT

    def clocks(self) -> list[Any]:
        """It has been reported: no period runs."""
        return []

    def facts(self) -> list[Facts]:
        row = self.object
        return [Facts("报送情况", [
            Fact("部门类别", row.body.name), Fact("报送单位", row.unit and row.unit.name),
            Fact("截止日期", row.last_day, "date"), Fact("本月移交线索（件）", row.handed_over),
            Fact("正在办理（件）", row.under_way), Fact("报送日期", row.reported_on, "date"),
            Fact("登记人", row.reported_by.display_name), Fact("说明", row.text, wide=True),
        ])]  # fmt: skip


class NewPartnerReport(CreatePage):
    section, title, label, parent = SECTION, "登记部门报送", "登记", PARENT
    form_class, perform = PartnerReportForm, staticmethod(partners.report)

    def may_open(self) -> bool:
        return partners.may_report(self.user)

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": partners.month_of(moment.today())[1], "reported_on": moment.today()}

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Who reports for his own unit does not choose one."""
        form = super().get_form(form_class)
        if Role.CASE_MANAGER not in self.user.roles:
            del form.fields["unit"]
        return form


class AmendPartnerReport(ActPage):
    queryset, section, workflow = PartnerReport.objects.for_list(), SECTION, PARTNER_REPORT
    verb, form_class, perform = "amend", AmendReportForm, staticmethod(partners.amend_report)

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        return {"handed_over": row.handed_over, "under_way": row.under_way, "text": row.text}
