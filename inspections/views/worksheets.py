"""Pages of worksheets."""

from typing import Any

from inspections.field_filters import WorksheetFilter
from inspections.field_home import READERS
from inspections.forms.worksheets import (
    EvidenceForm,
    OfVisitForm,
    ToFindingForm,
    WorksheetFields,
    WorksheetForm,
)
from inspections.models import Visit, Worksheet
from inspections.pages import worksheets as pages
from inspections.services import worksheets as services
from inspections.workflow.worksheets import WORKSHEET
from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    EditPage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Table,
)

PARENT = ("问题底稿", "/worksheets/")


class WorksheetList(ListPage):
    queryset = Worksheet.objects.for_list()
    section, title = "worksheets", "问题底稿"
    filterset_class = WorksheetFilter
    main_filters = ("q", "state", "signed")
    columns = (
        Column("number", "底稿编号", kind="link", order="number", value=lambda row: row.number or "未编号"),
        Column("title", "具体问题", phone="main"),
        Column("problem_class", "大类", phone="hide"),
        Column("unit.name", "涉及单位", phone="sub"),
        Column("found_on", "发现日期", kind="date", order="found_on", phone="hide"),
        Column("signed", "签字", phone="side"),
        Column("state", "状态", kind="state"),
        Column("plan.title", "走访计划", shown=False),
        Column("round.name", "所属轮次", shown=False),
        Column("drafted_by.display_name", "起草人", shown=False),
    )
    order = "-found_on"
    create_url, create_label = "/worksheets/new/", "起草底稿"
    empty = "没有符合条件的问题底稿。"

    def may_create(self) -> bool:
        return bool(self.user.roles & READERS)


class WorksheetPage(RecordPage):
    queryset = Worksheet.objects.for_list()
    section, workflow, parent = "worksheets", WORKSHEET, PARENT

    def facts(self) -> list[Facts]:
        return pages.worksheet_facts(self.object)

    def tables(self) -> list[Table]:
        return pages.worksheet_tables(self.object, self.user)

    def missing(self) -> list[Missing]:
        return pages.worksheet_missing(self.object, self.user)


class NewWorksheet(CreatePage):
    section, title, label, parent = "worksheets", "起草问题底稿", "保存", PARENT
    form_class, perform = WorksheetForm, staticmethod(services.draft)

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": moment.today(), "plan": self.request.GET.get("plan", "")[:40]}


class WorksheetOfVisit(ActPage):
    """A worksheet of what was found on a visit."""

    queryset, section = Visit.objects.for_list(), "visits"
    label, done = "起草问题底稿", "已起草问题底稿。"
    form_class = OfVisitForm

    def perform(self, visit: Visit, *, expected_version: int | None = None, **said: Any) -> Worksheet:
        return services.draft(visit=visit, **said)

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": self.object.visited_on}


class AmendWorksheet(EditPage):
    queryset = Worksheet.objects.for_list()
    section, title, label = "worksheets", "修改问题底稿", "保存，重新签字"
    form_class, perform = WorksheetFields, staticmethod(services.amend)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"problem_class": pages.class_code(self.object)}


class WorksheetAct(ActPage):
    queryset, section, workflow = Worksheet.objects.for_list(), "worksheets", WORKSHEET


class SignWorksheet(WorksheetAct):
    verb, perform = "sign", staticmethod(services.sign)
    signs = staticmethod(pages.worksheet_signed)


class AddEvidence(WorksheetAct):
    verb, perform, form_class = "add_evidence", staticmethod(services.add_evidence), EvidenceForm


class ToFinding(WorksheetAct):
    verb, perform, form_class = "to_finding", staticmethod(services.to_finding), ToFindingForm
