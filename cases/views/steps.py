"""Pages of disposition steps."""

from typing import Any

from django.forms import BaseForm

from cases import pages
from cases.services.taking import able, needs_two
from cases.views.acts import LeadAct
from cases.workflow import OUTSIDE
from povertyaudit.core import moment
from povertyaudit.core.views import Missing


class StepAct(LeadAct):
    """One verb of a step: people of this body only, and the warning that it comes late."""

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        if "participants" in form.fields:
            field: Any = form.fields["participants"]
            field.queryset = field.queryset.filter(pk__in=able(self.object).values("pk"))
        if self.verb == "start_step":
            self.prepare_start(form)
        if self.verb == "approve" and self.object.approver not in OUTSIDE:
            del form.fields["outside_number"], form.fields["outside_on"]
        if self.verb == "record_duty":
            open_kinds = {duty.kind for duty in pages.open_duties(self.object)}
            kind: Any = form.fields["kind"]
            kind.choices = [choice for choice in kind.choices if choice[0] in open_kinds]
        return form

    def prepare_start(self, form: Any) -> None:
        """The plan's people are ticked; without a step of its own (立案) there is nothing to tick."""
        step = pages.latest_step(self.object)
        if step is None:
            return
        form.fields["participants"].initial = [one.user.public_id for one in step.participants.all()]
        if needs_two(step):
            form.fields["participants"].help_text = f"{step.words}须由两人以上进行。"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "done_on": moment.today()}

    def missing(self, lead: Any, user: Any) -> list[Missing]:
        """What is already late will be marked so, and the person knows before he presses."""
        return pages.late_warning(lead, self.verb)
