"""登记台 `/leads/desk/`: one letter after the other, by keyboard, with what the clerk keeps. It lives as long as the session."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse

from cases import forms, pages, services
from cases.views.leads import NewLead

SITTING = "lead_desk"
LAST = 8


class DeskPage(NewLead):
    title, label, access_key = "连续登记", "登记，接着下一件", "s"
    template_name = "cases/desk.html"
    form_class = forms.DeskForm
    formset_classes = {"subjects": forms.SubjectFormSet}  # noqa: RUF012 — as the base class has it

    @property
    def sitting(self) -> dict[str, Any]:
        """keep: names; values: what they held; entered: ids, newest last."""
        found: dict[str, Any] = self.request.session.get(SITTING, {})
        return found

    def get_initial(self) -> dict[str, Any]:
        asked = {"channel": channel} if (channel := self.request.GET.get("channel")) else {}
        kept = {"keep": self.sitting.get("keep", forms.USUALLY_KEPT)}
        initial: dict[str, Any] = super().get_initial() | self.sitting.get("values", {}) | asked | kept
        return initial

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The cursor stands in the first field that is still empty."""
        form: Any = super().get_form(form_class)
        typed = [
            name for _, fields in form.grouped()[1:] for field in fields if (name := field.name) != "keep"
        ]
        first = next((name for name in typed if not form.initial.get(name)), "title")
        if not form.is_bound:
            form.fields[first].widget.attrs |= {"autofocus": True, "data-first": ""}
        return form  # type: ignore[no-any-return]

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        """Notes what the next form begins with; nothing of it reaches the service."""
        values = super().cleaned(form)
        keep = values.pop("keep")
        kept = {name: values[name] for name in keep if name != "details" and name in values}
        if {"details", "channel"} <= set(keep):
            kept |= values["intake"]
        wants = kept.pop("result_wanted", None)
        answer = {"result_wanted": "yes" if wants else "no"} if wants is not None else {}
        self.next = {
            "keep": keep, "values": {name: forms.plain(value) for name, value in kept.items()} | answer,
        }  # fmt: skip
        return values

    def success_address(self, record: Any) -> str:
        return str(self.request.path)

    def arrive(self, url: str) -> HttpResponse:
        if self.made is not None:  # pressed twice: the first press has noted it
            entered = [*self.sitting.get("entered", []), self.made.public_id][-LAST:]
            self.request.session[SITTING] = self.next | {"entered": entered}
        return super().arrive(url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        channel = context["form"]["channel"].value()
        allowed = services.channels_of(self.user)
        chosen = channel if channel in allowed else allowed[0]
        return context | {
            "likely": services.likely_number(self.user, chosen),
            "entered": pages.entered(self.user, self.sitting.get("entered", [])),
        }
