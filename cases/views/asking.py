"""Pages of interference and accountability."""

from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.utils.module_loading import import_string

from cases import forms, pages
from cases.asking_filters import AccountabilityFilter, InterferenceFilter, ResponsibleFilter
from cases.asking_querysets import REPORTERS
from cases.models import Accountability, Interference, Responsible
from cases.services import asking
from cases.workflow import ACCOUNTABILITY, INTERFERENCE, OPENERS
from povertyaudit.core import cleaning, moment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Tab,
    Table,
)

INTERFERENCES = ("打听干预", "/interferences/")
ACCOUNTABILITIES = ("问责", "/accountabilities/")
RESPONSIBLE_COLUMNS = (
    Column("name", "姓名或名称", phone="main"),
    Column("get_kind_display", "对象"),
    Column("post_text", "单位职务"),
    Column("get_duty_display", "责任类型"),
    Column("get_measure_display", "问责方式", phone="side"),
)


class InterferenceList(ListPage):
    queryset = Interference.objects.for_list()
    section, title = "accountabilities", "打听干预"
    filterset_class = InterferenceFilter
    main_filters = ("q", "state")
    columns = (
        Column("number", "登记编号", kind="link", order="number"),
        Column("asker", "打听干预人", phone="main"),
        Column("asked_on", "时间", kind="date", order="asked_on"),
        Column("get_way_display", "方式", phone="hide"),
        Column("reported_by.display_name", "报告人", phone="sub"),
        Column("state", "状态", kind="state"),
    )
    order = "-asked_on"
    tabs = (Tab("", "全部"), Tab("waiting", "待处理", lambda rows, user: rows.waiting()))
    create_url, create_label = "/interferences/new/", "报告打听干预"
    empty = "没有您可以查看的打听干预登记。"

    def may_create(self) -> bool:
        return bool(self.user.roles & REPORTERS)


class InterferencePage(RecordPage):
    queryset = Interference.objects.for_list()
    section, workflow, parent = "accountabilities", INTERFERENCE, INTERFERENCES

    def clocks(self) -> list[Any]:
        """No period runs."""
        return []

    def facts(self) -> list[Facts]:
        row = self.object
        return [Facts("登记情况", [
            Fact("打听干预人", row.asker), Fact("单位职务", row.asker_post), Fact("时间", row.asked_on, "date"),
            Fact("方式", row.get_way_display()), Fact("涉及的线索", row.lead and row.lead.number),
            Fact("报告人", row.reported_by.display_name), Fact("报告日期", row.reported_on, "date"),
            Fact("内容", row.text, wide=True), Fact("处理日期", row.handled_on, "date"),
            Fact("处理人", row.handled_by and row.handled_by.display_name), Fact("处理情况", row.handling, wide=True),
        ])]  # fmt: skip


class NewInterference(CreatePage):
    section, title, label, parent = "accountabilities", "报告打听干预", "报告", INTERFERENCES
    form_class, perform = forms.InterferenceForm, staticmethod(asking.record_interference)
    intro = "任何人打听、过问线索和案件或者说情干预的，都要如实报告。只有您本人、案管室和主要负责人能看到。"

    def may_open(self) -> bool:
        return bool(self.user.roles & REPORTERS)

    def get_initial(self) -> dict[str, Any]:
        return {"asked_on": moment.today(), "lead": cleaning.plain(self.request.GET.get("lead", ""))}

    def done_sentence(self, record: Any) -> str:
        return f"已报告，登记编号 {record.number}。"


class HandleInterference(ActPage):
    queryset, section, workflow = Interference.objects.for_list(), "accountabilities", INTERFERENCE
    verb, form_class, perform = "handle", forms.HandleForm, staticmethod(asking.handle)


class AccountabilityList(ListPage):
    queryset = Accountability.objects.for_list()
    section, title = "accountabilities", "问责"
    filterset_class = AccountabilityFilter
    main_filters = ("q", "state", "region")
    columns = (
        Column("number", "问责编号", kind="link", order="number"),
        Column("title", "问责事由", phone="main"),
        Column("lead.number", "来源线索", phone="hide"),
        Column("handling_unit.name", "办理部门", phone="hide"),
        Column("opened_on", "启动日期", kind="date", order="opened_on"),
        Column("own_staff", "刀刃向内", value=lambda row: "是" if row.own_staff else "", phone="sub"),
        Column("state", "状态", kind="state"),
    )
    order = "-opened_on"
    tabs = (Tab("", "全部"), Tab("open", "调查中", lambda rows, user: rows.open()))
    create_url, create_label = "/accountabilities/new/", "启动问责"
    exports = (("打听干预登记", "/interferences/"), ("问责对象", "/responsibles/"))
    empty = "没有您可以查看的问责。"

    def may_create(self) -> bool:
        return bool(self.user.roles & OPENERS)


