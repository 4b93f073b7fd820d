"""被反映人: added, put right and removed on a page of his lead."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from cases import forms, pages, services
from cases.models import LeadSubject
from cases.services.people import FIELDS
from cases.views.acts import LeadAct


@method_decorator(sensitive_post_parameters("id_number"), name="dispatch")
class AddSubject(LeadAct):
    verb, perform, form_class = "add_subject", staticmethod(services.add_subject), forms.PersonForm
    done = "已增加被反映人。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.of_day(self.object.received_on)
        return form  # type: ignore[no-any-return]


class OnSubject(LeadAct):
    """A verb about one person: `?subject=<id>` says which; without it the first."""

    subject: LeadSubject

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        wanted = request.GET.get("subject", "")
        found = [one for one in self.object.subjects.all() if wanted in ("", one.public_id)]
        if not found:
            raise Http404
        self.subject = found[0]
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def call(self, **values: Any) -> Any:
        return super().call(subject=self.subject, **values)

    def get_title(self) -> str:
        return f"{self.get_label()}：{self.subject.name}"


@method_decorator(sensitive_post_parameters("id_number"), name="dispatch")
class AmendSubject(OnSubject):
    verb, perform, form_class = "amend_subject", staticmethod(services.amend_subject), forms.AmendPersonForm
    done = "已更正被反映人。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.of_day(self.object.received_on)
        return form  # type: ignore[no-any-return]

    def get_initial(self) -> dict[str, Any]:
        initial = {name: getattr(self.subject, name) for name in FIELDS}
        terms = {name: initial[name] and initial[name].code for name in ("managed_by", "category", "style")}
        return initial | terms


class RemoveSubject(OnSubject):
    verb, perform, form_class = (
        "remove_subject",
        staticmethod(services.remove_subject),
        forms.RemovePersonForm,
    )
    done, destructive = "已删除误登的被反映人。", True
    intro = "只删除登记错了的人；查明没有问题的不删除，照常处置。姓名、职务有误的，请办理更正。"

    def shows(self, lead: Any) -> Any:
        """Whom one is about to remove."""
        return pages.person_shown(self.subject)
