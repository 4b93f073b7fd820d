"""Pages of 佐证材料 beside its verbs: one file to be looked at, all files of an item, a new line of what is asked for."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from povertyaudit.core import store, terms
from povertyaudit.core.views import CreatePage, ListPage
from povertyaudit.core.views.base import Page
from rectification import forms, gallery
from rectification.models import Evidence, Item, PastEvidence
from rectification.services import needs
from rectification.workflow import ITEM


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class EvidencePage(Page, DetailView):
    """One file in the page: an image, a pair side by side, a PDF in the browser's viewer; arrows lead to the next."""

    queryset = Item.objects.for_page()
    section, template_name = "items", "rectification/evidence.html"
    slug_field, slug_url_kwarg = "public_id", "id"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        self.looked = gallery.looked(self.object, self.kwargs["evidence"])
        if self.looked is None:
            raise Http404
        return self.render_to_response(self.get_context_data())

    def get_title(self) -> str:
        one = self.looked.one  # type: ignore[union-attr]
        return f"{one.get_kind_display()}{f'：{one.note}' if one.note else ''}"

    def get_parent(self) -> tuple[str, str]:
        return str(self.object), f"{self.object.get_absolute_url()}#evidence"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = "check" in self.request.GET
        file = self.looked.one.attachment  # type: ignore[union-attr]
        offered = {step.name for step in ITEM.offered(self.object, self.user)}
        return super().get_context_data(
            looked=self.looked,
            file=file,
            offered=offered,
            checked=asked and store.intact(file.sha256),
            asked=asked,
            **kwargs,
        )


class EvidenceList(ListPage):
    """All files of one item that stand."""

    queryset = Evidence.objects.for_list()
    section, heading = "items", "佐证材料"
    columns: Any = gallery.COLUMNS
    order, unit_word = "pk", "份"
    empty, empty_hint = "还没有佐证材料。", "责任单位在事项页面上传。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The item is found through scope, or not at all."""
        self.item = gallery.item_of(self.user, self.kwargs["id"])
        if self.item is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(item=self.item)

    def get_title(self) -> str:
        return f"{self.item} {self.heading}"

    def get_parent(self) -> tuple[str, str]:
        return str(self.item), self.item.get_absolute_url()  # type: ignore[union-attr]


class PastEvidenceList(EvidenceList):
    """Earlier versions, and what was withdrawn."""

    queryset = PastEvidence.objects.for_past()
    heading, columns = "更换以前的和撤下的佐证材料", gallery.PAST_COLUMNS
    order, empty, empty_hint = "-pk", "没有更换、撤下过佐证材料。", ""


class NewNeed(CreatePage):
    section, title, label = "terms", "新增佐证材料要求", "提出新增"
    parent = ("佐证材料清单", "/terms/?tab=evidence_needs")
    form_class, perform = forms.NeedForm, staticmethod(needs.propose)
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)
