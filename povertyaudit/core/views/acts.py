"""ActPage, CreatePage, EditPage: every form page. A page collects input, a service decides and writes.

    # cases/urls.py — one line per verb; `verb_paths` answers the underscore and the hyphen
    *verb_paths("leads", "sign_for", LeadAct.as_view(verb="sign_for", perform=services.sign_for)),
    *verb_paths("leads", "propose", LeadAct.as_view(verb="propose", perform=services.propose, form_class=ProposeForm)),

    class LeadAct(ActPage):                       # one per model
        queryset, section, workflow = Lead.objects.all(), "leads", LEAD
        signs = staticmethod(what_is_signed)      # optional: row -> [Facts | Table], shown above the opinion

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

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.edit import FormView

from povertyaudit.core import once
from povertyaudit.core.errors import DomainError, NotAllowed, Stale, WrongState, from_validation
from povertyaudit.core.forms.base import OpinionForm
from povertyaudit.core.scope import scope_choices
from povertyaudit.core.views.base import Page, put_on
from povertyaudit.core.views.parts import Facts, Missing, Table

MORE_ROWS = "_more"


class FormPage(Page, FormView):
    """What the three kinds share: the form, its child rows, refusals, the one-time token."""

    template_name = "core/form.html"
    form_class: Any = OpinionForm
    formset_classes: Mapping[str, type[BaseFormSet]] = {}
    perform: Callable[..., Any]
    label = ""                 # the act in words; also the button: 签收, 申请销号
    done = ""                  # the sentence after it happened; default "已<label>。"
    intro = ""                 # a sentence or two above the form
    destructive = False

    formset_errors: Sequence[tuple[str, str, str]] = ()      # (where, sentence, id of the field)
    error_count = 0
    lost_words = ""

    object: Any = None
    stale: Stale | None = None
    refusal: DomainError | None = None

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The form with choices narrowed to the user's scope."""
        form: BaseForm = super().get_form(form_class)
        scope_choices(form, self.user)
        return form

    def get_formsets(self) -> dict[str, BaseFormSet]:
        """Child rows, bound when posted; choices scoped."""
        data = self.request.POST if self.request.method == "POST" else None
        files = self.request.FILES if self.request.method == "POST" else None
        found = {}
        for name, formset_class in self.formset_classes.items():
            formset = formset_class(
                data=self.with_more_rows(data, name), files=files, prefix=name, initial=self.formset_initial(name)
            )
            for form in formset.forms:
                scope_choices(form, self.user)
            found[name] = formset
        return found

    def formset_initial(self, name: str) -> list[dict[str, Any]] | None:
        """Rows that stand in the formset `name` when the page opens."""
        return None

    def with_more_rows(self, data: Any, name: str) -> Any:
        """Without JavaScript "再加一行" is a submit button that only adds an empty row."""
        if data is None or data.get(MORE_ROWS) != name:
            return data
        data = data.copy()
        data[f"{name}-TOTAL_FORMS"] = str(min(int(data.get(f"{name}-TOTAL_FORMS") or 0) + 1, 100))
        return data

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, formsets = self.get_form(), self.get_formsets()
        if request.POST.get(MORE_ROWS) in formsets:
            return self.show(form, formsets)
        bad = [one for one in (form, *formsets.values()) if not one.is_valid()]
        if bad:
            return self.show(form, formsets, status=400)
        return self.carry_out(form, formsets)

    def carry_out(self, form: BaseForm, formsets: Mapping[str, BaseFormSet]) -> HttpResponse:
        """Call the service; success is announced after it happened."""
        rows = {name: filled_rows(formset) for name, formset in formsets.items()}

        def act() -> str:
            record = self.call(**self.cleaned(form), **rows)
            messages.success(self.request, self.done_sentence(record), extra_tags=f"done {self.request.path}")
            return self.success_address(record)

        try:
            url = once.carry_out(self.request, act)
        except ValidationError as error:
            return self.refuse(form, formsets, from_validation(error))
        except DomainError as refusal:
            return self.refuse(form, formsets, refusal)
        return HttpResponseRedirect(url)

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        """What the service receives besides `by`."""
        return dict(form.cleaned_data)

    def call(self, **values: Any) -> Any:
        """Hand over to the service."""
        raise NotImplementedError

    def refuse(self, form: BaseForm, formsets: Mapping[str, Any], refusal: DomainError) -> HttpResponse:
        if isinstance(refusal, Stale):
            self.stale = refusal
        put_on(form, refusal)
        return self.show(form, formsets, status=refusal.status)

    def show(self, form: BaseForm, formsets: Mapping[str, Any], status: int = 200) -> HttpResponse:
        if status >= 400:
            self.tell_errors(form, formsets)
        return self.render_to_response(self.get_context_data(form=form, formsets=formsets), status=status)

    def tell_errors(self, form: BaseForm, formsets: Mapping[str, Any]) -> None:
        """What the summary on top says, and what could not be kept."""
        self.formset_errors = [line for formset in formsets.values() for line in errors_of(formset)]
        self.error_count = sum(len(found) for found in form.errors.values()) + len(self.formset_errors)
        lost = ["选择的文件"] if self.request.FILES else []
        if any(getattr(field, "protected", False) for field in form.fields.values()):
            lost.append("受保护的信息")
        self.lost_words = f"{'和'.join(lost)}没有保留，请重新{'选择' if lost == ['选择的文件'] else '填写'}。" if lost else ""

    def success_address(self, record: Any) -> str:
        if record is None and self.object is not None:
            record = self.object
        return str(record.get_absolute_url())

    def done_sentence(self, record: Any) -> str:
        return self.done or f"已{self.get_label()}。"

    def get_label(self) -> str:
        return self.label

    def get_title(self) -> str:
        return self.title or self.get_label()

    def cancel_address(self) -> str:
        return str(self.object.get_absolute_url()) if self.object is not None else "../"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "formsets" not in kwargs:
            kwargs["formsets"] = self.get_formsets()
        context = super().get_context_data(**kwargs)
        form = context.get("form")
        context.update(
            label=self.get_label(), cancel=self.cancel_address(), once=once.token(self.request),
            changed=self.changed_meanwhile(form), refusal=self.refusal,
        )
        return context

    def changed_meanwhile(self, form: BaseForm | None) -> list[tuple[str, Any, Any]]:
        """(label, yours, now) of every value somebody else changed under this form."""
        if self.stale is None or form is None:
            return []
        yours = getattr(form, "cleaned_data", {})
        return [
            (field.label or name, yours.get(name), self.stale.current[name])
            for name, field in form.fields.items()
            if name in self.stale.current and str(yours.get(name)) != str(self.stale.current[name])
        ]


def filled_rows(formset: BaseFormSet) -> list[dict[str, Any]]:
    """Cleaned rows that hold something and are not ticked for removal."""
    found = []
    for form in formset.forms:
        row = {key: value for key, value in form.cleaned_data.items() if key != "DELETE"}
        if (form.has_changed() or form.initial) and row and not form.cleaned_data.get("DELETE"):
            found.append(row)
    return found


def errors_of(formset: BaseFormSet) -> list[tuple[str, str, str]]:
    """(where, sentence, id) of every error in child rows."""
    title = getattr(formset, "title", "")
    found = [(title, str(text), formset.prefix or "") for text in formset.non_form_errors()]
    for number, form in enumerate(formset.forms, 1):
        for name, texts in form.errors.items():
            bound = form[name] if name in form.fields else None
            where = f"{title} {number} {bound.label if bound else ''}".strip()
            anchor = bound.id_for_label if bound else formset.prefix or ""
            found += [(where, str(text), anchor) for text in texts]
    return found


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
        return None                    # what is still missing, the form says and the service decides

    def get_label(self) -> str:
        transition = self.transition()
        return self.label or (transition.label if transition is not None else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            signed=self.signs(self.object) if self.signs else [],
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
