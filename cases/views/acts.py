"""The verbs of a lead, each a form page."""

from typing import Any

from django.forms import BaseForm

from cases import forms, pages, services
from cases.models import Lead
from cases.roles import HANDLERS
from cases.services import taking
from cases.views.leads import PARENT
from cases.views.revealing import DeskRevealingPage, SealingPage
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.models import Role
from povertyaudit.core.views import ActPage, BulkPage


class LeadAct(ActPage):
    """One verb of the table."""

    queryset = Lead.objects.for_list()
    section, workflow = "leads", LEAD
    perform: Any = None
    TODAY = frozenset({"acknowledged_on", "fed_back_on", "replied_on"})

    def get_initial(self) -> dict[str, Any]:
        """Dates of things just done begin with today; a date already named stays."""
        initial: dict[str, Any] = dict.fromkeys(self.TODAY, moment.today())
        if self.verb == "dispatch":
            initial["result_due_on"] = self.object.result_due_on
        return initial

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Assisting offices are those of the body that registered the lead."""
        form = super().get_form(form_class)
        forms.narrow_offices(form, self.object.registering_unit.region_id)
        return form

    def shows(self, lead: Any) -> Any:
        """What the decision is about."""
        return pages.shown_before(self.verb, lead)

    def success_address(self, record: Any) -> str:
        """The record; the list, when the act took it out of one's sight."""
        seen = self.get_queryset().filter(pk=self.object.pk).exists()
        return str(self.object.get_absolute_url()) if seen else "/leads/"


class LeadBulk(BulkPage):
    queryset = Lead.objects.for_list()
    section, workflow, parent = "leads", LEAD, PARENT

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The rows may lie with several offices: whoever works in none of them, the service refuses row by row."""
        form = super().get_form(form_class)
        if self.verb == "assign":
            forms.narrow_people(form, handler=HANDLERS | {Role.ADJUDICATION})
        forms.narrow_offices(form, self.user.region_id or "")
        return form


class AmendLead(LeadAct):
    verb, perform, form_class = "amend", staticmethod(services.amend), forms.AmendForm
    done = "修改已保存。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Categories as they were called on the day the lead was received."""
        form: Any = super().get_form(form_class)
        form.of_day(self.object.received_on)
        forms.ask(form, self.object.channel)
        return form  # type: ignore[no-any-return]

    def get_initial(self) -> dict[str, Any]:
        lead, intake = self.object, getattr(self.object, "intake", None)
        initial = {name: getattr(lead, name) for name in self.form_class.base_fields}
        return initial | (
            {asked.column: forms.shown(asked, value) for asked, value in intake.said()} if intake else {}
        )

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        return forms.taken(self.object.channel, dict(form.cleaned_data))


class AssignLead(LeadAct):
    verb, perform, form_class = "assign", staticmethod(services.assign), forms.AssignForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Handlers are people of the office the lead lies with."""
        form = super().get_form(form_class)
        field: Any = form.fields["handler"]
        posts = self.object.acting_unit.posts.current() if self.object.acting_unit else ()
        field.queryset = field.queryset.filter(pk__in=[post.user_id for post in posts])
        more: Any = form.fields["participants"]
        more.queryset = more.queryset.filter(pk__in=taking.able(self.object).values("pk"))
        return form


class ExtendLead(LeadAct):
    verb, perform, form_class = "extend", staticmethod(services.extend), forms.ExtendForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The clocks that run now."""
        form = super().get_form(form_class)
        running = [clock for clock in clocks.clocks_of(self.object) if clock.state == "running"]
        field: Any = form.fields["clock"]
        field.choices = [(clock.code, f"{clock.rule.name}（{clock.due_on} 到期）") for clock in running]
        return form

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        amount, unit = values.pop("amount"), values.pop("unit")
        return values | ({unit: amount} if amount else {})


class RecuseFromLead(LeadAct):
    verb, perform, form_class = "recuse", staticmethod(services.recuse), forms.RecuseForm
    done = "回避已登记。"


class AttachToLead(LeadAct):
    verb, perform, form_class = "attach", staticmethod(services.attach), forms.AttachForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The steps there are."""
        form: Any = super().get_form(form_class)
        steps = [(step.ordinal, str(step)) for step in self.object.steps.all()]
        form.fields["step"].choices = [("", "不属于某一步"), *steps]
        if not steps:
            del form.fields["step"]
        return form  # type: ignore[no-any-return]


class NoteComplainant(SealingPage, LeadAct):
    """登记反映人信息: into the vault, by the desk alone."""

    perform, form_class = staticmethod(services.note_complainant), forms.ComplainantForm
    label, done = "保存反映人信息", "反映人信息已加密保存。"
    intro = "保存后覆盖原有内容。信息加密保存，只有本登记单位能查看。"

    def call(self, **values: Any) -> Any:
        return services.note_complainant(self.object, by=self.user, complainant=values)


class RevealComplainant(DeskRevealingPage, LeadAct):
    """查看反映人: the desk states why, the record keeps that it looked; the answer is on this page only."""

    form_class, label = forms.RevealForm, "查看反映人"

    def reveal(self, form: Any) -> dict[str, str]:
        return services.reveal_complainant(self.object, by=self.user, **form.cleaned_data)
