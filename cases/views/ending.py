"""The pages round 办结: the checklist and the draft of the answer keep what was written before."""

from typing import Any

from django.forms import BaseForm

from cases import forms, services
from cases.forms.ending import ITEM
from cases.services import ending
from cases.views.acts import LeadAct
from povertyaudit.core.views import Fact, Facts


class TickLead(LeadAct):
    verb, perform, form_class = "tick", staticmethod(services.tick), forms.TickForm
    intro = "逐项写明依据，可以分几次写；经过初步核实或立案的，写齐后才能办结。"
    done = "已保存。"

    def get_initial(self) -> dict[str, Any]:
        kept = self.object.closing_checks.select_related("item").filter(volume=ending.volume_of(self.object))
        return {f"{ITEM}{check.item.code}": check.ground for check in kept}

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        return {"grounds": form.grounds()}  # type: ignore[attr-defined]


class DraftFeedback(LeadAct):
    verb, perform, form_class = (
        "draft_feedback",
        staticmethod(services.draft_feedback),
        forms.DraftFeedbackForm,
    )
    done = "反馈意见已交登记单位。"

    def get_initial(self) -> dict[str, Any]:
        return {"draft": ending.answer_of(self.object).draft}


class GiveFeedback(LeadAct):
    """The desk sees the draft it is to deliver."""

    verb, perform, form_class = "feedback", staticmethod(services.feedback), forms.FeedbackForm

    def shows(self, lead: Any) -> Any:
        draft = ending.answer_of(lead).draft or "承办部门还没有拟写反馈意见。"
        return [*super().shows(lead), Facts("反馈意见", [Fact("承办部门拟稿", draft, wide=True)])]
