"""Pages of commendations, and of plans and rules."""

from typing import Any

from povertyaudit.activities import paper_pages as pages
from povertyaudit.activities.forms import papers as forms
from povertyaudit.activities.forms.activities import PapersForm
from povertyaudit.activities.models import Commendation, Regulation
from povertyaudit.activities.paper_filters import CommendationFilter, RegulationFilter
from povertyaudit.activities.querysets import KEEPERS
from povertyaudit.activities.services import commendations, regulations
from povertyaudit.activities.views.activities import PARENT
from povertyaudit.activities.workflow.papers import COMMENDATION, REGULATION
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
    Tab,
    Table,
)
from povertyaudit.core.views.records import Verb

HONOURS, PLANS = ("表彰", "/commendations/"), ("方案制度", "/regulations/")


class Kept:
    """Who keeps logs may make new rows."""

    user: Any

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    may_open = may_create


class CommendationList(Kept, ListPage):
    queryset = Commendation.objects.for_list()
    section, title, parent = "commendations", "表彰", PARENT
    filterset_class = CommendationFilter
    main_filters: Any = ("q", "kind", "unit", "state")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("who", "表彰对象", phone="main"),
        Column("honour", "荣誉称号", phone="sub"),
        Column("body", "表彰机关", phone="hide"),
        Column("document", "文号", phone="hide"),
        Column("awarded_on", "表彰日期", kind="date", order="awarded_on", phone="side"),
        Column("state", "状态", kind="state"),
        Column("get_kind_display", "集体、个人", shown=False),
        Column("get_level_display", "级别", shown=False),
        Column("valid_until", "有效期至", kind="date", shown=False),
        Column("region.path_name", "地区全称", shown=False),
    )
    order = "-awarded_on"
    create_url, create_label = "/commendations/new/", "登记表彰"
    empty = "没有符合条件的表彰。"


class OfRecord(RecordPage):
    """The file table has its own button."""

    def offered(self) -> set[str]:
        return {step.name for step in self.workflow.offered(self.object, self.user)}

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name != "attach"]


class CommendationPage(OfRecord):
    queryset = Commendation.objects.for_list()
    section, workflow, parent = "commendations", COMMENDATION, HONOURS

    def facts(self) -> list[Facts]:
        return pages.commendation_facts(self.object, self.user)

    def tables(self) -> list[Table]:
        return [pages.files(self.object, self.user, self.offered())]

    def missing(self) -> list[Missing]:
        return pages.commendation_missing(self.object, self.user)


class NewCommendation(Kept, CreatePage):
    section, title, label, parent = "commendations", "登记表彰", "登记", HONOURS
    form_class, perform = forms.CommendationForm, staticmethod(commendations.record)

    def get_initial(self) -> dict[str, Any]:
        return {"awarded_on": moment.today()}


class CommendationAct(ActPage):
    queryset, section, workflow = Commendation.objects.for_list(), "commendations", COMMENDATION


class EditCommendation(CommendationAct, EditPage):
    verb, form_class, perform = "edit", forms.EditCommendationForm, staticmethod(commendations.edit)
    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        found = {name: getattr(row, name) for name in commendations.EDITABLE}
        return found | {"activity": row.activity and row.activity.number}


class AttachToCommendation(CommendationAct):
    verb, form_class, perform = "attach", PapersForm, staticmethod(commendations.attach)


class RegulationList(Kept, ListPage):
    queryset = Regulation.objects.for_list()
    section, title, parent = "regulations", "方案制度", PARENT
    filterset_class = RegulationFilter
    main_filters: Any = ("q", "kind", "on", "unit")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "名称", phone="main"),
        Column("document", "文号", phone="sub"),
        Column("get_kind_display", "类别", phone="hide"),
        Column("issuer", "制发机关", phone="hide"),
        Column("valid_from", "施行日期", kind="date", order="valid_from", phone="side"),
        Column("valid_to", "有效期至", kind="date", phone="hide"),
        Column("force", "施行情况", phone="last"),
        Column("state", "状态", kind="state", shown=False),
        Column("unit.name", "登记单位", shown=False),
        Column("parent", "总方案", value=lambda row: row.parent and row.parent.title, shown=False),
        Column("reviewed_on", "最近复审日期", kind="date", shown=False),
    )
    order = "-valid_from"
    tabs: Any = (
        Tab("", "全部"),
        Tab("force", "施行中", lambda rows, user: rows.in_force(moment.today())),
        Tab("due", "将到期、待复审", lambda rows, user: pages.due(rows)),
        Tab("built", "整改建立的", lambda rows, user: rows.filter(item__isnull=False)),
    )
    create_url, create_label = "/regulations/new/", "登记方案制度"
    empty = "没有符合条件的方案制度。"


class RegulationPage(OfRecord):
    queryset = Regulation.objects.for_list()
    section, workflow, parent = "regulations", REGULATION, PLANS

    def facts(self) -> list[Facts]:
        return pages.regulation_facts(self.object, self.user)

    def tables(self) -> list[Table]:
        return [*pages.parts(self.object, self.user), pages.files(self.object, self.user, self.offered())]

    def missing(self) -> list[Missing]:
        return pages.regulation_missing(self.object, self.offered())


class NewRegulation(Kept, CreatePage):
    section, title, label, parent = "regulations", "登记方案制度", "登记", PLANS
    form_class, perform = forms.RegulationForm, staticmethod(regulations.record)


class RegulationAct(ActPage):
    queryset, section, workflow = Regulation.objects.for_list(), "regulations", REGULATION


class EditRegulation(RegulationAct, EditPage):
    verb, form_class, perform = "edit", forms.EditRegulationForm, staticmethod(regulations.edit)
    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        found = {name: getattr(row, name) for name in regulations.EDITABLE}
        return found | {"parent": row.parent and row.parent.number, "item": row.item and row.item.number}


class AttachToRegulation(RegulationAct):
    verb, form_class, perform = "attach", PapersForm, staticmethod(regulations.attach)
