"""Pages of plans of visits, and of how often leaders went out."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from inspections.field_filters import PlanFilter
from inspections.field_home import READERS
from inspections.forms.plans import (
    DrawHouseholdsForm,
    DrawPlacesForm,
    PlanForm,
    PlanMemberFormSet,
    PlanPlaceFormSet,
)
from inspections.models import VisitPlan
from inspections.pages import plans as pages
from inspections.services import plans as services
from inspections.workflow.plans import ORDERERS, PLAN
from povertyaudit.core.views import (
    ActPage,
    BoardLine,
    BoardPage,
    Column,
    CreatePage,
    EditPage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Table,
)

PARENT = ("走访计划", "/visit-plans/")


class PlanList(ListPage):
    queryset = VisitPlan.objects.for_list()
    section, title = "visit-plans", "走访计划"
    filterset_class = PlanFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column(
            "number", "计划编号", kind="link", order="number", value=lambda row: row.number or "保密，未编号"
        ),
        Column("title", "计划名称", phone="main"),
        Column("get_kind_display", "方式", phone="hide"),
        Column("region.name", "走访地区", phone="sub"),
        Column("starts_on", "开始", kind="date", order="starts_on"),
        Column("ends_on", "截止", kind="date", phone="hide"),
        Column("place_count", "地点", kind="number", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("finished_on", "结束日期", kind="date", shown=False),
        Column("people", "走访人员", value=pages.people_of, shown=False),
    )
    order = "-starts_on"
    create_url, create_label = "/visit-plans/new/", "部署走访"
    empty = "没有您可以查看的走访计划。"

    def may_create(self) -> bool:
        return bool(self.user.roles & ORDERERS)


class PlanPage(RecordPage):
    queryset = VisitPlan.objects.for_page()
    section, workflow, parent = "visit-plans", PLAN, PARENT

    def facts(self) -> list[Facts]:
        return pages.plan_facts(self.object)

    def tables(self) -> list[Table]:
        return pages.plan_tables(self.object, self.user)

    def missing(self) -> list[Missing]:
        return pages.plan_missing(self.object, self.user)


class OrderPlan(CreatePage):
    section, title, label, parent = "visit-plans", "部署走访", "部署", PARENT
    form_class, perform = PlanForm, staticmethod(services.order)
    formset_classes = {"members": PlanMemberFormSet, "places": PlanPlaceFormSet}  # noqa: RUF012 — as the base class has it

    def may_open(self) -> bool:
        return bool(self.user.roles & ORDERERS)

    def get_initial(self) -> dict[str, Any]:
        home = self.user.post_as(ORDERERS)
        return {"region": home.region} if home else {}


class AmendPlan(EditPage):
    queryset = VisitPlan.objects.for_page()
    section, title, label = "visit-plans", "修改走访计划", "保存并重新报批"
    form_class, perform = PlanForm, staticmethod(services.amend)
    formset_classes = {"members": PlanMemberFormSet, "places": PlanPlaceFormSet}  # noqa: RUF012 — as the base class has it

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        initial = super().get_initial() | {"approver": row.approver.public_id, "note": ""}
        return initial | {"round": row.round.public_id if row.round else ""}

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        if name == "members":
            return [{"user": one.user.public_id, "role": one.role} for one in self.object.members.all()]
        return [{"region": one.region} for one in self.object.places.all() if not one.drawn]


class PlanAct(ActPage):
    queryset, section, workflow = VisitPlan.objects.for_page(), "visit-plans", PLAN


class ApprovePlan(PlanAct):
    verb, perform = "approve", staticmethod(services.approve)
    shows = staticmethod(pages.plan_shown)


class DrawPlaces(PlanAct):
    verb, perform, form_class = "draw_places", staticmethod(services.draw_places), DrawPlacesForm


class DrawHouseholds(PlanAct):
    verb, perform, form_class = "draw_households", staticmethod(services.draw_households), DrawHouseholdsForm


class Quotas(BoardPage):
    """领导暗访 and 交叉暗访: who has gone out how often. Only what is over is counted."""

    section, title, parent = "visit-plans", "走访定额", PARENT
    ways = (("leader", "领导暗访"), ("quarter", "交叉暗访"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return "领导" if self.by() == "leader" else "季度"

    def heads(self) -> list[str]:
        return ["已完成", "应完成"]

    @cached_property
    def found(self) -> list[BoardLine]:
        return pages.quota_lines(self.user, self.by())

    def lines(self) -> Sequence[BoardLine]:
        return self.found

    def finding(self) -> str:
        return pages.quota_finding(self.found, self.by())