class ResponsibleList(ListPage):
    """Persons, units and places, where the list of accountabilities has matters."""

    queryset = Responsible.objects.for_list()
    section, title, parent = "accountabilities", "问责对象", ACCOUNTABILITIES
    filterset_class = ResponsibleFilter
    main_filters = ("q", "kind", "standing")
    columns = (
        Column("accountability.number", "问责编号", kind="link"),
        *RESPONSIBLE_COLUMNS,
        Column("accountability.title", "问责事由", phone="hide"),
        Column("accountability.decided_on", "决定日期", kind="date", phone="hide"),
        Column("accountability.document", "决定文号", shown=False),
        Column("accountability.region.name", "地区", shown=False),
    )
    empty = "没有您可以查看的问责对象。"
    unit_word = "个"


class AccountabilityPage(RecordPage):
    queryset = Accountability.objects.for_list()
    section, workflow, parent = "accountabilities", ACCOUNTABILITY, ACCOUNTABILITIES

    def clocks(self) -> list[Any]:
        """No period runs."""
        return []

    def facts(self) -> list[Facts]:
        row, named = self.object, list(self.object.objects_of.all())
        counted = [one for one in named if one.counts]
        persons = sum(one.kind == "person" for one in counted)
        talks = sum(one.measure == "talk" for one in named)
        count = f"问责 {persons} 人、{len(counted) - persons} 个单位（地方）；另有约谈 {talks} 个，不计入问责"
        return [Facts("问责情况", [
            Fact("来源线索", pages.named_if_seen(row.lead, self.user)), Fact("办理部门", row.handling_unit.name),
            Fact("涉及本机关人员", row.own_staff), Fact("提出人", row.opened_by.display_name),
            Fact("启动日期", row.opened_on, "date"), Fact("决定日期", row.decided_on, "date"),
            Fact("决定人", row.decided_by and row.decided_by.display_name), Fact("决定文号", row.document),
            Fact("落实日期", row.carried_out_on, "date"), Fact("合计", count, wide=True),
            Fact("落实情况", row.result, wide=True),
        ])]  # fmt: skip

    def tables(self) -> list[Table]:
        return [Table("问责对象", RESPONSIBLE_COLUMNS, self.object.objects_of.all(), key="responsible")]

    def missing(self) -> list[Missing]:
        base, row = self.object.get_absolute_url(), self.object
        left = sum(not one.measure for one in row.objects_of.all())
        if row.state == "open" and left:
            return [Missing(f"还有 {left} 个问责对象没有拟定问责方式。", f"{base}set_measure/")]
        return []


class NewAccountability(CreatePage):
    section, title, label, parent = "accountabilities", "启动问责", "启动", ACCOUNTABILITIES
    form_class, perform = forms.AccountabilityForm, staticmethod(asking.open_accountability)
    formset_classes = {"responsible": forms.ResponsibleFormSet}  # noqa: RUF012

    def may_open(self) -> bool:
        return bool(self.user.roles & OPENERS)

    def get_initial(self) -> dict[str, Any]:
        return {"lead": cleaning.plain(self.request.GET.get("lead", ""))}


class AccountabilityAct(ActPage):
    queryset, section, workflow = Accountability.objects.for_list(), "accountabilities", ACCOUNTABILITY
    perform: Any = None

    def get_initial(self) -> dict[str, Any]:
        """Who is to answer may be named by the term in which he answered for the place."""
        term = cleaning.plain(self.request.GET.get("term", ""))
        if self.verb != "add_responsible" or not term:
            return {}
        found: dict[str, Any] = import_string(settings.RESPONSIBLE_NAMED)(term, self.user)
        return found

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Those who answer here."""
        form = super().get_form(form_class)
        if "responsible" in form.fields:
            field: Any = form.fields["responsible"]
            field.queryset = field.queryset.filter(accountability=self.object)
        return form

    def shows(self, row: Any) -> Any:
        return [Table("问责对象", RESPONSIBLE_COLUMNS, row.objects_of.all())]
