"""Ticked rows of a list: the bar with the verbs, the form that asks once, and one result per row.

class LeadList(ListPage):
    workflow, bulk_url = LEAD, "/leads/bulk/"

class LeadBulk(BulkPage):
    queryset, section, workflow, parent = Lead.objects.for_list(), "leads", LEAD, PARENT

# cases/urls.py, before the record: verbs declared with `bulk=True` that stand in ACTS
*bulk_paths("leads", LeadBulk, ACTS),
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.generic.list import MultipleObjectMixin

from povertyaudit.core import bulk, once
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.views.addresses import Addressed
from povertyaudit.core.views.form_pages import FormPage
from povertyaudit.core.views.parts import Line
from povertyaudit.core.workflow import Transition, Workflow


class Ticked(Addressed):
    """Part of ListPage."""

    user: Any
    workflow: Workflow | None = None
    bulk_url = ""

    def ticking(self, rows: Sequence[Line]) -> dict[str, Any]:
        """The verbs of the bar, and beside each row those it would take now. Nothing where no post of the user has any."""
        steps = bulk.verbs(self.workflow, self.user) if self.bulk_url else []
        if not steps:
            return {"lines": rows}
        marked = [
            replace(line, takes=" ".join(step.name for step in steps if step.offered(line.row, self.user)))
            for line in rows
        ]
        return {"lines": marked, "bulk_verbs": steps, "bulk_back": self.url_with()}


class BulkPage(FormPage, MultipleObjectMixin):
    """POST with `ids` shows which rows can take the verb and asks for the rest; POST with `go` does it."""

    template_name = "core/bulk.html"
    http_method_names = ["get", "post"]  # noqa: RUF012 — Django's own shape
    workflow: Any = None
    things = ""
    verb = ""
    object_list: Any = ()
    found: Sequence[tuple[str, Any]] = ()
    results: Sequence[bulk.Result] = ()

    def transition(self) -> Transition:
        step: Transition = self.workflow.transitions[self.verb]
        return step

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is ticked at a bare address."""
        return HttpResponseRedirect(f"/{self.things}/")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.found = bulk.find(self.get_queryset(), [one.partition(".")[0] for one in self.said()])
        except RuleBroken as refused:
            self.refusal = refused
            return self.render_to_response(self.get_context_data(), status=refused.status)
        if "go" not in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def said(self) -> list[str]:
        """Ids, with the version the person saw after a dot."""
        return [one[:60] for one in self.request.POST.getlist("ids")]

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if "go" not in self.request.POST:
            kwargs = {name: value for name, value in kwargs.items() if name not in {"data", "files"}}
        return kwargs

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        if self.transition().note_required and "note" in form.fields:
            form.fields["note"].required = True
        return form

    def carry_out(self, form: BaseForm, formsets: Mapping[str, Any]) -> HttpResponse:
        """Row by row; pressed again, rows already done are left as they are."""
        mark = once.given(self.request)
        versions = {
            id_: int(version)
            for id_, _, version in (one.partition(".") for one in self.said())
            if version.isascii() and version.isdigit() and len(version) < 10
        }
        self.results = list(
            bulk.carry_out(
                self.found, self.transition(), self.perform, self.cleaned(form),
                by=self.user, versions=versions, mark=mark,
            )
        )  # fmt: skip
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        judged = [(row, bulk.refusal(row, self.transition(), self.user)) for _, row in self.found if row]
        return super().get_context_data(
            able=[row for row, refused in judged if refused is None],
            unable=[(row, refused) for row, refused in judged if refused is not None],
            unknown=sum(row is None for _, row in self.found),
            results=self.results,
            done=sum(result.ok for result in self.results),
            failed=sum(not result.ok for result in self.results),
            **kwargs,
        )

    def get_label(self) -> str:
        return self.label or self.transition().label

    def get_title(self) -> str:
        return f"批量{self.get_label()}"

    def cancel_address(self) -> str:
        """The list as it was."""
        back = self.request.POST.get("back", "")[:2000]
        return f"/{self.things}/{back if back.startswith('?') else ''}"


def bulk_paths(things: str, page: type[BulkPage], acts: Mapping[str, tuple[Any, Any]]) -> list[URLPattern]:
    """`/<things>/bulk/<verb>/` for each verb of `acts` (verb → service, form) that the workflow offers for many rows."""
    found: list[URLPattern] = []
    for verb, (perform, form) in acts.items():
        if page.workflow.transitions[verb].bulk:
            view = page.as_view(things=things, verb=verb, perform=perform, form_class=form)
            spelt = dict.fromkeys((verb.replace("_", "-"), verb))
            found += [path(f"{things}/bulk/{word}/", view, name=f"{things}_bulk_{verb}") for word in spelt]
    return found
