"""Pages of terms: 谁负责 of a place on a day, the list, the record, its verbs."""

from functools import cached_property
from typing import Any

from povertyaudit.answering.filters import ResponsibilityFilter
from povertyaudit.answering.forms import terms as forms
from povertyaudit.answering.models import Responsibility
from povertyaudit.answering.pages import terms as shown
from povertyaudit.answering.querysets import IMPORTERS
from povertyaudit.answering.services import handing
from povertyaudit.answering.services import terms as services
from povertyaudit.answering.workflow.responsibilities import KEEPERS, RESPONSIBILITY
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

SECTION, TERMS = "answering", ("责任人任职", "/responsibilities/")
COLUMNS = (
    Column("number", "编号", kind="link", order="number"),
    Column("capacity.name", "责任身份", phone="sub"),
    Column("called", "责任人", phone="main"),
    Column("comes_from", "单位职务", phone="hide"),
    Column("region.path_name", "负责的地区", phone="hide"),
    Column("object_no", "户（人）编号", shown=False),
    Column("duty", "职责", shown=False),
    Column("starts_on", "任职日期", kind="date", order="starts_on", phone="hide"),
    Column("ends_on", "任期至", kind="date", order="ends_on", phone="side"),
    Column("standing", "状态", phone="last"),
    Column("basis", "依据", shown=False),
)


class Responsible(ListPage):
    """谁负责: a place and a day; every level from the province down."""

    queryset = Responsibility.objects.for_list().in_order()
    template_name = "answering/responsible.html"
    section, title = SECTION, "谁负责"
    filterset_class = ResponsibilityFilter
    main_filters = ("region", "on")
    columns = (
        Column("region.get_level_display", "层级", order="place_order", phone="hide"),
        Column("place_name", "地方", phone="sub"),
        Column("capacity.name", "责任身份", kind="link", phone="first"),
        Column("called", "责任人", phone="main"),
        Column("comes_from", "单位职务", phone="hide"),
        Column("duty", "职责", phone="hide"),
        Column("starts_on", "任职日期", kind="date", phone="hide"),
        Column("ends_on", "任期至", kind="date", phone="side"),
        Column("standing", "现在", phone="last"),
        Column("basis", "依据", shown=False),
        Column("number", "编号", shown=False),
    )
    order = "place_order"
    empty = "请选择地区和日期。"
    empty_hint = "选了地区、日期的，是这一天没有登记您可以查看的责任人。"
    unit_word = "人"

    @cached_property
    def params(self) -> Any:
        """One's own place where none is asked, and today where no day is said."""
        asked = self.asked.copy()
        if not asked.get("region") and self.user.home is not None:
            asked["region"] = self.user.home.region_id
        if asked.get("region") and not asked.get("on"):
            asked["on"] = moment.today().isoformat()
        return asked

    def narrowed(self) -> tuple[Any, Any]:
        rows, filters = super().narrowed()
        return (rows if self.params.get("region") else rows.none()), filters


class ResponsibilityList(ListPage):
    queryset = Responsibility.objects.for_list()
    template_name = "answering/responsibilities.html"
    section, title = SECTION, "责任人任职"
    filterset_class = ResponsibilityFilter
    main_filters = ("q", "capacity", "region")
    columns = COLUMNS
    order = "-number"
    tabs = (
        Tab("", "全部"),
        Tab("serving", "在任", lambda rows, user: rows.serving().on(moment.today())),
        Tab("teams", "驻村工作队", lambda rows, user: rows.teams()),
        Tab("due", "待续任", lambda rows, user: shown.due(rows)),
        Tab("ending", "即将届满", lambda rows, user: shown.ending(rows)),
        Tab("handing", "待接收的交接", lambda rows, user: rows.not_taken()),
        Tab("expired", "已届满没有接任", lambda rows, user: rows.expired(moment.today())),
    )
    create_url, create_label = "/responsibilities/new/", "登记任职"
    empty = "没有符合条件的任职。"

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def may_import(self) -> bool:
        return bool(self.user.roles & IMPORTERS)

    def may_look(self) -> bool:
        return shown.may_look(self.user)


class ResponsibilityPage(RecordPage):
    queryset = Responsibility.objects.for_page()
    section, workflow, parent = SECTION, RESPONSIBILITY, TERMS

    def clocks(self) -> list[Any]:
        """No clock runs; the clock's daily job reminds by the rule."""
        return []

    def facts(self) -> list[Facts]:
        return shown.facts(self.object)

    def tables(self) -> list[Table]:
        return shown.tables(self.object, self.user)

    def missing(self) -> list[Missing]:
        return shown.missing(self.object, self.user)


class NewResponsibility(CreatePage):
    section, title, label, parent = SECTION, "登记任职", "登记", TERMS
    form_class, perform = forms.TermForm, staticmethod(services.register)

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def get_initial(self) -> dict[str, Any]:
        return shown.known(self.request.GET, self.user)


class TermAct(ActPage):
    queryset, section, workflow = Responsibility.objects.for_list(), SECTION, RESPONSIBILITY

    def shows(self, row: Any) -> list[Facts]:
        return shown.facts(row)[:1]


class Succeed(TermAct):
    verb, perform, form_class = "succeed", staticmethod(services.succeed), forms.SucceedForm
    done = "接任已登记，前任的任期到前一天为止。"


class EndTerm(TermAct):
    verb, perform, form_class = "end", staticmethod(services.end), forms.EndForm

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": moment.today()}


class Recall(TermAct):
    verb, perform, form_class = "recall", staticmethod(services.recall), forms.RecallForm

    def get_initial(self) -> dict[str, Any]:
        return {"recalled_on": moment.today()}


class AmendTerm(EditPage):
    queryset, section, title = Responsibility.objects.for_list(), SECTION, "修改任职"
    form_class, perform = forms.AmendForm, staticmethod(services.amend)


class Give(TermAct):
    verb, perform, form_class = "give", staticmethod(handing.give), forms.GiveForm

    def get_initial(self) -> dict[str, Any]:
        return {"given_on": moment.today()}


class Take(TermAct):
    verb, perform, form_class = "take", staticmethod(handing.take), forms.TakeForm

    def shows(self, row: Any) -> list[Facts]:
        return shown.handed(row)

    def get_initial(self) -> dict[str, Any]:
        return {"taken_on": moment.today()}
