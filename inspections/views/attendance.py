"""Pages of village teams: who serves, and month by month how they attended."""

from typing import Any

from inspections.attendance_filters import AttendanceFilter, PersonFilter
from inspections.forms.attendance import AmendPersonForm, DaysForm, EndForm, MonthForm, PersonForm
from inspections.models import AttendanceMonth, VillagePerson
from inspections.pages import attendance as shown
from inspections.services import attendance as services
from inspections.workflow.attendance import ATTENDANCE, KEEPERS, VILLAGE_PERSON
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

PEOPLE, MONTHS = ("驻村人员", "/village-people/"), ("驻村考勤", "/attendance/")


class PersonList(ListPage):
    queryset = VillagePerson.objects.for_list()
    section, title = "attendance", "驻村人员"
    filterset_class = PersonFilter
    main_filters = ("q", "state", "region")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("name", "姓名", phone="main"),
        Column("get_role_display", "职务", phone="sub"),
        Column("region.path_name", "所驻的村", phone="hide"),
        Column("unit.name", "派出单位", phone="hide"),
        Column("starts_on", "驻村开始", kind="date", order="starts_on", phone="side"),
        Column("state", "状态", kind="state"),
        Column("ends_on", "驻村结束", kind="date", shown=False),
    )
    order = "-starts_on"
    create_url, create_label = "/village-people/new/", "登记驻村人员"
    empty = "没有符合条件的驻村人员。"

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class PersonPage(RecordPage):
    queryset = VillagePerson.objects.for_list()
    section, workflow, parent = "attendance", VILLAGE_PERSON, PEOPLE

    def facts(self) -> list[Facts]:
        return shown.person_facts(self.object)

    def tables(self) -> list[Table]:
        return shown.person_tables(self.object, self.user)


class NewPerson(CreatePage):
    section, title, label, parent = "attendance", "登记驻村人员", "登记", PEOPLE
    form_class, perform = PersonForm, staticmethod(services.register)

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class AmendPerson(EditPage):
    queryset = VillagePerson.objects.for_list()
    section, title = "attendance", "修改驻村人员"
    form_class, perform = AmendPersonForm, staticmethod(services.amend_person)


class EndPerson(ActPage):
    queryset, section, workflow = VillagePerson.objects.for_list(), "attendance", VILLAGE_PERSON
    verb, perform, form_class = "end", staticmethod(services.end), EndForm

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": moment.today()}


class MonthList(ListPage):
    queryset = AttendanceMonth.objects.for_list()
    section, title = "attendance", "驻村考勤"
    filterset_class = AttendanceFilter
    main_filters = ("q", "kind", "region")
    columns = (
        Column("number", "考勤编号", kind="link", order="number"),
        Column("person.name", "驻村人员", phone="main"),
        Column("month", "月份", order="month", phone="side", value=lambda row: f"{row.month:%Y-%m}"),
        Column("region.name", "所驻的村", phone="sub"),
        Column("person.unit.name", "派出单位", phone="hide"),
        Column("days_present", "驻村天数", kind="number", phone="hide"),
        Column("lacking", "不足天数", kind="number", phone="hide"),
        Column("absences", "查到不在岗", kind="number", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("days_leave", "请假天数", kind="number", shown=False),
        Column("noticed_on", "通知日期", kind="date", shown=False),
        Column("decided_on", "处理日期", kind="date", shown=False),
    )
    order = "-month"
    tabs = (
        Tab("", "全部"),
        Tab("short", "天数不足", lambda rows, user: rows.filter(lacking__gt=0)),
        Tab("absent", "查到不在岗", lambda rows, user: rows.filter(absences__gt=0)),
        Tab(
            "handling",
            "处理中",
            lambda rows, user: rows.filter(state__in=("noticed", "explained", "suggested")),
        ),
    )
    create_url, create_label = "/attendance/sheets/", "登记月考勤表"
    empty = "没有符合条件的考勤。"

    def get_queryset(self) -> Any:
        return shown.with_figures(super().get_queryset())

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class MonthPage(RecordPage):
    queryset = AttendanceMonth.objects.for_list()
    section, workflow, parent = "attendance", ATTENDANCE, MONTHS

    def facts(self) -> list[Facts]:
        return shown.month_facts(self.object)

    def tables(self) -> list[Table]:
        return shown.month_tables(self.object, self.user)

    def missing(self) -> list[Missing]:
        return shown.month_missing(self.object, self.user)


class NewMonth(CreatePage):
    section, title, label, parent = "attendance", "登记驻村考勤", "登记", MONTHS
    form_class, perform = MonthForm, staticmethod(services.record)

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class MonthAct(ActPage):
    queryset, section, workflow = AttendanceMonth.objects.for_list(), "attendance", ATTENDANCE


class AmendMonth(EditPage):
    queryset = AttendanceMonth.objects.for_list()
    section, title = "attendance", "修改驻村考勤"
    form_class, perform = DaysForm, staticmethod(services.amend)
