"""ActPage, CreatePage, EditPage: every form page. A page collects input, a service decides and writes.

    # cases/urls.py — one line per verb; `verb_paths` answers the underscore and the hyphen
    *verb_paths("leads", "sign_for", LeadAct.as_view(verb="sign_for", perform=services.sign_for)),
    *verb_paths("leads", "propose", LeadAct.as_view(verb="propose", perform=services.propose, form_class=ProposeForm)),

    class LeadAct(ActPage):                       # one per model
        queryset, section, workflow = Lead.objects.all(), "leads", LEAD
        signs = staticmethod(what_is_signed)      # optional: row -> [Facts | Table]: exactly what will be signed
        shows = staticmethod(what_to_check)       # optional: row -> [Facts | Table]: to look at before acting

    class NewLead(CreatePage):
        model, section, form_class, perform = Lead, "leads", LeadForm, staticmethod(services.register)
        formset_classes = {"respondents": RespondentFormSet}      # cleaned rows arrive as respondents=[{...}, ...]
        def may_open(self): return bool(self.user.roles & {Role.PETITION, Role.CASE_MANAGER})

    class EditLead(EditPage):
        queryset, section, form_class, perform = Lead.objects.all(), "leads", LeadForm, staticmethod(services.amend)

The service is called as
    perform(row, by=user, expected_version=int|None, **cleaned_data)     ActPage, EditPage
    perform(by=user, **cleaned_data, <formset name>=[...])               CreatePage
and returns the row to go to. A `DomainError` becomes a message at its field with its status (403/409/412/422) and
the input kept; a `Stale` one shows both values side by side.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.views.generic.detail import SingleObjectMixin

from povertyaudit.core.errors import DomainError, NotAllowed, WrongState
from povertyaudit.core.views.form_pages import FormPage
from povertyaudit.core.views.parts import Facts, Missing, Table


class OnRecord(FormPage, SingleObjectMixin):
    """A form page about an existing record, found through scope by its opaque id."""

    slug_field = "public_id"
    slug_url_kwarg = "id"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_parent(self) -> tuple[str, str] | None:
        return str(self.object), self.object.get_absolute_url()

    def call(self, **values: Any) -> Any:
        return self.perform(self.object, by=self.user, expected_version=self.expected_version(), **values)

    def expected_version(self) -> int | None:
        """The version the person had before their eyes."""
        raw = self.request.POST.get("expected_version", "")
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.stale.version if self.stale else self.seen_version()
        return super().get_context_data(version=version, **kwargs)

    def seen_version(self) -> int | None:
        """A refused form keeps the version it was opened with."""
        if self.request.method == "POST":
            return self.expected_version()
        version: int | None = getattr(self.object, "version", None)
        return version


class ActPage(OnRecord):
    """One verb of a workflow. GET shows what will be signed and asks for the opinion; POST calls the service."""

    verb = ""
    workflow: Any = None
    signs: Callable[[Any], Sequence[Facts | Table]] | None = None
    shows: Callable[[Any], Sequence[Facts | Table]] | None = None
    missing: Callable[[Any, Any], Sequence[Missing]] | None = None

    def get_form(self, form_class: Any = None) -> BaseForm:
        """A verb whose reason must be written marks the opinion as required."""
        form = super().get_form(form_class)
        transition = self.transition()
        if getattr(transition, "note_required", False) and "note" in form.fields:
            form.fields["note"].required = True
        return form

    def transition(self) -> Any:
        return self.workflow.transitions.get(self.verb) if self.workflow is not None else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A verb that is not offered answers with the reason instead of a form."""
        self.refusal = self.not_offered()
        status = self.refusal.status if self.refusal else 200
        return self.render_to_response(self.get_context_data(), status=status)

    def not_offered(self) -> DomainError | None:
        transition = self.transition()
        if transition is None:
            return None
        try:
            transition.check_person(self.object, self.user)
            transition.check_state(self.object)
        except (NotAllowed, WrongState) as refusal:
            return refusal
        return None  # what is still missing, the form says and the service decides

    def get_label(self) -> str:
        transition = self.transition()
        return self.label or (transition.label if transition is not None else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            signed=self.signs(self.object) if self.signs else [],
            shown=self.shows(self.object) if self.shows else [],
            missing=self.missing(self.object, self.user) if self.missing else [],
            **kwargs,
        )


class CreatePage(FormPage):
    """A new record. Who may not create gets 403."""

    model: Any = None
    label = "登记"

    def may_open(self) -> bool:
        """May this user create here?"""
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.may_open():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def call(self, **values: Any) -> Any:
        return self.perform(by=self.user, **values)


class EditPage(OnRecord):
    """Change the facts of a record; `fields` names model fields taken as initial values (default: the form's)."""

    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        for name in self.form_class.base_fields:
            if name not in initial and hasattr(self.object, name):
                initial[name] = getattr(self.object, name)
        return initial

    def done_sentence(self, record: Any) -> str:
        return self.done or "修改已保存。"
