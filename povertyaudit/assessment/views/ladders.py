"""Pages of ladders and of what they propose."""

from typing import Any

from povertyaudit.assessment import ladder_pages as pages
from povertyaudit.assessment.filters import MeasureFilter
from povertyaudit.assessment.forms.ladders import LadderForm
from povertyaudit.assessment.models import AssessmentMeasure
from povertyaudit.assessment.services import ladders
from povertyaudit.assessment.workflow.ladders import ASSESSMENT_MEASURE
from povertyaudit.core import terms
from povertyaudit.core.views import ActPage, Column, CreatePage, Facts, ListPage, RecordPage, Tab, Table

MEASURES = ("考核结果运用", "/assessment-measures/")


class MeasureList(ListPage):
    queryset = AssessmentMeasure.objects.for_list()
    section, title = "assessment_measures", "考核结果运用"
    filterset_class = MeasureFilter
    main_filters = ("q", "state", "proposal")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("unit.name", "单位", phone="main"),
        Column("rule.in_words", "符合的规则", phone="sub"),
        Column("get_proposal_display", "建议", phone="side"),
        Column("get_addressed_display", "对象", phone="hide"),
        Column("assessment.span", "考核期", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("get_decided_kind_display", "决定", shown=False),
        Column("decided_by.display_name", "决定人", shown=False),
        Column("decided_on", "决定日期", kind="date", shown=False),
        Column("outcome_on", "结果日期", kind="date", shown=False),
    )
    order = "-number"
    tabs = (Tab("", "全部"), Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)))
    empty = "没有您可以查看的考核结果运用。"


class MeasurePage(RecordPage):
    queryset = AssessmentMeasure.objects.for_list()
    section, workflow, parent = "assessment_measures", ASSESSMENT_MEASURE, MEASURES

    def facts(self) -> list[Facts]:
        return pages.measure_facts(self.object)

    def tables(self) -> list[Table]:
        return pages.measure_tables(self.object, self.user)


class MeasureAct(ActPage):
    queryset, section, workflow = (
        AssessmentMeasure.objects.for_list(),
        "assessment_measures",
        ASSESSMENT_MEASURE,
    )

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.measure_facts(row), *pages.measure_tables(row, self.user)]


class NewLadder(CreatePage):
    section, title, label = "terms", "提出考核结果运用规则", "提出"
    parent = ("考核结果运用", "/terms/?tab=assessment_ladders")
    form_class, perform = LadderForm, staticmethod(ladders.propose_rule)
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)
