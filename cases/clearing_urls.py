"""Addresses of 澄清 and 诬告陷害认定."""

from typing import Any

from django.urls import path

from cases.forms import clearing as forms
from cases.services import clearing
from cases.views import clearing as views
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

ACTS: tuple[tuple[str, Any, str, Any, Any], ...] = (
    ("clarifications", views.ClarificationAct, "approve", clearing.approve, OpinionForm),
    ("clarifications", views.ClarificationAct, "refuse", clearing.refuse, RequiredOpinionForm),
    (
        "clarifications",
        views.ClarificationAct,
        "carry_out",
        clearing.carry_out,
        forms.CarryOutClarificationForm,
    ),
    ("clarifications", views.ClarificationAct, "withdraw", clearing.withdraw, RequiredOpinionForm),
    ("false-accusations", views.FalseAccusationAct, "submit", clearing.submit, OpinionForm),
    ("false-accusations", views.FalseAccusationAct, "confirm", clearing.confirm, forms.ConfirmForm),
    ("false-accusations", views.FalseAccusationAct, "reject", clearing.reject, RequiredOpinionForm),
)

urlpatterns = [
    path("clarifications/", views.ClarificationList.as_view(), name="clarifications"),
    path("clarifications/new/", views.NewClarification.as_view(), name="clarification_new"),
    *record_paths("clarifications", "clarification", views.ClarificationPage),
    path("false-accusations/", views.FalseAccusationList.as_view(), name="false_accusations"),
    path("false-accusations/new/", views.NewFalseAccusation.as_view(), name="false_accusation_new"),
    *record_paths("false-accusations", "false_accusation", views.FalseAccusationPage),
    *(
        pattern
        for things, page, verb, perform, form in ACTS
        for pattern in verb_paths(things, verb, page.as_view(verb=verb, perform=perform, form_class=form))
    ),
]
