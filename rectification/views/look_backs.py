"""Pages of look-backs: plans, their rows, the form at the door, and the rates."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    BoardLine,
    BoardPage,
    BulkPage,
    Column,
    CreatePage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.core.views.records import Verb
from rectification import look_back_board as board
from rectification import look_back_pages as pages
from rectification.forms import look_backs as forms
from rectification.look_back_filters import LookBackCheckFilter, LookBackFilter
from rectification.look_back_querysets import LEADERS, PLANNERS
from rectification.models import LookBack, LookBackCheck, LookBackOrigin
from rectification.services import look_back_checks as checks
from rectification.services import look_backs as plans
from rectification.workflow.look_backs import LOOK_BACK, LOOK_BACK_CHECK

PLANS, CHECKS = ("回头看", "/look-backs/"), ("回头看核查", "/look-back-checks/")
HERE_ONLY = "geolocation=(self)"  # the form may ask for the position, where the browser allows it


class LookBackList(ListPage):
    queryset = LookBack.objects.for_list()
    template_name = "rectification/look_back_list.html"
    section, title = "look_backs", "回头看"
    filterset_class = LookBackFilter
    main_filters = ("q", "state", "origin")
    columns = (
        Column(
            "number", "计划编号", kind="link", order="number", value=lambda row: row.number or "保密，未编号"
        ),
        Column("title", "计划名称", phone="main"),
        Column("about", "范围", phone="sub"),
        Column("checks_all", "抽查", kind="number", phone="hide"),
        Column("checks_done", "有结果", kind="number", phone="hide"),
        Column("checks_relapsed", "反弹", kind="number", phone="hide"),
        Column("ends_on", "截止", kind="date", order="ends_on", phone="side"),
        Column("state", "状态", kind="state"),
        Column("starts_on", "开始", kind="date", order="starts_on", shown=False),
        Column("drafted_by.display_name", "拟定人", shown=False),
        Column("desk_unit.name", "组织单位", shown=False),
        Column("approver.display_name", "批准人", shown=False),
        Column("finished_on", "办结日期", kind="date", shown=False),
    )
    order = "-starts_on"
    tabs = (Tab("", "全部"), Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)))
    create_url, create_label = "/look-backs/new/", "拟定回头看"
    empty = "没有您可以查看的回头看计划。"

    knows_rates, other = True, CHECKS

    def may_create(self) -> bool:
        return bool(self.user.roles & PLANNERS)


class LookBackPage(RecordPage):
    queryset = LookBack.objects.for_page()
    section, workflow, parent = "look_backs", LOOK_BACK, PLANS

    def facts(self) -> list[Facts]:
        return [*pages.plan_facts(self.object), pages.plan_summary(self.object)]

    def tables(self) -> list[Table]:
        return pages.plan_tables(self.object, self.user)

    def missing(self) -> list[Missing]:
        return pages.plan_missing(self.object, self.user)


class NewLookBack(CreatePage):
    section, title, label, parent = "look_backs", "拟定回头看", "拟定并抽取", PLANS
    form_class, perform = forms.LookBackForm, staticmethod(plans.plan)
    formset_classes = {"units": forms.UnitFormSet}  # noqa: RUF012 — as the base class has it
    intro = "保存时当场抽取：名单、种子和抽中的都固定下来，不能重抽；条件不对的，取消后重新拟定。"
    done = "已抽取，等待批准；可以先分派核查人。"

    def may_open(self) -> bool:
        return bool(self.user.roles & PLANNERS)

    def get_initial(self) -> dict[str, Any]:
        home = self.user.post_as(PLANNERS)
        return {"starts_on": moment.today(), "pool": "both", **({"region": home.region} if home else {})}

    def get_form(self, form_class: Any = None) -> Any:
        """Only what this person may draw from."""
        form: Any = super().get_form(form_class)
        form.fields["origin"].choices = [
            (value, label)
            for value, label in LookBackOrigin.choices
            if plans.BY_ORIGIN[value] & self.user.roles
        ]
        return form


class LookBackAct(ActPage):
    queryset, section, workflow = LookBack.objects.for_page(), "look_backs", LOOK_BACK

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.plan_facts(row), pages.plan_tables(row, self.user)[0]]


class CheckList(ListPage):
    queryset = LookBackCheck.objects.for_list()
    template_name = "rectification/look_back_list.html"
    section, title = "look_back_checks", "回头看核查"
    workflow, bulk_url = LOOK_BACK_CHECK, "/look-back-checks/bulk/"
    filterset_class = LookBackCheckFilter
    main_filters = ("q", "state", "unit")
    columns = (
        Column("seq", "核查", kind="link", value=str),
        Column("title", "抽查的问题、款项", phone="main"),
        Column("about", "编号", phone="hide"),
        Column("unit.name", "责任单位", phone="sub"),
        Column("get_ground_display", "抽取依据", phone="hide"),
        Column("checker.display_name", "核查人", phone="hide"),
        Column("due_on", "核查期限", kind="clock", order="due_on", phone="side"),
        Column("plan.ends_on", "计划截止", kind="date", shown=False),
        Column("state", "状态", kind="state"),
        Column("get_kind_display", "来源", shown=False),
        Column("amount_fen", "金额（元）", kind="money", shown=False),
        Column("signer.name", "复核（经办）人", shown=False),
        Column("visited_on", "核查日期", kind="date", order="visited_on", shown=False),
        Column("decided_on", "处理日期", kind="date", shown=False),
    )
    order = "-pk"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("relapsed", "反弹", lambda rows, user: rows.filter(board.standing()["relapsed"])),
    )
    empty = "没有您可以查看的回头看核查。"

    @property
    def knows_rates(self) -> bool:
        return bool(self.user.roles & (PLANNERS | LEADERS))

    @property
    def other(self) -> tuple[str, str] | None:
        return ("回头看计划", "/look-backs/") if self.knows_rates else None


class CheckPage(RecordPage):
    queryset = LookBackCheck.objects.for_list().prefetch_related("answers")
    section, workflow, parent = "look_back_checks", LOOK_BACK_CHECK, CHECKS
    in_tables = ("attach",)

    def facts(self) -> list[Facts]:
        return [pages.check_facts(self.object), *pages.result_facts(self.object)]

    def tables(self) -> list[Table]:
        return pages.check_tables(self.object, self.user)

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name not in self.in_tables]


class CheckAct(ActPage):
    queryset, section, workflow = LookBackCheck.objects.for_list(), "look_back_checks", LOOK_BACK_CHECK

    def shows(self, row: Any) -> list[Facts]:
        return [pages.check_facts(row), *pages.result_facts(row)]


class RecordCheck(CheckAct):
    """On a phone at the door: big fields, the camera, the position where the browser gives it."""

    verb, perform, form_class = "record", staticmethod(checks.record), forms.ResultForm
    formset_classes = {"answers": forms.AnswerFormSet}  # noqa: RUF012 — as the base class has it
    template_name = "funds/house_visit.html"
    done = "已登记核查结果。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response.headers["Permissions-Policy"] = HERE_ONLY
        return response

    def get_initial(self) -> dict[str, Any]:
        return {"visited_on": moment.today()}

    def shows(self, row: Any) -> list[Facts]:
        return [pages.check_facts(row), pages.questions()]


class Attach(CheckAct):
    verb, perform, form_class = "attach", staticmethod(checks.attach), forms.MaterialForm

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#files"


class CheckBulk(BulkPage):
    queryset = LookBackCheck.objects.for_list()
    section, workflow, parent = "look_back_checks", LOOK_BACK_CHECK, CHECKS


class Rates(BoardPage):
    """反弹率: who has to look at what again."""

    section, title, parent = "look_backs", "反弹率", PLANS
    ways = (("unit", "按责任单位"), ("signer", "按复核（经办）人"), ("kind", "按来源"))
    empty = "还没有回头看的结果。"
    wide = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & (PLANNERS | LEADERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return {"unit": "责任单位", "signer": "复核（经办）人", "kind": "来源"}[self.by()]

    def heads(self) -> Sequence[str]:
        return board.HEADS

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        return board.grouped(self.user, self.by())

    @cached_property
    def least(self) -> int:
        return board.least()

    def lines(self) -> Sequence[BoardLine]:
        asked = board.WAYS[self.by()][0]
        return [
            board.line(row["name"] or "没有登记", row, {asked: row["key"] or "none"}, self.least)
            for row in self.groups
        ]

    @cached_property
    def whole(self) -> dict[str, Any]:
        return {f"n_{word}": sum(row[f"n_{word}"] for row in self.groups) for word in board.STANDING}

    def total(self) -> BoardLine | None:
        return board.line("合计", self.whole, {}, self.least) if self.groups else None

    def finding(self) -> str:
        if not self.groups:
            return ""
        words = f"核查 {self.whole['n_result']} 件，反弹 {board.share(self.whole, self.least)}"
        first = self.groups[0]
        if not first["n_relapsed"]:
            return f"{words}。"
        return f"{words}；反弹最多的是“{first['name'] or '没有登记'}”，{board.share(first, self.least)}。"
