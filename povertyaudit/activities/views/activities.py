"""Pages of activities: the list, one of them, what is typed on a phone after a training."""

from functools import cached_property
from typing import Any

from povertyaudit.activities import pages
from povertyaudit.activities.filters import ActivityFilter
from povertyaudit.activities.forms import activities as forms
from povertyaudit.activities.models import Activity, Group
from povertyaudit.activities.querysets import KEEPERS
from povertyaudit.activities.services import activities as services
from povertyaudit.activities.services import people
from povertyaudit.activities.workflow.activities import ACTIVITY
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

SECTION, PARENT = "activities", ("工作纪实", "/activities/")


def _of(group: str) -> Any:
    return lambda rows, user: rows.filter(kind__group=group)


class ActivityList(ListPage):
    queryset = Activity.objects.for_list()
    template_name = "activities/activity_list.html"
    section, title = SECTION, "工作纪实"
    filterset_class = ActivityFilter
    main_filters: Any = ("q", "state", "unit", "starts_from")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "名称", phone="main"),
        Column("kind.name", "类别", phone="sub"),
        Column("unit.name", "举办单位", phone="hide"),
        Column("starts_on", "日期", kind="date", order="starts_on", phone="side"),
        Column("sessions", "场次", kind="number", phone="hide"),
        Column("times", "人次", kind="number", order="times", phone="hide"),
        Column("persons", "人数", kind="number", order="persons", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("place", "地点", shown=False),
        Column("host", "主持人、主讲人", shown=False),
        Column("get_level_display", "级别", shown=False),
        Column("ends_on", "结束日期", kind="date", shown=False),
        Column("leaflets", "发放资料（份）", kind="number", order="leaflets", shown=False),
        Column("cost_fen", "经费（元）", kind="money", shown=False),
        Column("region.path_name", "地区全称", shown=False),
        Column("recorded_by.display_name", "登记人", shown=False),
    )
    order = "-starts_on"
    tabs: Any = (
        Tab("", "全部"),
        Tab("mine", "待举办、待登记", lambda rows, user: rows.coming(user, moment.today())),
        Tab("decisions", "议定事项待下发", lambda rows, user: rows.with_open_decisions()),
        *(Tab(group.value, str(group.label), _of(group.value)) for group in Group),
    )
    create_url, create_label = "/activities/new/", "登记"
    exports = (("导出台账", "/api/v1/activities/ledger.csv"),)
    empty = "没有符合条件的活动。"

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class ActivityPage(RecordPage):
    queryset = Activity.objects.for_page()
    section, workflow, parent = SECTION, ACTIVITY, PARENT
    in_tables = ("attach", "fulfil", "unlink", "decide")

    @cached_property
    def may_tick(self) -> bool:
        """Whether there is a list, and the day has come."""
        return bool(self.object.starts_on <= moment.today() and self.object.people.exists())

    def offered(self) -> set[str]:
        found = {step.name for step in ACTIVITY.offered(self.object, self.user)}
        return found if self.may_tick else found - {"sign_in"}

    def facts(self) -> list[Facts]:
        return pages.facts(self.object, self.user)

    def tables(self) -> list[Table]:
        return pages.tables(self.object, self.user, self.offered())

    def missing(self) -> list[Missing]:
        return pages.missing(self.object, self.offered(), moment.today())

    def verbs(self) -> list[Verb]:
        offered = self.offered()
        return [verb for verb in super().verbs() if verb.name in offered and verb.name not in self.in_tables]


class NewActivity(CreatePage):
    section, title, label, parent = SECTION, "登记一次培训、会议", "登记", PARENT
    form_class, perform = forms.RegisterForm, staticmethod(services.register)
    formset_classes: Any = {"attended": forms.AttendedRows}
    intro = "登记已经举办的。还没有举办的，请“列入计划”。人次按来的次数计，人数按人计，两个数不相加。"
    done = "已登记。"

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": moment.today()}


class NewPlan(CreatePage):
    section, title, label, parent = SECTION, "列入计划", "列入计划", PARENT
    form_class, perform = forms.PlanForm, staticmethod(services.plan)
    intro = "还没有举办的培训、会议。举办前提醒举办单位和名单上的人，举办后登记。"
    done = "已列入计划，可以再填写参加名单。"

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class ActivityAct(ActPage):
    queryset, section, workflow = Activity.objects.for_page(), SECTION, ACTIVITY


def stored(row: Activity) -> dict[str, Any]:
    """The facts as they stand, for the form."""
    found = {name: getattr(row, name) for name in services.FACTS}
    return found | {
        "campaign": row.campaign and row.campaign.public_id,
        "round": row.round and row.round.public_id,
        "ends_on": row.ends_on if row.ends_on != row.starts_on else None,
    }


class Hold(ActivityAct):
    verb, form_class, perform = "hold", forms.HeldForm, staticmethod(services.hold)
    formset_classes: Any = {"attended": forms.AttendedRows}

    def get_initial(self) -> dict[str, Any]:
        return stored(self.object)


class EditActivity(ActivityAct, EditPage):
    verb, form_class, perform = "edit", forms.EditForm, staticmethod(services.edit)
    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        return stored(self.object)

    def get_formsets(self) -> dict[str, Any]:
        """Of a plan nobody has attended yet."""
        self.formset_classes = {} if self.object.state == "planned" else {"attended": forms.AttendedRows}
        return super().get_formsets()

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        rows = self.object.attended.all()
        return [{"category": row.category, "times": row.times, "persons": row.persons} for row in rows]


class SetPeople(ActivityAct):
    verb, form_class = "set_people", forms.PeopleForm
    label = "修改名单"

    def get_initial(self) -> dict[str, Any]:
        rows = list(self.object.people.select_related("user"))
        lines = [
            f"{row.name}，{row.post_title}" if row.post_title else row.name
            for row in rows
            if row.user is None
        ]
        return {
            "users": [row.user.public_id for row in rows if row.user is not None], "names": "\n".join(lines)
        }  # fmt: skip

    def cleaned(self, form: Any) -> dict[str, Any]:
        typed = [line.strip() for line in form.cleaned_data["names"].splitlines() if line.strip()]
        named = [people.named(line) for line in typed]
        return {"people": [*({"user": user} for user in form.cleaned_data["users"]), *named]}

    def call(self, **values: Any) -> Any:
        version = self.expected_version()
        return people.set_people(self.object, by=self.user, expected_version=version, **values)


class SignIn(ActivityAct):
    verb, form_class, perform = "sign_in", forms.NothingBeside, staticmethod(people.sign_in)
    formset_classes: Any = {"people": forms.SignInRows}
    done = "已登记签到。"

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        rows = self.object.people.all()[: people.MOST_TICKED]
        return [{"person": row.public_id, "state": row.state, "reason": row.reason} for row in rows]

    def get_formsets(self) -> dict[str, Any]:
        found = super().get_formsets()
        names = list(self.object.people.values_list("name", "post_title"))
        for form, (name, post) in zip(found["people"].forms, names, strict=False):
            form.heading = f"{name} {post}".strip()
        return found


class Attach(ActivityAct):
    verb, form_class, perform = "attach", forms.PapersForm, staticmethod(services.attach)

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#files"


class Linked(ActivityAct):
    """One measure of an item, named by the item's number."""

    form_class = forms.MeasureForm

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#measures"
