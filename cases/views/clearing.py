"""Pages of 澄清 and 诬告陷害认定. No page here shows, or leads to, who complained."""

from typing import Any

from django.forms import BaseForm

from cases import clearing_filters as filters
from cases.forms import clearing as forms
from cases.models import Clarification, FalseAccusation
from cases.pages import clearing as pages
from cases.services import clearing
from cases.workflow.clearing import CLARIFICATION, FALSE_ACCUSATION, PROPOSERS
from povertyaudit.core import cleaning, moment
from povertyaudit.core.views import ActPage, Column, CreatePage, Facts, ListPage, Missing, RecordPage, Tab

CLARIFICATIONS = ("澄清", "/clarifications/")
FALSE_ACCUSATIONS = ("诬告陷害认定", "/false-accusations/")


class ClearingList(ListPage):
    section = "leads"
    main_filters = ("q", "state")
    create_label = "提出"

    def may_create(self) -> bool:
        return bool(self.user.roles & PROPOSERS)


class ClarificationList(ClearingList):
    queryset = Clarification.objects.for_list()
    title = "澄清"
    filterset_class = filters.ClarificationFilter
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("subject.name", "被反映人", phone="main"),
        Column("lead.number", "线索编号", phone="sub"),
        Column("way.name", "澄清方式", phone="hide"),
        Column("place", "地点或者单位", phone="hide"),
        Column("proposed_on", "提出日期", kind="date", order="proposed_on"),
        Column("done_on", "澄清日期", kind="date", order="done_on", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-proposed_on"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("to_do", "待实施", lambda rows, user: rows.to_do()),
    )
    create_url, create_label = "/clarifications/new/", "提出澄清"
    empty = "没有符合条件的澄清。"
    empty_hint = "查否或者函询采信了结的线索，可以在线索页面为被反映人提出澄清。"


class ClarificationPage(RecordPage):
    queryset = Clarification.objects.for_list()
    section, workflow, parent = "leads", CLARIFICATION, CLARIFICATIONS

    def clocks(self) -> list[Any]:
        """The rules name no period."""
        return []

    def facts(self) -> list[Facts]:
        return pages.clarification_facts(self.object, self.user)

    def missing(self) -> list[Missing]:
        return pages.clarification_missing(self.object, self.user)


class NewClarification(CreatePage):
    section, title, label, parent = "leads", "提出澄清", "提出", CLARIFICATIONS
    form_class, perform = forms.ClarificationForm, staticmethod(clearing.propose_clarification)
    intro = "由承办部门或者案管室提出，分管领导或者主要负责人批准。澄清内容和知悉范围都不写反映人信息。"

    def may_open(self) -> bool:
        return bool(self.user.roles & PROPOSERS)

    def get_initial(self) -> dict[str, Any]:
        return {"lead": cleaning.plain(self.request.GET.get("lead", ""))}

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The persons of the lead that is named; all of it stays open where none is."""
        form = super().get_form(form_class)
        number = cleaning.plain(self.request.POST.get("lead") or self.request.GET.get("lead", ""))
        field: Any = form.fields["subject"]
        field.queryset = clearing.persons_of(number, self.user)
        return form


class ClarificationAct(ActPage):
    queryset, section, workflow = Clarification.objects.for_list(), "leads", CLARIFICATION
    perform: Any = None

    def shows(self, row: Any) -> list[Facts]:
        return pages.clarification_facts(row, self.user)

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": moment.today()} if self.verb == "carry_out" else {}


class FalseAccusationList(ClearingList):
    queryset = FalseAccusation.objects.for_list()
    title = "诬告陷害认定"
    filterset_class = filters.FalseAccusationFilter
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("lead.number", "线索编号", phone="main"),
        Column("body", "认定机关", phone="sub"),
        Column("document_number", "认定文号", phone="hide"),
        Column("document_on", "认定日期", kind="date", order="document_on", phone="hide"),
        Column("proposed_on", "提出日期", kind="date", order="proposed_on"),
        Column("state", "状态", kind="state"),
    )
    order = "-proposed_on"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("confirmed", "已认定", lambda rows, user: rows.confirmed()),
    )
    create_url, create_label = "/false-accusations/new/", "提出认定"
    empty = "没有您可以查看的诬告陷害认定。"
    empty_hint = "只有设区的市级以上机关认定后才有效；这里只说线索，不涉及反映人是谁。"


class FalseAccusationPage(RecordPage):
    queryset = FalseAccusation.objects.for_list()
    section, workflow, parent = "leads", FALSE_ACCUSATION, FALSE_ACCUSATIONS

    def clocks(self) -> list[Any]:
        """The rules name no period."""
        return []

    def facts(self) -> list[Facts]:
        return pages.false_accusation_facts(self.object)


class NewFalseAccusation(CreatePage):
    section, title, label, parent = "leads", "提出诬告陷害认定", "提出", FALSE_ACCUSATIONS
    form_class, perform = forms.FalseAccusationForm, staticmethod(clearing.propose_false_accusation)
    intro = "提出以后没有任何效力；经主要负责人同意报设区的市级以上机关，登记认定文件以后才算认定。"

    def may_open(self) -> bool:
        return bool(self.user.roles & PROPOSERS)

    def get_initial(self) -> dict[str, Any]:
        return {"lead": cleaning.plain(self.request.GET.get("lead", ""))}


class FalseAccusationAct(ActPage):
    queryset, section, workflow = FalseAccusation.objects.for_list(), "leads", FALSE_ACCUSATION
    perform: Any = None

    def shows(self, row: Any) -> list[Facts]:
        return pages.false_accusation_facts(row)
