"""FormPage: what ActPage, CreatePage and EditPage share. See acts.py for how to use them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic.edit import FormView

from povertyaudit.core import once
from povertyaudit.core.errors import DomainError, Stale, from_validation
from povertyaudit.core.forms.base import OpinionForm
from povertyaudit.core.scope import scope_choices
from povertyaudit.core.views.base import Page, put_on

MORE_ROWS = "_more"


class FormPage(Page, FormView):
    """What the three kinds share: the form, its child rows, refusals, the one-time token."""

    template_name = "core/form.html"
    form_class: Any = OpinionForm
    formset_classes: Mapping[str, type[BaseFormSet]] = {}
    perform: Any = None  # the service function; see acts.py
    label = ""  # the act in words; also the button: 签收, 申请销号
    done = ""  # the sentence after it happened; default "已<label>。"
    intro = ""  # a sentence or two above the form
    destructive = False

    formset_errors: Sequence[tuple[str, str, str]] = ()  # (where, sentence, id of the field)
    error_count = 0
    lost_words = ""

    object: Any = None
    made: Any = None
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
                data=self.with_more_rows(data, name),
                files=files,
                prefix=name,
                initial=self.formset_initial(name),
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
        raw = data.get(f"{name}-TOTAL_FORMS", "")
        rows = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
        data[f"{name}-TOTAL_FORMS"] = str(min(rows + 1, 100))
        return data

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, formsets = self.get_form(), self.get_formsets()
        if request.POST.get(MORE_ROWS) in formsets:
            return self.show(form, formsets)
        asked: list[Any] = [form, *formsets.values()]
        bad = [one for one in asked if not one.is_valid()]
        if bad:
            return self.show(form, formsets, status=400)
        return self.carry_out(form, formsets)

    def carry_out(self, form: BaseForm, formsets: Mapping[str, BaseFormSet]) -> HttpResponse:
        """Call the service; success is announced after it happened."""
        rows = {name: filled_rows(formset) for name, formset in formsets.items()}

        def act() -> str:
            record = self.made = self.call(**self.cleaned(form), **rows)
            messages.success(self.request, self.done_sentence(record), extra_tags=f"done {self.request.path}")
            return self.success_address(record)

        try:
            url = once.carry_out(self.request, act)
        except ValidationError as error:
            return self.refuse(form, formsets, from_validation(error))
        except DomainError as refusal:
            return self.refuse(form, formsets, refusal)
        return self.arrive(url)

    def arrive(self, url: str) -> HttpResponse:
        """What follows the act; `made` is what the service returned, None when it had been carried out before."""
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
        self.lost_words = (
            f"{'和'.join(lost)}没有保留，请重新{'选择' if lost == ['选择的文件'] else '填写'}。"
            if lost
            else ""
        )

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
            label=self.get_label(),
            cancel=self.cancel_address(),
            once=once.token(self.request),
            changed=self.changed_meanwhile(form),
            refusal=self.refusal,
        )
        return context

    def changed_meanwhile(self, form: BaseForm | None) -> list[tuple[str, Any, Any]]:
        """(label, yours, now) of every value somebody else changed under this form."""
        if self.stale is None or form is None:
            return []
        yours = getattr(form, "cleaned_data", {})
        return [
            (str(field.label or name), yours.get(name), self.stale.current[name])
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
