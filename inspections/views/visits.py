"""Pages of visits. The form for a new one is kept on the phone until it has arrived (static/js/visit.js)."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from inspections.field_filters import VisitFilter
from inspections.field_home import READERS
from inspections.forms.attendance import CheckFormSet
from inspections.forms.visits import PhotosForm, VisitFields, VisitForm
from inspections.models import Visit
from inspections.pages import visits as pages
from inspections.services import visits as services
from inspections.workflow.visits import VISIT
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, CreatePage, EditPage, Facts, ListPage, RecordPage, Table

PARENT = ("走访记录", "/visits/")
HERE_ONLY = "geolocation=(self)"  # the form may ask for the position, where the browser allows it
MACHINE = "application/json"


class VisitList(ListPage):
    queryset = Visit.objects.for_list()
    section, title = "visits", "走访记录"
    template_name = "inspections/visit_list.html"
    filterset_class = VisitFilter
    main_filters = ("q", "kind", "region")
    columns = (
        Column("number", "走访编号", kind="link", order="number", value=lambda row: row.number or "未编号"),
        Column("region.name", "地点", phone="main"),
        Column("place_text", "具体地点", phone="hide"),
        Column("get_kind_display", "方式", phone="sub"),
        Column("visited_on", "走访日期", kind="date", order="visited_on", phone="side"),
        Column("households", "入户", kind="number", phone="hide"),
        Column("talks", "谈话", kind="number", phone="hide"),
        Column("recorded_by.display_name", "登记人", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("documents", "查阅资料", kind="number", shown=False),
        Column("calls", "电话抽查", kind="number", shown=False),
        Column("plan.title", "走访计划", shown=False),
        Column("round.name", "所属轮次", shown=False),
        Column("doubts", "已核对的疑点", shown=False),
    )
    order = "-visited_on"
    create_url, create_label = "/visits/new/", "登记走访"
    empty = "没有符合条件的走访记录。"

    def may_create(self) -> bool:
        return bool(self.user.roles & READERS)


class VisitPage(RecordPage):
    queryset = Visit.objects.for_list()
    section, workflow, parent = "visits", VISIT, PARENT

    def get_parent(self) -> tuple[str, str] | None:
        plan = self.object.plan
        return (plan.title, plan.get_absolute_url()) if plan else PARENT

    def facts(self) -> list[Facts]:
        return pages.visit_facts(self.object)

    def tables(self) -> list[Table]:
        return pages.visit_tables(self.object, self.user)


class NewVisit(CreatePage):
    """Complete without JavaScript. A script that asks for JSON is told where the record is, or what is wrong at which field."""

    section, title, label, parent = "visits", "登记走访", "提交", PARENT
    template_name = "inspections/visit_form.html"
    form_class, perform = VisitForm, staticmethod(services.record)
    formset_classes = {"checks": CheckFormSet}  # noqa: RUF012 — as the base class has it

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response.headers["Permissions-Policy"] = HERE_ONLY
        return response

    def get_initial(self) -> dict[str, Any]:
        return {"visited_on": moment.today(), "plan": self.request.GET.get("plan", "")[:40]}

    def places(self) -> list[str]:
        return pages.visit_places(self.user)

    @property
    def for_script(self) -> bool:
        return bool(self.request.headers.get("Accept") == MACHINE)

    def arrive(self, url: str) -> HttpResponse:
        return JsonResponse({"url": url}, status=201) if self.for_script else super().arrive(url)

    def show(self, form: BaseForm, formsets: Any, status: int = 200) -> HttpResponse:
        if not self.for_script or status < 400:
            return super().show(form, formsets, status=status)
        found = [
            {
                "field": name,
                "label": str(form[name].label) if name in form.fields else "",
                "message": str(text),
            }
            for name, texts in form.errors.items()
            for text in texts
        ]
        self.tell_errors(form, formsets)
        found += [
            {"field": anchor, "label": label, "message": text} for label, text, anchor in self.formset_errors
        ]
        return JsonResponse({"errors": found}, status=status)


class AmendVisit(EditPage):
    queryset = Visit.objects.for_list()
    section, title = "visits", "修改走访记录"
    template_name = "inspections/visit_amend.html"
    form_class, perform = VisitFields, staticmethod(services.amend)

    def places(self) -> list[str]:
        return pages.visit_places(self.user)


class VisitAct(ActPage):
    queryset, section, workflow = Visit.objects.for_list(), "visits", VISIT


class AddPhotos(VisitAct):
    verb, perform, form_class = "add_photos", staticmethod(services.add_photos), PhotosForm
