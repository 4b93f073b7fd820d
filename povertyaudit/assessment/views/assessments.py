"""Pages of assessments and of units' sheets."""

from typing import Any

from django.forms import BaseForm

from povertyaudit.assessment import pages
from povertyaudit.assessment.filters import AssessmentFilter, UnitSheetFilter
from povertyaudit.assessment.forms import assessments as forms
from povertyaudit.assessment.models import Assessment, UnitSheet
from povertyaudit.assessment.querysets import SCORING
from povertyaudit.assessment.roles import ORGANISERS, OVERSEERS
from povertyaudit.assessment.services import deciding, opening, schemes, sheets
from povertyaudit.assessment.workflow.assessments import ASSESSMENT, UNIT_SHEET
from povertyaudit.core import terms
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Tab,
    Table,
)

ASSESSMENTS, SHEETS = ("考核", "/assessments/"), ("单位得分表", "/unit-sheets/")


class AssessmentList(ListPage):
    queryset = Assessment.objects.for_list()
    section, title = "assessments", "考核"
    filterset_class = AssessmentFilter
    main_filters = ("q", "state", "judged")
    columns = (
        Column("number", "考核编号", kind="link", order="number"),
        Column("title", "考核", phone="main"),
        Column("scheme.get_judged_display", "考核对象", phone="sub"),
        Column("units", "单位", kind="number", phone="hide"),
        Column("last_day", "考核期止", kind="date", order="last_day", phone="side"),
        Column("state", "状态", kind="state"),
        Column("region.name", "地区", shown=False),
        Column("counted_on", "计数日期", kind="date", shown=False),
        Column("signed_by.display_name", "签发人", shown=False),
        Column("signed_on", "签发日期", kind="date", shown=False),
        Column("published_on", "公布日期", kind="date", shown=False),
    )
    order = "-last_day"
    tabs = (Tab("", "全部"), Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)))
    create_url, create_label = "/assessments/new/", "启动考核"
    empty = "没有您可以查看的考核。"

    def may_create(self) -> bool:
        return bool(self.user.roles & ORGANISERS)


class AssessmentPage(RecordPage):
    queryset = Assessment.objects.for_list()
    section, workflow, parent = "assessments", ASSESSMENT, ASSESSMENTS

    def facts(self) -> list[Facts]:
        return pages.assessment_facts(self.object)

    def tables(self) -> list[Table]:
        return pages.assessment_tables(self.object, self.user)

    def missing(self) -> list[Missing]:
        if self.object.state == "counting":
            return [Missing("正在按台账计数，稍后刷新页面查看。")]
        if self.object.state != SCORING or not self.user.roles & OVERSEERS:
            return []
        return [Missing(str(error)) for error in deciding.lacking(self.object)]


class NewAssessment(CreatePage):
    section, title, label, parent = "assessments", "启动考核", "启动", ASSESSMENTS
    form_class, perform = forms.OpenForm, staticmethod(opening.open_assessment)
    intro = "每期结束后自动启动；这里补启动没有启动的一期。"
    done = "已启动，正在按台账计数。"

    def may_open(self) -> bool:
        return bool(self.user.roles & ORGANISERS)


class AssessmentAct(ActPage):
    queryset, section, workflow = Assessment.objects.for_list(), "assessments", ASSESSMENT

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.assessment_facts(row), *pages.assessment_tables(row, self.user)]


class Sign(ActPage):
    """What is signed stands on the page: every unit with its points, by each scheme."""

    queryset, section, workflow = Assessment.objects.for_list(), "assessments", ASSESSMENT
    verb, perform = "sign", staticmethod(deciding.sign)

    def signs(self, row: Any) -> list[Facts | Table]:
        return [*pages.assessment_facts(row), *pages.assessment_tables(row, self.user)]

    def missing(self, row: Any, user: Any) -> list[Missing]:
        return [Missing(str(error)) for error in deciding.lacking(row)]


class UnitSheetList(ListPage):
    queryset = UnitSheet.objects.for_list()
    section, title, parent = "unit_sheets", "单位得分表", ASSESSMENTS
    filterset_class = UnitSheetFilter
    main_filters = ("q", "unit", "state")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("unit.name", "单位", phone="main"),
        Column("assessment.span", "考核期", phone="sub"),
        Column("total", "总分", order="total", phone="side", value=lambda row: pages.points(row.total)),
        Column("place", "名次", kind="number", order="place", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("assessment.scheme.name", "考核办法", shown=False),
        Column("left_reason", "不参加排名的理由", shown=False),
    )
    order = "-number"
    empty = "没有您可以查看的得分表；考核公布后，被考核单位可以查看自己的得分表。"


class UnitSheetPage(RecordPage):
    queryset = UnitSheet.objects.for_list()
    section, workflow, parent = "unit_sheets", UNIT_SHEET, SHEETS

    def facts(self) -> list[Facts]:
        return pages.sheet_facts(self.object)

    def tables(self) -> list[Table]:
        return pages.sheet_tables(self.object)


class UnitSheetAct(ActPage):
    queryset, section, workflow = UnitSheet.objects.for_list(), "unit_sheets", UNIT_SHEET

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.sheet_facts(row), *pages.sheet_tables(row)]


class Withdraw(UnitSheetAct):
    verb, perform, form_class = (
        "withdraw_adjustment",
        staticmethod(sheets.withdraw_adjustment),
        forms.WithdrawForm,
    )

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.fields["adjustment"].queryset = self.object.adjustments.all()
        return form  # type: ignore[no-any-return]


class Correct(UnitSheetAct):
    verb, perform, form_class = "correct", staticmethod(sheets.correct), forms.CorrectForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.fields["line"].queryset = self.object.lines.filter(scheme=self.object.assessment.scheme_id)
        return form  # type: ignore[no-any-return]


class NewScheme(CreatePage):
    section, title, label = "terms", "提出考核办法", "提出"
    parent = ("考核办法", "/terms/?tab=assessment_schemes")
    form_class, perform = forms.SchemeForm, staticmethod(schemes.propose)
    formset_classes = {"indicators": forms.IndicatorFormSet}  # noqa: RUF012 — as the base class has it
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)
