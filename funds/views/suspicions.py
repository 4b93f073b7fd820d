"""Pages of suspicions: the list, the record, the form of the house visit, one form a verb."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from funds.forms import suspicions as forms
from funds.models import Suspicion
from funds.pages import suspicions as pages
from funds.services import suspicion_ends, suspicions
from funds.suspicion_filters import SuspicionFilter
from funds.suspicion_querysets import REGION_WIDE
from funds.workflow.suspicions import SUSPICION
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.views import (
    ActPage,
    BulkPage,
    Column,
    Facts,
    ListPage,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.core.views.records import Verb

SECTION, PARENT = "suspicions", ("疑点核查", "/suspicions/")
HERE_ONLY = "geolocation=(self)"  # the form may ask for the position, where the browser allows it


def in_state(state: str) -> Callable[[Any, Any], Any]:
    """The tab of one state."""
    return lambda rows, user: rows.filter(state=state)


class SuspicionList(ListPage):
    queryset = Suspicion.objects.for_list()
    section, title = SECTION, "疑点核查"
    template_name = "funds/suspicion_list.html"
    workflow, bulk_url = SUSPICION, "/suspicions/bulk/"
    filterset_class = SuspicionFilter
    main_filters = ("q", "rule", "region")
    columns = (
        Column("number", "疑点编号", kind="link", order="number"),
        Column("masked_name", "姓名", phone="sub"),
        Column("match_list.rule.name", "比对规则", phone="main"),
        Column("region.name", "村", phone="more"),
        Column("benefit", "享受的待遇", phone="hide"),
        Column("amount_fen", "享受金额（元）", kind="money", order="amount_fen", phone="side"),
        Column("responsible_unit.name", "入户单位", phone="hide"),
        Column("assigned_to.display_name", "核查人", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("desk_on", "案头核查", kind="date", order="desk_on", shown=False),
        Column("visited_on", "入户日期", kind="date", order="visited_on", shown=False),
        Column("decided_on", "处理日期", kind="date", order="decided_on", shown=False),
        Column("excuse.name", "排除理由", shown=False),
        Column("get_fix_display", "纠正方式", shown=False),
        Column("fix_fen", "纠正金额（元）", kind="money", shown=False),
        Column("match_list.compared.name", "比对数据", shown=False),
        Column("match_list.compared.department", "数据来源部门", shown=False),
        Column("match_list.number", "清单编号", shown=False),
        Column("region.path_name", "地区全称", shown=False),
    )
    order = "-number"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        *(Tab(state, label, in_state(state)) for state, label in Suspicion.State.choices),
    )
    empty = "没有符合条件的疑点。"

    @property
    def knows_lists(self) -> bool:
        return bool(self.user.roles & REGION_WIDE)


class SuspicionPage(RecordPage):
    queryset = Suspicion.objects.for_list().select_related("match_list__source", "decided_by__person")
    section, workflow, parent = SECTION, SUSPICION, PARENT
    in_tables = ("attach",)

    def facts(self) -> list[Facts]:
        row = self.object
        return [pages.match(row), pages.looked_at(row), *pages.ended(row, self.user)]

    def tables(self) -> list[Table]:
        may = any(step.name == "attach" for step in SUSPICION.offered(self.object, self.user))
        return [pages.files(self.object, self.user, may)]

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name not in self.in_tables]


class SuspicionAct(ActPage):
    queryset, section, workflow = Suspicion.objects.for_list(), SECTION, SUSPICION

    def shows(self, row: Any) -> list[Facts]:
        return [pages.match(row)]


class Assign(SuspicionAct):
    def get_initial(self) -> dict[str, Any]:
        return {"responsible_unit": self.object.responsible_unit, "assigned_to": self.object.assigned_to}


class Visit(SuspicionAct):
    """On a phone at the door: big fields, the camera, the position where the browser gives it."""

    verb, perform, form_class = "visit", staticmethod(suspicions.visit), forms.HouseForm
    template_name = "funds/house_visit.html"
    done = "已登记入户核查。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response.headers["Permissions-Policy"] = HERE_ONLY
        return response

    def get_initial(self) -> dict[str, Any]:
        return {"visited_on": moment.today(), "visitor": self.user.display_name}

    def shows(self, row: Any) -> list[Facts]:
        return [pages.match(row), pages.looked_at(row)]


class Decide(SuspicionAct):
    def shows(self, row: Any) -> list[Facts]:
        return [pages.match(row), pages.looked_at(row)]


class HandOn(Decide):
    verb, perform, form_class = "hand_on", staticmethod(suspicion_ends.hand_on), forms.HandOnForm
    intro = "登记为“大数据比对”来源的问题线索，本人和身份证号由系统带入。入户单位只看到“已转办”，看不到线索。"
    done = "已登记为问题线索并转办。"


class Attach(SuspicionAct):
    verb, perform, form_class = "attach", staticmethod(suspicions.attach), forms.PaperForm

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#files"


@method_decorator(never_cache, name="dispatch")
class Reveal(SuspicionAct):
    """The number stands on the answer to one press and nowhere else; no cache keeps it."""

    verb, form_class = "reveal", forms.RevealNumberForm
    template_name = "funds/number_revealed.html"
    intro = "身份证号只在这一次显示；谁、因为什么查看，都留有记录。"

    def carry_out(self, form: Any, formsets: Any) -> HttpResponse:
        try:
            number = suspicions.reveal(self.object, by=self.user, reason=form.cleaned_data["reason"])
        except DomainError as refusal:
            return self.refuse(form, formsets, refusal)
        return self.render_to_response(self.get_context_data(form=form, number=number))


class SuspicionBulk(BulkPage):
    queryset = Suspicion.objects.for_list()
    section, workflow, parent = SECTION, SUSPICION, PARENT
