"""Pages of the rhythm of inspections."""

from typing import Any

from povertyaudit.assessment import duty_pages as pages
from povertyaudit.assessment.duty_filters import DutyFilter
from povertyaudit.assessment.forms.duties import DutyRuleForm
from povertyaudit.assessment.models.duties import InspectionDuty
from povertyaudit.assessment.services import duties
from povertyaudit.assessment.workflow.duties import INSPECTION_DUTY
from povertyaudit.core import moment, terms
from povertyaudit.core.views import ActPage, Column, CreatePage, Facts, ListPage, RecordPage, Tab

DUTIES = ("督查安排", "/inspection-duties/")


class DutyList(ListPage):
    queryset = InspectionDuty.objects.for_list()
    section, title = "inspection_duties", "督查安排"
    filterset_class = DutyFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "督查", phone="main"),
        Column("unit.name", "负责单位", phone="sub"),
        Column("light", "时限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
        Column("get_kind_display", "种类", shown=False),
        Column("done_on", "完成日期", kind="date", order="done_on", shown=False),
        Column("done_by.display_name", "登记人", shown=False),
    )
    order = "-due_on"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("late", "已超期", lambda rows, user: rows.late(moment.today())),
    )
    empty = "没有您可以查看的督查安排。"


class DutyPage(RecordPage):
    queryset = InspectionDuty.objects.for_list()
    section, workflow, parent = "inspection_duties", INSPECTION_DUTY, DUTIES

    def facts(self) -> list[Facts]:
        return pages.duty_facts(self.object, self.user)


class DutyAct(ActPage):
    queryset, section, workflow = InspectionDuty.objects.for_list(), "inspection_duties", INSPECTION_DUTY

    def shows(self, row: Any) -> list[Facts]:
        return pages.duty_facts(row, self.user)


class NewDutyRule(CreatePage):
    section, title, label = "terms", "提出督查安排规定", "提出"
    parent = ("督查安排规定", "/terms/?tab=inspection_rules")
    form_class, perform = DutyRuleForm, staticmethod(duties.propose_rule)
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)
