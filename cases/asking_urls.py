"""Addresses of interference and accountability."""

from django.urls import path

from cases import forms
from cases.services import asking as services
from cases.views import asking as views
from povertyaudit.core.views import record_paths, verb_paths

ACTS = {
    "add_responsible": (services.add_responsible, forms.ResponsibleForm),
    "set_measure": (services.set_measure, forms.MeasureForm),
    "decide": (services.decide, forms.DecideAccountabilityForm),
    "carry_out": (services.carry_out, forms.CarryOutForm),
}

urlpatterns = [
    path("interferences/", views.InterferenceList.as_view(), name="interferences"),
    path("interferences/new/", views.NewInterference.as_view(), name="interference_new"),
    *record_paths("interferences", "interference", views.InterferencePage),
    *verb_paths("interferences", "handle", views.HandleInterference.as_view()),
    path("responsibles/", views.ResponsibleList.as_view(), name="responsibles"),
    path("accountabilities/", views.AccountabilityList.as_view(), name="accountabilities"),
    path("accountabilities/new/", views.NewAccountability.as_view(), name="accountability_new"),
    *record_paths("accountabilities", "accountability", views.AccountabilityPage),
    *(
        pattern
        for verb, (perform, form) in ACTS.items()
        for pattern in verb_paths(
            "accountabilities",
            verb,
            views.AccountabilityAct.as_view(verb=verb, perform=perform, form_class=form),
        )
    ),
]
